/** Values that are known or not, and the path through a script on which something happens. */
import type { Site } from "../../../grammar/text.ts";

/**
 * A value that somebody gives, with the word that gives it. `unknown`: it is given, but depends on what cannot be seen (a
 * parameter, another command). A value that is not given at all is an absent field.
 */
export type Known<T> =
  { readonly kind: "known"; readonly value: T; readonly site: Site } | { readonly kind: "unknown"; readonly site: Site };

/** One arm of one branching command that must have been taken, or one round of a loop. */
export type PathStep = BranchStep | RoundStep;

export interface BranchStep {
  readonly kind: "branch";
  /** Tells evaluations of branching commands apart: the same `if` in two rounds of a loop has two numbers. */
  readonly branch: number;
  /** Counted from 0; for `if` without `else` and for `case` without `*` the arm after the last is "none of them". */
  readonly arm: number;
  /** The branching command. */
  readonly site: Site;
  /** The condition in words: "`$1` is start", "`ping -c1 gw` succeeds". */
  readonly text: string;
  /** For `case`: what is compared, such as `$1`, and the patterns of the arm (all of them literal, else absent). */
  readonly subject?: string;
  readonly values?: readonly string[];
  /** What the condition asks of the host, and whether the arm is the one in which the answer is yes. */
  readonly guard?: Guard & { readonly holds: boolean };
}

/** Questions that conditions ask of a host. */
export type Guard =
  /** `ip addr | grep -q VIP`: the host holds the address. */
  | { readonly kind: "address"; readonly address: Known<string> }
  /** `pidof haproxy`, `pgrep`, `killall -0`, `ps | grep`, `systemctl is-active`: the process or service runs. */
  | { readonly kind: "process"; readonly process: Known<string> }
  /** `[ -f PATH ]` and the other tests of files. */
  | { readonly kind: "file"; readonly path: Known<string> };

export interface RoundStep {
  readonly kind: "round";
  /** The loop. */
  readonly site: Site;
  /** Counted from 0. */
  readonly round: number;
  readonly variable: string;
  readonly value: string;
}
