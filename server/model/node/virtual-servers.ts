/** Questions about virtual servers: what they serve, and what the log calls them. */
import type { Configuration, ServiceAddress, VirtualServer } from "./model.ts";
import { numberSetting, one } from "./settings.ts";

/** A service of firewall marks alone; a group counts when all its entries are marks. */
export const isFirewallMarkOnly = ({ groupOf }: Configuration, service: ServiceAddress): boolean => {
  if (service.kind !== "group") return service.kind === "fwmark";
  const entries = groupOf(service)?.entries ?? [];
  return entries.length > 0 && entries.every(({ kind }) => kind === "fwmark");
};

/**
 * What the daemon's log calls a virtual server (check_data.c format_vs); undefined when it cannot be known. Without a
 * protocol it is "none" while the configuration is read, and "udp" from then on.
 */
export const nameInLog = ({ service, protocol }: VirtualServer, whileReading = false): string | undefined => {
  if (service.kind === "fwmark") return service.mark?.value === undefined ? undefined : `FWM ${service.mark.value}`;
  if (service.kind === "group") return service.name?.value === undefined ? undefined : `[${service.name.value}]:0`;
  const address = service.address.value;
  const written = protocol?.value?.toLowerCase();
  // A protocol that is refused is as good as none.
  const none = protocol === undefined || (written !== undefined && !/^(?:tcp|udp|sctp)$/u.test(written));
  const transport = none ? (whileReading ? "none" : "udp") : written;
  return address === undefined || transport === undefined ? undefined : `[${address}]:${transport}:${service.port?.value ?? 0}`;
};

/** Weights of all real servers together: their own, else that of the service, else 1. Undefined when one cannot be known. */
export const totalWeight = ({ realServers, item }: VirtualServer): number | undefined => {
  const common = one(item, "weight");
  const usual = common === undefined ? 1 : numberSetting(common)?.value;
  let total = 0;
  for (const { weight, item: server } of realServers) {
    const own = weight === undefined ? (one(server, "weight") === undefined ? usual : undefined) : weight.value;
    if (own === undefined) return undefined;
    total += own;
  }
  return total;
};
