/** Directors that are each other's real servers: a packet that one hands to the other is looked up in the other's table again. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import type { RealServer } from "../node/model.ts";
import { forwardingOf, sameService, servicesOf, type Service } from "./lvs.ts";
import type { ClusterModel, NodeModel } from "./model.ts";

export interface MutualService {
  readonly nodes: readonly [NodeModel, NodeModel];
  readonly services: readonly [Service, Service];
  /** The peer among the real servers of each. */
  readonly servers: readonly [RealServer, RealServer];
}

/** The services of each pair of directors that list each other without translation. */
export const mutualServices = ({ nodes }: ClusterModel): readonly MutualService[] => {
  const directors = nodes.filter(({ configuration }) => (configuration?.virtualServers.length ?? 0) > 0);
  return directors.flatMap((a, index) =>
    directors.slice(index + 1).flatMap((b) =>
      servicesOf(a.configuration!).flatMap((service): readonly MutualService[] => {
        const other = servicesOf(b.configuration!).find(({ key }) => sameService(key, service.key));
        const [there, back] = [peerIn(service, b), other === undefined ? undefined : peerIn(other, a)];
        return other === undefined || there === undefined || back === undefined
          ? []
          : [{ nodes: [a, b], services: [service, other], servers: [there, back] }];
      }),
    ),
  );
};

/** The real server of a service that is this node, reached without translation. */
const peerIn = ({ server }: Service, { addresses }: NodeModel): RealServer | undefined => {
  const own = new Set(addresses.map(({ address }) => canonicalAddress(address)));
  return server.realServers.find(
    (real) =>
      real.address.value !== undefined &&
      own.has(canonicalAddress(real.address.value)) &&
      ["direct", "tunnel"].includes(forwardingOf(server, real) ?? ""),
  );
};
