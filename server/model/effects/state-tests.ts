/** Where a script asks for the state that keepalived tells it: `case "$3" in MASTER)`, `[ "$1" = BACKUP ]`. */
import type { CaseArm, Command, ShellScript, Statement, Word } from "../../../grammar/shell/tree.ts";
import type { Span } from "../../../grammar/text.ts";
import { comparison, parameterIn } from "./conditions.ts";
import { visit } from "./walk.ts";

export interface StateTest {
  /** `case`, else a comparison. */
  readonly form: "case" | "comparison";
  /** The number of the positional parameter that is asked. */
  readonly index: number;
  /** The words it is compared with, as written. */
  readonly states: readonly string[];
  /** Where the parameter is read: the subject, or the assignment that gives it a name. */
  readonly site: Span;
  /** That place is one plain parameter, `$1` or `${1}`, in quotes or not. */
  readonly digit: Span | undefined;
  /** For `case`: whether an arm for everything else does more than say so; and the words of each arm. */
  readonly otherwise: "acts" | "says" | undefined;
  readonly patterns: readonly { readonly word: string; readonly span: Span }[];
}

const STATE = /^(?:MASTER|BACKUP|FAULT|STOP|DELETED)$/iu;

interface Named {
  readonly index: number;
  readonly word: Word;
}

/** Undefined where parameters are moved about, so that nobody knows which is which. */
export const stateTests = ({ body }: ShellScript): readonly StateTest[] | undefined => {
  const functions: Span[] = [];
  const names = new Map<string, Named | undefined>();
  let moved = false;
  const commands: Command[] = [];
  visit(body, {
    command: (command) => {
      commands.push(command);
      if (command.kind === "function") functions.push(command.span);
      if (command.kind !== "simple") return;
      const word = command.words[0]?.text;
      if (word === "shift" || word === "getopts" || (word === "set" && command.words.some(({ text }) => text === "--"))) moved = true;
      for (const { name, value } of command.assignments) {
        const given = value.kind === "word" ? positional(value) : undefined;
        names.set(name.text, given === undefined || names.has(name.text) ? undefined : { index: given, word: value as Word });
      }
    },
    word: () => undefined,
  });
  if (moved) return undefined;
  const inFunction = (span: Span): boolean => functions.some((each) => each.start <= span.start && span.end <= each.end);
  const readOf = (word: Word): Named | undefined => {
    const own = positional(word);
    if (own !== undefined) return inFunction(word.span) ? undefined : { index: own, word };
    const name = parameterIn(word);
    const named = name === undefined ? undefined : names.get(name);
    return named === undefined || inFunction(named.word.span) ? undefined : named;
  };
  return commands.flatMap((command) => testsIn(command, readOf));
};

const testsIn = (command: Command, readOf: (word: Word) => Named | undefined): readonly StateTest[] => {
  if (command.kind === "case") {
    const read = readOf(command.subject);
    const patterns = command.arms.flatMap((arm) => arm.patterns.flatMap((word) => literal(word) ?? []));
    const states = patterns.map(({ word }) => word).filter((word) => STATE.test(word));
    if (read === undefined || states.length === 0) return [];
    return [{ form: "case", ...placeOf(read), states, patterns, otherwise: otherwiseOf(command.arms) }];
  }
  const statement: Statement = { kind: "statement", span: command.span, command, background: false };
  const compared = comparison([statement]);
  if (compared === undefined || !STATE.test(compared.value)) return [];
  const words = command.kind === "test" || command.kind === "simple" ? command.words : [];
  const left = words.find((word) => parameterIn(word) === compared.name);
  const read = left === undefined ? undefined : readOf(left);
  return read === undefined ? [] : [{ form: "comparison", ...placeOf(read), states: [compared.value], patterns: [], otherwise: undefined }];
};

const placeOf = ({ index, word }: Named): Pick<StateTest, "index" | "site" | "digit"> => {
  const at = word.text.search(/\d/u);
  const plain = /^"?\$\{?\d\}?"?$/u.test(word.text);
  return { index, site: word.span, digit: plain ? { start: word.span.start + at, end: word.span.start + at + 1 } : undefined };
};

const positional = (word: Word): number | undefined => {
  const name = parameterIn(word);
  return name !== undefined && /^[1-9]$/u.test(name) ? Number(name) : undefined;
};

const literal = (word: Word): { readonly word: string; readonly span: Span } | undefined => {
  const text = word.text.replace(/^(["'])(.*)\1$/su, "$2");
  return /^[\w-]+$/u.test(text) ? { word: text, span: word.span } : undefined;
};

/** What only prints and leaves does nothing about the state. */
const SAYING = new Set(["echo", "printf", "logger", "exit", "return", "log", "usage", ":", "true", "cat"]);

const otherwiseOf = (arms: readonly CaseArm[]): StateTest["otherwise"] => {
  const arm = arms.find(({ patterns }) => patterns.some(({ text }) => text === "*"));
  if (arm === undefined) return undefined;
  const says = arm.body.every(({ command }) => command.kind === "simple" && SAYING.has(command.words[0]?.text ?? ":"));
  return says ? "says" : "acts";
};
