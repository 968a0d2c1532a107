/** What grouping looks at of a node: small, so that a change elsewhere in its configuration leaves the groups alone. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { Configuration } from "../node/model.ts";
import type { Entry } from "./discover.ts";
import { type PathShape, shapeOf } from "./names.ts";

export interface Signature {
  readonly entry: Entry;
  readonly shape: PathShape;
  readonly addresses: ReadonlyMap<string, Site>;
  readonly vrids: ReadonlyMap<number, Vrid>;
  readonly unicastSources: ReadonlyMap<string, Site>;
  readonly unicastPeers: ReadonlyMap<string, Site>;
  readonly routerId: string | undefined;
  readonly ownAddresses: ReadonlySet<string>;
}

export interface Vrid {
  readonly site: Site;
  readonly priority: number | undefined;
  readonly state: string | undefined;
}

/** `ownAddresses`: what is known of the machine's own addresses from anywhere. */
export const signatureOf = (entry: Entry, configuration: Configuration, ownAddresses: readonly string[]): Signature => {
  const addresses = new Map<string, Site>();
  const vrids = new Map<number, Vrid>();
  const unicastSources = new Map<string, Site>();
  const unicastPeers = new Map<string, Site>();
  for (const instance of configuration.instances) {
    for (const { address, site } of [...instance.virtualAddresses, ...instance.excludedAddresses])
      if (address !== undefined) addresses.set(address, site);
    const vrid = instance.virtualRouterId;
    if (vrid?.value !== undefined)
      vrids.set(vrid.value, { site: vrid.site, priority: instance.priority?.value, state: instance.state?.value });
    const source = instance.unicastSource;
    if (source?.value !== undefined) unicastSources.set(canonicalAddress(source.value), source.site);
    for (const peer of instance.unicastPeers) if (peer.value !== undefined) unicastPeers.set(canonicalAddress(peer.value), peer.site);
  }
  return {
    entry,
    shape: shapeOf(entry),
    addresses,
    vrids,
    unicastSources,
    unicastPeers,
    routerId: configuration.global.routerId?.value,
    ownAddresses: new Set([...unicastSources.keys(), ...ownAddresses]),
  };
};
