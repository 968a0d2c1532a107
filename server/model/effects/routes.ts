/** Routes and rules of policy routing: `ip route`, `ip rule`, `route`. */
import { abbreviates, type Argument, argument, baseOf, deviceOf, type Invocation, type Interpreter, read, wordAfter } from "./commands.ts";
import { prefixOfNetmask, unsigned } from "./numbers.ts";
import type { Effect, Known, RouteEffect } from "./types.ts";

const KINDS = new Set(["unicast", "local", "broadcast", "multicast", "throw", "unreachable", "prohibit", "blackhole", "nat", "anycast"]);

const field = <Name extends string>(name: Name, value: Argument | undefined): { readonly [K in Name]?: Known<string> } =>
  (value === undefined ? {} : { [name]: argument(value) }) as { readonly [K in Name]?: Known<string> };

export const ipRoute = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const adds = ["add", "append", "replace", "change", "prepend"].some((word) => abbreviates(verb, word));
  const flushes = verb !== undefined && verb.length > 1 && abbreviates(verb, "flush");
  if (!adds && !flushes && !abbreviates(verb, "delete")) return undefined;
  const type = KINDS.has(rest[0]?.text ?? "") ? rest[0] : undefined;
  const behind = type === undefined ? rest : rest.slice(1);
  const first = behind[0]?.text === "to" ? behind[1] : behind[0];
  // `ip route flush table 100`, `ip route add dev lo …`: no destination.
  const destination = first === undefined || OPTIONS.has(first.text ?? "") ? undefined : first;
  if (destination === undefined && !flushes) return undefined;
  return [
    {
      ...baseOf(call),
      kind: "route",
      action: adds ? "add" : flushes ? "flush" : "delete",
      ...field("destination", destination),
      ...field("gateway", wordAfter(rest, "via")),
      ...device(wordAfter(rest, "dev", "oif")),
      ...field("table", wordAfter(rest, "table")),
      ...field("type", type),
      ...field("source", wordAfter(rest, "src")),
    },
  ];
};

const OPTIONS = new Set(["table", "dev", "via", "cache", "scope", "proto", "root", "match", "exact", "type"]);

const device = (dev: Argument | undefined): { readonly device?: Known<string> } => (dev === undefined ? {} : { device: deviceOf(dev) });

/** `ip rule add from A to B fwmark M lookup T priority P` */
export const ipRule = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const adds = abbreviates(verb, "add");
  const flushes = verb !== undefined && verb.length > 1 && abbreviates(verb, "flush");
  if (!adds && !flushes && !abbreviates(verb, "delete")) return undefined;
  const mark = wordAfter(rest, "fwmark");
  const priority = wordAfter(rest, "priority", "prio", "pref", "preference", "order");
  return [
    {
      ...baseOf(call),
      kind: "routing-rule",
      action: adds ? "add" : flushes ? "flush" : "delete",
      ...field("from", wordAfter(rest, "from")),
      ...field("to", wordAfter(rest, "to")),
      ...(mark === undefined ? {} : { mark: read(mark, (text) => unsigned(text.split("/")[0])) }),
      ...field("table", wordAfter(rest, "table", "lookup")),
      ...(priority === undefined ? {} : { priority: read(priority, unsigned) }),
    },
  ];
};

/** `route add|del [-net|-host] TARGET [netmask M] [gw G] [[dev] IF]` */
export const route: Interpreter = (call) => {
  const words = call.arguments.filter(({ text }) => text === undefined || !/^-(?:net|host|A|n|v|4|6|inet6?)$/u.test(text));
  const verb = words[0]?.text;
  if (verb !== "add" && verb !== "del" && verb !== "delete") return undefined;
  const target = words[1];
  if (target === undefined) return undefined;
  const mask = wordAfter(words, "netmask");
  const prefix = mask === undefined ? undefined : prefixOfNetmask(mask.text);
  const destination = read(target, (text) =>
    text === "0.0.0.0" && (prefix ?? 0) === 0 ? "default" : prefix === undefined ? text : `${text}/${prefix}`,
  );
  const refusing = words.find(({ text }) => text === "reject");
  const effect: RouteEffect = {
    ...baseOf(call),
    kind: "route",
    action: verb === "add" ? "add" : "delete",
    destination,
    ...field("gateway", wordAfter(words, "gw", "gateway")),
    ...device(wordAfter(words, "dev") ?? bareDevice(words)),
    ...field("type", refusing === undefined ? undefined : { ...refusing, text: "unreachable" }),
  };
  return [effect];
};

const VALUED = new Set(["netmask", "gw", "gateway", "metric", "mss", "window", "irtt", "dev"]);
const SWITCHES = new Set(["reject", "mod", "dyn", "reinstate"]);

/** The device may stand behind the target without `dev`. */
const bareDevice = (words: readonly Argument[]): Argument | undefined => {
  for (let i = 2; i < words.length; i++) {
    const { text } = words[i]!;
    if (text === undefined) return undefined;
    if (VALUED.has(text)) i++;
    else if (!SWITCHES.has(text)) return words[i];
  }
  return undefined;
};
