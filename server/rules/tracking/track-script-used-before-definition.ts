import type { SymbolKind } from "../../../grammar/vocabulary/types.ts";
import { fixWith, insertAt, removeItem } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import { isSwallowed } from "../../model/node/lost.ts";
import type { Source } from "../../model/node/source.ts";

/** What is looked up while the line is read; groups and instances are looked up at the end. */
const early = new Set<SymbolKind>(["script", "trackProcess", "trackFile", "bfd"]);

export default defineRule({
  id: "track-script-used-before-definition",
  summary: "A tracker that is used above its definition: keepalived looks it up while it reads, and finds nothing.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:212"],
  subject: "configuration",
  fix: "review",

  *check({ tree, symbols, source }) {
    const order = new Map<ConfigItem, number>();
    const first = new Map<string, ConfigItem>();
    for (const { kind, name, item } of symbols.definitions)
      if (early.has(kind) && !first.has(`${kind} ${name.value}`)) first.set(`${kind} ${name.value}`, item);
    if (first.size === 0) return;
    for (const item of walkItems(tree.items)) order.set(item, order.size);
    for (const { kind, name, item } of symbols.references) {
      const definition = first.get(`${kind} ${name.value}`);
      if (definition === undefined || isSwallowed(item) || order.get(definition)! < order.get(item)!) continue;
      yield {
        at: name.site,
        message: `${shown(name.value)} is used before ${blockTitle(definition)} stands in the file: keepalived does not find it, and nothing is tracked`,
        notes: [{ message: "defined here, too late", at: definition.keyword.site }],
        fixes: moveUp(definition, item, source),
      };
    }
  },
});

/** Moves the definition in front of the block that uses it. */
const moveUp = (definition: ConfigItem, use: ConfigItem, source: Source): readonly Fix[] => {
  let block = use;
  while (block.parent !== undefined) block = block.parent;
  const text = source.text(definition.site);
  const line = source.line(block.site);
  if (text === undefined || line?.before.trim() !== "" || block.site.file !== definition.site.file || definition.parent !== undefined)
    return [];
  return fixWith(`Move ${blockTitle(definition)} up`, "review", [
    insertAt(block.site.file, block.site.span.start - line.before.length, `${text}\n\n`),
    ...removeItem(source, definition),
  ]);
};
