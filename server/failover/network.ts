/** Which instances an advert reaches. */
import { parseAddress } from "../../grammar/vocabulary/values.ts";
import { type Advert, advertOf } from "./advert.ts";
import type { Cast, OwnAddress } from "./settings.ts";
import { type InstanceState, linkIsUp, type NodeState, type World } from "./world.ts";

/** Half a round trip in a local network, and the reader's turn. */
const LATENCY = 150;

/** Sends an advert to whoever listens. */
export const advertise = (world: World, from: InstanceState, priority: number): void => {
  const { cast } = from.settings;
  if (from.source === undefined || from.node.lost.has(from.source)) return;
  const advert = advertOf(from, priority);
  for (const node of world.nodes) {
    if (node === from.node || node.daemon === undefined) continue;
    for (const instance of node.daemon.byVrid.get(advert.vrid) ?? []) {
      if (!listensTo(instance, advert) || !isConnected(world, from, instance)) continue;
      if (cast.kind === "unicast" && !cast.peers.some((peer) => reachesAddress(instance, peer))) continue;
      world.queue.plan(world.now + LATENCY, () => {
        if (instance.node.daemon?.instances.includes(instance) === true && isConnected(world, from, instance))
          world.receive(instance, advert);
      });
    }
  }
};

/** The same protocol, family, VRID and group: anything else never comes up from the socket. */
const listensTo = ({ settings }: InstanceState, { from, vrid, family, authentication }: Advert): boolean => {
  const { cast } = from.settings;
  if (settings.vrid !== vrid || settings.family !== family) return false;
  if ((settings.authentication.kind === "AH") !== (authentication.kind === "AH")) return false;
  if (settings.cast.kind !== cast.kind || isOnVmac(settings.cast) || isOnVmac(cast)) return false;
  return settings.cast.kind === "unicast" || (cast.kind === "multicast" && settings.cast.group === cast.group);
};

const isOnVmac = (cast: Cast): boolean => cast.kind === "unicast" && cast.onVmac;

/** Both interfaces are up, on one segment, and on the same side of a partition; between segments only unicast is routed. */
const isConnected = (world: World, from: InstanceState, to: InstanceState): boolean =>
  portsOf(from).some((a) =>
    portsOf(to).some((b) => {
      const [here, there] = [segmentOf(from.node, a), segmentOf(to.node, b)];
      if (!linkIsUp(from.node, a) || !linkIsUp(to.node, b)) return false;
      if (here === there) return partOf(world, here, from.node) === partOf(world, there, to.node);
      return from.settings.cast.kind === "unicast" && isRouted(from.node, a, to);
    }),
  );

const portsOf = ({ settings, node }: InstanceState): readonly string[] =>
  settings.interface === undefined ? [...node.settings.interfaces.keys()] : [settings.interface];

const segmentOf = (node: NodeState, name: string): string => node.settings.interfaces.get(name)?.segment ?? name;

const partOf = (world: World, segment: string, node: NodeState): number => world.parts.get(segment)?.get(node.name) ?? 0;

/**
 * What is in no network of the sender goes through a router, which is taken to know the way. What is in the network of
 * another of its interfaces is not: the socket is bound to its own (vrrp.c:2767).
 */
const isRouted = (node: NodeState, port: string, { source }: InstanceState): boolean => {
  const { interfaces } = node.settings;
  const own = interfaces.get(port)?.addresses;
  if (own === undefined || own.length === 0 || source === undefined) return false;
  return ![...interfaces.values()].some(({ addresses }) => addresses?.some((address) => isInNetwork(source, address)) === true);
};

const isInNetwork = (address: string, { address: own, prefix }: OwnAddress): boolean => {
  const [a, b] = [parseAddress(address), parseAddress(own)];
  if (a === undefined || b === undefined || a.family !== b.family) return false;
  const width = a.family === 4 ? 8 : 16;
  return a.parts.every((part, index) => {
    const bits = Math.max(0, Math.min(width, prefix - index * width));
    return part >> (width - bits) === b.parts[index]! >> (width - bits);
  });
};

/** The receiver's socket is bound to its source address, which must be one of its machine's (vrrp.c open_vrrp_read_socket). */
const reachesAddress = (to: InstanceState, peer: string): boolean => {
  if (to.source !== peer || to.node.lost.has(peer)) return false;
  const known = [...to.node.settings.interfaces.values()];
  if (known.some(({ addresses }) => addresses === undefined) || known.length === 0) return true;
  return known.some(({ addresses }) => addresses?.some(({ address }) => address === peer) === true) || parseAddress(peer)?.family === 6;
};
