/**
 * Short forms in which the rows of the vocabulary are written: one line per keyword, everything usual left out.
 * What a row does not say has these defaults: last one wins, fully understood, a required first word that is missing ends
 * the daemon (lib/parser.c:423 null_strvec).
 */
import type { Argument, ArgumentType, Keyword, KeywordKind, SymbolKind } from "./types.ts";

/** Everything about a keyword that its row's fixed places do not say. */
export type More = Partial<Omit<Keyword, "name" | "kind" | "args" | "help" | "source">>;
type ArgumentMore = Partial<Omit<Argument, "type">>;

export const arg = (name: string, type: ArgumentType, more?: ArgumentMore): Argument => ({ name, type, ...more });

export const int = (name: string, min: number, max: number, more?: ArgumentMore): Argument => ({
  name,
  type: "integer",
  min,
  max,
  ...more,
});
/** Largest value of a 32 bit unsigned number. */
export const U32 = 4294967295;
export const I32 = 2147483647;
/** Largest value of a 64 bit unsigned number, as near as a number comes to it. */
export const U64 = 2 ** 64 - 1;
export const seconds = (min: number, max: number, more?: ArgumentMore): Argument => ({
  name: "seconds",
  type: "integer",
  unit: "seconds",
  min,
  max,
  ...more,
});
/** Seconds with a fraction, at most six decimals unless said otherwise. */
export const decimal = (min: number, max: number, more?: ArgumentMore): Argument => ({
  name: "seconds",
  type: "decimal",
  unit: "seconds",
  min,
  max,
  decimals: 6,
  ...more,
});
/** Times of checkers, which were whole numbers before 2.0.13. */
export const checkTime = (min: number, max: number): Argument => decimal(min, max, { decimalsSince: "2.0.13" });
/** Largest time that fits the daemon's 32 bit and 64 bit microseconds. */
export const MAX_SECONDS = 4294.967295;
export const MAX_LONG_SECONDS = 18446744073709.55;
export const words = (name: string, values: readonly string[], more?: ArgumentMore): Argument => ({ name, type: "enum", values, ...more });
export const str = (name: string, more?: ArgumentMore): Argument => ({ name, type: "string", ...more });
/** The daemon refuses `""` there. */
export const nonEmpty = (what: string): Pick<Argument, "form"> => ({ form: { test: (word) => word !== "", what } });
export const path = (name: string, more?: ArgumentMore): Argument => ({ name, type: "path", ...more });
export const address = (more?: ArgumentMore): Argument => ({ name: "address", type: "address", ...more });
export const networkInterface = (more?: ArgumentMore): Argument => ({
  name: "interface",
  type: "interface",
  maxLength: 15,
  dependsOnHost: true,
  ...more,
});
/** A port; 0 stands for none where `min` says so. */
export const port = (min: 0 | 1 = 1, more?: ArgumentMore): Argument => ({ name: "port", type: "port", min, max: 65535, ...more });
export const names = (defines: SymbolKind, more?: ArgumentMore): Argument => ({ name: "name", type: "name", defines, ...more });
export const refersTo = (kind: SymbolKind, name: string, more?: ArgumentMore): Argument => ({
  name,
  type: "reference",
  refersTo: kind,
  ...more,
});
export const bool: Argument = { name: "value", type: "boolean", optional: true, valueIfOmitted: "true" };
/** User and group a script runs as; without the group, the user's own. */
export const userAndGroup: readonly Argument[] = [
  { name: "user", type: "user", dependsOnHost: true, optional: true },
  { name: "group", type: "group", dependsOnHost: true, optional: true },
];
export const command: Argument = { name: "command", type: "script" };
/** The weight of a tracked thing and whether it works the other way round. */
export const weight = (limit: number, reverse: readonly string[] = ["reverse"]): readonly Argument[] => [
  int("weight", -limit, limit),
  words("reverse", reverse, { optional: true }),
];

/** What most rows of a kind have in common. */
const usual: More = {};
const off: More = { default: "off" };
const no: More = { default: "false" };
const exit: More = { missingArgument: "exit" };
const keepsFirst: More = { onRepeat: "first-error", missingArgument: "exit" };
const addsUp: More = { onRepeat: "append" };
const commandArguments: readonly Argument[] = [command, ...userAndGroup];

const exits = (args: readonly Argument[]): More => (args[0] === undefined || args[0].optional ? usual : exit);

const row = (
  kind: KeywordKind,
  name: string,
  args: readonly Argument[],
  help: string,
  source: string,
  common: More,
  more: More | undefined,
): Keyword => ({ name, kind, args, help, onRepeat: "last", source, understood: "full", ...common, ...more });

type Row = (name: string, line: number, args: readonly Argument[], help: string, more?: More) => Keyword;
type ShortRow = (name: string, line: number, help: string, more?: More) => Keyword;

interface Rows {
  /** A statement with arguments. */
  readonly statement: Row;
  /** A statement without arguments; off when absent. */
  readonly flag: ShortRow;
  /** A statement with an optional boolean; false when absent, true when bare. */
  readonly toggle: ShortRow;
  /** A statement with a command, user and group. The first of two is kept, the second reported. */
  readonly script: ShortRow;
  /** A block of keywords. Several add up. */
  readonly block: ShortRow;
  /** A block of keywords whose header carries arguments. */
  readonly namedBlock: Row;
  /** A block of free lines. Several add up. */
  readonly listBlock: ShortRow;
  /** A word inside a line, or the line's own form. */
  readonly option: Row;
}

/** The row makers for keywords that one source file of keepalived installs. */
export const rowsOf = (file: string): Rows => {
  const at = (line: number): string => `keepalived/${file}:${line}`;
  return {
    statement: (name, line, args, help, more) => row("statement", name, args, help, at(line), exits(args), more),
    flag: (name, line, help, more) => row("statement", name, [], help, at(line), off, more),
    toggle: (name, line, help, more) => row("statement", name, [bool], help, at(line), no, more),
    script: (name, line, help, more) => row("statement", name, commandArguments, help, at(line), keepsFirst, more),
    block: (name, line, help, more) => row("block", name, [], help, at(line), addsUp, more),
    namedBlock: (name, line, args, help, more) => row("named-block", name, args, help, at(line), exits(args), more),
    listBlock: (name, line, help, more) => row("list-block", name, [], help, at(line), addsUp, more),
    option: (name, line, args, help, more) => row("entry-option", name, args, help, at(line), usual, more),
  };
};
