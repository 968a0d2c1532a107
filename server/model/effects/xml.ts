/**
 * The little of XML that configuration files use: elements with attributes, comments, text. No entities but the five named ones,
 * no DTD, no namespaces. One pass; nesting is read flat, with the depth of each element, so that a hostile file costs no stack.
 */
import type { Span } from "../../../grammar/text.ts";

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** Of the value, without its quotes. */
  readonly span: Span;
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  /** 0 for the outermost. */
  readonly depth: number;
  /** Of the opening tag. */
  readonly span: Span;
}

const maxElements = 20_000;

/** Elements in the order of the text. Broken markup ends the reading where it stands. */
export const xmlElements = (text: string): readonly XmlElement[] => {
  const found: XmlElement[] = [];
  let depth = 0;
  let i = 0;
  while (found.length < maxElements) {
    const open = text.indexOf("<", i);
    if (open < 0) break;
    if (text.startsWith("<!--", open)) i = after(text, "-->", open + 4);
    else if (text.startsWith("<?", open)) i = after(text, "?>", open + 2);
    else if (text.startsWith("<![CDATA[", open)) i = after(text, "]]>", open + 9);
    else if (text[open + 1] === "!") i = after(text, ">", open + 2);
    else if (text[open + 1] === "/") {
      depth = Math.max(0, depth - 1);
      i = after(text, ">", open + 2);
    } else {
      const tag = readTag(text, open);
      if (tag === undefined) break;
      found.push({ name: tag.name, attributes: tag.attributes, depth, span: { start: open, end: tag.end } });
      if (!tag.closed) depth++;
      i = tag.end;
    }
  }
  return found;
};

const after = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
};

const nameEnd = /[^A-Za-z0-9_.:-]/gu;
const blanks = /[^ \t\r\n]/gu;

const firstMatch = (pattern: RegExp, text: string, from: number): number => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
};

const readTag = (
  text: string,
  open: number,
): { readonly name: string; readonly attributes: readonly XmlAttribute[]; readonly closed: boolean; readonly end: number } | undefined => {
  let i = firstMatch(nameEnd, text, open + 1);
  const name = text.slice(open + 1, i);
  if (name === "") return undefined;
  const attributes: XmlAttribute[] = [];
  for (;;) {
    i = firstMatch(blanks, text, i);
    if (text[i] === ">") return { name, attributes, closed: false, end: i + 1 };
    if (text.startsWith("/>", i)) return { name, attributes, closed: true, end: i + 2 };
    const end = firstMatch(nameEnd, text, i);
    if (end === i) return undefined;
    const equals = firstMatch(blanks, text, end);
    const quoteAt = firstMatch(blanks, text, equals + 1);
    const quote = text[quoteAt];
    if (text[equals] !== "=" || (quote !== '"' && quote !== "'")) return undefined;
    const close = text.indexOf(quote, quoteAt + 1);
    if (close < 0) return undefined;
    attributes.push({
      name: text.slice(i, end),
      value: unescaped(text.slice(quoteAt + 1, close)),
      span: { start: quoteAt + 1, end: close },
    });
    i = close + 1;
  }
};

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'" };

const unescaped = (value: string): string => value.replace(/&(?:lt|gt|amp|quot|apos);/gu, (entity) => entities[entity]!);
