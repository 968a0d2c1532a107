/** Cables and interfaces that go down and come back. */
import { goDown, tryUp } from "./faults.ts";
import { changed } from "./tracking.ts";
import { stepAside } from "./transitions.ts";
import { linkIsUp, type NodeState, type World } from "./world.ts";

/** Pulls or plugs the cable, or switches the interface off or on, which takes its IPv6 addresses away and brings the link-local one back. */
export const setLink = (world: World, node: NodeState, name: string, up: boolean, admin: boolean): void => {
  const link = node.links.get(name);
  if (link === undefined) return;
  const [was, wasOn] = [linkIsUp(node, name), link.admin];
  if (admin) link.admin = up;
  else link.carrier = up;
  if (linkIsUp(node, name) !== was) linkChanged(world, node, name);
  if (!admin || wasOn === up || node.off) return;
  if (!up) dropIpv6(world, node, name);
  for (const instance of node.daemon?.instances ?? []) {
    const { settings } = instance;
    if (settings.interface !== name || settings.family !== 6 || settings.source !== undefined) continue;
    if (up) tryUp(world, instance, "source");
    else goDown(world, instance, "source");
  }
};

const linkChanged = (world: World, node: NodeState, name: string): void => {
  const fine = linkIsUp(node, name);
  for (const instance of node.daemon?.instances ?? [])
    for (const tracked of instance.settings.interfaces) if (tracked.name === name) changed(world, instance, tracked, fine, "interface");
};

/** The kernel keeps IPv4 addresses of an interface that is switched off, and no others. */
const dropIpv6 = (world: World, node: NodeState, name: string): void => {
  world.beforeChange();
  for (const key of node.held) if (key.startsWith(`${name} `) && key.includes(":", name.length)) node.held.delete(key);
  for (const { address } of node.settings.interfaces.get(name)?.addresses ?? [])
    if (address.includes(":") && !address.startsWith("fe80:")) node.lost.add(address);
  for (const instance of node.daemon?.instances ?? []) {
    const own = [...instance.settings.addresses, ...instance.settings.excluded];
    if (instance.state === "MASTER" && own.some(({ device, address }) => device === name && address.includes(":")))
      stepAside(world, instance);
  }
};
