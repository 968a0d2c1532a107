/** Addresses on devices: ifconfig and `ip address`; the other objects of ip go to their own files. */
import { abbreviates, type Argument, argument, baseOf, deviceOf, type Interpreter, type Invocation, read, wordAfter } from "./commands.ts";
import { known } from "./known.ts";
import { ipLink, linkEffect } from "./links.ts";
import { prefixOfNetmask } from "./numbers.ts";
import { ipRoute, ipRule } from "./routes.ts";
import type { AddressEffect, Effect, Known } from "./types.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

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
  let up = false;
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
      case "up":
        up = true;
        break;
      case "down":
        down = true;
        break;
      case "-arp":
      case "arp":
        effects.push(linkEffect(call, word.text === "arp" ? "arp-on" : "arp-off", name));
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
  else if (down && bound === undefined) effects.push(linkEffect(call, "down", name));
  else if (up && bound === undefined) effects.push(linkEffect(call, "up", name));
  return effects.length > 0 ? effects : undefined;
};

/** iproute2: `ip [options] address|route|rule|link VERB …`; objects and verbs may be abbreviated. */
export const ip: Interpreter = (call) => {
  let i = 0;
  // What is done in another network namespace is not done to this host's.
  if (call.arguments.some(({ text }, at) => /^-n(?:etns)?$/u.test(text ?? "") && at < 4)) return undefined;
  while (call.arguments[i]?.text?.startsWith("-") === true)
    i += /^-(?:n|netns|b|batch|l|loops|rc|rcvbuf)$/u.test(call.arguments[i]!.text!) ? 2 : 1;
  const object = call.arguments[i]?.text;
  const verb = call.arguments[i + 1]?.text;
  const rest = call.arguments.slice(i + 2);
  if (abbreviates(object, "address")) return ipAddress(call, verb, rest);
  if (abbreviates(object, "route")) return ipRoute(call, verb, rest);
  if (abbreviates(object, "rule")) return ipRule(call, verb, rest);
  if (abbreviates(object, "link")) return ipLink(call, verb, rest);
  return undefined;
};

const ipAddress = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const adds = abbreviates(verb, "add") || abbreviates(verb, "replace") || abbreviates(verb, "change");
  const flushes = verb !== undefined && verb.length > 1 && abbreviates(verb, "flush");
  if (!adds && !flushes && !abbreviates(verb, "delete")) return undefined;
  const dev = wordAfter(rest, "dev");
  const label = wordAfter(rest, "label");
  const where = { ...(dev === undefined ? {} : { device: deviceOf(dev) }), ...(label === undefined ? {} : { label: argument(label) }) };
  const base = { ...baseOf(call), kind: "address" as const, replaces: false, ...where };
  if (flushes) return [{ ...base, action: "unbind" }];
  const skipped = new Set<Argument>();
  for (const name of ["dev", "label", "brd", "broadcast", "scope", "peer", "metric", "valid_lft", "preferred_lft", "proto"]) {
    const value = wordAfter(rest, name);
    if (value !== undefined) skipped.add(value);
  }
  const address =
    rest.find((one) => !skipped.has(one) && (one.text === undefined || looksLikeAddress(one.text))) ?? wordAfter(rest, "local");
  if (address === undefined) return undefined;
  return [{ ...base, action: adds ? "bind" : "unbind", ...addressOf(address) }];
};
