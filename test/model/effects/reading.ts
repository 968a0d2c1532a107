/** Effects as short lines, so that a test shows what a script does at a glance. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import { effectsOf } from "../../../server/model/effects/script.ts";
import type { Effect, IpvsServiceName, Known, PacketMatch, PathStep, ScriptEffects } from "../../../server/model/effects/types.ts";

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

export const shown = (effect: Effect): string => {
  switch (effect.kind) {
    case "mark":
      return `mark ${effect.tool} ${effect.action} ${known(effect.table)}/${known(effect.chain)} ${known(effect.mark)}/${effect.mask.kind === "known" ? effect.mask.value.toString(16) : "?"}${matched(effect.match)}`;
    case "firewall":
      return `firewall ${effect.tool} ${effect.action} ${known(effect.table)}/${known(effect.chain)} ${known(effect.target)}${matched(effect.match)}`;
    case "address":
      return `${effect.action} ${known(effect.address)}/${known(effect.prefix)} ${known(effect.device)} ${known(effect.label)}${effect.replaces ? " replaces" : ""}`;
    case "route":
      return `route ${effect.action} ${known(effect.destination)} via ${known(effect.gateway)} dev ${known(effect.device)}`;
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
      return `source ${known(effect.target)}`;
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
