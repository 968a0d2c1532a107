/** What keepalived's own sample configuration brings along, and nobody has (v2.4.3 doc/samples/keepalived.conf.sample). */
import type { VirtualServer } from "./model.ts";

/** The three services of the sample, with at least one of its real servers. */
export const isSampleService = ({ service, realServers }: VirtualServer): boolean => {
  if (service.kind !== "address") return false;
  const { address: written, port } = service;
  const names = ["192.168.200.100 443", "10.10.10.2 1358", "10.10.10.3 1358"];
  // A port that nobody knows may be the sample's.
  const isUnknown = port !== undefined && port.value === undefined;
  if (!names.some((name) => (isUnknown ? name.startsWith(`${written.value} `) : name === `${written.value} ${port?.value}`))) return false;
  return realServers.some(({ address }) => /^192\.168\.(?:200\.[2-5]|201\.100)$/u.test(address.value ?? ""));
};

/** A mail address of the sample. */
export const isSampleMail = (text: string): boolean => /@firewall\.loc$/iu.test(text);

/** The sample's router_id. */
export const isSampleRouterId = (text: string): boolean => text === "LVS_DEVEL";
