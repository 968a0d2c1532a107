/** What the daemon reads of a file, without where it stands: to compare two texts that should mean the same. */
import { splitCommandLine } from "../../../grammar/keepalived/command-words.ts";
import { expand } from "../../../grammar/keepalived/expand.ts";
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { Item } from "../../../grammar/keepalived/tree.ts";
import { filesOf } from "./files.ts";

export interface ReadItem {
  /** As ordinary keywords read them. */
  readonly words: readonly string[];
  /** As commands read the same line. */
  readonly command: readonly string[];
  readonly opened: boolean;
  readonly closed: boolean;
  readonly body?: readonly ReadItem[];
}

export interface Reading {
  readonly items: readonly ReadItem[];
  readonly problems: readonly string[];
}

export const readingOf = (contents: Readonly<Record<string, string>>, entry: string, configId: string, version: string): Reading => {
  const expansion = expand(entry, filesOf(contents), { configId, version });
  const { text } = expansion.text;
  const { items, problems } = parseKeepalived(text, version);
  const read = (item: Item): ReadItem => {
    const first = item.words[0];
    const last = item.words.at(-1);
    const line = first === undefined || last === undefined ? "" : text.slice(first.span.start, last.span.end);
    return {
      words: item.words.map((word) => word.text),
      command: splitCommandLine(line, { escapes: false }).words.map((word) => word.text),
      opened: item.kind === "block" && item.open !== undefined,
      closed: item.kind === "block" && item.close !== undefined,
      ...(item.kind === "block" ? { body: item.body.map(read) } : {}),
    };
  };
  return { items: items.map(read), problems: [...expansion.problems, ...problems].map(({ kind }) => kind) };
};
