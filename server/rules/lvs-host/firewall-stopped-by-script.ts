import { onOnePath, valueOf } from "../../model/effects/known.ts";
import type { Effect, FirewallEffect, RunEffect, ServiceEffect } from "../../model/effects/types.ts";
import { calledScript } from "../../model/cluster/calls.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "firewall-stopped-by-script",
  summary: "A script of a service switches the packet filter off instead of opening what the service needs.",
  severity: "warning",
  since: "0.1.0",
  sources: ["iptables v1.8.9 iptables(8), --flush", "measured: with `-p vrrp` accepted in INPUT the nodes hear each other, and the services need one rule each"],
  subject: "script",

  *check({ effects: { effects } }) {
    const stops = effects.filter((effect): effect is Stop => isStop(effect, effects));
    // `stop` and `disable` of one unit, or `-F` table by table, are one decision.
    const seen = new Set<string>();
    for (const stop of stops) {
      const what = nameOf(stop);
      const others = stops.filter((other) => other !== stop && nameOf(other) === what && onOnePath(stop, other));
      if (seen.has(what) && others.some((other) => effects.indexOf(other) < effects.indexOf(stop))) continue;
      seen.add(what);
      yield {
        at: stop.site,
        message: `${what} is ${verb(stop)} here: nothing is kept out of the machine from then on`,
        notes: [
          ...others.filter((other) => effects.indexOf(other) > effects.indexOf(stop)).map((other) => ({ message: "and here", at: other.site })),
          { message: "VRRP needs one rule (protocol 112), and so does each service" },
        ],
      };
    }
  },
});

type Stop = ServiceEffect | FirewallEffect | RunEffect;

const units = /^(?:iptables|ip6tables|firewalld|nftables|ufw|netfilter-persistent|SuSEfirewall2|shorewall)$/u;

const isStop = (effect: Effect, effects: readonly Effect[]): effect is Stop => {
  if (effect.kind === "service") return (effect.action === "stop" || effect.action === "disable") && units.test(valueOf(effect.unit) ?? "") && !isReplaced(effect, effects);
  if (effect.kind === "run") return isUfw(effect) && !isReplaced(effect, effects);
  return effect.kind === "firewall" && effect.action === "flush" && effect.chain === undefined && (valueOf(effect.table) ?? "filter") === "filter" && !isReplaced(effect, effects);
};

const isUfw = ({ name, arguments: args }: RunEffect): boolean => /(?:^|\/)ufw$/u.test(valueOf(name) ?? "") && args.some((arg) => valueOf(arg) === "disable");

/** A script that makes rules, loads some, or starts a packet filter is a firewall of its own: it clears the table before it fills it, or on stop. */
const isReplaced = (stop: Stop, effects: readonly Effect[]): boolean =>
  effects.some((effect) => {
    if (effect === stop) return false;
    if (effect.kind === "service")
      return (effect.action === "start" || effect.action === "restart" || effect.action === "enable") && units.test(valueOf(effect.unit) ?? "");
    if (effect.kind === "firewall")
      return stop.kind === "firewall" && ((effect.action === "append" || effect.action === "insert") || (effect.action === "policy" && /^(?:DROP|REJECT)$/u.test(valueOf(effect.target) ?? "")));
    if (effect.kind !== "run") return false;
    const program = valueOf(effect.name) ?? "";
    if (/(?:ip6?tables-restore|(?:^|\/)nft)$/u.test(program)) return true;
    // `sh /root/firewall.sh`, called behind it
    return /firewall|iptables|nft/iu.test(calledScript(effect)?.path ?? "") && effects.indexOf(effect) > effects.indexOf(stop);
  });

const nameOf = (stop: Stop): string =>
  stop.kind === "service" ? (valueOf(stop.unit) ?? "the packet filter") : stop.kind === "run" ? "ufw" : `the filter table (${stop.tool})`;

const verb = (stop: Stop): string => (stop.kind === "firewall" ? "emptied and not filled again" : stop.kind === "service" && stop.action === "stop" ? "stopped" : "switched off");
