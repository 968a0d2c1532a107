/** `$(( … ))` in a word: its value, what it sets, and where bash ends for want of a variable. */
import type { ArithmeticExpansion } from "../../../grammar/shell/tree.ts";
import { assignedNamesIn, assignmentIn, evaluate } from "./arithmetic.ts";
import type { Source } from "./source.ts";
import { onlyText, textValue, UNKNOWN } from "./values.ts";

/** What an expression comes to; what it sets is set. */
export const arithmeticValue = ({ expression, span }: ArithmeticExpansion, source: Source): number | undefined => {
  const text = (name: string): string | undefined => (source.untouched?.(name) === true ? "" : onlyText(source.variable(name)));
  const assigned = assignmentIn(expression);
  if (assigned === undefined) {
    for (const name of assignedNamesIn(expression)) source.assign(name, UNKNOWN, span);
    return evaluate(expression, text);
  }
  const before = /(?:\+\+|--)\s*$/u.test(expression) ? evaluate(assigned.name, text) : undefined;
  const value = evaluate(assigned.value, text);
  for (const name of assignedNamesIn(assigned.value)) source.assign(name, UNKNOWN, span);
  source.assign(assigned.name, value === undefined ? UNKNOWN : textValue(String(value)), span);
  return /(?:\+\+|--)\s*$/u.test(expression) ? before : value;
};

/** The names in an expression, which bash asks for as it does for `$name`. */
export const refuseUnsetIn = ({ expression, span }: ArithmeticExpansion, { unset }: Source): void => {
  if (unset?.endsShell !== true || !unset.inArithmetic || expression.length > MAX_EXPRESSION) return;
  // What is set in it, or asked only if something else is so, is not followed.
  const certain = !/[?&|=]/u.test(expression);
  for (const [name] of expression.matchAll(/(?<![\w$'"{#])[A-Za-z_]\w*(?!\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|\w)/gu))
    if (unset.mayBe(name)) unset.refuse(span, certain && unset.certain && unset.surely(name));
};

const MAX_EXPRESSION = 200;
