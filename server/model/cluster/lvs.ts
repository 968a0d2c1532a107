/** The services of the load balancer as keepalived and as ipvsadm name them, in one form that can be compared. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { IpvsServiceName } from "../effects/types.ts";
import type { Configuration, RealServer, ServiceAddress, VirtualServer } from "../node/model.ts";

export type ServiceKey =
  | { readonly kind: "address"; readonly protocol: "tcp" | "udp" | "sctp"; readonly address: string; readonly port: number }
  | { readonly kind: "fwmark"; readonly mark: number };

/** A service that keepalived holds: a virtual server, or one line of its group. */
export interface Service {
  readonly key: ServiceKey;
  readonly server: VirtualServer;
  /** Where its address or mark is written. */
  readonly site: Site;
}

/** Services of a configuration whose names can be read; ranges of groups are left out. */
export const servicesOf = (configuration: Configuration): readonly Service[] =>
  configuration.virtualServers.flatMap((server) => {
    const { service } = server;
    if (service.kind !== "group") return serviceOf(server, service);
    const group = configuration.groupOf(service);
    return (group?.entries ?? []).flatMap((entry) => serviceOf(server, entry));
  });

/** Whether every service of a configuration can be read. */
export const allServicesKnown = (configuration: Configuration): boolean =>
  configuration.virtualServers.every(({ service }) => service.kind !== "fwmark" || service.mark?.value !== undefined) &&
  configuration.virtualServerGroups.every(({ entries }) =>
    entries.every((entry) => entry.kind !== "fwmark" || entry.mark?.value !== undefined),
  );

const serviceOf = (server: VirtualServer, service: ServiceAddress): Service[] => {
  if (service.kind === "fwmark")
    return service.mark?.value === undefined ? [] : [{ key: { kind: "fwmark", mark: service.mark.value }, server, site: service.site }];
  if (service.kind === "group" || service.address.value === undefined || parseAddress(service.address.value) === undefined) return [];
  const protocol = protocolOf(server);
  if (protocol === undefined || (service.port !== undefined && service.port.value === undefined)) return [];
  return [
    {
      key: { kind: "address", protocol, address: canonicalAddress(service.address.value), port: service.port?.value ?? 0 },
      server,
      site: service.site,
    },
  ];
};

/** Without `protocol` the daemon takes UDP (keepalived v2.4.3 check_data.c:1099). */
const protocolOf = ({ protocol }: VirtualServer): "tcp" | "udp" | "sctp" | undefined => {
  if (protocol === undefined) return "udp";
  const value = protocol.value?.toLowerCase();
  return value === "tcp" || value === "udp" || value === "sctp" ? value : undefined;
};

/** The service of an ipvsadm command; undefined when it cannot be known. */
export const serviceKey = (name: IpvsServiceName | undefined): ServiceKey | undefined => {
  if (name === undefined) return undefined;
  if (name.kind === "fwmark") {
    const mark = valueOf(name.mark);
    return mark === undefined ? undefined : { kind: "fwmark", mark };
  }
  const address = valueOf(name.address);
  const port = valueOf(name.port);
  return address === undefined || port === undefined
    ? undefined
    : { kind: "address", protocol: name.protocol, address: canonicalAddress(address), port };
};

export const sameService = (a: ServiceKey, b: ServiceKey): boolean => serviceText(a) === serviceText(b);

/** For messages: "10.0.0.100:80 (tcp)", "fwmark 1". */
export const serviceText = (key: ServiceKey): string => {
  if (key.kind === "fwmark") return `fwmark ${key.mark}`;
  const address = key.address.includes(":") ? `[${key.address}]` : key.address;
  return `${address}:${key.port} (${key.protocol})`;
};

export type Forwarding = "direct" | "tunnel" | "nat";

const forwardings: Readonly<Record<string, Forwarding>> = { DR: "direct", TUN: "tunnel", NAT: "nat" };

/** How a real server is reached; without `lb_kind` the daemon takes NAT (keepalived v2.4.3 check_data.c:1182). undefined: it cannot be known. */
export const forwardingOf = (server: VirtualServer, realServer?: RealServer): Forwarding | undefined => {
  const setting = realServer?.forwarding ?? server.forwarding;
  if (setting === undefined) return "nat";
  return setting.value === undefined ? undefined : forwardings[setting.value];
};
