import { defineRule } from "../../analysis/rule.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "unicast-peer-min-ttl-gt-max",
  summary: "A peer whose `min_ttl` is greater than its `max_ttl`: every advert from it is dropped.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1108"],
  subject: "vrrpInstance",

  *check({ item, name }) {
    for (const peer of all(item, "unicast_peer").flatMap(({ items }) => items)) {
      const min = optionOf(peer, "min_ttl");
      const max = optionOf(peer, "max_ttl");
      if (min === undefined || max === undefined || min.number <= max.number) continue;
      yield {
        at: min.word.site,
        message: `${peer.keyword.value} in ${name.value} has min_ttl ${min.number} above max_ttl ${max.number}: every advert from this peer is dropped`,
        notes: [{ message: "max_ttl is set here", at: max.word.site }],
      };
    }
  },
});

/** The last value of an option that the daemon takes. */
const optionOf = ({ args }: ConfigItem, name: string): { readonly word: ConfigWord; readonly number: number } | undefined => {
  const at = args.findLastIndex(({ value }) => value === name);
  const word = at < 0 ? undefined : args[at + 1];
  return word === undefined || !/^\d{1,3}$/u.test(word.value) || Number(word.value) > 255
    ? undefined
    : { word, number: Number(word.value) };
};
