/** What can be done about the findings at a place. */
import type { Span } from "../../grammar/text.ts";
import type { Fix } from "../analysis/finding.ts";
import type { Shown } from "./shown.ts";

export interface CodeAction {
  readonly shown: Shown;
  readonly fix: Fix;
  /** The one to take without thinking: the only safe fix of its finding. */
  readonly preferred: boolean;
}

/** The fixes of what a file shows at a span; an empty span is a cursor, and touches both its sides. */
export const codeActions = (inFile: readonly Shown[], span: Span): readonly CodeAction[] =>
  inFile
    .filter(({ at }) => at.span.start <= span.end && span.start <= at.span.end)
    .flatMap((shown) => {
      const { fixes } = shown.finding;
      const safe = fixes.filter(({ safety }) => safety === "safe");
      return fixes.map((fix) => ({ shown, fix, preferred: safe.length === 1 && fix.safety === "safe" }));
    });
