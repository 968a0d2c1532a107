/** What `test`, `[ … ]` and `[[ … ]]` answer: of known words the outcome, else every answer they can give. */
import type { Dialect } from "../../../grammar/shell/dialect.ts";
import type { Word } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import { matchesGlob } from "./glob.ts";
import * as status from "./statuses.ts";

const answer = (yes: boolean): status.Statuses => (yes ? status.SUCCESS : status.FAILURE);

const NUMBER = /^-?[0-9]{1,9}$/u;

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "-eq": (a, b) => a === b,
  "-ne": (a, b) => a !== b,
  "-lt": (a, b) => a < b,
  "-le": (a, b) => a <= b,
  "-gt": (a, b) => a > b,
  "-ge": (a, b) => a >= b,
};

const UNARY = /^-[abcdefgGhkLNnOprsStuwxz]$/u;
const BINARY = new Set(["=", "==", "!=", "<", ">", "-nt", "-ot", "-ef", ...Object.keys(COMPARISONS)]);

/** `[` and `test`: strings are compared as they are; what is no test ends with 2. */
export const judgedTest = (words: readonly Argument[], dialect: Dialect): status.Statuses => {
  // An unknown word outside quotes can be none or several.
  if (words.some(({ text, word }) => text === undefined && word?.text.startsWith('"') !== true)) return status.EITHER_OR_ERROR;
  return judge(
    words.map(({ text }) => text),
    dialect,
  );
};

const judge = (texts: readonly (string | undefined)[], dialect: Dialect): status.Statuses => {
  const [first, second, third] = texts;
  switch (texts.length) {
    case 0:
      return status.FAILURE;
    case 1:
      return first === undefined ? status.EITHER : answer(first !== "");
    case 2:
      if (first === "!") return second === undefined ? status.EITHER : answer(second === "");
      if (first === "-z" || first === "-n") return second === undefined ? status.EITHER : answer((second === "") === (first === "-z"));
      return first !== undefined && UNARY.test(first) ? status.EITHER : status.EITHER_OR_ERROR;
    case 3:
      if (second === undefined) return status.EITHER_OR_ERROR;
      if (BINARY.has(second)) return compare(first, second, third, dialect);
      if (first === "!") return inverted(judge(texts.slice(1), dialect));
      return status.EITHER_OR_ERROR;
    case 4:
      return first === "!" ? inverted(judge(texts.slice(1), dialect)) : joinedTests(texts, dialect);
    default:
      return joinedTests(texts, dialect);
  }
};

/** What is no test stays none behind `!`. */
const inverted = (answers: status.Statuses): status.Statuses =>
  answers.map((one) => (one.status === 2 ? one : { status: one.status === 0 ? 1 : 0 }));

/** `A -a B -o C`, in which `-a` binds more closely; every part is read, so that an error in any of them is the answer. */
const joinedTests = (texts: readonly (string | undefined)[], dialect: Dialect): status.Statuses => {
  const sums: status.Statuses[] = [];
  let product: status.Statuses | undefined;
  let at = 0;
  for (;;) {
    const length = termLength(texts, at);
    if (length === undefined) return status.EITHER_OR_ERROR;
    const term = judge(texts.slice(at, at + length), dialect);
    product = product === undefined ? term : both(product, term, false);
    at += length;
    const joint = texts[at];
    if (at < texts.length && joint !== "-a" && joint !== "-o") return status.EITHER_OR_ERROR;
    at++;
    if (at > texts.length || joint === "-o") {
      sums.push(product);
      product = undefined;
    }
    if (at > texts.length) return sums.reduce((one, other) => both(one, other, true));
  }
};

/** How many words one test takes; undefined where that is not plain. */
const termLength = (texts: readonly (string | undefined)[], at: number): number | undefined => {
  const [first, second] = texts.slice(at, at + 2);
  if (first === "!") {
    const length = second === "!" ? undefined : termLength(texts, at + 1);
    return length === undefined ? undefined : length + 1;
  }
  const unary = first !== undefined && UNARY.test(first);
  if (second !== undefined && BINARY.has(second)) return unary || at + 2 >= texts.length ? undefined : 3;
  const ends = at + 1 >= texts.length || second === "-a" || second === "-o";
  if (first === undefined || first === "(" || unary === ends) return undefined;
  return unary ? 2 : 1;
};

