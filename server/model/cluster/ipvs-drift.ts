/** How a script and keepalived describe one IPVS service differently. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Site } from "../../../grammar/text.ts";
import { onOnePath, valueOf } from "../effects/known.ts";
import type { Effect, IpvsEffect } from "../effects/types.ts";
import type { RealServer } from "../node/model.ts";
import { forwardingOf, sameService, serviceKey, type Service } from "./lvs.ts";

export interface Difference {
  readonly message: string;
  readonly at: Site;
  readonly there: Site;
}

/** What differs between a service that the effect at `index` builds or changes and the same one of keepalived. */
export const differencesOf = (effects: readonly Effect[], index: number, effect: IpvsEffect, service: Service): readonly Difference[] =>
  effect.action === "add-service" || effect.action === "edit-service"
    ? [...scheduler(effect, service), ...servers(effect, serversBehind(effects.slice(index + 1), effect), service)]
    : [];

/** The servers that the script adds to the service in the same run, up to where it builds the service again. */
const serversBehind = (later: readonly Effect[], service: IpvsEffect): readonly IpvsEffect[] => {
  const key = serviceKey(service.service)!;
  const found: IpvsEffect[] = [];
  for (const effect of later) {
    if (effect.kind !== "ipvs" || !onOnePath(effect, service)) continue;
    if (effect.action === "clear") break;
    const own = serviceKey(effect.service);
    if (own === undefined || !sameService(own, key)) continue;
    if (effect.action === "add-service" || effect.action === "delete-service") break;
    if (effect.action === "add-server" || effect.action === "edit-server") found.push(effect);
  }
  return found;
};

function* scheduler(effect: IpvsEffect, { server, site }: Service): Generator<Difference> {
  if (effect.action !== "add-service" || (server.scheduler !== undefined && server.scheduler.value === undefined)) return;
  const written = effect.scheduler === undefined ? "wlc" : valueOf(effect.scheduler);
  const held = server.scheduler?.value ?? "wlc";
  if (written === undefined || written === held) return;
  yield {
    message: `scheduler ${written} here, ${held} there`,
    at: effect.scheduler?.site ?? effect.site,
    there: server.scheduler?.site ?? site,
  };
}

function* servers(service: IpvsEffect, added: readonly IpvsEffect[], { server, site, key }: Service): Generator<Difference> {
  const missing = new Set(server.realServers);
  let allKnown = server.realServers.every(({ address }) => address.value !== undefined);
  for (const effect of added) {
    const address = valueOf(effect.server?.address);
    const port = effect.server?.port === undefined ? undefined : valueOf(effect.server.port);
    if (address === undefined || effect.server === undefined || (effect.server.port !== undefined && port === undefined)) {
      allKnown = false;
      continue;
    }
    const direct = valueOf(effect.forwarding) !== "nat";
    const match = server.realServers.find((candidate) => isServer(candidate, address, direct || key.kind === "fwmark" ? undefined : port));
    if (match === undefined) {
      if (allKnown)
        yield {
          message: `real server ${address}${port === undefined ? "" : `:${port}`} is only here`,
          at: effect.server.site,
          there: site,
        };
      continue;
    }
    missing.delete(match);
    const method = effect.forwarding === undefined ? "direct" : valueOf(effect.forwarding);
    const held = forwardingOf(server, match);
    if (method !== undefined && held !== undefined && method !== held)
      yield {
        message: `${address} is reached by ${words[method]} here, by ${words[held]} there`,
        at: effect.forwarding?.site ?? effect.site,
        there: (match.forwarding ?? server.forwarding)?.site ?? site,
      };
    const weight = effect.weight === undefined ? 1 : valueOf(effect.weight);
    const heldWeight = match.weight === undefined ? 1 : match.weight.value;
    if (weight !== undefined && heldWeight !== undefined && weight !== heldWeight)
      yield {
        message: `${address} has weight ${weight} here, ${heldWeight} there`,
        at: effect.weight?.site ?? effect.site,
        there: match.weight?.site ?? match.address.site,
      };
  }
  if (!allKnown || added.length === 0) return;
  for (const { address } of missing) yield { message: `real server ${address.value} is only there`, at: service.site, there: address.site };
}

/** Ports count only behind NAT: with direct routing and tunnels it is the service's. */
const isServer = (server: RealServer, address: string, port: number | undefined): boolean =>
  server.address.value !== undefined &&
  canonicalAddress(server.address.value) === canonicalAddress(address) &&
  (port === undefined || server.port === undefined || server.port.value === undefined || server.port.value === port);

const words = { direct: "direct routing (DR)", tunnel: "tunnel (TUN)", nat: "NAT" } as const;
