/**
 * What a machine's packet filter does with one packet, as far as its files tell. Three answers: let in, refused, unknown.
 * Refused is said only where no rule that may match lets the packet in.
 */
import type { Site } from "../../../grammar/text.ts";
import { onOnePath, valueOf } from "../effects/known.ts";
import type { Effect, FirewallEffect, PacketMatch } from "../effects/types.ts";
import { addressWithin } from "./addresses.ts";
import { filterFiles, isComplete, type FactFile } from "./facts.ts";
import type { NodeModel } from "./model.ts";

export interface Packet {
  readonly hook: "INPUT" | "FORWARD" | "OUTPUT";
  readonly family: 4 | 6;
  /** The names that a rule may give the protocol: "vrrp" and "112". */
  readonly protocols: readonly string[];
  /** Addresses it may go to or come from; absent: any. */
  readonly destinations?: readonly string[];
  readonly sources?: readonly string[];
  readonly destinationPort?: number;
  readonly sourcePort?: number;
  /** The interface it comes in on. */
  readonly device?: string;
  /** It opens a connection: rules for established ones do not match. Absent: nobody knows. */
  readonly isNew?: true;
}

export interface Refusal {
  readonly file: FactFile;
  /** The policy or the rule. */
  readonly effect: FirewallEffect;
  readonly site: Site;
  /** "the policy DROP of INPUT", "this DROP in INPUT". */
  readonly how: string;
}

/** Where a packet ends, by the files that say something of the filter; undefined when it may get through. */
export const refusalOf = (node: NodeModel, packet: Packet, told: readonly FactFile[] = filterFiles(node)): Refusal | undefined => {
  for (const file of told) {
    if (!isWhole(file)) continue;
    const refusal = refusedBy(file, packet);
    if (refusal === undefined) continue;
    // A rule that another file adds may let it in.
    const helped = told.some((other) => other !== file && other.effects.some((effect) => mayAccept(effect, packet)));
    return helped ? undefined : refusal;
  }
  return undefined;
};

