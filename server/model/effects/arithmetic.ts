/** Integer expressions of `$(( ))` as the shell counts: every operator but those that assign. */

const TOKEN =
  /\s*(?:(?<number>0[xX][0-9A-Fa-f]+|[0-9]+)|\$?\{?(?<name>[A-Za-z_][A-Za-z0-9_]*|[0-9])\}?|(?<operator>\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%()<>&|^~!?:]))/uy;

/** How tightly each binary operator binds, from the loosest. */
const BINDS: Readonly<Record<string, number>> = {
  "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10, "**": 12,
}; // prettier-ignore

/** A zero first makes it octal, as the shell reads it. */
const numberOf = (digits: string): number | undefined => {
  if (/^0[0-9]/u.test(digits)) return /^[0-7]+$/u.test(digits) ? parseInt(digits, 8) : undefined;
  return Number(digits);
};

const truth = (value: boolean): number => (value ? 1 : 0);

const apply = (operator: string, a: number, b: number): number | undefined => {
  switch (operator) {
    case "||":
      return truth(a !== 0 || b !== 0);
    case "&&":
      return truth(a !== 0 && b !== 0);
    case "==":
      return truth(a === b);
    case "!=":
      return truth(a !== b);
    case "<":
      return truth(a < b);
    case ">":
      return truth(a > b);
    case "<=":
      return truth(a <= b);
    case ">=":
      return truth(a >= b);
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? undefined : Math.trunc(a / b);
    case "%":
      return b === 0 ? undefined : a % b;
    case "**":
      return b < 0 ? undefined : a ** b;
    case "<<":
      return b < 0 || b > 62 ? undefined : a * 2 ** b;
    case ">>":
      return b < 0 || b > 62 ? undefined : Math.floor(a / 2 ** b);
    default:
      return Number(operator === "&" ? BigInt(a) & BigInt(b) : operator === "|" ? BigInt(a) | BigInt(b) : BigInt(a) ^ BigInt(b));
  }
};

/** The value; undefined when something in it is unknown, assigns, or leaves the whole numbers that are exact here. */
export const evaluate = (expression: string, variable: (name: string) => string | undefined): number | undefined => {
  if (expression.length > 200) return undefined;
  const tokens: (string | number)[] = [];
  const text = expression.trim();
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const hit = TOKEN.exec(text);
    if (hit?.groups === undefined) return undefined;
    const { number, name, operator } = hit.groups;
    const named = name === undefined ? number : variable(name)?.trim();
    // An empty variable counts as 0; behind a dollar sign it leaves nothing, which only a sign behind it makes up for.
    const counts = !hit[0].includes("$") || /^\s*[-+]/u.test(text.slice(TOKEN.lastIndex, TOKEN.lastIndex + 8));
    const written = named === "" && counts ? "0" : named;
    if (operator === undefined) {
      if (written === undefined || !/^-?(?:0[xX][0-9A-Fa-f]+|[0-9]+)$/u.test(written)) return undefined;
      const value = numberOf(written.replace("-", ""));
      if (value === undefined) return undefined;
      tokens.push(written.startsWith("-") ? -value : value);
    } else tokens.push(operator);
  }
  let i = 0;
  const exact = (value: number | undefined): number | undefined =>
    value !== undefined && Number.isSafeInteger(value) ? value + 0 : undefined;
  const primary = (): number | undefined => {
    const token = tokens[i++];
    if (typeof token === "number" || token === undefined) return token;
    if (token === "(") {
      const inside = choice();
      return tokens[i++] === ")" ? inside : undefined;
    }
    if (!"-+!~".includes(token)) return undefined;
    const value = primary();
    if (value === undefined) return undefined;
    return token === "-" ? -value : token === "+" ? value : token === "!" ? truth(value === 0) : -value - 1;
  };
  const binary = (least: number): number | undefined => {
    let left = primary();
    for (;;) {
      const operator = tokens[i];
      const binds = typeof operator === "string" ? BINDS[operator] : undefined;
      if (left === undefined || binds === undefined || binds < least) return left;
      i++;
      // Powers are read from the right.
      const right = binary(operator === "**" ? binds : binds + 1);
      left = right === undefined ? undefined : exact(apply(String(operator), left, right));
    }
  };
  const choice = (): number | undefined => {
    const condition = binary(1);
    if (tokens[i] !== "?") return condition;
    i++;
    const yes = choice();
    if (tokens[i++] !== ":") return undefined;
    const no = choice();
    return condition === undefined || yes === undefined || no === undefined ? undefined : condition === 0 ? no : yes;
  };
  const value = exact(choice());
  return i === tokens.length ? value : undefined;
};

/** The names that an expression sets somewhere. */
export const assignedNamesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/([A-Za-z_]\w*)\s*(?:\+\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))|(?:\+\+|--)\s*([A-Za-z_]\w*)/gu)].map(
    (hit) => hit[1] ?? hit[2]!,
  );

/** `i++`, `i += 2`, `i = j + 1`: the name and the expression of its new value. */
export const assignmentIn = (expression: string): { readonly name: string; readonly value: string } | undefined => {
  const text = expression.trim();
  const step = /^(?:([A-Za-z_]\w*)(\+\+|--)|(\+\+|--)([A-Za-z_]\w*))$/u.exec(text);
  if (step !== null) {
    const name = step[1] ?? step[4]!;
    return { name, value: `${name} ${(step[2] ?? step[3])![0]} 1` };
  }
  const assign = /^([A-Za-z_]\w*)\s*([-+*/%]?)=(?!=)(.*)$/su.exec(text);
  if (assign === null) return undefined;
  return { name: assign[1]!, value: assign[2] === "" ? assign[3]! : `${assign[1]} ${assign[2]} (${assign[3]})` };
};
