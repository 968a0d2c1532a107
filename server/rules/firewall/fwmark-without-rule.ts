import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { servicesOf, type Service } from "../../model/cluster/lvs.ts";
import { familyOfRule, markText, marksOf, possibleMarks, type MarkRule } from "../../model/cluster/marks.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "fwmark-without-rule",
  summary: "No firewall rule of the machine sets the mark of a fwmark service where IPVS looks at it: the service gets no connection.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "Linux net/netfilter/ipvs/ip_vs_core.c, ip_vs_ops4: IPVS takes packets in LOCAL_IN at priority 99, and those of the machine itself in LOCAL_OUT at -98",
    "keepalived v2.4.3 keepalived/check/check_data.c:784",
    "iptables v1.8.9 iptables-extensions(8), MARK",
  ],
  subject: "node",

  *check(node, { cluster }) {
    if (node.configuration === undefined) return;
    const marks = marksOf(node);
    if (!marks.complete) return;
    const services = servicesOf(node.configuration).filter((service) => service.key.kind === "fwmark");
    const told = new Set<number>();
    for (const service of services) {
      const mark = service.key.kind === "fwmark" ? service.key.mark : 0;
      if (mark === 0 || told.has(mark)) continue;
      told.add(mark);
      const family = familyOf(service);
      if (marks.filterKnown.size === 0 || (family !== undefined && !marks.filterKnown.has(family))) continue;
      const rules = marks.rules.filter((rule) => family === undefined || (familyOfRule(rule) ?? family) === family);
      const counted = rules.filter(({ overriddenBy }) => overriddenBy === undefined);
      if (possibleMarks(counted.filter(({ reach }) => reach === "seen")).has(mark)) continue;
      // A rule in a place that IPVS never sees has a finding of its own.
      if (counted.some((rule) => rule.reach !== "seen" && valueOf(rule.effect.mark) === mark)) continue;
      const used = new Set(services.map(({ key }) => (key.kind === "fwmark" ? key.mark : 0)));
      yield {
        at: service.site,
        message: `no rule of ${node.name} sets mark ${markText(mark)} where IPVS sees it: the service gets no connection`,
        notes: [...whatIsThere(marks.rules, mark, family, used), ...elsewhere(cluster, node, mark)],
      };
    }
  },
});

/** The IP version of the service as its real servers tell it; keepalived guesses it the same way. */
const familyOf = ({ server }: Service): 4 | 6 | undefined => {
  const families = new Set(
    server.realServers.map(({ address }) => (address.value === undefined ? undefined : parseAddress(address.value)?.family)),
  );
  const [only] = families;
  return families.size === 1 ? only : undefined;
};

/** Rules that were meant: the right mark in a place where it does nothing, else every other mark with the number that fits. */
const whatIsThere = (rules: readonly MarkRule[], mark: number, family: 4 | 6 | undefined, used: ReadonlySet<number>): readonly Note[] => {
  const right = rules.filter((rule) => valueOf(rule.effect.mark) === mark);
  if (right.length > 0) return right.slice(0, maxNotes).map((rule) => ({ message: whyUseless(rule, family), at: rule.effect.site }));
  const others = rules.flatMap((rule) => {
    const set = valueOf(rule.effect.mark);
    return set === undefined || set === 0 || used.has(set) ? [] : [{ rule, set }];
  });
  return others.slice(0, maxNotes).map(({ rule, set }) => ({
    message: `this rule sets mark ${writtenMark(set, rule)}: \`fwmark ${set}\` would match it${sameDigits(set, mark)}`,
    at: rule.effect.site,
  }));
};

const maxNotes = 4;

const whyUseless = (rule: MarkRule, family: 4 | 6 | undefined): string => {
  if (family !== undefined && (familyOfRule(rule) ?? family) !== family)
    return `${rule.effect.tool} marks IPv${family === 4 ? 6 : 4} packets only; the service is IPv${family}`;
  if (rule.overriddenBy !== undefined)
    return `the same packets get mark ${valueOf(rule.overriddenBy.mark)} by a later rule: the last MARK counts`;
  return "set here";
};

/** `--set-mark 0x10` is 16 for keepalived, which reads decimal numbers only. */
const writtenMark = (set: number, { effect }: MarkRule): string => {
  const mask = valueOf(effect.mask);
  const masked = mask === undefined || mask === 0xffffffff ? "" : `/0x${mask.toString(16)}`;
  return set < 10 && masked === "" ? `${set}` : `0x${set.toString(16)}${masked}, which is ${set}`;
};

const sameDigits = (set: number, mark: number): string =>
  set.toString(16) === `${mark}` && set !== mark ? " (hexadecimal there, decimal here)" : "";

/** Who else sets it: marks may differ between directors, so another machine's rule helps nothing here. */
const elsewhere = (cluster: ClusterModel, node: NodeModel, mark: number): readonly Note[] =>
  cluster.nodes
    .filter((other) => other !== node && other.configuration !== undefined)
    .flatMap((other) => {
      const rule = marksOf(other).rules.find(({ effect, reach }) => reach === "seen" && valueOf(effect.mark) === mark);
      return rule === undefined || node.companions.some(({ file }) => file === rule.file.file)
        ? []
        : [{ message: `${other.name} sets it for itself`, at: rule.effect.site }];
    });
