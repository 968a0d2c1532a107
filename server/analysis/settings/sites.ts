/**
 * Where the keys and values of a TOML text stand. smol-toml tells positions of what it cannot read only, so a text it
 * has read is walked a second time here: tables, keys, arrays and inline tables by their structure, everything else by
 * where it ends. Only for what smol-toml has read: its limit of depth is the limit here.
 */
import type { Span } from "../../../grammar/text.ts";

export type TomlPath = readonly (string | number)[];

export interface TomlSites {
  /** The key of a path; for a list item the item itself; the nearest one above where the path is not in the text. */
  readonly at: (path: TomlPath) => Span;
  /** The value of a path, a string without its quotes. */
  readonly valueAt: (path: TomlPath) => Span;
}

/** A key, table or list item with what stands below it. A tree, so that a long path costs nothing at every key below it. */
interface Place {
  key: Span;
  value: Span;
  readonly children: Map<string | number, Place>;
  /** How many tables a `[[list]]` has so far. */
  tables: number;
}

const placeAt = (key: Span): Place => ({ key, value: key, children: new Map(), tables: 0 });

export const tomlSites = (text: string): TomlSites => {
  const root = placeAt({ start: 0, end: 0 });
  walk(text, root);
  const nearest = (path: TomlPath): Place => {
    let here = root;
    for (const part of path) {
      const next = here.children.get(part);
      if (next === undefined) break;
      here = next;
    }
    return here;
  };
  return { at: (path) => nearest(path).key, valueAt: (path) => nearest(path).value };
};

/** The place below another one; what is stated twice stands where it was stated first. */
const below = (place: Place, part: string | number, key: Span): Place => {
  const known = place.children.get(part);
  if (known !== undefined) return known;
  const made = placeAt(key);
  place.children.set(part, made);
  return made;
};

const walk = (text: string, root: Place): void => {
  let table = root;
  let at = 0;
  while (at < text.length) {
    at = skipBlank(text, at);
    if (at >= text.length) return;
    const start = at;
    if (text[at] === "[") {
      const isList = text[at + 1] === "[";
      const { parts, next } = keyParts(text, at + (isList ? 2 : 1));
      table = tableAt(root, parts, isList, { start, end: Math.min(text.length, next + (isList ? 2 : 1)) });
      at = lineEnd(text, next);
      continue;
    }
    const next = keyValue(text, at, table);
    at = next > start ? next : start + 1;
  }
};

/** The table that a header begins. `[a.b]` states a as well; of a list the last table is meant. */
const tableAt = (root: Place, parts: readonly string[], isList: boolean, header: Span): Place => {
  let here = root;
  for (const [index, part] of parts.entries()) {
    here = below(here, part, header);
    if (isList && index === parts.length - 1) return below(here, here.tables++, header);
    if (here.tables > 0) here = below(here, here.tables - 1, header);
  }
  return here;
};

/** A `key = value`; the offset behind it. */
const keyValue = (text: string, start: number, table: Place): number => {
  const { parts, next } = keyParts(text, start);
  const key = { start, end: trimmedEnd(text, start, next) };
  let here = table;
  for (const part of parts) here = below(here, part, key);
  const from = skipSpace(text, text[next] === "=" ? next + 1 : next);
  const end = readValue(text, from, here);
  here.value = inside(text, from, end);
  return end;
};

/** The offset behind a value; what it holds is added. */
const readValue = (text: string, start: number, place: Place): number => {
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
      const item = below(place, index++, { start: from, end: from });
      at = readValue(text, at, item);
      item.key = { start: from, end: at };
      item.value = inside(text, from, at);
    } else at = keyValue(text, at, place);
    if (at <= from) at = from + 1;
  }
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
      const end = at + mark.length;
      // Up to two quotes may stand before the closing three.
      return triple ? end + (text.startsWith(quote.repeat(2), end) ? 2 : text[end] === quote ? 1 : 0) : end;
    } else if (!triple && text[at] === "\n") return at;
  }
  return text.length;
};

/** A value without the quotes of a string. */
const inside = (text: string, start: number, end: number): Span => {
  const quote = text[start];
  if ((quote !== '"' && quote !== "'") || end - start < 2) return { start, end };
  const marks = end - start >= 6 && text.startsWith(quote.repeat(3), start) ? 3 : 1;
  return { start: start + marks, end: end - marks };
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
