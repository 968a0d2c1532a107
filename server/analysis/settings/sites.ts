/**
 * Where the keys and values of a TOML text stand. smol-toml tells positions of what it cannot read only, so a text it
 * has read is walked a second time here: tables, keys, arrays and inline tables by their structure, everything else by
 * where it ends. Only for valid TOML; of anything else the result is incomplete, never wrong in kind, and nothing throws.
 */
import type { Span } from "../../../grammar/text.ts";

export type TomlPath = readonly (string | number)[];

export interface TomlSites {
  /** The key of a path; for a list item the item itself; the nearest one above where the path is not in the text. */
  readonly at: (path: TomlPath) => Span;
  /** The value of a path, a string without its quotes. */
  readonly valueAt: (path: TomlPath) => Span;
}

interface Found {
  readonly key: Span;
  readonly value: Span;
}

const nowhere: Found = { key: { start: 0, end: 0 }, value: { start: 0, end: 0 } };

export const tomlSites = (text: string): TomlSites => {
  const found = new Map<string, Found>();
  const add = (path: TomlPath, key: Span, value: Span = key): void => {
    const id = JSON.stringify(path);
    if (!found.has(id)) found.set(id, { key, value });
  };
  walk(text, add);
  const nearest = (path: TomlPath): Found => {
    for (let length = path.length; length > 0; length--) {
      const here = found.get(JSON.stringify(path.slice(0, length)));
      if (here !== undefined) return here;
    }
    return nowhere;
  };
  return { at: (path) => nearest(path).key, valueAt: (path) => nearest(path).value };
};

type Add = (path: TomlPath, key: Span, value?: Span) => void;

const walk = (text: string, add: Add): void => {
  /** How many tables each `[[list]]` has so far. */
  const lists = new Map<string, number>();
  let table: TomlPath = [];
  let at = 0;
  while (at < text.length) {
    at = skipBlank(text, at);
    if (at >= text.length) return;
    const start = at;
    if (text[at] === "[") {
      const isList = text[at + 1] === "[";
      const { parts, next } = keyParts(text, at + (isList ? 2 : 1));
      table = tablePath(parts, isList, lists);
      const header = { start, end: Math.min(text.length, next + (isList ? 2 : 1)) };
      // `[a.b]` states a as well.
      for (let length = 1; length <= table.length; length++) add(table.slice(0, length), header);
      at = lineEnd(text, next);
      continue;
    }
    const next = keyValue(text, at, table, add);
    at = next > start ? next : start + 1;
  }
};

/** A `key = value`; the offset behind it. */
const keyValue = (text: string, start: number, table: TomlPath, add: Add): number => {
  const { parts, next } = keyParts(text, start);
  const key = { start, end: trimmedEnd(text, start, next) };
  const path = [...table, ...parts];
  const from = skipSpace(text, text[next] === "=" ? next + 1 : next);
  const value = readValue(text, from, path, add);
  add(path, key, inside(text, from, value));
  for (let length = table.length + 1; length < path.length; length++) add(path.slice(0, length), key);
  return value;
};

/** The offset behind a value; what it holds is added. */
const readValue = (text: string, start: number, path: TomlPath, add: Add): number => {
  const opening = text[start];
  if (opening === '"' || opening === "'") return stringEnd(text, start);
  if (opening !== "[" && opening !== "{") {
    let at = start;
    while (at < text.length && !/[,\]}#\n]/u.test(text[at]!)) at++;
    return trimmedEnd(text, start, at);
  }
  const closing = opening === "[" ? "]" : "}";
  let index = 0;
  let at = start + 1;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return at;
    if (text[at] === closing) return at + 1;
    if (text[at] === ",") {
      at++;
      continue;
    }
    const from = at;
    if (opening === "[") {
      at = readValue(text, at, [...path, index], add);
      add([...path, index++], { start: from, end: at }, inside(text, from, at));
    } else at = keyValue(text, at, path, add);
    if (at <= from) at = from + 1;
  }
};

const tablePath = (parts: readonly string[], isList: boolean, lists: Map<string, number>): TomlPath => {
  const path: (string | number)[] = [];
  for (const [index, part] of parts.entries()) {
    path.push(part);
    const id = JSON.stringify(path);
    const count = lists.get(id);
    if (index < parts.length - 1 || !isList) {
      if (count !== undefined) path.push(count - 1);
    } else {
      lists.set(id, (count ?? 0) + 1);
      path.push(count ?? 0);
    }
  }
  return path;
};

/** The parts of a dotted key, and the offset of what ends it: `=`, `]` or a line end. */
const keyParts = (text: string, start: number): { readonly parts: readonly string[]; readonly next: number } => {
  const parts: string[] = [];
  let at = start;
  while (at < text.length) {
    const c = text[at]!;
    if (c === "=" || c === "]" || c === "\n") break;
    if (c === '"' || c === "'") {
      const end = stringEnd(text, at);
      parts.push(unquoted(text.slice(at, end)));
      at = end;
    } else if (/[\w-]/u.test(c)) {
      const from = at;
      while (at < text.length && /[\w-]/u.test(text[at]!)) at++;
      parts.push(text.slice(from, at));
    } else at++;
  }
  return { parts, next: at };
};

const unquoted = (word: string): string => {
  if (word.startsWith("'")) return word.slice(1, -1);
  try {
    // The escapes of a TOML string are those of JSON, but for \e, \x and \U, which no key here needs.
    return String(JSON.parse(word));
  } catch {
    return word.slice(1, -1);
  }
};

/** The offset behind a string that begins at `start`, in one or three quotes. */
const stringEnd = (text: string, start: number): number => {
  const quote = text[start]!;
  const triple = text.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  for (let at = start + mark.length; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text.startsWith(mark, at)) {
      let end = at + mark.length;
      // Up to two quotes may stand before the closing three.
      while (triple && text[end] === quote && end < at + 5) end++;
      return end;
    } else if (!triple && text[at] === "\n") return at;
  }
  return text.length;
};

/** A value without the quotes of a string. */
const inside = (text: string, start: number, end: number): Span => {
  const quote = text[start];
  return (quote === '"' || quote === "'") && end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end };
};

const skipSpace = (text: string, start: number): number => {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
};

/** Behind white space, line ends and comments. */
const skipBlank = (text: string, start: number): number => {
  let at = start;
  while (at < text.length) {
    const c = text[at]!;
    if (c === "#") at = lineEnd(text, at);
    else if (/[\s\uFEFF]/u.test(c)) at++;
    else break;
  }
  return at;
};

const lineEnd = (text: string, start: number): number => {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
};

const trimmedEnd = (text: string, start: number, end: number): number => {
  let at = end;
  while (at > start && /\s/u.test(text[at - 1]!)) at--;
  return at;
};
