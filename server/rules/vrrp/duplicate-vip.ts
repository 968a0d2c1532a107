import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import type { Configuration, VirtualAddress, VrrpInstance } from "../../model/node/model.ts";

interface Use {
  readonly instance: VrrpInstance;
  readonly entry: VirtualAddress;
  readonly excluded: boolean;
}

export default defineRule({
  id: "duplicate-vip",
  summary: "A virtual address that is listed twice: in one instance it counts twice or not at all, in two it has two holders.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1194", "measured: a list with one address twice, keepalived 2.2.7 and 2.4.3"],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    const first = new Map<string, Use>();
    for (const use of usesOf(configuration)) {
      const { address, site, item, text } = use.entry;
      const earlier = first.get(address ?? "");
      if (address === undefined || earlier === undefined) {
        if (address !== undefined) first.set(address, use);
        continue;
      }
      const message = wrong(earlier, use, compareVersions(version, "2.3.3") < 0);
      if (message === undefined) continue;
      yield {
        at: site,
        message: `${text} ${message}`,
        notes: [{ message: "the first one", at: earlier.entry.site }],
        fixes: earlier.instance === use.instance ? fixWith("Remove the second one", "review", removeItem(configuration.source, item)) : [],
      };
    }
  },
});

function* usesOf({ instances }: Configuration): Generator<Use> {
  for (const instance of instances) {
    for (const entry of instance.virtualAddresses) yield { instance, entry, excluded: false };
    for (const entry of instance.excludedAddresses) yield { instance, entry, excluded: true };
  }
}

/** What is wrong with a second use; undefined when nothing is. */
const wrong = (first: Use, second: Use, counted: boolean): string | undefined => {
  const [one, other] = [deviceOf(first), deviceOf(second)];
  if (first.instance !== second.instance) {
    // Nobody knows whether two interfaces are on one segment.
    if (one === undefined || other === undefined || one !== other) return undefined;
    return `is an address of ${first.instance.name.value} as well: when the two have different masters, two nodes hold it`;
  }
  const name = first.instance.name.value;
  if (!second.excluded && !first.excluded)
    return counted
      ? `is listed twice in ${name}: it counts twice in the adverts, and a peer that lists it once refuses them`
      : `is listed twice in ${name}: keepalived ignores the second one`;
  // Excluded, it may stand on another interface.
  return one !== undefined && one === other ? `is listed twice in ${name}, once as excluded: keepalived ignores the second one` : undefined;
};

const deviceOf = ({ entry, instance }: Use): string | undefined => entry.device?.value ?? instance.interface?.value;
