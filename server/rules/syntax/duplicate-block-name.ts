import type { SymbolKind, Version } from "../../../grammar/vocabulary/types.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isUnknownWord, one } from "../../model/node/settings.ts";
import type { SymbolDefinition } from "../../model/node/symbols.ts";

/** Kinds of which the daemon skips the second; of the others references find the first. */
const skipped = new Set<SymbolKind>(["instance", "syncGroup", "trackGroup", "bfd"]);

export default defineRule({
  id: "duplicate-block-name",
  summary: "Two blocks of one kind with the same name, or two BFD sessions with the same neighbour: only the first counts.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:249",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:441",
    "keepalived v2.4.3 keepalived/bfd/bfd_parser.c:356",
  ],
  subject: "configuration",

  *check({ symbols, tree }, { version }) {
    const first = new Map<string, SymbolDefinition>();
    for (const definition of symbols.definitions) {
      const { kind, name, item } = definition;
      if (item.kind !== "block") continue;
      const key = `${kind} ${name.value}`;
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, definition);
        continue;
      }
      yield {
        at: name.site,
        message: `${blockTitle(item)} is defined a second time: ${skipped.has(kind) ? "keepalived skips this block" : "whoever names it gets the first one"}`,
        notes: [{ message: "the first one", at: earlier.name.site }],
      };
    }
    yield* repeatedSessions(tree.items, version);
  },
});

interface Session {
  readonly item: ConfigItem;
  readonly name: string;
  readonly neighbor: ConfigWord;
  readonly key: string;
  /** Undefined where none is written: such a session collides with every other one of its neighbour. */
  readonly source?: string;
}

/** The daemon tells sessions apart by their addresses, and by multihop where the version knows it (bfd_data.c, find_bfd_by_addr). */
function* repeatedSessions(items: readonly ConfigItem[], version: Version): Generator<RuleFinding> {
  const taken = new Map<string, Session[]>();
  const names = new Set<string>();
  for (const item of items) {
    if (item.keyword.value !== "bfd_instance") continue;
    const session = sessionOf(item, version);
    // A second block of one name is told as that.
    if (session === undefined || names.has(session.name)) continue;
    names.add(session.name);
    const others = taken.get(session.key) ?? [];
    const same = others.find(({ source }) => source === undefined || session.source === undefined || source === session.source);
    if (same === undefined) taken.set(session.key, [...others, session]);
    else
      yield {
        at: session.neighbor.site,
        message: `${blockTitle(item)} is a second session with ${shown(session.neighbor.value)}, which ${same.name} has already: keepalived ignores it`,
        notes: [{ message: "the first one", at: same.neighbor.site }],
      };
  }
}

const sessionOf = (item: ConfigItem, version: Version): Session | undefined => {
  const neighbor = addressIn(one(item, "neighbor_ip", "neighbour_ip"));
  const source = one(item, "source_ip");
  const own = source === undefined ? undefined : addressIn(source);
  if (neighbor === undefined || (source !== undefined && own === undefined)) return undefined;
  const hops = one(item, "multihop");
  const far = hops?.entry !== undefined && knownIn(hops.entry, version);
  return {
    item,
    name: item.args[0]?.value ?? "",
    neighbor,
    key: `${canonicalAddress(neighbor.value)} ${far}`,
    ...(own === undefined ? {} : { source: canonicalAddress(own.value) }),
  };
};

const addressIn = (statement: ConfigItem | undefined): ConfigWord | undefined => {
  const word = statement?.args[0];
  return statement === undefined || word === undefined || isUnknownWord(statement, word) || parseAddress(word.value) === undefined
    ? undefined
    : word;
};
