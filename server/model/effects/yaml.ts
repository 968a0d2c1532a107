/**
 * YAML as a tree whose scalars know where they stand. Values keep the words of the file: what they mean is for the reader of
 * the format. Loaded only together with such a reader.
 */
import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import type { Site, Sited } from "../../../grammar/text.ts";

/** An alias is the very node that it names, so a tree may be part of itself. */
export type YamlNode =
  | { readonly kind: "scalar"; readonly word: Sited<string> }
  | { readonly kind: "list"; readonly items: readonly YamlNode[] }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[] };

export interface YamlEntry {
  readonly key: Sited<string>;
  readonly value: YamlNode;
}

const maxDepth = 64;

/** The first document. Throws where the text is no YAML, nests deeper than anybody writes, or uses a name it did not define. */
export const readYaml = (text: string, file: string): YamlNode | undefined => {
  const [first, ...events] = parseEvents(text, { maxDepth });
  return first?.type === EVENT_ID.DOCUMENT ? nodeOf(text, file, events.values(), new Map()) : undefined;
};

/** The node that begins with the next event; none where a collection or the document ends. */
const nodeOf = (text: string, file: string, events: Iterator<Event>, named: Map<string, YamlNode>): YamlNode | undefined => {
  const { value: event, done } = events.next();
  if (done === true || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return undefined;
  const name = text.slice(event.anchorStart, event.anchorEnd);
  if (event.type === EVENT_ID.ALIAS) {
    const node = named.get(name);
    if (node === undefined) throw new RangeError(`*${name} is defined nowhere before`);
    return node;
  }
  const remember = <T extends YamlNode>(node: T): T => {
    if (event.anchorStart >= 0) named.set(name, node);
    return node;
  };
  if (event.type === EVENT_ID.SCALAR) return remember({ kind: "scalar", word: wordOf(text, file, event) });
  const inner = function* (): Generator<YamlNode> {
    for (let node = nodeOf(text, file, events, named); node !== undefined; node = nodeOf(text, file, events, named)) yield node;
  };
  if (event.type === EVENT_ID.SEQUENCE) {
    const items: YamlNode[] = [];
    const list = remember({ kind: "list", items });
    items.push(...inner());
    return list;
  }
  const entries: YamlEntry[] = [];
  const map = remember({ kind: "map", entries });
  let key: YamlNode | undefined;
  for (const node of inner()) {
    if (key === undefined) {
      key = node;
      continue;
    }
    if (key.kind === "scalar") entries.push({ key: key.word, value: node });
    key = undefined;
  }
  return map;
};

/** Without quotes; an empty plain scalar has no place. */
const wordOf = (text: string, file: string, event: ScalarEvent): Sited<string> => {
  const site: Site = { file, span: { start: Math.max(0, event.valueStart), end: Math.max(0, event.valueEnd) } };
  const value = event.valueStart < 0 ? "" : getScalarValue(text, event);
  // What YAML itself calls nothing, unless it is quoted.
  return { value: event.style === SCALAR_STYLE.PLAIN && /^(?:~|null)$/iu.test(value) ? "" : value, site };
};
