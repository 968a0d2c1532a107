/** ifconfig, ip and route: addresses on devices, and routes. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known } from "./known.ts";
import { prefixOfNetmask } from "./numbers.ts";
import type { AddressEffect, Effect, Known, RouteEffect } from "./types.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

const deviceOf = (name: Argument): Known<string> => read(name, (text) => text.split(":")[0]!);

/** `lo:0` names an alias, `lo` does not. */
const labelOf = (name: Argument): { readonly label?: Known<string> } =>
  name.text === undefined ? {} : name.text.includes(":") ? { label: argument(name) } : {};

const looksLikeAddress = (text: string | undefined): boolean =>
  text !== undefined && /^[0-9A-Fa-f.:]+(?:\/[0-9]{1,3})?$/u.test(text) && /[.:]/u.test(text);

/** `ADDRESS/LENGTH` in two. */
const addressOf = (from: Argument): { readonly address: Known<string>; readonly prefix?: Known<number> } => {
  const address = read(from, (text) => text.split("/")[0]!);
  const length = from.text?.split("/")[1];
  const prefix = length === undefined ? undefined : prefixOfNetmask(length);
  return prefix === undefined ? { address } : { address, prefix: known(prefix, from.site) };
};

/** `ifconfig DEVICE[:ALIAS] [ADDRESS] [netmask M] [up|down] [add|del ADDRESS/LEN]` */
export const ifconfig: Interpreter = (call) => {
  const [name, ...rest] = call.arguments.filter(({ text }) => text !== "-v" && text !== "-s");
  if (name === undefined || name.text === "-a") return undefined;
  const effects: Effect[] = [];
  const base = { ...baseOf(call), kind: "address" as const, device: deviceOf(name), ...labelOf(name) };
  let bound: Draft<AddressEffect> | undefined;
  let down = false;
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i]!;
    const next = rest[i + 1];
    switch (word.text) {
      case "netmask":
        i++;
        if (bound !== undefined && next !== undefined) bound.prefix = read(next, prefixOfNetmask);
        break;
      case "broadcast":
      case "mtu":
      case "metric":
      case "txqueuelen":
      case "dstaddr":
      case "pointopoint":
      case "hw":
        i += word.text === "hw" ? 2 : 1;
        break;
      case "down":
        down = true;
        break;
      case "add":
      case "del":
        i++;
        if (next !== undefined)
          effects.push({ ...base, action: word.text === "add" ? "bind" : "unbind", ...addressOf(next), replaces: false });
        break;
      default:
        if (bound === undefined && i <= 1 && (word.text === undefined || looksLikeAddress(word.text))) {
          bound = { ...base, action: "bind", ...addressOf(word), replaces: true };
        }
    }
  }
  if (bound?.address?.kind === "known" && bound.address.value === "0.0.0.0") effects.push({ ...base, action: "unbind", replaces: false });
  else if (bound !== undefined) effects.push(bound);
  // Taking an alias down removes its address; a whole device only goes quiet.
  if (down && bound === undefined && name.text?.includes(":") === true) effects.push({ ...base, action: "unbind", replaces: false });
  return effects.length > 0 ? effects : undefined;
};

const abbreviates = (text: string | undefined, word: string): boolean => text !== undefined && text.length > 0 && word.startsWith(text);

/** iproute2: `ip [options] address|route VERB …`; objects and verbs may be abbreviated. */
export const ip: Interpreter = (call) => {
  let i = 0;
  while (call.arguments[i]?.text?.startsWith("-") === true)
    i += /^-(?:n|netns|b|batch|l|loops|rc|rcvbuf)$/u.test(call.arguments[i]!.text!) ? 2 : 1;
  const object = call.arguments[i]?.text;
  const verb = call.arguments[i + 1]?.text;
  const rest = call.arguments.slice(i + 2);
  if (abbreviates(object, "address")) return ipAddress(call, verb, rest);
  if (abbreviates(object, "route")) return ipRoute(call, verb, rest);
  return undefined;
};

/** Words that take a value in `ip address` and `ip route`. */
const option = (list: readonly Argument[], ...names: readonly string[]): Argument | undefined => {
  const at = list.findIndex(({ text }) => text !== undefined && names.includes(text));
  return at < 0 ? undefined : list[at + 1];
};

const ipAddress = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const adds = abbreviates(verb, "add") || abbreviates(verb, "replace") || abbreviates(verb, "change");
  const flushes = verb !== undefined && verb.length > 1 && abbreviates(verb, "flush");
  if (!adds && !flushes && !abbreviates(verb, "delete")) return undefined;
  const dev = option(rest, "dev");
  const label = option(rest, "label");
  const where = { ...(dev === undefined ? {} : { device: deviceOf(dev) }), ...(label === undefined ? {} : { label: argument(label) }) };
  const base = { ...baseOf(call), kind: "address" as const, replaces: false, ...where };
  if (flushes) return [{ ...base, action: "unbind" }];
  const skipped = new Set<Argument>();
  for (const name of ["dev", "label", "brd", "broadcast", "scope", "peer", "metric", "valid_lft", "preferred_lft", "proto"]) {
    const value = option(rest, name);
    if (value !== undefined) skipped.add(value);
  }
  const address = rest.find((one) => !skipped.has(one) && (one.text === undefined || looksLikeAddress(one.text))) ?? option(rest, "local");
  if (address === undefined) return undefined;
  return [{ ...base, action: adds ? "bind" : "unbind", ...addressOf(address) }];
};

const ipRoute = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const adds = ["add", "append", "replace", "change", "prepend"].some((word) => abbreviates(verb, word));
  if (!adds && !abbreviates(verb, "delete")) return undefined;
  const kinds = new Set(["unicast", "local", "broadcast", "blackhole", "unreachable", "to"]);
  const destination = rest.find(({ text }) => text === undefined || !kinds.has(text));
  if (destination === undefined) return undefined;
  const gateway = option(rest, "via");
  const dev = option(rest, "dev");
  return [routeEffect(call, adds, argument(destination), gateway, dev)];
};

const routeEffect = (
  call: Invocation,
  adds: boolean,
  destination: Known<string>,
  gateway: Argument | undefined,
  dev: Argument | undefined,
): RouteEffect => ({
  ...baseOf(call),
  kind: "route",
  action: adds ? "add" : "delete",
  destination,
  ...(gateway === undefined ? {} : { gateway: argument(gateway) }),
  ...(dev === undefined ? {} : { device: deviceOf(dev) }),
});

/** `route add|del [-net|-host] TARGET [netmask M] [gw G] [[dev] IF]` */
export const route: Interpreter = (call) => {
  const words = call.arguments.filter(({ text }) => text === undefined || !/^-(?:net|host|A|n|v|4|6|inet6?)$/u.test(text));
  const verb = words[0]?.text;
  if (verb !== "add" && verb !== "del" && verb !== "delete") return undefined;
  const target = words[1];
  if (target === undefined) return undefined;
  const mask = option(words, "netmask");
  const prefix = mask === undefined ? undefined : prefixOfNetmask(mask.text);
  const destination = read(target, (text) =>
    text === "0.0.0.0" && (prefix ?? 0) === 0 ? "default" : prefix === undefined ? text : `${text}/${prefix}`,
  );
  return [routeEffect(call, verb === "add", destination, option(words, "gw", "gateway"), option(words, "dev"))];
};
