/**
 * The marks of a template: where Jinja, Go templates, ERB, EPP, Terraform and envsubst put something else into a text.
 * Nothing is evaluated. A mark is a span and what it does; what does not end is no mark.
 */
import { erbMark, goMark, jinjaMark, terraformMark, type Meaning } from "./meaning.ts";

export type TemplateLanguage = "jinja" | "go" | "erb" | "shell";

/** How much of the white space beside a mark goes with it: `newline` is one line end behind, `indent` the blanks before. */
type Trim = "nothing" | "blank" | "newline" | "indent";

export interface Mark extends Meaning {
  readonly start: number;
  readonly end: number;
  readonly trimBefore: Trim;
  readonly trimAfter: Trim;
}

export interface Marking {
  readonly language: TemplateLanguage;
  /** `${NAME}` stands for something from outside as well: what the text itself defines is none. */
  readonly shell: boolean;
  /** Only marks that end on the line they begin on: the text says nothing else of being a template. */
  readonly oneLine: boolean;
}

/** A mark longer than this is none: no search goes further. */
const maxMark = 4000;

/** Every mark of a text, in order. Linear: what a search passed over for nothing is not searched again. */
export const marksIn = (text: string, marking: Marking): readonly Mark[] => {
  const found: Mark[] = [];
  const ends = closers(text);
  const opener = marking.shell ? /\{[{%#]|<%|%\{|\$\{/gu : /\{[{%#]|<%/gu;
  const defined = marking.shell ? definedNames(text) : new Set<string>();
  const reach: Reach = { text, ends, effort: 30 * text.length + 1000 };
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const mark = markAt(reach, match.index, match[0], marking, defined);
    if (mark === undefined || (marking.oneLine && /[\r\n]/u.test(text.slice(mark.start, mark.end)))) opener.lastIndex = match.index + 1;
    else {
      found.push(mark);
      opener.lastIndex = mark.end;
      if (mark.does === "raw") opener.lastIndex = rawEnd(text, mark.end, found);
    }
  }
  return found;
};

interface Reach {
  readonly text: string;
  readonly ends: (closer: string, from: number) => number;
  /** Characters that may be looked at in search of strings and brackets, for all marks together. */
  effort: number;
}

const markAt = (reach: Reach, start: number, opener: string, { language }: Marking, defined: ReadonlySet<string>): Mark | undefined => {
  const { text, ends } = reach;
  if (opener === "<%") {
    if (text[start + 2] === "%") return plain(start, start + 3, { does: "literal", text: "<%" });
    const end = ends("%>", start + 2);
    if (end < 0) return undefined;
    const inside = text.slice(start + 2, end - 2);
    const trimAfter = inside.endsWith("-") ? "newline" : "nothing";
    const trimBefore = inside.startsWith("-") ? "indent" : "nothing";
    return { start, end, trimBefore, trimAfter, ...erbMark(inside.replace(/^-/u, "").replace(/-$/u, "")) };
  }
  if (opener === "${") return shellMark(reach, start, defined);
  if (opener === "{#") {
    const end = language === "jinja" ? ends("#}", start + 2) : -1;
    return end < 0 ? undefined : trimmed(text, start, end, { does: "nothing" });
  }
  if (opener === "{%" && language !== "jinja") return undefined;
  const closer = opener === "{{" ? "}}" : opener === "{%" ? "%}" : "}";
  if (language === "go" && /^\{\{-?\s*\/\*/u.test(text.slice(start, start + 40))) {
    const end = ends("*/", start + 4);
    const close = end < 0 ? -1 : ends("}}", end);
    return close < 0 ? undefined : trimmed(text, start, close, { does: "nothing" });
  }
  const end = endOfCode(reach, start + 2, closer);
  if (end < 0) return undefined;
  const inside = text.slice(start + 2, end - closer.length);
  const code = inside
    .replace(/^[-+~]/u, "")
    .replace(/[-+~]$/u, "")
    .trim();
  if (opener === "%{") return trimmed(text, start, end, terraformMark(code), 1);
  if (opener === "{%") return trimmed(text, start, end, jinjaMark(code));
  if (code === "" && inside !== "") return undefined;
  return trimmed(text, start, end, language === "go" ? goMark(code) : jinjaValue(code));
};

const plain = (start: number, end: number, meaning: Meaning): Mark => ({
  start,
  end,
  trimBefore: "nothing",
  trimAfter: "nothing",
  ...meaning,
});

/** `{{- x -}}`: the white space beside it goes, line ends included. */
const trimmed = (text: string, start: number, end: number, meaning: Meaning, closer = 2): Mark => ({
  start,
  end,
  trimBefore: text[start + 2] === "-" ? "blank" : "nothing",
  trimAfter: /[-~]/u.test(text[end - closer - 1]!) ? "blank" : "nothing",
  ...meaning,
});

/** A constant is known; what Ansible writes about itself is a comment that somebody made one. */
const jinjaValue = (code: string): Meaning => {
  const constant = /^(?:"([^"\\\n]*)"|'([^'\\\n]*)')$/u.exec(code);
  if (constant !== null) return { does: "literal", text: constant[1] ?? constant[2] ?? "" };
  return { does: /^ansible_managed\s*\|\s*comment\b/u.test(code) ? "nothing" : "value" };
};

/** `${NAME:-word}` and the like; a plain `${NAME}` that the text itself does not define. */
const shellMark = (reach: Reach, start: number, defined: ReadonlySet<string>): Mark | undefined => {
  const name = /^\$\{([A-Za-z_]\w*)\}/u.exec(reach.text.slice(start, start + 80))?.[1];
  if (name !== undefined)
    return defined.has(name) || name.startsWith("_") ? undefined : plain(start, start + name.length + 3, { does: "value" });
  // A sequence of the daemon's own: `${NAME 1 2}` hands words to a definition.
  if (/^\$\{[A-Za-z_]\w*[ \t]/u.test(reach.text.slice(start, start + 80))) return undefined;
  const end = endOfCode(reach, start + 2, "}");
  return end < 0 || /[\r\n]/u.test(reach.text.slice(start, end)) ? undefined : plain(start, end, { does: "value" });
};

const definedNames = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/\$([A-Za-z_]\w*)=/gu)].map(([, name]) => name!));

/** Behind the closer that ends code: not one in a string or in brackets. Where that finds none, the first closer counts. */
const endOfCode = (reach: Reach, from: number, closer: string): number => {
  const { text, ends } = reach;
  const first = ends(closer, from);
  if (first < 0) return -1;
  const limit = Math.min(text.length, from + maxMark);
  let depth = 0;
  for (let at = from; at < limit && reach.effort > 0; at++) {
    reach.effort--;
    const c = text[at]!;
    if (depth <= 0 && text.startsWith(closer, at)) return at + closer.length;
    if (c === '"' || c === "'" || c === "`") {
      const close = endOfString(text, at, limit);
      if (close < 0) break;
      reach.effort -= close - at;
      at = close;
    } else if (c === "{" || c === "(" || c === "[") depth++;
    else if (c === "}" || c === ")" || c === "]") depth--;
  }
  return first;
};

const endOfString = (text: string, start: number, limit: number): number => {
  const quote = text[start]!;
  for (let at = start + 1; at < limit; at++) {
    if (text[at] === "\\" && quote !== "`") at++;
    else if (text[at] === quote) return at;
  }
  return -1;
};

/** Behind the next closer from an offset on, -1 when there is none near enough. */
const closers = (text: string): Reach["ends"] => {
  const next = new Map<string, number>();
  return (closer, from) => {
    let at = next.get(closer);
    if (at === undefined || (at >= 0 && at < from)) {
      at = text.indexOf(closer, from);
      next.set(closer, at);
    }
    return at < 0 || at - from > maxMark ? -1 : at + closer.length;
  };
};

const rawClose = /\{%[-+]?\s*endraw\s*[-+]?%\}/gu;

/** What stands between raw and endraw is text, whatever it looks like. */
const rawEnd = (text: string, from: number, found: Mark[]): number => {
  rawClose.lastIndex = from;
  const close = rawClose.exec(text);
  if (close === null) return text.length;
  found.push(trimmed(text, close.index, close.index + close[0].length, { does: "nothing" }));
  return close.index + close[0].length;
};
