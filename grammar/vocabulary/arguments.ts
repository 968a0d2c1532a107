/**
 * Which word of a statement is which argument.
 */
import type { Argument, Keyword } from "./types.ts";
import { checkValue } from "./values.ts";

export interface MatchedArgument {
  readonly argument: Argument;
  /** Index of the word that is its value, in the words that were passed in. */
  readonly index: number;
}

export interface ArgumentMatch {
  readonly values: readonly MatchedArgument[];
  /** Index of the first word nobody reads: the daemon ignores it, or in a list line it is the next option. */
  readonly next: number;
  /** The first required argument for which there is no word, or one whose introducing word stands at the end of the line. */
  readonly missing?: Argument;
}

const fits = (word: string, argument: Argument): boolean => {
  const { kind } = checkValue(word, argument);
  return kind === "ok" || kind === "unknown";
};

/** In any order, a word goes to the pickiest argument that takes it: an interface name takes nearly anything. */
const pickiness = ({ type }: Argument): number => (type === "enum" ? 0 : type === "interface" || type === "string" ? 2 : 1);

const pickAnyOrder = (word: string, open: readonly Argument[]): Argument | undefined =>
  open.filter((argument) => fits(word, argument)).toSorted((a, b) => pickiness(a) - pickiness(b))[0] ?? meant(word, open);

/** What fits nowhere and has a colon was to be a MAC address. */
const meant = (word: string, open: readonly Argument[]): Argument | undefined =>
  word.includes(":") ? open.find(({ type }) => type === "mac") : undefined;

/**
 * The next argument in order. Optional ones are passed over when the word does not fit and something must still come
 * (`via [inet6] ADDRESS`), or when it may be the next option of the line.
 */
const pickInOrder = (word: string, open: readonly Argument[], inLine: boolean): Argument | undefined => {
  const at = open.findIndex((argument, index) => {
    if (!argument.optional || fits(word, argument)) return true;
    return !inLine && !open.slice(index + 1).some((later) => !later.optional);
  });
  return open[at];
};

/** A single argument that takes whatever stands there. */
const isPlain = ({ kind, anyOrder }: Keyword, { introducedBy }: Argument): boolean =>
  introducedBy === undefined && anyOrder !== true && kind !== "entry-option";

/**
 * Matches the words from `from` on (those behind the keyword itself) with the keyword's arguments. Values are not judged
 * beyond what is needed to tell optional arguments apart: `checkValue` does that.
 */
export const matchArguments = (keyword: Keyword, words: readonly string[], from = 0): ArgumentMatch => {
  const only = keyword.args.length === 1 && words.length === from + 1 ? keyword.args[0] : undefined;
  // Nearly every statement is one word for one argument.
  if (only !== undefined && isPlain(keyword, only)) return { values: [{ argument: only, index: from }], next: words.length };
  const inLine = keyword.kind === "entry-option";
  const values: MatchedArgument[] = [];
  let open: readonly Argument[] = keyword.args.filter(({ introducedBy }) => introducedBy === undefined);
  const introducing = new Set(keyword.args.map(({ introducedBy }) => introducedBy));
  const lastPair = words.findLastIndex((word) => introducing.has(word));
  let index = from;
  let missing: Argument | undefined;
  while (index < words.length) {
    const word = words[index] ?? "";
    const introduced = keyword.args.find(({ introducedBy }) => introducedBy === word);
    if (introduced !== undefined && (open[0] === undefined || open[0].optional || keyword.anyOrder)) {
      if (index + 1 < words.length) values.push({ argument: introduced, index: index + 1 });
      else missing = introduced;
      index += 2;
      continue;
    }
    const argument = keyword.anyOrder ? pickAnyOrder(word, open) : pickInOrder(word, open, inLine);
    if (argument === undefined) {
      // A stray word between pairs does not hide the pairs behind it.
      if (inLine || index > lastPair) break;
      index += 1;
      continue;
    }
    values.push({ argument, index });
    const place = open.indexOf(argument);
    if (keyword.anyOrder) open = argument.repeated ? open : open.filter((other) => other !== argument);
    else open = open.slice(argument.repeated ? place : place + 1);
    index += 1;
  }
  const used = new Set(values.map(({ argument }) => argument));
  missing ??= open.find((argument) => !argument.optional && !used.has(argument));
  if (keyword.needsArgument && from >= words.length) missing ??= keyword.args[0];
  const next = Math.min(index, words.length);
  return missing === undefined ? { values, next } : { values, next, missing };
};
