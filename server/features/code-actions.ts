/** What can be done about the findings at a place. */
import type { Span } from "../../grammar/text.ts";
import type { Finding, Fix } from "../analysis/finding.ts";

export interface CodeAction {
  readonly finding: Finding;
  readonly fix: Fix;
  /** The one to take without thinking: the only safe fix of its finding. */
  readonly preferred: boolean;
}

/** The fixes of the findings that touch a span of their file; an empty span is a cursor, and touches both its sides. */
export const codeActions = (findings: readonly Finding[], span: Span): readonly CodeAction[] =>
  findings
    .filter(({ at }) => at.span.start <= span.end && span.start <= at.span.end)
    .flatMap((finding) => {
      const safe = finding.fixes.filter(({ safety }) => safety === "safe");
      return finding.fixes.map((fix) => ({ finding, fix, preferred: safe.length === 1 && fix.safety === "safe" }));
    });
