/**
 * Where findings show. A contradiction of two nodes is one finding and stands on one of them; who has the other one's
 * file open must see it there too, at the place the first note names, or the cause would hide in a file not looked at.
 */
import type { Site } from "../../grammar/text.ts";
import type { Finding, Note } from "../analysis/finding.ts";
import type { Snapshot } from "../workspace.ts";

export interface Shown {
  readonly finding: Finding;
  readonly at: Site;
  readonly message: string;
  readonly notes: readonly Note[];
}

/** What every file shows, sorted by place: its own findings, and in open files those of other files that point into them. */
export const shownFindings = (
  { analysis, project }: Snapshot,
  isOpen: (file: string) => boolean,
): ReadonlyMap<string, readonly Shown[]> => {
  const found = new Map<string, Shown[]>();
  const add = (shown: Shown): void => {
    const list = found.get(shown.at.file);
    if (list === undefined) found.set(shown.at.file, [shown]);
    else list.push(shown);
  };
  for (const finding of analysis.findings) {
    const { at, message, notes } = finding;
    add({ finding, at, message, notes });
    if (finding.nodes.length < 2) continue;
    const other = notes.find((note) => note.at !== undefined && note.at.file !== at.file);
    if (other?.at === undefined || !isOpen(other.at.file)) continue;
    const where = nodeOf(at.file, finding, project);
    const [told, there] = where === undefined ? [message, "the other place"] : [`${where}: ${message}`, `on ${where}`];
    add({ finding, at: other.at, message: told, notes: [{ message: there, at }, ...notes.filter((note) => note !== other)] });
  }
  for (const list of found.values()) list.sort((a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end);
  return found;
};

/** The node of the finding's place, to say whose value is meant; undefined where several nodes read the file. */
const nodeOf = (file: string, { nodes }: Finding, { clusters }: Snapshot["project"]): string | undefined => {
  const readers = clusters
    .flatMap((cluster) => cluster.nodes)
    .filter(({ name, configuration }) => nodes.includes(name) && configuration?.expansion.files.includes(file) === true);
  return readers.length === 1 ? readers[0]!.name : undefined;
};
