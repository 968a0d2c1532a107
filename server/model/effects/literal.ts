import type { Word } from "../../../grammar/shell/tree.ts";

/** The text of a word of which everything is written here; undefined where an expansion decides. */
export const literal = (word: Word | undefined): string | undefined => {
  if (word === undefined) return undefined;
  let text = "";
  for (const part of word.parts) {
    if (part.kind === "literal" || part.kind === "single-quoted") text += part.value;
    else if (part.kind === "glob") text += part.text;
    else if (part.kind === "double-quoted" && part.parts.every((inner) => inner.kind === "literal"))
      text += part.parts.map((inner) => (inner.kind === "literal" ? inner.value : "")).join("");
    else return undefined;
  }
  return text;
};
