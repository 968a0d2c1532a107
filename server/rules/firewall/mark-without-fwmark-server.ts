import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect } from "../../model/effects/types.ts";
import { managedAddresses } from "../../model/cluster/facts.ts";
import { allServicesKnown, servicesOf } from "../../model/cluster/lvs.ts";
import { markText, marksOf, possibleMarks, type MarkRule } from "../../model/cluster/marks.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import { walkItems } from "../../model/node/items.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "mark-without-fwmark-server",
  summary: "A firewall rule marks packets for a virtual address, and no fwmark service of keepalived takes them.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "Linux net/netfilter/ipvs/ip_vs_ctl.c: a marked packet is looked up by its mark first, then by its address",
    "iptables v1.8.9 iptables-extensions(8), MARK",
  ],
  subject: "node",

  *check(node, { cluster }) {
    const { configuration } = node;
    if (configuration === undefined || !allServicesKnown(configuration)) return;
    const marks = marksOf(node);
    const own = fwmarksOf(node);
    // A service that no rule reaches is told there, with the rules that were meant for it.
    if (!marks.complete || [...own].some((mark) => !possibleMarks(marks.rules.filter(({ reach }) => reach === "seen")).has(mark))) return;
    const taken = new Set(cluster.nodes.flatMap((other) => [...fwmarksOf(other)]));
    const addresses = managedAddresses(cluster, node);
    const told = new Set<number>();
    for (const rule of marks.rules) {
      const mark = valueOf(rule.effect.mark);
      if (mark === undefined || mark === 0 || taken.has(mark) || told.has(mark) || isPartOf(rule, taken)) continue;
      if (
        rule.reach !== "seen" ||
        isRouted(mark, node) ||
        isUsedElsewhere(
          mark,
          marks.files.flatMap(({ effects }) => effects),
        )
      )
        continue;
      const virtual = destinations(rule).find((address) => addresses.has(canonicalAddress(address)));
      if (virtual === undefined && own.size === 0) continue;
      told.add(mark);
      const [first] = configuration.virtualServers.filter(({ service }) => service.kind === "fwmark");
      const owner = virtual === undefined ? undefined : addresses.get(canonicalAddress(virtual));
      yield {
        at: rule.effect.site,
        message: `mark ${markText(mark)} is set${virtual === undefined ? "" : ` for ${virtual}`}, but no virtual_server fwmark ${mark} takes it`,
        notes: [
          ...(first === undefined ? [] : [{ message: "a fwmark service of the node", at: first.service.site }]),
          ...(first === undefined && owner !== undefined
            ? [{ message: `${virtual} is an address of ${owner.instance.name.value}`, at: owner.site }]
            : []),
        ],
      };
    }
  },
});

const fwmarksOf = ({ configuration }: NodeModel): ReadonlySet<number> =>
  new Set((configuration === undefined ? [] : servicesOf(configuration)).flatMap(({ key }) => (key.kind === "fwmark" ? [key.mark] : [])));

/** Marks with a mask are bits of a number that several rules make together. */
const isPartOf = ({ effect }: MarkRule, taken: ReadonlySet<number>): boolean => {
  const mask = valueOf(effect.mask);
  const mark = valueOf(effect.mark);
  return mask !== undefined && mark !== undefined && mask !== 0xffffffff && [...taken].some((whole) => (whole & mask) >>> 0 === mark);
};

const destinations = ({ effect }: MarkRule): readonly string[] => {
  const { destination } = effect.match;
  return destination === undefined || destination.negated
    ? []
    : (valueOf(destination.value) ?? []).map((address) => address.replace(/\/(?:32|128|255\.255\.255\.255)$/u, ""));
};

/** Policy routing that keepalived sets up itself: `fwmark N` in virtual_rules and static_rules. */
const isRouted = (mark: number, { configuration }: NodeModel): boolean => {
  for (const { keyword, args } of walkItems(configuration?.tree.items ?? [])) {
    const words = [keyword, ...args].map(({ value }) => value);
    const at = keyword.value === "virtual_server" ? -1 : words.indexOf("fwmark");
    if (at >= 0 && keyword.value !== "fwmark" && Number(words[at + 1]?.split("/")[0]) === mark) return true;
  }
  return false;
};

/** Policy routing (`ip rule add fwmark`), traffic control, and rules that look at the mark. */
const isUsedElsewhere = (mark: number, effects: readonly Effect[]): boolean => {
  const numbers = new Set([`${mark}`, `0x${mark.toString(16)}`]);
  const isMark = (word: string | undefined): boolean => word !== undefined && numbers.has(word.toLowerCase().split("/")[0]!);
  return effects.some((effect) => {
    if (effect.kind === "routing-rule") return effect.mark !== undefined && (valueOf(effect.mark) ?? mark) === mark;
    if (effect.kind === "run") {
      const words = effect.arguments.map(valueOf);
      return words.some(
        (word, index) =>
          (word === "fwmark" || word === "handle" || word === "--mark") && (words[index + 1] === undefined || isMark(words[index + 1])),
      );
    }
    if (effect.kind !== "firewall" && effect.kind !== "mark") return false;
    return effect.match.other.some(
      (option) => /^(?:--mark|mark)\b/u.test(option) && (option.trim() === "mark" || isMark(option.split(/\s+/u)[1])),
    );
  });
};
