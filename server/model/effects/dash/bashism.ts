/** What a bash construct is to dash, the /bin/sh of Debian. All that is said here was run in dash 0.5.12 (test/observed/bashisms-in-dash). */
import type { Span } from "../../../../grammar/text.ts";

/**
 * `refused`: dash cannot read the command it stands in; it has run what stands above it, and ends with 2.
 * `stops`: the command ends the script (or the subshell) with `status`. `fails`: the command ends with `status`, and the script goes on.
 * `differs`: the command is something else, of which nothing is known but that it goes on.
 */
export type Outcome =
  | { readonly kind: "refused" }
  | { readonly kind: "stops"; readonly status: number }
  | { readonly kind: "fails"; readonly status: number }
  | { readonly kind: "differs" };

export interface Bashism {
  /** Constructs of one kind are told together. */
  readonly kind: string;
  readonly span: Span;
  /** What the message calls it: "`[[`", "the array hosts". */
  readonly name: string;
  /** What dash does with it, as the end of "under dash it …". */
  readonly does: string;
  /** How sh says it: "write `[ … ]`". */
  readonly instead: string;
  readonly outcome: Outcome;
  /** Text that means the same to bash and is read by every sh. */
  readonly replacement?: readonly { readonly span: Span; readonly text: string }[];
}

export const refused: Outcome = { kind: "refused" };
export const differs: Outcome = { kind: "differs" };
export const stops = (status: number): Outcome => ({ kind: "stops", status });
export const fails = (status: number): Outcome => ({ kind: "fails", status });
