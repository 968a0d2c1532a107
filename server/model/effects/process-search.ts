/** Where a script looks for a process by its name in what `ps` prints. */
import type { Pipeline, ShellScript, SimpleCommand } from "../../../grammar/shell/tree.ts";
import type { Span } from "../../../grammar/text.ts";
import { visit } from "./walk.ts";
import { literal } from "./literal.ts";

export interface ProcessSearch {
  /** The pipeline. */
  readonly span: Span;
  /** What grep looks for, when it is literal. */
  readonly pattern: string;
  /** ps prints whole command lines, else names only. */
  readonly commandLines: boolean;
  /** Patterns of `grep -v`; undefined for one that is not literal. */
  readonly excluded: readonly (string | undefined)[];
  /** `| wc -l` or `grep -c`: the number counts; else grep's status does. */
  readonly counts: boolean;
  /** How the number is compared: operator and number, where that can be seen; empty when it cannot. */
  readonly comparisons: readonly { readonly operator: string; readonly number: number }[];
}

const nameOf = (command: SimpleCommand): string => (literal(command.words[0]) ?? "").replace(/^.*\//u, "");

export const processSearches = ({ body }: ShellScript, text: string): readonly ProcessSearch[] => {
  const found: ProcessSearch[] = [];
  visit(body, {
    command: (command) => {
      const search = command.kind === "pipeline" ? searchIn(command, text) : undefined;
      if (search !== undefined) found.push(search);
    },
    word: () => undefined,
  });
  return found;
};

const searchIn = ({ commands, span }: Pipeline, text: string): ProcessSearch | undefined => {
  const [first, ...rest] = commands;
  if (first?.kind !== "simple" || nameOf(first) !== "ps") return undefined;
  const options = first.words.slice(1).map((word) => literal(word) ?? "");
  // `ps -C name` and `ps -p id` print the processes that are asked for.
  if (options.some((option) => /^-?[Cpq]$|^--?(?:pid|ppid|no-header)/u.test(option) || option === "-C")) return undefined;
  let pattern: string | undefined;
  const excluded: (string | undefined)[] = [];
  let counts = false;
  for (const command of rest) {
    if (command.kind !== "simple") return undefined;
    const name = nameOf(command);
    if (name === "wc") counts = true;
    if (!/^[ef]?grep$/u.test(name)) continue;
    const words = command.words.slice(1);
    const flags = words.map((word) => literal(word) ?? "").filter((word) => /^-[A-Za-z]+$/u.test(word));
    const given = words.find((word) => !(literal(word) ?? "x").startsWith("-"));
    if (flags.some((flag) => flag.includes("v"))) excluded.push(literal(given));
    else {
      if (flags.some((flag) => flag.includes("c"))) counts = true;
      pattern ??= literal(given);
    }
  }
  if (pattern === undefined || pattern === "") return undefined;
  return {
    span,
    pattern,
    commandLines: printsCommandLines(options),
    excluded,
    counts,
    comparisons: counts ? comparisonsOf(span, text) : [],
  };
};

/** `-ef`, `aux`, `-f`, `ax`: all but `-e`, `-A` and a bare ps print arguments. */
const printsCommandLines = (options: readonly string[]): boolean =>
  options.some(
    (option) => /^-[A-Za-z]*[fF]/u.test(option) || /^-?[a-z]*[axu]{2,}[a-z]*$/u.test(option) || /args|cmd|command/u.test(option),
  );

const comparison = /^[`)"'}\s]*\s(?<operator>-(?:eq|ne|lt|le|gt|ge)|==?|!=|<=?|>=?)\s*["']?(?<number>\d{1,6})\b/u;

/** How the number is compared: behind the substitution itself, or behind the variable that it is assigned to. */
const comparisonsOf = (span: Span, text: string): ProcessSearch["comparisons"] => {
  const found: { operator: string; number: number }[] = [];
  const look = (rest: string): void => {
    const groups = comparison.exec(rest.slice(0, 80))?.groups;
    if (groups !== undefined) found.push({ operator: groups["operator"]!, number: Number(groups["number"]) });
  };
  look(text.slice(span.end));
  const name = /(?<name>[A-Za-z_]\w*)=["']?(?:\$\(|`)[ \t]*$/u.exec(text.slice(Math.max(0, span.start - 100), span.start))?.groups?.[
    "name"
  ];
  if (name === undefined) return found;
  for (const hit of text.matchAll(/\$\{?(?<name>[A-Za-z_]\w*)/gu))
    if (hit.groups!["name"] === name) look(text.slice(hit.index + hit[0].length));
  return found;
};

/** Whether a comparison takes it that one process more than the wanted ones is counted. */
export const expectsOneMore = ({ operator, number }: ProcessSearch["comparisons"][number]): boolean => {
  switch (operator) {
    case "-eq":
    case "-ne":
    case "=":
    case "==":
    case "!=":
    case "-le":
    case "<=":
    case "-gt":
    case ">":
      return number >= 1;
    default:
      return number >= 2;
  }
};
