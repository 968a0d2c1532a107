/** Where findings show: at their own place, and in open files that a finding of another node points into. */
import type { Site } from "../../grammar/text.ts";
import type { Finding, Note } from "../analysis/finding.ts";
import { turned } from "../analysis/turned.ts";
import type { Snapshot } from "../workspace.ts";

export interface Shown {
  readonly finding: Finding;
  readonly at: Site;
  readonly message: string;
  readonly notes: readonly Note[];
}

/** What every file shows, sorted by place. */
export const shownFindings = (
  { analysis, project }: Snapshot,
  isOpen: (file: string) => boolean,
): ReadonlyMap<string, readonly Shown[]> => {
  const found = new Map<string, Shown[]>();
  for (const finding of analysis.findings) {
    for (const { at, message, notes } of [finding, turned(finding, project, isOpen)].filter((one) => one !== undefined)) {
      const list = found.get(at.file);
      if (list === undefined) found.set(at.file, [{ finding, at, message, notes }]);
      else list.push({ finding, at, message, notes });
    }
  }
  for (const list of found.values()) list.sort((a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end);
  return found;
};
