/** Effects as short lines, so that a test shows what a script does at a glance. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import { effectsOf } from "../../../server/model/effects/script.ts";
import type { ScriptEffects } from "../../../server/model/effects/script-facts.ts";
import type { Effect, IpvsServiceName, Known, Match, PacketMatch, PathStep } from "../../../server/model/effects/types.ts";

export const read = (text: string, given?: readonly (string | undefined)[]): ScriptEffects =>
  effectsOf(parseShell(text), given === undefined ? { file: "script.sh" } : { file: "script.sh", arguments: given });

const known = (field: Known<unknown> | undefined): string =>
  field === undefined ? "-" : field.kind === "known" ? String(field.value) : "?";

const matched = (match: PacketMatch): string =>
  Object.entries(match)
    .filter(([name]) => name !== "other")
    .map(([name, field]) => {
      const { value, negated } = field as { value: Known<unknown>; negated: boolean };
      const shown =
        value.kind === "unknown"
          ? "?"
          : name.endsWith("Ports")
            ? (value.value as { from: number; to: number }[]).map(({ from, to }) => `${from}-${to}`).join(",")
            : String(value.value);
      return ` ${name}${negated ? "!" : ""}=${shown}`;
    })
    .join("") + (match.other.length > 0 ? ` other(${match.other.join("|")})` : "");

const service = (name: IpvsServiceName | undefined): string =>
  name === undefined
    ? ""
    : name.kind === "fwmark"
      ? ` fwmark ${known(name.mark)}`
      : ` ${name.protocol} ${known(name.address)}:${known(name.port)}`;

/** ` name=value` of each field that is given. */
const fields = <E extends object>(effect: E, ...names: readonly (keyof E & string)[]): string =>
  names.map((name) => (effect[name] === undefined ? "" : ` ${name}=${known(effect[name] as Known<unknown>)}`)).join("");

const negatable = (name: string, match: Match<string> | undefined): string =>
  match === undefined ? "" : ` ${name}${match.negated ? "!" : ""}=${known(match.value)}`;

const hex = (bits: Known<number>): string => (bits.kind === "known" ? bits.value.toString(16) : "?");

export const shown = (effect: Effect): string => {
  switch (effect.kind) {
    case "mark":
      return `mark ${effect.tool} ${effect.action} ${known(effect.table)}/${known(effect.chain)} ${known(effect.mark)}/${hex(effect.mask)}${matched(effect.match)}`;
    case "connection-mark":
      return `connection mark ${effect.tool} ${effect.action} ${known(effect.table)}/${known(effect.chain)} ${effect.does} ${known(effect.mark)}/${hex(effect.mask)}${effect.taken === undefined ? "" : ` of ${hex(effect.taken)}`}${matched(effect.match)}`;
    case "firewall":
      return `firewall ${effect.tool} ${effect.action} ${known(effect.table)}/${known(effect.chain)} ${known(effect.target)}${matched(effect.match)}`;
    case "address":
      return `${effect.action} ${known(effect.address)}/${known(effect.prefix)} ${known(effect.device)} ${known(effect.label)}${effect.replaces ? " replaces" : ""}`;
    case "link":
      return `link ${effect.action} ${known(effect.device)}${fields(effect, "type")}`;
    case "route":
      return `route ${effect.action} ${known(effect.destination)} via ${known(effect.gateway)} dev ${known(effect.device)}${fields(effect, "table", "type", "source")}`;
    case "routing-rule":
      return `rule ${effect.action}${fields(effect, "from", "to", "mark", "table", "priority")}`;
    case "announce":
      return `announce ${known(effect.address)} ${known(effect.device)}${fields(effect, "count", "limit")}`;
    case "arp-filter":
      return `arp ${effect.action} ${known(effect.chain)} ${known(effect.target)}${negatable("source", effect.source)}${negatable("destination", effect.destination)}${fields(effect, "device", "mangledSource")}`;
    case "load":
      return `load ${effect.what} ${known(effect.file)}${effect.replaces ? " replaces" : ""}`;
    case "lookup":
      return `lookup ${effect.how} ${known(effect.process)}${effect.wholeLine ? " line" : ""}${effect.excludesItself === true ? " not itself" : ""}`;
    case "probe":
      return `probe ${effect.client}${fields(effect, "host", "port", "socket", "url", "login", "question", "connectLimit", "totalLimit")}${effect.password === undefined ? "" : " password"}${effect.onlyConnects ? " connects" : ""}${effect.ignoresErrors === true ? " ignores" : ""}`;
    case "mail":
      return `mail ${effect.recipients.map(known).join(" ")}`;
    case "log":
      return `log${fields(effect, "tag", "priority")} ${effect.message.map(known).join(" ")}`;
    case "wait":
      return `wait ${known(effect.seconds)}`;
    case "file":
      return `file ${effect.action} ${known(effect.file)}`;
    case "trap":
      return `trap ${effect.action} ${effect.signals.map(known).join(" ")}`;
    case "option":
      return `option ${effect.on ? "+" : "-"}${effect.name}`;
    case "sysctl":
      return `sysctl ${known(effect.name)}=${known(effect.value)}`;
    case "ipvs": {
      const server = effect.server === undefined ? "" : ` -> ${known(effect.server.address)}:${known(effect.server.port)}`;
      const rest = (["scheduler", "persistence", "forwarding", "weight", "role"] as const)
        .filter((name) => effect[name] !== undefined)
        .map((name) => ` ${name}=${known(effect[name])}`);
      const timeouts = effect.timeouts === undefined ? "" : ` ${effect.timeouts.map(known).join(" ")}`;
      return `ipvs ${effect.action}${service(effect.service)}${server}${rest.join("")}${timeouts}`;
    }
    case "service":
      return `${effect.action} ${known(effect.unit)}`;
    case "kill":
      return `kill ${known(effect.process)} ${known(effect.signal)}`;
    case "run":
      return `run ${[effect.name, ...effect.arguments].map(known).join(" ")}`;
    case "source":
      return `source ${known(effect.target)}${effect.cycle === true ? " cycle" : ""}`;
    case "exit":
      return `${effect.how} ${known(effect.status)}`;
  }
};

export const path = (steps: readonly PathStep[]): string =>
  steps.map((step) => (step.kind === "round" ? `${step.variable}=${step.value}` : step.text)).join(" / ");

/** All effects but the output of echo, each with its path where it has one. */
export const lines = (text: string, given?: readonly (string | undefined)[]): readonly string[] =>
  read(text, given)
    .effects.filter((effect) => !shown(effect).startsWith("run echo"))
    .map((effect) => (effect.path.length === 0 ? shown(effect) : `${shown(effect)} @ ${path(effect.path)}`));
