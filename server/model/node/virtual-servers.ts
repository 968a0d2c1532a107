/** Questions about virtual servers: what they serve, and what the log calls them. */
import type { Configuration, ServiceAddress, VirtualServer } from "./model.ts";

/** A service of firewall marks alone; a group counts when all its entries are marks. */
export const isFirewallMarkOnly = ({ virtualServerGroups }: Configuration, service: ServiceAddress): boolean => {
  if (service.kind !== "group") return service.kind === "fwmark";
  const entries = virtualServerGroups.find(({ name }) => name.value === service.name?.value)?.entries ?? [];
  return entries.length > 0 && entries.every(({ kind }) => kind === "fwmark");
};

/** What the daemon's log calls a virtual server (check_data.c format_vs); undefined when it cannot be known. */
export const nameInLog = ({ service, protocol }: VirtualServer): string | undefined => {
  if (service.kind === "fwmark") return service.mark?.value === undefined ? undefined : `FWM ${service.mark.value}`;
  if (service.kind === "group") return service.name?.value === undefined ? undefined : `[${service.name.value}]:0`;
  const address = service.address.value;
  const transport = protocol === undefined ? "none" : protocol.value?.toLowerCase();
  return address === undefined || transport === undefined ? undefined : `[${address}]:${transport}:${service.port?.value ?? 0}`;
};
