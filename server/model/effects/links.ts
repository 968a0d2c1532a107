/** Devices: `ip link`, and what ifconfig does to a whole device. */
import { abbreviates, type Argument, argument, baseOf, deviceOf, type Invocation, wordAfter } from "./commands.ts";
import type { Effect, LinkEffect } from "./types.ts";

export const linkEffect = (call: Invocation, action: LinkEffect["action"], device: Argument): LinkEffect => ({
  ...baseOf(call),
  kind: "link",
  action,
  device: deviceOf(device),
});

/** `ip link set [dev] D up|down|arp on|arp off`, `ip link add [name] D type T`, `ip link delete D`; undefined for other settings. */
export const ipLink = (call: Invocation, verb: string | undefined, rest: readonly Argument[]): readonly Effect[] | undefined => {
  const named = wordAfter(rest, "dev", "name") ?? rest.find(({ text }) => text !== "link" && text !== "group");
  if (named === undefined) return undefined;
  if (abbreviates(verb, "add")) {
    const name = wordAfter(rest, "name", "dev") ?? (rest[0]?.text === "link" ? rest[2] : rest[0]);
    const type = wordAfter(rest, "type");
    return name === undefined ? undefined : [{ ...linkEffect(call, "add", name), ...(type === undefined ? {} : { type: argument(type) }) }];
  }
  if (abbreviates(verb, "delete")) return [linkEffect(call, "delete", named)];
  if (!abbreviates(verb, "set")) return undefined;
  const effects: Effect[] = [];
  for (const [index, { text }] of rest.entries()) {
    if (text === "up" || text === "down") effects.push(linkEffect(call, text, named));
    const value = rest[index + 1]?.text;
    if (text === "arp" && (value === "on" || value === "off")) effects.push(linkEffect(call, `arp-${value}`, named));
  }
  return effects.length > 0 ? effects : undefined;
};
