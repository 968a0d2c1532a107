/** What a command of the configuration does by itself: `killall -0 nginx`, `sh -c 'curl … || exit 1'`. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { SimpleCommand, Word, WordPart } from "../../../grammar/shell/tree.ts";
import type { Site, Sited, Span } from "../../../grammar/text.ts";
import { effectsOf } from "../effects/script.ts";
import type { ScriptEffects } from "../effects/script-facts.ts";
import type { Command } from "../node/command.ts";
import type { InlineScript } from "./model.ts";

/**
 * keepalived hands the words to the program as they are: a script of one command, every word in single quotes. The tree is
 * made here, because the shell's parser is slow to load. What stands in `sh -c '…'` keeps its exact place, where nothing in
 * it is escaped.
 */
export const effectsOfCommand = (command: Command): ScriptEffects => {
  const places: { readonly span: Span; readonly site: Site }[] = [];
  const words: Word[] = [];
  let at = 0;
  for (const { value, site } of [command.program, ...command.arguments]) {
    const span = { start: at, end: at + (value?.length ?? 0) + 2 };
    const part: WordPart = value === undefined ? { kind: "parameter", span, name: "UNKNOWN" } : { kind: "single-quoted", span, value };
    words.push({ kind: "word", span, text: value === undefined ? "$UNKNOWN" : `'${value}'`, parts: [part] });
    places.push({ span, site });
    at = span.end + 1;
  }
  const span = { start: 0, end: at };
  const only: SimpleCommand = { kind: "simple", span, assignments: [], words, redirections: [] };
  const mapSite = (one: Span): Site => {
    const place = places.find((each) => each.span.start <= one.start && one.end <= each.span.end);
    return place === undefined ? wholeOf(command, places) : partOf(place.site, place.span, one);
  };
  const body = [{ kind: "statement", span, command: only, background: false }] as const;
  return effectsOf({ kind: "script", span, body, comments: [], problems: [] }, { file: command.site.file, mapSite });
};

/** The script in `sh -c '…'`; undefined where the command is no such thing, or what the shell gets is not known. */
export const inlineScript = ({ program, arguments: words }: Command): InlineScript | undefined => {
  const shell = /(?:^|\/)((?:ba|da|k|z)?sh)$/u.exec(program.value ?? "")?.[1];
  const at = shell === undefined ? -1 : words.findIndex(({ value }) => value === undefined || !/^[-+]/u.test(value) || isTextOption(value));
  const word = isTextOption(words[at]?.value ?? "") ? words[at + 1] : undefined;
  if (shell === undefined || word?.value === undefined) return undefined;
  const { value: text, site } = word as Sited<string>;
  const whole = { start: 0, end: text.length + 2 };
  const siteOf = ({ start, end }: Span): Site => partOf(site, whole, { start: start + 1, end: end + 1 });
  return { shell, text, script: parseShell(text), siteOf };
};

const isTextOption = (word: string): boolean => /^-[a-z]*c$/u.test(word);

/** All words, without the quotes around the command. */
const wholeOf = ({ site }: Command, places: readonly { readonly site: Site }[]): Site => {
  const [first, last] = [places[0]?.site, places.at(-1)?.site];
  if (first === undefined || last === undefined || first.file !== last.file || first.via !== undefined || last.via !== undefined)
    return site;
  return { file: first.file, span: { start: first.span.start, end: Math.max(first.span.end, last.span.end) } };
};

/** A part of a word has a place of its own where the word is written as it is read, in quotes or not. */
const partOf = (site: Site, word: Span, { start, end }: Span): Site => {
  const inner = { start: start - word.start - 1, end: end - word.start - 1 };
  const length = word.end - word.start - 2;
  const quote = (site.span.end - site.span.start - length) / 2;
  if (site.via !== undefined || (quote !== 0 && quote !== 1) || inner.start < 0 || inner.end > length) return site;
  return { file: site.file, span: { start: site.span.start + quote + inner.start, end: site.span.start + quote + inner.end } };
};