/** A dump says everything; a script does where it says the policy itself and everything it does is known. */
const isWhole = ({ kind, shared, effects, script }: FactFile): boolean => {
  if (kind === "iptables-save" || kind === "nftables" || kind === "firewalld") return !effects.some((effect) => effect.kind === "source");
  if (kind !== "script" || shared || script === undefined || !isComplete(script)) return false;
  const loads = effects.some(
    (effect) =>
      effect.kind === "source" ||
      effect.kind === "load" ||
      (effect.kind === "run" &&
        /restore|firewall|iptables|nft|fail2ban|docker|ufw|^$/iu.test(valueOf(effect.name)?.replace(/^.*\//u, "") ?? "")),
  );
  return !loads;
};

type Answer = "yes" | "no" | "maybe";

interface Way {
  /** Base chains: name, effects in the order packets meet them. */
  readonly rules: ReadonlyMap<string, readonly FirewallEffect[]>;
  readonly policies: ReadonlyMap<string, FirewallEffect>;
}

const familyOf = ({ tool, family }: FirewallEffect): 4 | 6 | undefined =>
  family ?? (tool === "iptables" ? 4 : tool === "ip6tables" ? 6 : undefined);

const wayThrough = ({ effects }: FactFile, packet: Packet): Way => {
  const rules = new Map<string, FirewallEffect[]>();
  const policies = new Map<string, FirewallEffect>();
  const policy = effects.find((effect) => effect.kind === "firewall" && effect.action === "policy" && isRefusing(valueOf(effect.target)));
  for (const effect of effects) {
    if (effect.kind !== "firewall" || (familyOf(effect) ?? packet.family) !== packet.family) continue;
    if (policy !== undefined && !onOnePath(effect, policy)) continue;
    if (clears(effect)) clear(effect, rules, policies);
    const chain = valueOf(effect.chain);
    if (chain === undefined) continue;
    const key = keyOf(effect, chain, effect.base);
    if (effect.action === "policy") policies.set(key, effect);
    else if (effect.action === "append") rules.set(key, [...(rules.get(key) ?? []), effect]);
    else if (effect.action === "insert") rules.set(key, [effect, ...(rules.get(key) ?? [])]);
    else if (effect.action === "delete") rules.set(key, without(rules.get(key) ?? [], effect));
  }
  return { rules, policies };
};

/** The rules of a chain, of a table or of all tables go in every run of the script. */
const clears = ({ action, path }: FirewallEffect): boolean => (action === "flush" || action === "delete-chain") && path.length === 0;

const clear = (effect: FirewallEffect, rules: Map<string, unknown>, policies: Map<string, FirewallEffect>): void => {
  const { tool, table, chain, base } = effect;
  // `iptables -X` takes away what is empty already.
  if (effect.action === "delete-chain" && tool !== "nft") return;
  const cleared = [tool, valueOf(table), valueOf(chain), base];
  const isCleared = (key: string): boolean =>
    (JSON.parse(key) as (string | null)[]).every((part, i) => cleared[i] === undefined || part === cleared[i]);
  for (const key of [...rules.keys()].filter(isCleared)) rules.delete(key);
  // `flush ruleset` takes the chains as well, with their policies.
  const takesChains = effect.action === "delete-chain" || (tool === "nft" && table.kind === "unknown");
  if (takesChains) for (const key of [...policies.keys()].filter(isCleared)) policies.delete(key);
};

/** `iptables -D` with the words of a rule takes the first that is the same. */
const without = (rules: readonly FirewallEffect[], removed: FirewallEffect): FirewallEffect[] => {
  const at = rules.findIndex((rule) => sameRule(rule) === sameRule(removed));
  return rules.filter((_, i) => i !== at);
};

/** What a rule says, without the places where it says so. */
const sameRule = ({ target, match }: FirewallEffect): string =>
  JSON.stringify([target, match], (key, value: unknown) => (key === "site" ? undefined : value));

/** `base` tells two base chains of one hook apart; what a rule jumps to is none. */
const keyOf = ({ tool, table }: FirewallEffect, chain: string, base?: string): string =>
  JSON.stringify([tool, valueOf(table), chain, base]);

const isRefusing = (verdict: string | undefined): boolean => verdict === "DROP" || verdict === "REJECT";

const refusedBy = (file: FactFile, packet: Packet): Refusal | undefined => {
  const way = wayThrough(file, packet);
  const bases = new Set([...way.policies.keys(), ...way.rules.keys()].filter((key) => (JSON.parse(key) as string[])[2] === packet.hook));
  for (const base of bases) {
    const { answer, rule } = walk(way, base, packet, 0);
    if (answer === "refused" && rule !== undefined)
      return { file, effect: rule, site: rule.site, how: `${valueOf(rule.target)!} in ${valueOf(rule.chain)!}` };
    if (answer !== "through") continue;
    const policy = way.policies.get(base);
    if (policy !== undefined && isRefusing(valueOf(policy.target)) && matchOf(policy.match, packet) !== "no")
      return {
        file,
        effect: policy,
        site: policy.site,
        how: policy.tool === "firewalld" ? "the zone" : `the policy ${valueOf(policy.target)!} of ${packet.hook}`,
      };
  }
  return undefined;
};

interface Walked {
  /** `through`: no rule decides. `open`: some rule may let it in. */
  readonly answer: "accepted" | "refused" | "open" | "through";
  readonly rule?: FirewallEffect;
}

const maxDepth = 16;
const silentTargets = new Set(["LOG", "NFLOG", "ULOG", "MARK", "CONNMARK", "TCPMSS", "TRACE", "CLASSIFY", "DSCP", "CONTINUE", "AUDIT"]);

const walk = ({ rules, policies }: Way, chain: string, packet: Packet, depth: number): Walked => {
  if (depth > maxDepth) return { answer: "open" };
  for (const rule of rules.get(chain) ?? []) {
    const matches = matchOf(rule.match, packet);
    if (matches === "no") continue;
    if (rule.target === undefined) continue;
    const target = valueOf(rule.target);
    if (target !== undefined && silentTargets.has(target)) continue;
    if (isRefusing(target)) {
      if (matches === "yes") return { answer: "refused", rule };
      continue;
    }
    if (target === "ACCEPT") return { answer: matches === "yes" ? "accepted" : "open" };
    if (target === "RETURN") return { answer: matches === "yes" ? "through" : "open" };
    const next = target === undefined ? undefined : keyOf(rule, target);
    if (next === undefined || !rules.has(next)) {
      // An empty chain of the file itself decides nothing; any other name is a target that kalint does not know.
      if (next !== undefined && isUserChain(target!)) continue;
      return { answer: "open" };
    }
    const inner = walk({ rules, policies }, next, packet, depth + 1);
    if (inner.answer === "through" || (inner.answer === "refused" && matches === "maybe")) continue;
    if (inner.answer === "refused") return inner;
    return { answer: matches === "yes" ? inner.answer : "open" };
  }
  return { answer: "through" };
};

/** Targets of iptables are written in capitals, own chains rarely. */
const isUserChain = (name: string): boolean => /[a-z]/u.test(name);

/** Whether a rule of another file may let a packet in. */
const mayAccept = (effect: Effect, packet: Packet): boolean =>
  effect.kind === "firewall" &&
  (effect.action === "append" || effect.action === "insert") &&
  (familyOf(effect) ?? packet.family) === packet.family &&
  !isRefusing(valueOf(effect.target)) &&
  valueOf(effect.target) === "ACCEPT" &&
  matchOf(effect.match, packet) !== "no";

const not = (answer: Answer): Answer => (answer === "yes" ? "no" : answer === "no" ? "yes" : "maybe");

export const matchOf = (match: PacketMatch, packet: Packet): Answer => {
  const answers: Answer[] = [match.other.length > 0 ? "maybe" : "yes"];
  const ask = <T>(
    field: { readonly value: { readonly kind: string; readonly value?: T }; readonly negated: boolean } | undefined,
    judge: (value: T) => Answer,
  ): void => {
    if (field === undefined) return;
    const answer = field.value.kind === "known" ? judge(field.value.value as T) : "maybe";
    answers.push(field.negated ? not(answer) : answer);
  };
  ask(match.protocol, (value: string) => protocolMatch(value.split(","), packet));
  ask(match.destination, (value: readonly string[]) => addressMatch(value, packet.destinations));
  ask(match.source, (value: readonly string[]) => addressMatch(value, packet.sources));
  ask(match.destinationPorts, (value: readonly { from: number; to: number }[]) => portMatch(value, packet.destinationPort, packet));
  ask(match.sourcePorts, (value: readonly { from: number; to: number }[]) => portMatch(value, packet.sourcePort, packet));
  ask(match.inInterface, (value: string) => deviceMatch(value, packet.device));
  ask(match.states, (value: readonly string[]) => {
    const states = value.map((state) => state.toUpperCase());
    if (packet.isNew !== true) return "maybe";
    return states.includes("NEW") || states.includes("UNTRACKED") ? "yes" : "no";
  });
  if (match.outInterface !== undefined || match.macSource !== undefined) answers.push("maybe");
  return answers.includes("no") ? "no" : answers.includes("maybe") ? "maybe" : "yes";
};

const anyProtocol = new Set(["all", "any", "0"]);

const protocolMatch = (names: readonly string[], { protocols }: Packet): Answer =>
  names.some((name) => anyProtocol.has(name) || protocols.includes(name))
    ? "yes"
    : names.some((name) => name.startsWith("@"))
      ? "maybe"
      : "no";

const addressMatch = (written: readonly string[], addresses: readonly string[] | undefined): Answer => {
  if (written.some((one) => /^(?:0\.0\.0\.0|::)\/0$/u.test(one))) return "yes";
  if (addresses === undefined) return "maybe";
  const inside = addresses.map((address) => written.map((one) => addressWithin(address, one)));
  if (inside.every((answers) => answers.includes(true))) return "yes";
  return inside.some((answers) => answers.some((answer) => answer !== false)) ? "maybe" : "no";
};

const portMatch = (
  ranges: readonly { readonly from: number; readonly to: number }[],
  port: number | undefined,
  { protocols }: Packet,
): Answer => {
  if (!protocols.some((name) => name === "tcp" || name === "udp" || name === "sctp")) return "no";
  if (port === undefined) return "maybe";
  return ranges.some(({ from, to }) => from <= port && port <= to) ? "yes" : "no";
};

const deviceMatch = (written: string, device: string | undefined): Answer => {
  const names = written.split(",");
  if (names.every((name) => name === "lo")) return "no";
  if (device === undefined) return "maybe";
  return names.some((name) => (/[+*]$/u.test(name) ? device.startsWith(name.slice(0, -1)) : name === device)) ? "yes" : "no";
};
