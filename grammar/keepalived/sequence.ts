/**
 * The headers of `~SEQ(VAR, start, step, end)` and `~LST(VAR, a, b)` lines, read character by character as the daemon
 * does (keepalived v2.4.3 lib/parser.c:1416, 1550; grammar facts 9.2 to 9.6). Nothing may stand between `~SEQ` and the
 * parenthesis but an `x` and blanks.
 */

/** Name and value of every variable of one round. */
export type SequenceRound = readonly (readonly [name: string, value: string])[];

export type Sequence =
  | {
      readonly kind: "rounds";
      /** How many rounds there are; more than `maxRounds` are not made. */
      readonly count: number;
      readonly round: (index: number) => SequenceRound;
      /** Where the text behind the header begins. */
      readonly textStart: number;
      readonly truncated: boolean;
    }
  | { readonly kind: "invalid"; readonly reason: string };

/** Replaces definitions in the numbers; undefined when one of them has several lines. */
export type ResolveNumbers = (text: string) => string | undefined;

/** The longest list of numbers that the daemon has room for. */
const maxNumbers = 63;

const invalid = (reason: string): Sequence => ({ kind: "invalid", reason });
const blanks = (text: string, at: number): number => {
  let end = at;
  while (text[end] === " " || text[end] === "\t") end++;
  return end;
};
const until = (text: string, at: number, stops: string): number => {
  let end = at;
  while (end < text.length && !stops.includes(text[end]!)) end++;
  return end;
};

/** Reads the header at the start of `line`. */
export const readSequence = (line: string, maxRounds: number, resolve: ResolveNumbers, hasLists: boolean): Sequence => {
  const isList = line.startsWith("~LST");
  const hex = !isList && hasLists && line[4] === "x";
  const open = blanks(line, hex ? 5 : 4);
  if (line[open] !== "(") return invalid(`no parenthesis follows ${isList ? "~LST" : "~SEQ"}`);
  return isList ? list(line, open + 1, maxRounds) : numbers(line, open + 1, hex, maxRounds, resolve);
};

const numbers = (line: string, from: number, hex: boolean, maxRounds: number, resolve: ResolveNumbers): Sequence => {
  const start = blanks(line, from);
  const nameEnd = until(line, start, " \t,)");
  const name = line.slice(start, nameEnd);
  const comma = blanks(line, nameEnd);
  if (name === "" || name.startsWith("{")) return invalid(`${name === "" ? "the variable" : name} is not a name`);
  if (comma >= line.length || line[comma] === ")") return invalid(`no number follows ${name}`);
  // Whatever stands here is skipped, comma or not.
  const first = blanks(line, comma + 1);
  const close = line.indexOf(")", first);
  if (close < 0) return invalid("the parenthesis is not closed");
  if (close + 1 - first > maxNumbers) return invalid("its numbers are too long");
  const resolved = resolve(line.slice(first, close + 1));
  if (resolved === undefined) return invalid("a definition of several lines is no number");
  const read = readNumbers(resolved);
  if (typeof read === "string") return invalid(read);
  const last = read.at(-1)!;
  const begin = read.length > 1 ? read[0]! : last < 0 ? -1 : 1;
  const step = read.length === 3 ? read[1]! : read.length === 2 ? (begin <= last ? 1 : -1) : last < 1 ? -1 : 1;
  if (step === 0 || (last - begin) * step < 0) return invalid(`the step ${step} never leads from ${begin} to ${last}`);
  if (hex && (begin < 0 || last < 0)) return invalid("a hexadecimal sequence has no negative numbers");
  const count = Math.floor((last - begin) / step) + 1;
  return {
    kind: "rounds",
    count: Math.min(count, maxRounds),
    truncated: count > maxRounds,
    round: (index) => [[name, (begin + index * step).toString(hex ? 16 : 10)]],
    textStart: blanks(line, close + 1),
  };
};

/** One to three numbers up to the parenthesis. A number that is not written is 0. */
const readNumbers = (text: string): readonly number[] | string => {
  const found: number[] = [];
  let at = 0;
  for (;;) {
    const match = /^[ \t\r\v\f]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*|)/u.exec(text.slice(at));
    const digits = match?.[2] ?? "";
    // A sign without digits is no number, and the daemon stops before it.
    if (digits === "" && match?.[1] !== "") return `${text.slice(at, -1).trim()} is not a number`;
    found.push((match?.[1] === "-" ? -1 : 1) * cNumber(digits));
    at = blanks(text, at + (digits === "" ? 0 : match![0].length));
    if (text[at] === ")") return found;
    if (text[at] !== ",") return `${/[^,)]*/u.exec(text.slice(at))![0].trim() || text} is not a number`;
    if (found.length === 3) return "it takes one to three numbers";
    at++;
  }
};

/** C bases: 0x… hexadecimal, 0… octal, else decimal. What does not fit a long is its limit. */
const cNumber = (digits: string): number => {
  if (digits === "") return 0;
  const value = /^0[xX]/u.test(digits)
    ? Number.parseInt(digits.slice(2), 16)
    : Number.parseInt(digits, digits.length > 1 && digits.startsWith("0") ? 8 : 10);
  return Math.min(value, Number.MAX_SAFE_INTEGER);
};

const list = (line: string, from: number, maxRounds: number): Sequence => {
  const names = readGroup(line, blanks(line, from), " \t,}");
  if (typeof names === "string") return invalid(names);
  let at = names.end;
  if (line[at] !== ",") return invalid("it has no values");
  const rounds: (readonly string[])[] = [];
  let truncated = false;
  do {
    const group = readGroup(line, blanks(line, at + 1), " \t,})");
    if (typeof group === "string") return invalid(group);
    if (group.words.length > names.words.length) return invalid(`{${group.words.join(", ")}} has more values than variables`);
    if (rounds.length < maxRounds) rounds.push(group.words);
    else truncated = true;
    at = group.end;
  } while (line[at] === ",");
  if (line[at] !== ")") return invalid(at >= line.length ? "the parenthesis is not closed" : `${line.slice(at)} follows a value`);
  return {
    kind: "rounds",
    count: rounds.length,
    truncated,
    round: (index) => names.words.map((name, position) => [name, rounds[index]?.[position] ?? ""] as const),
    textStart: blanks(line, at + 1),
  };
};

/** One word, or words between braces; `end` is what stands behind them. */
const readGroup = (line: string, from: number, stops: string): { readonly words: readonly string[]; readonly end: number } | string => {
  const braces = line[from] === "{";
  const words: string[] = [];
  let at = braces ? blanks(line, from + 1) : from;
  for (;;) {
    const end = until(line, at, stops);
    words.push(line.slice(at, end));
    at = blanks(line, end);
    if (!braces)
      return line[at] === "," || line[at] === ")" ? { words, end: at } : `${line.slice(from, at + 1).trim()} is no list of words`;
    if (line[at] === "}") return { words, end: blanks(line, at + 1) };
    if (line[at] !== ",") return "a brace is not closed";
    at = blanks(line, at + 1);
  }
};
