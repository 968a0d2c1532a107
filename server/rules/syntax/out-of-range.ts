import type { Version } from "../../../grammar/vocabulary/types.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { namedValue, withoutIt, wrongItems, wrongValues } from "../../analysis/values.ts";
import { bounds } from "../../analysis/wording.ts";
import { itemsOf, type ConfigItem } from "../../model/node/items.ts";
import { numberSetting, one } from "../../model/node/settings.ts";

/** A 0 there is so common that it has a rule of its own: zero-garp-interval. */
const garpIntervals = new Set(["vrrp_garp_interval", "vrrp_gna_interval", "garp_interval", "gna_interval"]);

export default defineRule({
  id: "out-of-range",
  summary: "A number or text outside what keepalived takes: it reports it and goes on with another value.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:434",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1062",
    "keepalived v2.4.3 keepalived/check/check_parser.c:494",
    "keepalived v2.4.3 keepalived/bfd/bfd_parser.c:376",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1958",
  ],
  subject: "topLevel",

  *check(block, { version }) {
    for (const item of wrongItems(block, version)) yield* numbers(item, version);
    for (const item of itemsOf(block)) if (item.kind === "block" && Object.hasOwn(pairs, item.keyword.value)) yield* relation(item);
  },
});

function* numbers(item: ConfigItem, version: Version): Generator<RuleFinding> {
  const lengths = wrongValues(item, version, ["too-long"], ({ type }) => type !== "interface" && type !== "password");
  for (const { check, word, name } of lengths)
    yield {
      at: word.site,
      message: `${name.value} is ${check.length} bytes long; keepalived takes at most ${check.maxLength}`,
    };
  for (const wrong of wrongValues(item, version, ["out-of-range", "zero-replaced"])) {
    const { check, word, name, row } = wrong;
    if (garpIntervals.has(name.value) && Number(word.value) === 0) continue;
    const unit = check.kind === "out-of-range" && check.unit !== undefined ? ` ${check.unit}` : "";
    const range =
      check.kind === "out-of-range" ? `keepalived takes ${bounds(check.min, check.max)}${unit}` : `keepalived makes it ${check.by}`;
    yield {
      at: word.site,
      message: `${namedValue(wrong)} is out of range: ${range}`,
      notes: [...withoutIt(item, row), ...(row.default === undefined ? [] : [{ message: `left out, ${name.value} is: ${row.default}` }])],
    };
  }
}

/** Pairs of numbers of which the first must not be larger, by the block they stand in; with what keepalived does then. */
const pairs: Readonly<Record<string, { readonly small: string; readonly large: readonly string[]; readonly consequence: string }>> = {
  bfd_instance: { small: "max_hops", large: ["ttl", "hoplimit"], consequence: "keepalived takes the smaller one for both" },
  vrrp_track_process: { small: "quorum", large: ["quorum_max"], consequence: "keepalived ignores the second of the two" },
};

function* relation(item: ConfigItem): Generator<RuleFinding> {
  const pair = pairs[item.keyword.value];
  if (pair === undefined) return;
  const small = one(item, pair.small);
  const large = one(item, ...pair.large);
  const [least, most] = [numberSetting(small), numberSetting(large)];
  if (small === undefined || large === undefined || least?.value === undefined || most?.value === undefined) return;
  // quorum_max 0 turns the question round.
  if (least.value <= most.value || (most.value === 0 && least.value === 1)) return;
  const second = item.items.indexOf(small) > item.items.indexOf(large) ? small : large;
  yield {
    at: second.site,
    message: `${pair.small} ${least.value} is more than ${large.keyword.value} ${most.value}: ${pair.consequence}`,
    notes: [{ message: "the other number", at: (second === small ? large : small).site }],
  };
}
