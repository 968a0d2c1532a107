/** Services of the load balancer with their real servers, and the packet marks that lead to them. */
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { MarkEffect } from "../../model/effects/types.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import { baseName } from "../../model/cluster/files.ts";
import { forwardingOf, serviceKey } from "../../model/cluster/lvs.ts";
import { marksOf, type MarkRule, markText } from "../../model/cluster/marks.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, RealServer, ServiceAddress, VirtualServer } from "../../model/node/model.ts";
import { addEdge, addRow, boxFor, type Draft, type DraftBox, type Place, shownText } from "./draft.ts";
import { placeOf } from "./machines.ts";
import { distinct } from "./routers.ts";

export const addServices = (draft: Draft, cluster: ClusterModel): void => {
  const directors = cluster.nodes.filter(({ configuration }) => (configuration?.virtualServers.length ?? 0) > 0);
  const runBy = new Map<DraftBox, string[]>();
  for (const node of directors) {
    for (const server of node.configuration!.virtualServers) {
      const box = addService(draft, cluster, node, node.configuration!, server);
      runBy.set(box, [...(runBy.get(box) ?? []), node.name]);
    }
  }
  for (const [box, names] of runBy) {
    const here = distinct(names);
    if (here.length < directors.length) addRow(box, `only on ${here.join(", ")}`);
  }
  for (const node of cluster.nodes) addIpvsadm(draft, cluster, node);
};

const addService = (
  draft: Draft,
  cluster: ClusterModel,
  node: NodeModel,
  configuration: Configuration,
  server: VirtualServer,
): DraftBox => {
  const { service } = server;
  const place = placeOf(server.item, node);
  const box = boxFor(draft, "service", keyOf(server), titleOf(server), place);
  addRow(box, distinct(realForwardings(server)).concat(schedulerOf(server), persistenceOf(server)).filter(Boolean).join(", "));
  for (const entry of entriesOf(configuration, service)) {
    if (service.kind === "group") addRow(box, addressText(entry));
    connect(draft, node, box, entry, place);
  }
  for (const real of server.realServers) addRealServer(draft, cluster, node, box, server, real);
  const { sorryServer } = server;
  if (sorryServer !== undefined)
    addEdge(draft, box, serverBox(draft, cluster, sorryServer.address.value ?? "?", { site: sorryServer.address.site, node: node.name }), {
      kind: "spare",
      label: "sorry server",
      place: { site: sorryServer.address.site, node: node.name },
    });
  return box;
};

/** A way to the service: from its address, when the cluster carries it; from the marks in marks.ts; else from the machine itself. */
const connect = (draft: Draft, node: NodeModel, box: DraftBox, entry: ServiceAddress, place: Place): void => {
  if (entry.kind !== "address") return;
  const address = entry.address.value === undefined ? undefined : draft.boxes.get(`address ${canonicalAddress(entry.address.value)}`);
  addEdge(draft, address ?? boxFor(draft, "machine", node.name, node.name), box, { kind: "flow", place });
};

const entriesOf = (configuration: Configuration, service: ServiceAddress): readonly ServiceAddress[] =>
  service.kind === "group"
    ? (configuration.virtualServerGroups.find(({ name }) => name.value === service.name?.value)?.entries ?? [])
    : [service];

const keyOf = (server: VirtualServer): string => {
  const { service } = server;
  switch (service.kind) {
    case "fwmark":
      return `fwmark ${service.mark?.value ?? wordsOf(server)}`;
    case "group":
      return `group ${service.name?.value ?? wordsOf(server)}`;
    case "address": {
      const { value } = service.address;
      return value === undefined ? wordsOf(server) : `${canonicalAddress(value)} ${service.port?.value ?? 0} ${protocolOf(server)}`;
    }
  }
};

const titleOf = (server: VirtualServer): string => {
  const { service } = server;
  const unknown = service.kind === "address" ? service.address.value === undefined : false;
  if (unknown) return wordsOf(server);
  return service.kind === "address" ? `${addressText(service)} ${protocolOf(server)}` : addressText(service);
};

/** As written, for what cannot be known. */
const wordsOf = ({ item }: { readonly item: ConfigItem }): string => item.args.map(({ value }) => value).join(" ");

