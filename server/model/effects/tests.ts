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

const UNARY = /^-[abcdefgGhkLNOprsStuwxz]$/u;
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
      if (first === "!") return status.negate(judge(texts.slice(1), dialect)).concat([{ status: 2 }]);
      return status.EITHER_OR_ERROR;
    default:
      return status.EITHER_OR_ERROR;
  }
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

/** `[[ … ]]`: the right side of `=` is a pattern where it is not quoted. */
export const judgedCondition = (words: readonly Word[], texts: readonly (string | undefined)[]): status.Statuses => {
  const [first, second, third] = texts;
  if (texts.length === 1) return first === undefined ? status.EITHER : answer(first !== "");
  if (texts.length === 2 && (first === "-z" || first === "-n"))
    return second === undefined ? status.EITHER : answer((second === "") === (first === "-z"));
  if (texts.length === 3 && second !== undefined) {
    if (second === "=~") return status.EITHER_OR_ERROR;
    if ((second === "=" || second === "==" || second === "!=") && first !== undefined && third !== undefined) {
      const quoted = /['"\\]/u.test(words[2]!.text);
      const pattern = /[*?[]/u.test(third);
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
