/** What single characters mean to a shell, and how lines are continued. */

export const isNamed = (code: number): boolean => (code > 96 && code < 123) || (code > 64 && code < 91) || code === 95 || isDigit(code);
export const isDigit = (code: number): boolean => code < 58 && code > 47;

export const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Whether a carriage return or line feed ends the line at `at`; a lone carriage return is an ordinary character. */
export const isLineEnd = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10);
};

/** Where the text goes on behind a backslash and a line end at `at`, which the shell drops; `at` itself where there are none. */
export const continued = (text: string, at: number): number =>
  text.charCodeAt(at) === 92 && isLineEnd(text, at + 1) ? at + (text.charCodeAt(at + 1) === 10 ? 2 : 3) : at;

/** The end of a word without the continued lines that `end` lies behind: a line end cannot be the last of a word otherwise. */
export const withoutContinued = (text: string, end: number): number => {
  let to = end;
  while (text.charCodeAt(to - 1) === 10) to -= text.charCodeAt(to - 2) === 13 ? 3 : 2;
  return to;
};

/** A text without its continued lines. */
export const joined = (text: string): string => (text.includes("\\") ? text.replace(/\\\r?\n/gu, "") : text);

/** Characters that end an unquoted word: blanks, line ends and `; & | < > ( )`. */
export const isWordEnd = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  switch (code) {
    case 32:
    case 9:
    case 10:
    case 38:
    case 40:
    case 41:
    case 59:
    case 60:
    case 62:
    case 124:
      return true;
    case 13:
      return text.charCodeAt(at + 1) === 10;
    default:
      return code !== code;
  }
};
