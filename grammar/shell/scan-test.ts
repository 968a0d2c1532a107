/** Where a `[[ … ]]` ends: its words are other than those of commands. */
import { continued } from "./characters.ts";
import { type Scan, scanWord } from "./scan.ts";

/** The end of the `[[` at an offset; 0 where something stands in it that cannot. */
export const scanTest = (by: Scan, offset: number): number => {
  const { text } = by;
  let regex = false;
  let i = offset + 2;
  while (i < text.length) {
    const char = text[i]!;
    if (char === " " || char === "\t" || char === "\n" || char === "\r") i++;
    else if (continued(text, i) > i) i = continued(text, i);
    else if (char === "#" && !regex) {
      const feed = text.indexOf("\n", i);
      i = feed < 0 ? text.length : feed;
    } else if (!regex && (char === "(" || char === ")" || ((char === "<" || char === ">") && text[i + 1] !== "("))) i++;
    else if (!regex && (text.startsWith("&&", i) || text.startsWith("||", i))) i += 2;
    else {
      const end: number = regex ? scanRegex(by, i) : scanWord(by, i, 0, true);
      if (end <= i) break;
      const length: number = end - i;
      if (length === 2 && text.startsWith("]]", i)) return end;
      regex = !regex && length === 2 && text.startsWith("=~", i);
      i = end;
    }
  }
  by.budget -= i - offset;
  return 0;
};

/** The word behind `=~`: parentheses and bars belong to it; blanks only within parentheses. */
export const scanRegex = (by: Scan, at: number): number => {
  const { text } = by;
  let open = 0;
  let i = at;
  while (i < text.length) {
    const char = text[i]!;
    if (char === "(") open++;
    else if (char === ")") {
      if (open === 0) return i;
      open--;
    } else if (char === "\n" || (open === 0 && (char === " " || char === "\t" || char === "\r"))) return i;
    else if (open === 0 && text.startsWith("&&", i)) return i;
    else if (char !== "|" && char !== "&" && char !== ";" && char !== "<" && char !== ">" && char !== " " && char !== "\t") {
      const end = scanWord(by, i, 0, false);
      if (end < 0) return end;
      if (end > i) {
        i = end;
        continue;
      }
    }
    i++;
  }
  return i;
};
