/** What can be done about the findings at a place. */
import type { Span } from "../../grammar/text.ts";
import type { Edit, Fix } from "../analysis/finding.ts";
import { compatible } from "../analysis/fix.ts";
import { ignoreEdits } from "../analysis/ignore.ts";
import type { Shown } from "./shown.ts";

export interface CodeAction {
  readonly shown: Shown;
  readonly fix: Fix;
  /** The one to take without thinking: the only safe fix of its finding. */
  readonly preferred: boolean;
}

/** What a file shows at a span; an empty span is a cursor, and touches both its sides. */
export const shownAt = (inFile: readonly Shown[], span: Span): readonly Shown[] =>
  inFile.filter(({ at }) => at.span.start <= span.end && span.start <= at.span.end);

/** The fixes of what a file shows at a span. */
export const codeActions = (inFile: readonly Shown[], span: Span): readonly CodeAction[] =>
  shownAt(inFile, span).flatMap((shown) => {
    const { fixes } = shown.finding;
    const safe = fixes.filter(({ safety }) => safety === "safe");
    return fixes.map((fix) => ({ shown, fix, preferred: safe.length === 1 && fix.safety === "safe" }));
  });

/** All that can be fixed in a file without changing what the daemon does; of fixes that overlap the first. */
export const fixAll = (inFile: readonly Shown[]): readonly Edit[] => {
  const safe = inFile.flatMap(({ finding: { fixes } }) => fixes.find(({ safety }) => safety === "safe") ?? []);
  return compatible(safe, (fix) => fix).taken.flatMap(({ edits }) => edits);
};

/** The comment that agrees to a finding, above its line; nothing where the finding stands elsewhere, or no comment can stand. */
export const suppression = ({ finding, at }: Shown, text: string): readonly Edit[] =>
  finding.at.file === at.file && finding.rule !== "kalint.toml" ? ignoreEdits(finding, text, "TODO: say why") : [];
