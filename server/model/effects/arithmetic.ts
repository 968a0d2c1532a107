/** Integer expressions of `$(( ))` as far as scripts use them to count: + - * / %, parentheses, variables, no assignments. */

const TOKEN = /\s*(?:([0-9]+)|\$?\{?([A-Za-z_][A-Za-z0-9_]*|[0-9])\}?|([-+*/%()]))/uy;

/** The value; undefined when something in it is unknown or more than these operators. */
export const evaluate = (expression: string, variable: (name: string) => string | undefined): number | undefined => {
  if (expression.length > 200) return undefined;
  const tokens: string[] = [];
  const text = expression.trim();
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const hit = TOKEN.exec(text);
    if (hit === null) return undefined;
    if (hit[2] !== undefined) {
      const value = variable(hit[2]);
      if (value === undefined || !/^-?[0-9]+$/u.test(value)) return undefined;
      tokens.push(value);
    } else tokens.push(hit[1] ?? hit[3]!);
    at = TOKEN.lastIndex;
  }
  let i = 0;
  const primary = (): number | undefined => {
    const token = tokens[i++];
    if (token === "(") {
      const inside = sum();
      return tokens[i++] === ")" ? inside : undefined;
    }
    if (token === "-" || token === "+") {
      const value = primary();
      return value === undefined ? undefined : token === "-" ? -value : value;
    }
    return token === undefined || !/^-?[0-9]+$/u.test(token) ? undefined : Number(token);
  };
  const product = (): number | undefined => {
    let left = primary();
    while (left !== undefined && (tokens[i] === "*" || tokens[i] === "/" || tokens[i] === "%")) {
      const operator = tokens[i++];
      const right = primary();
      if (right === undefined || (operator !== "*" && right === 0)) return undefined;
      left = operator === "*" ? left * right : operator === "/" ? Math.trunc(left / right) : left % right;
    }
    return left;
  };
  const sum = (): number | undefined => {
    let left = product();
    while (left !== undefined && (tokens[i] === "+" || tokens[i] === "-")) {
      const operator = tokens[i++];
      const right = product();
      if (right === undefined) return undefined;
      left = operator === "+" ? left + right : left - right;
    }
    return left;
  };
  const value = sum();
  return i === tokens.length && value !== undefined && Number.isSafeInteger(value) ? value : undefined;
};

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
