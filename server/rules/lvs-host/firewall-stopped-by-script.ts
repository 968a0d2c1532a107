import { onOnePath, valueOf } from "../../model/effects/known.ts";
import type { Effect, FirewallEffect, RunEffect, ServiceEffect } from "../../model/effects/types.ts";
import { calledScript } from "../../model/cluster/calls.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "firewall-stopped-by-script",
  summary: "A script of a service switches the packet filter off instead of opening what the service needs.",
  severity: "warning",
  since: "0.1.0",
  sources: ["iptables v1.8.9 iptables(8), --flush", "RFC 5798 section 5.1.1.4: VRRP is IP protocol 112"],
  subject: "script",

  *check({ effects: { effects } }) {
    const decisions: { readonly what: string; readonly stop: Stop; readonly also: Stop[] }[] = [];
    const replaced = replacements(effects);
    for (const [index, effect] of effects.entries()) {
      if (!isStop(effect) || isReplaced(effect, index, replaced)) continue;
      const what = nameOf(effect);
      // `stop` and `disable` of one unit, or `-F` table by table, are one decision.
      const made = decisions.find((decision) => decision.what === what && onOnePath(decision.stop, effect));
      if (made === undefined) decisions.push({ what, stop: effect, also: [] });
      else if (made.also.length < maxNotes && made.stop.site.span.start !== effect.site.span.start) made.also.push(effect);
    }
    for (const { what, stop, also } of decisions) {
      yield {
        at: stop.site,
        message: `${what} is ${verb(stop)} here: nothing is kept out of the machine from then on`,
        notes: [
          ...also.map(({ site }) => ({ message: "and here", at: site })),
          { message: "VRRP needs one rule (protocol 112), and so does each service" },
        ],
      };
    }
  },
});

const maxNotes = 4;

type Stop = ServiceEffect | FirewallEffect | RunEffect;

const units = /^(?:iptables|ip6tables|firewalld|nftables|ufw|netfilter-persistent|SuSEfirewall2|shorewall)$/u;

const isStop = (effect: Effect): effect is Stop => {
  if (effect.kind === "service") return (effect.action === "stop" || effect.action === "disable") && units.test(valueOf(effect.unit) ?? "");
  if (effect.kind === "run") return isUfw(effect);
  return (
    effect.kind === "firewall" &&
    (effect.action === "flush" || (effect.action === "delete-chain" && effect.tool === "nft")) &&
    effect.chain === undefined &&
    (valueOf(effect.table) ?? "filter") === "filter"
  );
};

const isUfw = ({ name, arguments: args }: RunEffect): boolean =>
  /(?:^|\/)ufw$/u.test(valueOf(name) ?? "") && args.some((arg) => valueOf(arg) === "disable");

/** What a script puts in the place of the packet filter that it stops. */
interface Replacements {
  /** It starts a packet filter, or loads rules. */
  readonly filter: boolean;
  /** It makes rules of its own. */
  readonly rules: boolean;
  /** The last place where it calls another script for this: `sh /root/firewall.sh`. */
  readonly lastCall: number;
}

const replacements = (effects: readonly Effect[]): Replacements => ({
  filter: effects.some(
    (effect) =>
      (effect.kind === "service" && ["start", "restart", "enable"].includes(effect.action) && units.test(valueOf(effect.unit) ?? "")) ||
      (effect.kind === "load" && effect.what !== "sysctl" && effect.what !== "ipvs"),
  ),
  rules: effects.some(
    (effect) =>
      effect.kind === "firewall" &&
      (effect.action === "append" ||
        effect.action === "insert" ||
        (effect.action === "policy" && /^(?:DROP|REJECT)$/u.test(valueOf(effect.target) ?? ""))),
  ),
  lastCall: effects.findLastIndex((effect) => effect.kind === "run" && /firewall|iptables|nft/iu.test(calledScript(effect)?.path ?? "")),
});

/** A script that makes rules, loads some, or starts a packet filter is a firewall of its own: it clears the table before it fills it, or on stop. */
const isReplaced = (stop: Stop, index: number, { filter, rules, lastCall }: Replacements): boolean =>
  filter || lastCall > index || (stop.kind === "firewall" && rules);

const nameOf = (stop: Stop): string =>
  stop.kind === "service" ? (valueOf(stop.unit) ?? "the packet filter") : stop.kind === "run" ? "ufw" : `the filter table (${stop.tool})`;

const verb = (stop: Stop): string =>
  stop.kind === "firewall"
    ? "emptied and not filled again"
    : stop.kind === "service" && stop.action === "stop"
      ? "stopped"
      : "switched off";
