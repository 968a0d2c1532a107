/** The inside of `[[ … ]]`: its words and whether they are a condition. */
import type { Span } from "../text.ts";
import { continued, withoutContinued } from "./characters.ts";
import { newScan, scanWord } from "./scan.ts";
import { scanRegex } from "./scan-test.ts";

const BINARY = new Set(["=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"]);
const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/u;

interface Element extends Span {
  readonly text: string;
  /** An operator by its characters, not a word that looks like one. */
  readonly operator: boolean;
}

/** Spans count in `text`, which begins with `[[` and ends with `]]`; operators are among the words. */
export const checkTest = (
  text: string,
): { readonly words: readonly Span[]; readonly problem?: { readonly span: Span; readonly detail: string } } => {
  const words = elements(text);
  const problem = judge(words, text);
  return problem === undefined ? { words } : { words, problem };
};

const elements = (text: string): readonly Element[] => {
  const scan = newScan(text, true);
  const found: Element[] = [];
  const last = text.length - 2;
  let regex = false;
  let i = 2;
  while (i < last) {
    const char = text[i]!;
    if (char === " " || char === "\t" || char === "\n" || char === "\r" || continued(text, i) > i) {
      i = Math.max(i + 1, continued(text, i));
      continue;
    }
    if (char === "#" && !regex) {
      const feed = text.indexOf("\n", i);
      i = feed < 0 ? last : feed;
      continue;
    }
    const two = text.slice(i, i + 2);
    const length = regex
      ? 0
      : two === "&&" || two === "||"
        ? 2
        : char === "(" || char === ")" || ((char === "<" || char === ">") && text[i + 1] !== "(")
          ? 1
          : 0;
    if (length > 0) {
      found.push({ start: i, end: i + length, text: text.slice(i, i + length), operator: true });
      i += length;
      continue;
    }
    const end: number = regex ? scanRegex(scan, i) : scanWord(scan, i, 0, true);
    const stop: number = withoutContinued(text, end <= i || end > last ? last : end);
    const word = text.slice(i, stop);
    found.push({ start: i, end: stop, text: word, operator: false });
    regex = !regex && word === "=~";
    i = stop;
  }
  return found;
};

const judge = (words: readonly Element[], text: string): { readonly span: Span; readonly detail: string } | undefined => {
  const end: Span = { start: text.length - 2, end: text.length };
  const wrong = (at: Element | undefined): { span: Span; detail: string } =>
    at === undefined
      ? { span: end, detail: "the condition ends too early" }
      : { span: { start: at.start, end: at.end }, detail: `unexpected \`${at.text.slice(0, 30)}\` in the condition` };
  let open = 0;
  let i = 0;
  for (;;) {
    // A term: `!` and `(` as often as they come, then one test.
    for (; words[i]?.text === "!" || (words[i]?.operator === true && words[i]?.text === "("); i++) if (words[i]!.text === "(") open++;
    const term = words[i];
    if (term === undefined || term.operator) return wrong(term);
    i++;
    const next = words[i];
    if (UNARY.test(term.text) && !(next !== undefined && BINARY.has(next.text) && words[i + 1] !== undefined && !words[i + 1]!.operator)) {
      if (next === undefined || next.operator) return wrong(next);
      i++;
    } else if (next !== undefined && BINARY.has(next.text)) {
      const operand = words[i + 1];
      if (operand === undefined || operand.operator) return wrong(operand);
      i += 2;
    }
    while (words[i]?.operator === true && words[i]!.text === ")") {
      if (open === 0) return wrong(words[i]);
      open--;
      i++;
    }
    const after = words[i];
    if (after === undefined) return open > 0 ? { span: end, detail: "`)` expected in the condition" } : undefined;
    if (!after.operator || (after.text !== "&&" && after.text !== "||")) return wrong(after);
    i++;
  }
};
