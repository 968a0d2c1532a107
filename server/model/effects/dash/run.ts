/** The same script with what dash makes of its bash constructs put in their place, so that its endings under dash can be read. */
import type { Command, ShellScript, SimpleCommand, Statement, Subshell } from "../../../../grammar/shell/tree.ts";
import type { Span } from "../../../../grammar/text.ts";
import type { Bashism } from "./bashism.ts";

/** Constructs that only differ stay as they are. */
export const asDashRunsIt = (script: ShellScript, bashisms: readonly Bashism[]): ShellScript => {
  const left = [...bashisms];
  /** Takes the constructs that lie in a span out of the list. */
  const within = (span: Span): readonly Bashism[] => {
    const inside: Bashism[] = [];
    for (let i = left.length - 1; i >= 0; i--) {
      const one = left[i]!;
      if (one.span.start >= span.start && one.span.end <= span.end) {
        left.splice(i, 1);
        inside.unshift(one);
      }
    }
    return inside;
  };
  // A command is read as a whole: what cannot be read in it keeps all of it from running.
  const body: Statement[] = [];
  for (const statement of script.body) {
    const refused = left.some(({ span, outcome }) => outcome.kind === "refused" && inside(span, statement.span));
    if (refused) {
      body.push({ ...statement, command: exits(statement.span, 2), background: false });
      break;
    }
    body.push(rebuilt(statement, within));
  }
  return { ...script, body };
};

const inside = (span: Span, around: Span): boolean => span.start >= around.start && span.end <= around.end;

/** What ends with a status and does nothing: `(exit N)`. */
const ends = (span: Span, status: number): Subshell => ({
  kind: "subshell",
  span,
  body: [{ kind: "statement", span, command: exits(span, status), background: false }],
  redirections: [],
});

const exits = (span: Span, status: number): SimpleCommand => ({
  kind: "simple",
  span,
  assignments: [],
  words: ["exit", String(status)].map((text) => ({ kind: "word", span, text, parts: [{ kind: "literal", span, value: text }] })),
  redirections: [],
});

/** Innermost commands first: what is left in the span of a command is of the command itself. */
const rebuilt = <T>(value: T, within: (span: Span) => readonly Bashism[]): T => {
  if (Array.isArray(value)) return value.map((one) => rebuilt(one as unknown, within)) as T;
  if (typeof value !== "object" || value === null || !("kind" in value)) {
    if (typeof value !== "object" || value === null) return value;
  }
  const copy = Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [key, key === "span" ? (one as unknown) : rebuilt(one as unknown, within)]),
  ) as T;
  return isCommand(copy) ? (replaced(copy, within(copy.span)) as T) : copy;
};

const COMMANDS = new Set<string>([
  "simple",
  "test",
  "arithmetic-command",
  "coproc",
  "if",
  "for",
  "while",
  "case",
  "group",
  "subshell",
  "function",
]);
const isCommand = (value: unknown): value is Command =>
  typeof value === "object" && value !== null && "kind" in value && COMMANDS.has(String(value.kind));

const replaced = (command: Command, bashisms: readonly Bashism[]): Command => {
  const outcomes = bashisms.map(({ outcome }) => outcome);
  const stop = outcomes.find(({ kind }) => kind === "stops");
  if (stop?.kind === "stops") return exits(command.span, stop.status);
  const fail = outcomes.find(({ kind }) => kind === "fails");
  // A trap that is not set changes nothing but the status.
  if (fail?.kind === "fails") return ends(command.span, fail.status);
  return command;
};
