import { checkValue, isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { hasUnreadIncludes, lacks, mayHoldMore } from "../../model/node/lost.ts";
import type { SymbolDefinition } from "../../model/node/symbols.ts";
import type { Configuration } from "../../model/node/model.ts";
import { all } from "../../model/node/settings.ts";

interface Need {
  /** Any of these will do. */
  readonly words: readonly string[];
  readonly lack: string;
  readonly consequence: string;
}

/** What each block is nothing without, by its keyword. */
const needs: Readonly<Record<string, Need>> = {
  bfd_instance: { words: ["neighbor_ip", "neighbour_ip"], lack: "no neighbor_ip", consequence: "keepalived drops the session" },
  track_group: { words: ["group"], lack: "no instances", consequence: "keepalived removes it" },
  FILE_CHECK: { words: ["track_file"], lack: "no track_file that is defined", consequence: "keepalived ignores the check" },
  MISC_CHECK: { words: ["misc_path"], lack: "no misc_path", consequence: "keepalived skips the check, and the server counts as alive" },
  BFD_CHECK: { words: ["name"], lack: "no name of a bfd_instance", consequence: "keepalived skips the check" },
  garp_group: { words: ["garp_interval", "gna_interval"], lack: "no interval", consequence: "keepalived removes it" },
};

export default defineRule({
  id: "incomplete-block",
  summary: "A block without the one thing it is for: keepalived drops it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/bfd/bfd_parser.c:336",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:139",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2208",
    "keepalived v2.4.3 keepalived/check/check_file.c:115",
    "keepalived v2.4.3 keepalived/check/check_bfd.c:230",
    "keepalived v2.4.3 keepalived/check/check_misc.c:189",
    "keepalived v2.4.3 keepalived/check/check_parser.c:115",
  ],
  subject: "item",

  *check(item, { node: { configuration } }) {
    if (item.kind !== "block" || item.entry === undefined || configuration === undefined) return;
    const need = Object.hasOwn(needs, item.keyword.value) ? needs[item.keyword.value] : undefined;
    const told =
      item.keyword.value === "virtual_server_group" && item.context === ""
        ? { lack: "no entry that can be used", consequence: "keepalived removes it, and the services that name it" }
        : need;
    if (told === undefined || !(need === undefined ? hasNoEntries(configuration, item) : hasNothingOf(configuration, item, need))) return;
    yield {
      at: endOf(item),
      message: `${blockTitle(item)} has ${told.lack}: ${told.consequence}`,
      notes: beginsHere(item),
    };
  },
});

const hasNothingOf = (configuration: Configuration, item: ConfigItem, { words }: Need): boolean => {
  if (lacks(configuration, item, ...words)) return true;
  const written = all(item, ...words);
  return written.length > 0 && !mayHoldMore(configuration, item) && written.every((line) => isVoid(configuration, line));
};

/** A line that is there and gives nothing: its value is refused, its list is empty, or what it names is defined nowhere. */
const isVoid = (configuration: Configuration, line: ConfigItem): boolean => {
  if (line.kind === "block") return line.items.length === 0 && !mayHoldMore(configuration, line);
  const { values } = argumentsOf(line);
  const [first] = values;
  if (first === undefined) return false;
  const { argument, word } = first;
  if (isUnexpanded(word.value)) return false;
  if (argument.refersTo !== undefined) {
    const kind = argument.refersTo;
    const { definitions } = configuration.symbols;
    // A track_file without a file is removed.
    const isThere = (found: SymbolDefinition): boolean => kind !== "trackFile" || !lacks(configuration, found.item, "file");
    return (
      !hasUnreadIncludes(configuration) &&
      !configuration.symbols.hasUnknown(kind) &&
      !definitions.some((found) => found.kind === kind && found.name.value === word.value && isThere(found))
    );
  }
  const { kind } = checkValue(word.value, argument);
  return kind !== "ok" && kind !== "unknown" && kind !== "ignored-suffix" && kind !== "too-many-decimals";
};

const hasNoEntries = (configuration: Configuration, item: ConfigItem): boolean =>
  !mayHoldMore(configuration, item) &&
  item.items.every((line) => {
    const [first] = argumentsOf(line).values;
    if (first === undefined || line.keyword.value === "fwmark") return false;
    const { kind } = checkValue(first.word.value, first.argument);
    return kind === "bad-address" || kind === "bad-range";
  });