/** Without `protocol` the daemon takes UDP for an address (keepalived v2.4.3 check_data.c:1099). */
const protocolOf = ({ protocol }: VirtualServer): string => (protocol === undefined ? "udp" : (protocol.value ?? "?").toLowerCase());

const addressText = (service: ServiceAddress): string => {
  switch (service.kind) {
    case "fwmark":
      return `fwmark ${service.mark?.value === undefined ? "?" : markText(service.mark.value)}`;
    case "group":
      return `group ${service.name?.value ?? "?"}`;
    case "address":
      return joined(service.address.value ?? "?", service.port?.value);
  }
};

const joined = (address: string, port: number | undefined): string =>
  port === undefined || port === 0 ? address : `${address.includes(":") ? `[${address}]` : address}:${port}`;

const realForwardings = (server: VirtualServer): string[] => {
  const all = server.realServers.length === 0 ? [forwardingOf(server)] : server.realServers.map((real) => forwardingOf(server, real));
  return all.map((forwarding) => forwardingTexts[forwarding ?? "unknown"]);
};

const forwardingTexts = { direct: "DR", tunnel: "TUN", nat: "NAT", unknown: "forwarding ?" } as const;

const schedulerOf = ({ scheduler }: VirtualServer): string => (scheduler === undefined ? "" : (scheduler.value ?? "scheduler ?"));

const persistenceOf = ({ persistence }: VirtualServer): string => {
  const word = persistence?.args[0]?.value;
  return persistence === undefined ? "" : word === undefined ? "persistent" : `persistent ${word} s`;
};

const addRealServer = (
  draft: Draft,
  cluster: ClusterModel,
  node: NodeModel,
  service: DraftBox,
  server: VirtualServer,
  real: RealServer,
): void => {
  const place = placeOf(real.item, node);
  const box = serverBox(draft, cluster, real.address.value ?? wordsOf(real), place);
  for (const { type } of real.checkers) addRow(box, type.value);
  const own = server.service.kind === "address" ? server.service.port?.value : undefined;
  const weight = real.weight === undefined ? 1 : real.weight.value;
  const label = [
    real.port?.value === undefined || real.port.value === own || real.port.value === 0 ? "" : `:${real.port.value}`,
    weight === 1 ? "" : `weight ${weight ?? "?"}`,
  ];
  addEdge(draft, service, box, { kind: "flow", label: label.filter(Boolean).join(", "), place });
};

/** One box for each address, named after the machine that has it. */
const serverBox = (draft: Draft, { nodes }: ClusterModel, address: string, place: Place): DraftBox => {
  const key = canonicalAddress(address);
  const machine = nodes.find(({ addresses }) => addresses.some((own) => own.address === key));
  const box = boxFor(draft, "server", key, machine?.name ?? address, place);
  if (machine !== undefined) addRow(box, address);
  return box;
};

/** Services that scripts add with ipvsadm. */
const addIpvsadm = (draft: Draft, cluster: ClusterModel, node: NodeModel): void => {
  for (const { file, effects } of factFiles(node)) {
    for (const effect of effects) {
      if (effect.kind !== "ipvs" || (effect.action !== "add-service" && effect.action !== "add-server")) continue;
      const key = serviceKey(effect.service);
      if (key === undefined) continue;
      const place = { site: effect.site, node: node.name };
      const id = key.kind === "fwmark" ? `fwmark ${key.mark}` : `${key.address} ${key.port} ${key.protocol}`;
      const title = key.kind === "fwmark" ? `fwmark ${markText(key.mark)}` : `${joined(key.address, key.port)} ${key.protocol}`;
      const box = boxFor(draft, "service", id, title, place);
      addRow(box, `ipvsadm in ${baseName(file)}`, [place]);
      const vip = key.kind === "address" ? draft.boxes.get(`address ${key.address}`) : undefined;
      if (vip !== undefined) addEdge(draft, vip, box, { kind: "flow", place });
      const server = effect.action === "add-server" ? valueOf(effect.server?.address) : undefined;
      if (server === undefined) continue;
      addEdge(draft, box, serverBox(draft, cluster, server, place), { kind: "flow", place });
    }
  }
};

