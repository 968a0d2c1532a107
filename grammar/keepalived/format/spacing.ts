/**
 * Blanks inside of a line: one between words, one around braces. What stands in quotes is never touched, and nothing is put
 * between a quote and what it touches: the daemon joins them in commands and parts them elsewhere (grammar facts 4.1, 4.2).
 */

/** Lines of which the rest is one value, blanks and all: definitions, sequences, includes. */
const wholeRest = /^(?:\$[A-Za-z_]\w*=|~|(include[rmwba]?)[ \t]+)/u;

export const spaced = (code: string): string => {
  const whole = wholeRest.exec(code);
  if (whole !== null) return whole[1] === undefined ? code : `${whole[1]} ${code.slice(whole[0].length)}`;
  let result = "";
  let at = 0;
  while (at < code.length) {
    const c = code[at]!;
    if (c === " " || c === "\t") {
      while (code[at] === " " || code[at] === "\t") at++;
      if (!result.endsWith(" ")) result += " ";
    } else if (c === '"') {
      const close = code.indexOf(c, at + 1);
      if (close < 0) return result + code.slice(at);
      result += code.slice(at, close + 1);
      at = close + 1;
    } else if (c === "\\" || c === "'" || c === "$") {
      // What these protect differs from keyword to keyword, and what a definition brings is unknown: from there on the line stays.
      return result + code.slice(at);
    } else if (c === "{" || c === "}") {
      if (result !== "" && !result.endsWith(" ")) result += " ";
      result += `${c} `;
      at++;
    } else {
      result += c;
      at++;
    }
  }
  return result.endsWith(" ") ? result.slice(0, -1) : result;
};
