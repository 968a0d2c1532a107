/** A template as a tree: text, values, and the choices and loops that hold both. */
import { marksIn, type Mark, type Marking } from "./marks.ts";
import type { Span } from "../text.ts";

export interface Branch extends Span {
  readonly choices: readonly Choice[];
}

/** From the mark that opens to the one that closes. */
export interface Choice extends Span {
  /** Its place among the choices of the template, in order of their beginnings. */
  readonly index: number;
  readonly holds: NonNullable<Mark["holds"]>;
  readonly branches: readonly Branch[];
  /** Whether it may be that none of the branches is taken. */
  readonly optional: boolean;
  /** The mark that closes it. */
  readonly close: Span;
}

export interface Template {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly choices: readonly Choice[];
  /** What opens does not close, or the other way round: nothing is known of what depends on what. */
  readonly broken: boolean;
}

const otherEndings = /\.(?:template|tftpl|in|dist)$/iu;
export const templateEndings: readonly string[] = [".j2", ".jinja2", ".jinja", ".erb", ".epp", ".gotmpl", ".tmpl", ".tpl", ".ctmpl"];
const endings = /\.(?:j2|jinja2?|erb|epp|gotmpl|tmpl|tpl|ctmpl)$/iu;

/** The name of what a template makes: `check.sh` for `check.sh.j2`; undefined when the name is none of a template. */
export const madeName = (file: string): string | undefined => (endings.test(file) ? file.replace(endings, "") : undefined);

const jinjaTag = /\{%[-+]?\s*(?:if|for|set|else|endif|endfor|block|include|import|from|macro|raw|extends)\b[^\n]{0,500}?%\}/u;
const goTag = /\{\{-?\s*(?:(?:if|range|with|end|else|template|define|block)\b|\.|\$|\/\*|[#^/]\w)/u;
/** An expression between double braces on one line. An address, or a keyword with its value, stands behind one brace too many. */
const valueTag = /\{\{(?![ \t]*\w{1,60}[ \t]+[\w./:-]{1,60}[ \t]*\}\})[-+]?[ \t]*[A-Za-z_.$"'(@#/^*][^\n]{0,500}?\}\}/u;
const erbTag = /<%[-=#|%]?[^\n]{0,500}?%>/u;
const shellDefault = /\$\{[A-Za-z_]\w*:?[-=?+][^\n]{0,500}?\}/u;

/** How a file's marks are to be read; undefined when it is no template. */
export const markingOf = (file: string, text: string): Marking | undefined => {
  const named = endings.test(file);
  const shell = shellDefault.test(text) || (/\.(?:tmpl|tpl)$/iu.test(file) && text.includes("${")) || otherEndings.test(file);
  const oneLine = !named;
  if (/\.j(?:2|inja2?)$/iu.test(file) || jinjaTag.test(text)) return { language: "jinja", shell: false, oneLine };
  if (/\.(?:erb|epp)$/iu.test(file) || erbTag.test(text)) return { language: "erb", shell: false, oneLine };
  if (goTag.test(text)) return { language: "go", shell, oneLine };
  if (valueTag.test(text)) return { language: "jinja", shell, oneLine };
  return named || shellDefault.test(text) ? { language: "shell", shell, oneLine } : undefined;
};

/** Reads a template. Undefined when there is no mark in it. Never throws. */
export const readTemplate = (text: string, marking: Marking): Template | undefined => {
  const marks = marksIn(text, marking);
  if (marks.length === 0) return undefined;
  const { choices, broken } = choicesOf(marks);
  return { text, marks, choices, broken };
};

interface Open {
  readonly mark: Mark;
  readonly index: number;
  readonly branches: Branch[];
  from: number;
  choices: Choice[];
  middles: Mark[];
}

const maxDepth = 50;

const choicesOf = (marks: readonly Mark[]): Pick<Template, "choices" | "broken"> => {
  const top: Choice[] = [];
  const stack: Open[] = [];
  let count = 0;
  for (const mark of marks) {
    const around = stack.at(-1);
    if (mark.does === "open") {
      if (stack.length >= maxDepth) return { choices: [], broken: true };
      stack.push({ mark, index: count++, branches: [], from: mark.end, choices: [], middles: [] });
    } else if (mark.does === "middle" || mark.does === "close") {
      if (around === undefined) return { choices: [], broken: true };
      const first = around.branches.length === 0 && around.middles.length === 0;
      // Between `case` and the first `when` nothing is written.
      if (!(around.mark.holds === "case" && first && mark.does === "middle"))
        around.branches.push({ start: around.from, end: mark.start, choices: around.choices });
      around.choices = [];
      around.from = mark.end;
      around.middles.push(mark);
      if (mark.does === "middle") continue;
      stack.pop();
      (stack.at(-1)?.choices ?? top).push(choiceOf(around, mark));
    }
  }
  return stack.length > 0 ? { choices: [], broken: true } : { choices: top, broken: false };
};

const choiceOf = ({ mark, index, branches, middles }: Open, close: Mark): Choice => {
  const holds = mark.holds ?? "choice";
  // The last mark in the middle is an `else` when it has no condition.
  return {
    start: mark.start,
    end: close.end,
    index,
    holds,
    branches,
    optional: holds !== "once" && !(middles.at(-2)?.otherwise === true),
    close: { start: close.start, end: close.end },
  };
};
