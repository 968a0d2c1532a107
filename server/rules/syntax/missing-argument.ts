import { holdsSign } from "../../../grammar/template/render.ts";
import type { Argument, Keyword } from "../../../grammar/vocabulary/types.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, bounds, placeOf, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { familyReading } from "../../model/node/family.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { isTemplate } from "../../model/node/lost.ts";
import { isUnknownWord } from "../../model/node/settings.ts";

export default defineRule({
  id: "missing-argument",
  summary: "A keyword without the value it needs; for most of them keepalived ends at once.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:423", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3974"],
  subject: "item",

  *check(item, { version, node }) {
    const { missing } = argumentsOf(item);
    if (node.configuration === undefined || isTemplate(node.configuration)) return;
    // A mark of a template may stand for several words.
    if (item.args.some(({ value }) => holdsSign(value))) return;
    yield* ipvlanAddress(item);
    for (const { row, argument, name } of missing) {
      if (!knownIn(row, version)) continue;
      // A check without a command is told as that: vrrp-script-without-script.
      if (row.name === "script" && item.context === "vrrp_script") continue;
      // A line that is a whole entry is the word itself.
      const what = isListLine(item)
        ? name === item.keyword
          ? blockTitle(item)
          : shown(name.value)
        : name === item.keyword
          ? shown(name.value)
          : blockTitle(item);
      yield {
        at: name.site,
        message: `${what}${item.parent === undefined ? "" : ` in ${placeOf(item)}`} has no ${valueOf(argument, row)}: ${consequence(row)}`,
      };
    }
  },
});

/** An ipvlan shares the MAC of its interface, so an IPv4 instance needs another address than that interface to speak from. */
function* ipvlanAddress(item: ConfigItem): Generator<RuleFinding> {
  const { keyword, parent, entry, args } = item;
  if (keyword.value !== "use_ipvlan" || entry === undefined || parent === undefined || args.some((word) => isUnknownWord(item, word)))
    return;
  const { family } = familyReading(parent);
  const hasAddress = argumentsOf(item).values.some(({ argument }) => argument.type === "address-prefix");
  if (family === 4 && !hasAddress)
    yield { at: keyword.site, message: `use_ipvlan in ${placeOf(item)} has no address of its own: keepalived holds the instance in FAULT` };
}

/** "priority, 1 to 255", or just "value" where the argument is called as the keyword is. */
const valueOf = ({ name, type, min, max }: Argument, row: Keyword): string => {
  const word = name === row.name || row.name.endsWith(`_${name}`) ? "value" : name;
  const numeric = type === "integer" || type === "decimal";
  return numeric && max !== undefined && max < 2 ** 31 - 1 ? `${word} (${bounds(min, max)})` : word;
};

const consequence = ({ missingArgument, kind }: Keyword): string => {
  if (missingArgument === "exit") return "keepalived ends while it reads the configuration";
  if (missingArgument === "crash") return "keepalived crashes while it reads the configuration";
  return kind === "named-block" ? "keepalived reports it and skips the block" : "keepalived ignores the line";
};
