import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isSwallowed } from "../../model/node/lost.ts";
import { isUnexpanded, parseInteger } from "../../../grammar/vocabulary/values.ts";

/** What a rule can do with a packet; one of them must stand there. */
const actions = new Set(["table", "lookup", "l3mdev", "goto", "nop", "blackhole", "unreachable", "prohibit"]);
const ranks = new Set(["preference", "order", "priority"]);
/** Those that may stand behind `type`. */
const named = new Set(["goto", "nop", "blackhole", "unreachable", "prohibit"]);
/** Only rules that look in a table have these. */
const ofTables = new Set(["realms", "suppress_prefixlength", "sup_pl", "suppress_ifgroup", "sup_group"]);

export default defineRule({
  id: "policy-rule-refused",
  summary: "A line of virtual_rules or static_rules whose words do not make a rule: keepalived skips it, or guesses its rank.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:538",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:765",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:803",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:817",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_iprule.c:822",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1272",
  ],
  subject: "item",

  *check(item) {
    if (item.context?.endsWith("_rules") !== true || item.entry === undefined || isSwallowed(item)) return;
    const words = [item.keyword, ...item.args];
    if (words.some(({ value }) => isUnexpanded(value))) return;
    const { values, missing, extra } = argumentsOf(item);
    // What is wrong with a word is told of the word.
    if (missing.length > 0 || extra.length > 0) return;
    const valueOf = (names: ReadonlySet<string>): ConfigWord | undefined => values.find(({ name }) => names.has(name.value))?.word;
    const taken = new Set(values.map(({ word }) => word));
    const isOption = (word: ConfigWord): boolean => !taken.has(word);
    const lonely = words.find((word, index) => word.value === "type" && isOption(word) && !named.has(words[index + 1]?.value ?? ""));
    if (lonely !== undefined) {
      yield { at: lonely.site, message: "type wants goto, nop, blackhole, unreachable or prohibit behind it: keepalived skips the rule" };
      return;
    }
    const done = words.filter((word) => actions.has(word.value) && isOption(word));
    yield* refused(
      item,
      done,
      valueOf,
      words.find((word) => ofTables.has(word.value) && isOption(word)),
    );
  },
});

function* refused(
  item: ConfigItem,
  [action, second]: readonly ConfigWord[],
  valueOf: (names: ReadonlySet<string>) => ConfigWord | undefined,
  ofTable: ConfigWord | undefined,
): Generator<RuleFinding> {
  const rank = valueOf(ranks);
  if (action === undefined) {
    yield { at: item.keyword.site, message: "this rule does nothing: it needs a table, a goto or the like, and keepalived skips it" };
    return;
  }
  if (second !== undefined) {
    yield {
      at: second.site,
      message: `${second.value} is a second action beside ${action.value}: keepalived skips the rule`,
      notes: [{ message: "the first one", at: action.site }],
    };
    return;
  }
  const table = valueOf(new Set(["table", "lookup"]));
  if (table !== undefined && parseInteger(table.value) === 0)
    yield { at: table.site, message: "table 0 is no routing table: keepalived skips the rule" };
  if (ofTable !== undefined && table === undefined)
    yield {
      at: ofTable.site,
      message: `${ofTable.value} belongs to rules that look in a table, and this one does not: keepalived skips it`,
    };
  const target = valueOf(new Set(["goto"]));
  if (target !== undefined && (rank === undefined || Number(rank.value) >= Number(target.value)))
    yield {
      at: target.site,
      message: `goto ${shown(target.value)} must lead to a later rule than this one, ${rank === undefined ? "which has no preference" : `whose preference is ${shown(rank.value)}`}: keepalived skips it`,
    };
  else if (rank === undefined)
    yield {
      at: item.keyword.site,
      severity: "warning",
      message:
        "this rule has no preference: keepalived counts one down from 16384, and which rule is asked first is left to the order of the file",
    };
}