/** What two tests give together: yes if both do, or for `or` if one does. */
const both = (a: status.Statuses, b: status.Statuses, or: boolean): status.Statuses => {
  const can = (one: status.Statuses, code: number): boolean => one.some((each) => each.status === code);
  const [all, any] = or ? [1, 0] : [0, 1];
  const found: status.Statuses = [
    ...(can(a, all) && can(b, all) ? [{ status: all }] : []),
    ...((can(a, any) && b.some((each) => each.status !== 2)) || (can(b, any) && a.some((each) => each.status !== 2))
      ? [{ status: any }]
      : []),
    ...(can(a, 2) || can(b, 2) ? [{ status: 2 }] : []),
  ];
  return found.toSorted((one, other) => one.status! - other.status!);
};

const compare = (left: string | undefined, operator: string, right: string | undefined, dialect: Dialect): status.Statuses => {
  if (operator === "=" || operator === "==" || operator === "!=") {
    const equal = left === undefined || right === undefined ? undefined : left === right;
    const answered = equal === undefined ? status.EITHER : answer(equal === (operator !== "!="));
    // dash knows no `==`.
    return operator === "==" && dialect !== "bash" ? [...answered, { status: 2 }] : answered;
  }
  const numbers = COMPARISONS[operator];
  if (numbers === undefined) return operator === "<" || operator === ">" ? status.EITHER_OR_ERROR : status.EITHER;
  if (left === undefined || right === undefined || !NUMBER.test(left) || !NUMBER.test(right)) return status.EITHER_OR_ERROR;
  return answer(numbers(Number(left), Number(right)));
};

/** `[[ … ]]`: tests joined by `&&` and `||`, of which the second is asked only when the first does not decide. */
export const judgedCondition = (words: readonly Word[], texts: readonly (string | undefined)[]): status.Statuses => {
  let at = 0;
  const reaches = (operator: string): boolean => words[at]?.text === operator;
  /** Tests joined by one operator: the next one answers wherever those before it leave that open. What is not known stays so. */
  const joined =
    (operator: string, next: (depth: number) => status.Statuses, isOpen: (one: number | undefined) => boolean) =>
    (depth: number): status.Statuses => {
      let found = next(depth);
      while (reaches(operator)) {
        at++;
        const right = next(depth);
        const open = found.some((one) => isOpen(one.status));
        found = status.union(
          found.filter((one) => !isOpen(one.status)),
          open ? right : [],
        );
      }
      return found;
    };
  const not = (depth: number): status.Statuses => {
    if (!reaches("!")) return primary(depth);
    at++;
    return depth > MAX_DEPTH ? primary(depth) : inverted(not(depth + 1));
  };
  const primary = (depth: number): status.Statuses => {
    if (depth > MAX_DEPTH) {
      at = words.length;
      return status.EITHER_OR_ERROR;
    }
    if (reaches("(")) {
      at++;
      const found = or(depth + 1);
      if (reaches(")")) at++;
      return found;
    }
    const from = at;
    while (at < words.length && !/^(?:&&|\|\||\))$/u.test(words[at]!.text)) at++;
    return judgedTerm(words.slice(from, at), texts.slice(from, at));
  };
  const and = joined("&&", not, (one) => one === 0);
  const or = joined("||", and, (one) => one !== undefined && one !== 0);
  const found = or(0);
  return at < words.length ? status.EITHER_OR_ERROR : found;
};

const MAX_DEPTH = 50;

/** One test: the right side of `=` is a pattern where it is not quoted. */
const judgedTerm = (words: readonly Word[], texts: readonly (string | undefined)[]): status.Statuses => {
  const [first, second, third] = texts;
  if (texts.length === 1) return first === undefined ? status.EITHER : answer(first !== "");
  if (texts.length === 2 && (first === "-z" || first === "-n"))
    return second === undefined ? status.EITHER : answer((second === "") === (first === "-z"));
  if (texts.length === 3 && second !== undefined) {
    if (second === "=~") return status.EITHER_OR_ERROR;
    if ((second === "=" || second === "==" || second === "!=") && first !== undefined && third !== undefined) {
      const [part, ...more] = words[2]!.parts;
      const whole = more.length === 0 && (part?.kind === "single-quoted" || part?.kind === "double-quoted");
      const quoted = /['"\\]/u.test(words[2]!.text);
      const pattern = !whole && /[*?[]/u.test(third);
      const hit = quoted && pattern ? undefined : pattern ? matchesGlob(third, first) : first === third && !/[@+!]\(/u.test(third);
      return hit === undefined ? status.EITHER : answer(hit === (second !== "!="));
    }
    const numbers = COMPARISONS[second];
    if (
      numbers !== undefined &&
      first !== undefined &&
      third !== undefined &&
      /^-?(?:0|[1-9][0-9]{0,8})$/u.test(first) &&
      /^-?(?:0|[1-9][0-9]{0,8})$/u.test(third)
    )
      return answer(numbers(Number(first), Number(third)));
  }
  return texts.includes("=~") ? status.EITHER_OR_ERROR : status.EITHER;
};