/** Marks that the firewall sets, between the addresses they are set for and the services that ask for them. */
export const addMarks = (draft: Draft, cluster: ClusterModel): void => {
  const services = [...draft.boxes.values()].filter(({ kind, key }) => kind === "service" && key.startsWith("fwmark "));
  const groups = groupMarks(cluster);
  if (services.length === 0 && groups.size === 0) return;
  for (const node of cluster.nodes) {
    if (node.configuration === undefined) continue;
    for (const rule of marksOf(node).rules) addMark(draft, node, rule, groups);
  }
  for (const service of services) {
    if ([...draft.edges.values()].some(({ to }) => to === service)) continue;
    for (const node of cluster.nodes) {
      const place = service.places.find((one) => one.node === node.name);
      if (place !== undefined) addEdge(draft, boxFor(draft, "machine", node.name, node.name), service, { kind: "flow", place });
    }
  }
};

/** Service groups that ask for a mark. */
const groupMarks = ({ nodes }: ClusterModel): ReadonlyMap<number, string> =>
  new Map(
    nodes.flatMap(({ configuration }) =>
      (configuration?.virtualServerGroups ?? []).flatMap(({ name, entries }) =>
        entries.flatMap((entry) =>
          entry.kind === "fwmark" && entry.mark?.value !== undefined ? [[entry.mark.value, `group ${name.value}`] as const] : [],
        ),
      ),
    ),
  );

const addMark = (draft: Draft, node: NodeModel, { effect, reach, file }: MarkRule, groups: ReadonlyMap<number, string>): void => {
  const mark = valueOf(effect.mark);
  if (mark === undefined) return;
  const place = { site: effect.site, node: node.name };
  const match = matchText(effect);
  const chain = valueOf(effect.chain) ?? "?";
  const box = boxFor(draft, "mark", JSON.stringify([mark, match, chain]), `mark ${markText(mark)}`, place);
  if (match !== "") addRow(box, match);
  addRow(box, `${effect.tool} ${chain}${reach === "seen" ? "" : reach === "local" ? ", only local packets" : ", not seen by IPVS"}`);
  addRow(box, baseName(file.file), [place]);
  const destinations = (valueOf(effect.match.destination?.value) ?? []).map((text) => canonicalAddress(text.replace(/\/.*$/u, "")));
  const addresses = [...draft.boxes.values()].filter(
    ({ kind, key }) =>
      kind === "address" &&
      (destinations.length === 0 ? sameFamily(key, effect) : destinations.includes(key) && effect.match.destination?.negated !== true),
  );
  for (const address of addresses) addEdge(draft, address, box, { kind: "flow", place });
  if (addresses.length === 0) addEdge(draft, boxFor(draft, "machine", node.name, node.name), box, { kind: "flow", place });
  const service = draft.boxes.get(`service fwmark ${mark}`) ?? draft.boxes.get(`service ${groups.get(mark) ?? "?"}`);
  if (service !== undefined && (reach === "seen" || reach === "local")) addEdge(draft, box, service, { kind: "flow", place });
};

const sameFamily = (address: string, { tool }: MarkEffect): boolean =>
  tool === "nft" || parseAddress(address)?.family === (tool === "ip6tables" ? 6 : 4);

/** "tcp 10.0.0.100 port 3306" */
const matchText = ({ match }: MarkEffect): string => {
  const { protocol, destination, destinationPorts, source, inInterface, macSource } = match;
  const said = <T>(value: T | undefined, negated: boolean | undefined, text: (value: T) => string): string =>
    value === undefined ? "" : `${negated === true ? "not " : ""}${text(value)}`;
  const parts = [
    said(valueOf(protocol?.value), protocol?.negated, (name) => name),
    said(valueOf(destination?.value), destination?.negated, (list) => list.join(", ")),
    said(
      valueOf(destinationPorts?.value),
      destinationPorts?.negated,
      (ports) => `port ${ports.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(", ")}`,
    ),
    said(valueOf(source?.value), source?.negated, (list) => `from ${list.join(", ")}`),
    said(valueOf(inInterface?.value), inInterface?.negated, (name) => `in ${name}`),
    said(valueOf(macSource?.value), macSource?.negated, (mac) => `mac ${mac}`),
  ];
  return shownText(parts.filter(Boolean).join(" "));
};
