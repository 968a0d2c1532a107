/** The pages of rules on a terminal: headings, paragraphs, lists, fences, tables of two columns. */
import { columnsOf, wrapped } from "../reporters/cells.ts";
import type { Colours } from "../reporters/style.ts";

/** Paragraphs are broken to `width` columns, but no wider than is good to read. */
export const renderMarkdown = (markdown: string, paint: Colours, width: number): string => {
  const room = Math.min(width, 100);
  const out: string[] = [];
  let paragraph: string[] = [];
  let fenced = false;
  const flush = (): void => {
    if (paragraph.length === 0) return;
    // Where a link leads takes no room: nobody can click it here.
    const text = paragraph.join(" ").replaceAll(/\[([^\]\n]{1,200})\]\([^)\n]{1,400}\)/gu, "$1");
    const bullet = /^(?:[-*]|\d+\.) /u.exec(text)?.[0] ?? "";
    const hanging = " ".repeat(bullet.length);
    wrapped(text.slice(bullet.length), room - bullet.length, shownColumns).forEach((line, index) =>
      out.push((index === 0 ? bullet : hanging) + inline(line, paint)),
    );
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/u)) {
    if (line.startsWith("```")) {
      flush();
      fenced = !fenced;
      continue;
    }
    if (fenced) {
      // In the colour of the terminal: a whole block in another one is hard to read on a light background.
      out.push(`    ${line}`.trimEnd());
      continue;
    }
    if (/^<!--.*-->$/u.test(line)) continue;
    const heading = /^#+ (.*)$/u.exec(line);
    if (heading !== null) {
      flush();
      out.push(paint.bold(heading[1]!));
    } else if (line.trim() === "") {
      flush();
      if (out.at(-1) !== "") out.push("");
    } else if (line.startsWith("|")) {
      flush();
      out.push(tableRow(line, paint));
    } else {
      if (/^(?:[-*]|\d+\.) /u.test(line)) flush();
      paragraph.push(line.trim());
    }
  }
  flush();
  return `${out
    .filter((line) => line !== tableRule)
    .join("\n")
    .trim()}\n`;
};

/** Of a word without the marks that `inline` takes away. */
const shownColumns = (word: string): number => columnsOf(word.replaceAll(/`|\*\*/gu, ""));

const tableRule = "\u0000";

const tableRow = (line: string, paint: Colours): string => {
  if (/^[|\s:-]+$/u.test(line)) return tableRule;
  const [first = "", ...rest] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  return `${paint.bold(first)}${" ".repeat(Math.max(1, 12 - columnsOf(first)))}${inline(rest.join("  "), paint)}`;
};

/** Code and emphasis; links keep their text. */
const inline = (text: string, paint: Colours): string =>
  text
    .replace(/\[([^\]]+)\]\([^)]*\)/gu, "$1")
    .replace(/`([^`]+)`/gu, (_, code: string) => paint.cyan(code))
    .replace(/\*\*([^*]+)\*\*/gu, (_, strong: string) => paint.bold(strong))
    .replace(/(?<![*\w])\*([^*\s](?:[^*]{0,100}[^*\s])?)\*(?![*\w])/gu, (_, stressed: string) => paint.bold(stressed));
