import { parseBoolean } from "../../../grammar/vocabulary/values.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { familyReading } from "../../model/node/family.ts";
import { basePriority, effectiveNopreempt } from "../../model/node/defaults.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { lacks } from "../../model/node/lost.ts";
import { all, one } from "../../model/node/settings.ts";

/** Why a statement is void beside the others; undefined where it works or nobody knows. */
type Why = (instance: VrrpInstance, configuration: Configuration) => string | undefined;

const isUnicast = ({ unicastPeers }: VrrpInstance): boolean => unicastPeers.length > 0;

const withoutInterface: Why = ({ item, unicastPeers, unicastSource }, configuration) =>
  (unicastPeers.length > 0 || unicastSource !== undefined) && lacks(configuration, item, "interface")
    ? "without interface there is nothing to put it on"
    : undefined;

const reasons: ReadonlyMap<string, Why> = new Map<string, Why>([
  ["mcast_dst_ip", (instance) => (isUnicast(instance) ? "adverts go to the unicast_peer" : undefined)],
  ["unicast_ttl", ({ item }, configuration) => (lacks(configuration, item, "unicast_peer") ? "there is no unicast_peer" : undefined)],
  ["vmac_xmit_base", ({ item }, configuration) => (lacks(configuration, item, "use_vmac") ? "there is no use_vmac" : undefined)],
  ["use_vmac", withoutInterface],
  ["use_ipvlan", withoutInterface],
  [
    "vrf",
    (instance, configuration) =>
      instance.interface !== undefined
        ? "the interface is named, and its own routing domain counts"
        : lacks(configuration, instance.item, "unicast_peer", "unicast_src_ip")
          ? "only unicast can do without an interface"
          : undefined,
  ],
  [
    "authentication",
    ({ item, authentication }) =>
      authentication?.type?.value === "AH" && familyReading(item).family === 6
        ? "AH does not work with IPv6, and keepalived drops it"
        : undefined,
  ],
  ["promote_secondaries", ({ useVmac }) => (useVmac === undefined ? undefined : "use_vmac sets it for its own interface")],
  [
    "timer_expired_backup",
    (instance, configuration) =>
      effectiveNopreempt(configuration, instance) === false && lacks(configuration, instance.item, "nopreempt")
        ? "there is no nopreempt"
        : undefined,
  ],
  [
    "owner_ignore_adverts",
    (instance) => {
      const priority = basePriority(instance);
      const word = one(instance.item, "owner_ignore_adverts")?.args[0]?.value ?? "true";
      const wanted = parseBoolean(word);
      if (priority === undefined || wanted === undefined) return undefined;
      if (priority === 255) return wanted ? undefined : "the owner ignores adverts whenever the word is written";
      return wanted ? `the priority is ${priority}, not 255` : undefined;
    },
  ],
]);

export default defineRule({
  id: "setting-without-effect",
  summary: "A setting that another one makes void: keepalived drops it, with a message.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3643",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3584",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3681",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3953",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4017",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:474",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:460",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3340",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3485",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4157",
  ],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node, version }) {
    const { configuration } = node;
    if (configuration === undefined) return;
    yield* ownMacOfAddresses(instance);
    for (const [keyword, why] of reasons) {
      const statement = one(instance.item, keyword);
      if (statement?.entry === undefined || !knownIn(statement.entry, version)) continue;
      const reason = why(instance, configuration);
      if (reason === undefined) continue;
      // `owner_ignore_adverts false` of an owner is turned into true: away with it, and it is false.
      const keeps = !(keyword === "owner_ignore_adverts" && basePriority(instance) === 255) && all(instance.item, keyword).length === 1;
      yield {
        at: statement.keyword.site,
        message: `${keyword} in ${instance.name.value} has no effect: ${reason}`,
        fixes:
          keeps && statement.kind === "statement" ? fixWith(`Remove ${keyword}`, "safe", removeItem(configuration.source, statement)) : [],
      };
    }
  },
});

/** `use_vmac` on a line of addresses, where the instance has one for them already. */
function* ownMacOfAddresses({
  item,
  name,
  useVmac,
  virtualAddresses,
  excludedAddresses,
  interface: own,
}: VrrpInstance): Generator<RuleFinding> {
  if (useVmac === undefined) return;
  const forAll = one(item, "use_vmac_addr");
  const { family } = familyReading(item);
  for (const address of [...virtualAddresses, ...excludedAddresses]) {
    const word = address.item.args.find(({ value }) => value === "use_vmac");
    if (word === undefined || family === undefined || address.family === undefined) continue;
    const onInstance = (address.device === undefined || address.device.value === own?.value) && address.family === family;
    const by = onInstance ? useVmac.site : forAll?.keyword.site;
    if (by === undefined) continue;
    yield {
      at: word.site,
      message: `use_vmac of ${address.text} in ${name.value} has no effect: the address is on a virtual MAC anyway`,
      notes: [{ message: "because of this", at: by }],
    };
  }
}
