/**
 * The headers of `~SEQ(VAR, start, step, end)` and `~LST(VAR, a, b)` lines (keepalived v2.4.3 lib/parser.c:1416, 1550;
 * facts 9.2 to 9.6).
 */

/** Name and value of every variable of one round. */
export type SequenceRound = readonly (readonly [name: string, value: string])[];

export type Sequence =
  | { readonly kind: "rounds"; readonly rounds: readonly SequenceRound[]; readonly textStart: number; readonly truncated: boolean }
  | { readonly kind: "invalid"; readonly reason: string };

const invalid = (reason: string): Sequence => ({ kind: "invalid", reason });
const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** Reads the header at the start of `line`. At most `maxRounds` rounds are made; `truncated` tells that there are more. */
export const readSequence = (line: string, maxRounds: number): Sequence => {
  const open = line.indexOf("(");
  const close = line.indexOf(")");
  if (open < 0 || close < open) return invalid("the parentheses are not closed");
  const head = line.slice(0, open).trim();
  const inside = line.slice(open + 1, close);
  const textStart = close + 1;
  if (head === "~SEQ" || head === "~SEQx") return numbers(inside, head === "~SEQx", textStart, maxRounds);
  if (head === "~LST") return list(inside, textStart, maxRounds);
  return invalid(`${head} is not known`);
};

/** C bases: 0x… hexadecimal, 0… octal, else decimal. Undefined when it is not a whole number of its base. */
const cNumber = (word: string): number | undefined => {
  const found = /^([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/u.exec(word);
  if (found === null) return undefined;
  const digits = found[2]!;
  const value = /^0[xX]/u.test(digits)
    ? Number.parseInt(digits.slice(2), 16)
    : Number.parseInt(digits, digits.length > 1 && digits.startsWith("0") ? 8 : 10);
  return found[1] === "-" ? -value : value;
};

const numbers = (inside: string, hex: boolean, textStart: number, maxRounds: number): Sequence => {
  const words = inside.split(",").map((word) => word.trim());
  const name = words[0] ?? "";
  if (!namePattern.test(name)) return invalid(`${name === "" ? "the variable" : name} is not a name`);
  if (words.length < 2 || words.length > 4) return invalid("it takes one to three numbers");
  const values: number[] = [];
  for (const word of words.slice(1)) {
    const value = cNumber(word);
    if (value === undefined) return invalid(`${word} is not a number`);
    values.push(value);
  }
  const end = values.at(-1)!;
  const start = values.length > 1 ? values[0]! : end < 0 ? -1 : 1;
  const step = values.length === 3 ? values[1]! : end >= start ? 1 : -1;
  if (step === 0 || (end - start) * step < 0) return invalid(`the step ${step} never leads from ${start} to ${end}`);
  if (hex && (start < 0 || end < 0)) return invalid("a hexadecimal sequence has no negative numbers");
  const rounds: SequenceRound[] = [];
  let value = start;
  for (; step > 0 ? value <= end : value >= end; value += step) {
    if (rounds.length === maxRounds) return { kind: "rounds", rounds, textStart, truncated: true };
    rounds.push([[name, hex ? value.toString(16) : String(value)]]);
  }
  return { kind: "rounds", rounds, textStart, truncated: false };
};

/** Splits at commas outside braces. */
const splitGroups = (text: string): string[] => {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const c = text[at];
    if (c === "{") depth++;
    else if (c === "}") depth--;
    else if (at === text.length || (c === "," && depth <= 0)) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts;
};

const unbraced = (text: string): string[] =>
  (text.startsWith("{") && text.endsWith("}") ? text.slice(1, -1) : text).split(",").map((word) => word.trim());

const list = (inside: string, textStart: number, maxRounds: number): Sequence => {
  const [head, ...groups] = splitGroups(inside);
  const names = unbraced(head ?? "");
  const wrong = names.find((name) => !namePattern.test(name));
  if (wrong !== undefined) return invalid(`${wrong === "" ? "the variable" : wrong} is not a name`);
  if (groups.length === 0) return invalid("it has no values");
  const rounds: SequenceRound[] = [];
  for (const group of groups) {
    if (rounds.length === maxRounds) return { kind: "rounds", rounds, textStart, truncated: true };
    const values = unbraced(group);
    if (values.length > names.length) return invalid(`${group} has more values than variables`);
    rounds.push(names.map((name, index) => [name, values[index] ?? ""] as const));
  }
  return { kind: "rounds", rounds, textStart, truncated: false };
};
