/** What the code of a mark does to the text around it, told by its first word. */

export interface Meaning {
  /**
   * `value` writes something nobody knows, `literal` a constant, `nothing` nothing. `open`, `middle` and `close` hold text
   * between them. `raw` begins text in which there are no marks.
   */
  readonly does: "value" | "literal" | "nothing" | "open" | "middle" | "close" | "raw";
  /** Of a `literal`. */
  readonly text?: string;
  /** Of a `middle`: it takes what no other branch took. */
  readonly otherwise?: true;
  /** Of an `open`: what becomes of the text it holds. */
  readonly holds?: Holding;
}

/**
 * `choice`: one of its branches, or nothing. `case`: the same, and what stands before the first branch is nothing. `loop`:
 * any number of times. `once`: as it stands. `elsewhere`: nothing here, a macro. `changed`: something else, by a filter.
 */
export type Holding = "choice" | "case" | "loop" | "once" | "elsewhere" | "changed";

const nothing: Meaning = { does: "nothing" };
const value: Meaning = { does: "value" };
const middle: Meaning = { does: "middle" };
const otherwise: Meaning = { does: "middle", otherwise: true };
const close: Meaning = { does: "close" };
const open = (holds: Holding): Meaning => ({ does: "open", holds });

const jinjaBlocks: Readonly<Record<string, Holding>> = {
  if: "choice",
  for: "loop",
  block: "once",
  with: "once",
  autoescape: "once",
  macro: "elsewhere",
  call: "changed",
  filter: "changed",
};

export const jinjaMark = (code: string): Meaning => {
  const word = /^\w*/u.exec(code)![0];
  if (word === "raw") return { does: "raw" };
  if (word === "else") return otherwise;
  if (word === "elif") return middle;
  if (word.startsWith("end")) return close;
  // `set x = 1` is whole, `set x` holds what it is set to.
  if (word === "set") return /^set\s+[\w.,\s]+(?:\|[^=]*)?$/u.test(code) ? open("elsewhere") : nothing;
  const holds = Object.hasOwn(jinjaBlocks, word) ? jinjaBlocks[word] : undefined;
  if (holds !== undefined) return open(holds);
  return word === "include" ? value : nothing;
};

const goBlocks: Readonly<Record<string, Holding>> = { if: "choice", with: "choice", range: "loop", block: "once", define: "elsewhere" };

/** Go's, and those of Mustache and Handlebars, which look alike. */
export const goMark = (code: string): Meaning => {
  if (/^[!/]/u.test(code)) return code.startsWith("/") && !code.startsWith("/*") ? close : nothing;
  if (/^[#^]/u.test(code)) return open("loop");
  const word = /^\w*/u.exec(code)![0];
  if (word === "else") return code === "else" ? otherwise : middle;
  if (word === "end") return close;
  if (word === "break" || word === "continue") return nothing;
  if (Object.hasOwn(goBlocks, word)) return open(goBlocks[word]!);
  if (/^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/u.test(code)) return nothing;
  const constant = /^"([^"\\\n]*)"$|^`([^`\n]*)`$/u.exec(code);
  return constant === null ? value : { does: "literal", text: constant[1] ?? constant[2] ?? "" };
};

export const terraformMark = (code: string): Meaning => {
  const word = /^\w*/u.exec(code)![0];
  if (word === "if") return open("choice");
  if (word === "for") return open("loop");
  if (word === "else") return otherwise;
  return word.startsWith("end") ? close : nothing;
};

/** ERB holds Ruby and EPP Puppet: lines that open and close are counted, nothing more is understood. */
export const erbMark = (inside: string): Meaning => {
  if (inside.startsWith("#")) return nothing;
  if (inside.startsWith("=")) {
    const constant = /^=\s*(?:"([^"\\#\n]*)"|'([^'\\\n]*)')\s*$/u.exec(inside);
    return constant === null ? value : { does: "literal", text: constant[1] ?? constant[2] ?? "" };
  }
  const lines = inside
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length !== 1) return ofLines(lines);
  return ofLine(lines[0]!);
};

const ofLine = (line: string): Meaning => {
  if (/^(?:\}\s*)?else\s*\{?$/u.test(line)) return otherwise;
  if (/^(?:else|elsif|when|in|rescue|ensure)\b/u.test(line) || /^\}\s*(?:else|elsif)\b/u.test(line)) return middle;
  if (/^(?:end\b|\})/u.test(line)) return close;
  if (/\bend$/u.test(line)) return nothing;
  if (/^case\b/u.test(line)) return open("case");
  if (/^(?:if|unless)\b/u.test(line)) return open("choice");
  if (/^(?:while|until|for)\b/u.test(line) || /(?:\bdo|\{)\s*(?:\|[^|]*\|\s*\{?)?$/u.test(line)) return open("loop");
  return nothing;
};

/** Code of several lines holds text only when it leaves one block open, or closes one. */
const ofLines = (lines: readonly string[]): Meaning => {
  let depth = 0;
  let last: Meaning = nothing;
  for (const line of lines) {
    const meaning = ofLine(line);
    if (meaning.does === "open") depth++;
    if (meaning.does === "close") depth--;
    if (meaning.does === "open" || (meaning.does === "middle" && depth <= 0)) last = meaning;
  }
  if (depth > 0) return last;
  return depth < 0 ? close : last.does === "middle" ? last : nothing;
};
