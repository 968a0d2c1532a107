/**
 * The Markdown that kalint itself writes, as elements: headings, paragraphs, lists, quotes, fences, tables, and inside a
 * line code, strong text and links. Nothing in it becomes markup of its own.
 */
import { make } from "./dom.ts";

export const rendered = (markdown: string): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  const lines = markdown.replaceAll(/<!--[^]*?-->/gu, "").split("\n");
  for (let at = 0; at < lines.length;) {
    const { element, next } = blockAt(lines, at);
    if (element !== undefined) fragment.append(element);
    at = next;
  }
  return fragment;
};

interface Block {
  readonly element?: HTMLElement;
  readonly next: number;
}

const blockAt = (lines: readonly string[], at: number): Block => {
  const line = lines[at]!;
  if (line.trim() === "") return { next: at + 1 };
  if (line.startsWith("```")) return fence(lines, at);
  if (line.startsWith("    ")) return indented(lines, at);
  if (/^-{3,}$/u.test(line)) return { element: make("hr"), next: at + 1 };
  const [, marks, title] = /^(#{1,4}) (.*)$/u.exec(line) ?? [];
  if (marks !== undefined && title !== undefined) {
    // The page has its own h1 and h2.
    const level = Math.min(marks.length + 2, 6) as 3 | 4 | 5 | 6;
    return { element: make(`h${level}`, {}, ...inline(title)), next: at + 1 };
  }
  if (/^(?:[-*]|\d+\.) /u.test(line)) return list(lines, at);
  if (line.startsWith("|")) return table(lines, at);
  const end = endOf(lines, at, (each) => each.trim() !== "" && !/^(?:```|#|[-*] |\|)/u.test(each));
  const text = lines.slice(at, end).map((each) => each.replace(/^> ?/u, ""));
  const paragraph = make("p", {}, ...inline(text.join(" ")));
  return { element: line.startsWith(">") ? make("blockquote", {}, paragraph) : paragraph, next: end };
};

/** The first line from the second on that does not go on with the block. */
const endOf = (lines: readonly string[], at: number, goesOn: (line: string) => boolean): number => {
  const length = lines.slice(at + 1).findIndex((line) => !goesOn(line));
  return length < 0 ? lines.length : at + 1 + length;
};

const fence = (lines: readonly string[], at: number): Block => {
  const end = endOf(lines, at, (line) => !line.startsWith("```"));
  return { element: code(lines.slice(at + 1, end)), next: end + 1 };
};

const indented = (lines: readonly string[], at: number): Block => {
  const end = endOf(lines, at, (line) => line.startsWith("    "));
  return { element: code(lines.slice(at, end).map((line) => line.slice(4))), next: end };
};

const code = (lines: readonly string[]): HTMLElement => make("pre", { tabindex: "0" }, make("code", {}, lines.join("\n")));

const list = (lines: readonly string[], at: number): Block => {
  const end = endOf(lines, at, (line) => /^(?:[-*]|\d+\.|\s) /u.test(line));
  const items: string[] = [];
  for (const line of lines.slice(at, end)) {
    const [, text] = /^(?:[-*]|\d+\.) (.*)$/u.exec(line) ?? [];
    if (text === undefined) items.push(`${items.pop() ?? ""} ${line.trim()}`);
    else items.push(text);
  }
  return { element: make(/^\d/u.test(lines[at]!) ? "ol" : "ul", {}, ...items.map((item) => make("li", {}, ...inline(item)))), next: end };
};

const table = (lines: readonly string[], at: number): Block => {
  const end = endOf(lines, at, (line) => line.startsWith("|"));
  const [head = "", , ...rows] = lines.slice(at, end);
  const row = (line: string, cell: "td" | "th"): HTMLElement =>
    make(
      "tr",
      {},
      ...line
        .split("|")
        .slice(1, -1)
        .map((text) => make(cell, {}, ...inline(text.trim()))),
    );
  return {
    element: make("table", {}, make("thead", {}, row(head, "th")), make("tbody", {}, ...rows.map((line) => row(line, "td")))),
    next: end,
  };
};

const pieces = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/gu;

/** Links lead to files that are not beside the page: their text stays. */
const inline = (text: string): (Node | string)[] => {
  const made: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    const [all, literal, strong, label] = match;
    made.push(text.slice(at, match.index));
    if (literal !== undefined) made.push(make("code", {}, literal));
    else if (strong !== undefined) made.push(make("strong", {}, ...inline(strong)));
    else made.push(label ?? "");
    at = match.index + all.length;
  }
  return [...made, text.slice(at)];
};
