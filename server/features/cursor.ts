/**
 * Where an offset of a file stands. A file that is included inside a vrrp_instance has no meaning of its own, so every
 * question of an editor begins here: with the readings that contain the text, and the blocks around it in each of them.
 */
import { commentStart } from "../../grammar/keepalived/lines.ts";
import { parseKeepalived } from "../../grammar/keepalived/parse.ts";
import type { Block, Item } from "../../grammar/keepalived/tree.ts";
import type { MappedText, Span } from "../../grammar/text.ts";
import { childContext, context, lookup } from "../../grammar/vocabulary/index.ts";
import type { Context, Version } from "../../grammar/vocabulary/types.ts";
import { fragmentOf } from "../model/cluster/fragment.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import type { Configuration } from "../model/node/model.ts";

/** One reading that contains the text, and where in it. */
export interface Occurrence {
  /** Absent for a file that no configuration reads. */
  readonly node?: NodeModel;
  readonly configuration?: Configuration;
  /** The blocks around, outermost first. */
  readonly blocks: readonly Block[];
  /** What stands beside a statement at this place. */
  readonly level: readonly Item[];
  /** Where a statement at this place stands; undefined inside a block that the vocabulary does not know. */
  readonly context: Context | undefined;
}

/** Every reading that contains an offset of a file, that of the file alone where there is none. */
export const occurrences = (project: Project, file: string, text: string, offset: number, version?: Version): readonly Occurrence[] => {
  const found: Occurrence[] = [];
  for (const { nodes } of project.clusters) {
    for (const node of nodes) {
      const { configuration } = node;
      if (configuration === undefined || !configuration.expansion.files.includes(file)) continue;
      const mapped = configuration.expansion.text;
      const places = offsetsIn(mapped, file, offset);
      if (places.length === 0) continue;
      const { items } = parseKeepalived(mapped.text, node.version ?? version);
      for (const place of places) found.push({ node, configuration, ...around(items, place, context("")) });
    }
  }
  if (found.length > 0) return found;
  const { items } = parseKeepalived(text, version);
  return (fragmentContexts(file, text, offset) ?? [context("")]).map((outside) => around(items, offset, outside));
};

/**
 * What a file that nobody includes continues: every block that would hold its lines, `undefined` for a list of addresses of
 * which nothing tells the block. No answer where it is no fragment. The line at the offset, half written, may be of any kind.
 */
export const fragmentContexts = (file: string, text: string, offset: number): readonly (Context | undefined)[] | undefined => {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  const fragment = fragmentOf(file, text) ?? fragmentOf(file, text.slice(0, start) + (end < 0 ? "" : text.slice(end)));
  if (fragment === undefined) return undefined;
  return fragment.kind === "addresses" ? [undefined] : fragment.contexts.map((id) => context(id));
};

/** Where an offset of a file stands in an expanded text; several where the file is read several times. */
const offsetsIn = ({ segments }: MappedText, file: string, offset: number): readonly number[] => {
  const found = segments.flatMap((segment) =>
    segment.literal && segment.file === file && segment.fileStart <= offset && offset <= segment.fileEnd
      ? [segment.start + offset - segment.fileStart]
      : [],
  );
  return [...new Set(found)];
};

const around = (items: readonly Item[], offset: number, outside: Context | undefined): Pick<Occurrence, "blocks" | "level" | "context"> => {
  const blocks: Block[] = [];
  let inside = outside;
  let level = items;
  for (;;) {
    const block = level.find((item): item is Block => item.kind === "block" && holds(item, offset));
    if (block === undefined) return { blocks, level, context: inside };
    blocks.push(block);
    const [header] = block.words;
    // A brace without a keyword opens nothing: its content belongs to the block around it.
    if (header !== undefined) inside = insideOf(inside, header.text);
    level = block.body;
  }
};

const holds = ({ open, close, body, span }: Block, offset: number): boolean => {
  // Without a brace the block is what was read as its content.
  if (open === undefined) return body.length > 0 && body[0]!.span.start <= offset && offset <= span.end;
  return open.end <= offset && (close === undefined || offset <= close.start);
};

const insideOf = (outer: Context | undefined, word: string): Context | undefined => {
  const entry = outer === undefined || outer.entry !== undefined ? undefined : lookup(outer.id, word);
  return entry === undefined ? undefined : context(childContext(outer!.id, entry));
};

/** The words of a line in front of an offset, and the word at it. */
export interface LineAt {
  readonly before: readonly string[];
  /** From the beginning of the word to its end behind the cursor, without its quotes: what a completion replaces. */
  readonly word: Span;
  /** The part of it in front of the cursor. */
  readonly typed: string;
  /** The cursor stands in a comment. */
  readonly comment: boolean;
  /** What the line begins with before its first word: an `@id`. */
  readonly condition: boolean;
}

/** Reads the line of a file up to an offset: behind a brace a new statement begins. Quotes are not parted. */
export const lineAt = (text: string, offset: number): LineAt => {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const written = text.slice(start, offset);
  const comment = commentStart(written) < written.length;
  const statement = statementStart(written);
  const condition = /^[ \t]*@\S*[ \t]+/u.exec(written.slice(statement))?.[0].length ?? 0;
  const words = written.slice(statement + condition).match(/"[^"]*"?|[^\s"]+|"/gu) ?? [];
  const open = words.at(-1);
  const inWord = open !== undefined && (!/\s$/u.test(written) || (open.startsWith('"') && (open.length === 1 || !open.endsWith('"'))));
  const typed = inWord ? open.replace(/^"/u, "") : "";
  const end = (inWord && open.startsWith('"') ? closingQuote(text, offset) : undefined) ?? endOfWord(text, offset);
  return {
    before: inWord ? words.slice(0, -1) : words,
    word: { start: offset - typed.length, end },
    typed,
    comment,
    condition: condition > 0,
  };
};

/** A quote that is not closed in its line ends nothing. */
const closingQuote = (text: string, offset: number): number | undefined => {
  let end = offset;
  while (end < text.length && /[^"\r\n]/u.test(text[end]!)) end++;
  return text[end] === '"' ? end : undefined;
};

const endOfWord = (text: string, offset: number): number => {
  let end = offset;
  while (end < text.length && /[^\s{}"#!]/u.test(text[end]!)) end++;
  return end;
};

/** Behind the last brace of the line that is no part of a `${NAME}` or a quoted word. */
const statementStart = (line: string): number => {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const c = line[at];
    if (c === '"') quoted = !quoted;
    // Not closed, the brace is that of the definition under the cursor.
    else if (!quoted && c === "$" && line[at + 1] === "{") at = Math.max(at + 1, line.indexOf("}", at));
    else if (!quoted && (c === "{" || c === "}")) start = at + 1;
  }
  return start;
};
