import type { Site } from "../../../grammar/text.ts";
import { addressesEqual, canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { Configuration, RealServer, VirtualServer, VrrpInstance } from "../../model/node/model.ts";
import { databaseBehind, endpointsOf, mentionsDatabase } from "../../model/node/databases.ts";
import { defineRule } from "../../analysis/rule.ts";
import { linkedAt } from "../../model/cluster/facts.ts";

export default defineRule({
  id: "mysql-real-server-without-notify-down",
  summary: "The node's own database is the only real server and its failure does not move the virtual address.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/ipwrapper.c:205"],
  subject: "virtualServer",

  *check(virtualServer, { node, cluster }) {
    const { configuration } = node;
    const [server, ...more] = virtualServer.realServers;
    if (configuration === undefined || server?.address.value === undefined || more.length > 0) return;
    if (server.notifyDown !== undefined || virtualServer.quorumDown !== undefined || virtualServer.sorryServer !== undefined) return;
    const database = databaseBehind(configuration, virtualServer, server);
    const held = heldBy(configuration, virtualServer);
    if (database === undefined || held === undefined || mayTrackDatabase(node, configuration, held.instance)) return;
    const known = isOwnServer(node, cluster, virtualServer, server, held.address);
    if (known === undefined) return;
    const where = `${server.address.value}${server.port?.value === undefined ? "" : ` ${server.port.value}`}`;
    const whose = known.sure ? `is this node's own ${database}` : `is the only one, probably this node's own ${database},`;
    yield {
      at: server.address.site,
      message: `real_server ${where} ${whose} and has no notify_down: when it dies, ${held.address} stays on a node without ${database}`,
      severity: known.sure ? "error" : "warning",
      notes: [
        { message: `${held.instance.name.value} holds ${held.address} and does not look at ${database}`, at: held.site },
        ...known.notes,
        { message: "a notify_down that stops keepalived, or a track_script without weight in the instance, moves the address" },
      ],
    };
  },
});

/** The instance that brings the service's address up, when one does: without VRRP nothing could move. */
const heldBy = (
  configuration: Configuration,
  virtualServer: VirtualServer,
): { readonly instance: VrrpInstance; readonly address: string; readonly site: Site } | undefined => {
  const addresses = endpointsOf(configuration, virtualServer).map(({ address }) => address);
  for (const instance of configuration.instances) {
    const found = [...instance.virtualAddresses, ...instance.excludedAddresses].find(
      ({ address }) => address !== undefined && addresses.includes(address),
    );
    if (found?.address !== undefined) return { instance, address: found.address, site: found.site };
  }
  return undefined;
};

/** Checks of other things, by the words they are named with. */
const otherService =
  /haproxy|nginx|httpd|apache|varnish|squid|gateway|(?:^|[^a-z])gw|ping|route|network|keepalived|named|bind|dns|ldap|kube|docker|php|tomcat|lvs|ipvs/iu;

/** Whether something that VRRP listens to looks at the database, or may do so. */
const mayTrackDatabase = (node: NodeModel, configuration: Configuration, instance: VrrpInstance): boolean => {
  const groups = configuration.syncGroups.filter(({ members }) => members.some(({ value }) => value === instance.name.value));
  return [instance, ...groups].some((tracking) => {
    if (tracking.trackFiles.length > 0) return true;
    if (tracking.trackProcesses.some(({ name }) => name.value === undefined || !otherService.test(name.value))) return true;
    return tracking.trackScripts.some(({ name }) => {
      if (name.value === undefined) return true;
      const script = configuration.scripts.find((one) => one.name.value === name.value);
      const linked = linkedAt(node, script?.command?.item);
      const text = linked?.resolution.kind === "found" ? linked.resolution.script?.text : undefined;
      const words = `${name.value} ${script?.command?.text ?? ""}`;
      if (mentionsDatabase(words) || (text !== undefined && mentionsDatabase(text))) return true;
      return text === undefined && !otherService.test(words);
    });
  });
};

interface Own {
  /** Known, and not only likely. */
  readonly sure: boolean;
  readonly notes: readonly { readonly message: string; readonly at: Site }[];
}

/**
 * Whether a real server is the node itself: it has the address, or each director of the service lists one server, another
 * on every node. Of a node whose peers are not known it is likely where the server is in the subnet of the virtual
 * address: one server leaves nothing to balance. Undefined when it is another machine or nothing can be known.
 */
const isOwnServer = (
  node: NodeModel,
  cluster: ClusterModel,
  virtualServer: VirtualServer,
  { address }: RealServer,
  vip: string,
): Own | undefined => {
  const server = canonicalAddress(address.value ?? "");
  const own = node.addresses.find((one) => addressesEqual(one.address, server));
  if (own !== undefined) return { sure: true, notes: [{ message: `${server} is an address of ${node.name}`, at: own.site }] };
  if (/^(?:127\.|::1$)/u.test(server)) return { sure: true, notes: [] };
  if (cluster.nodes.some((other) => other !== node && other.addresses.some((one) => addressesEqual(one.address, server)))) return undefined;
  const elsewhere = cluster.nodes.flatMap((other) =>
    other === node || other.configuration === undefined ? [] : sameService(other, other.configuration, vip, virtualServer),
  );
  if (elsewhere.length === 0) {
    const others = cluster.nodes.some((other) => other !== node && other.configuration !== undefined);
    const elsewhereInSubnet = node.addresses.some((one) => sameSubnet(one.address, server));
    return others || elsewhereInSubnet || !sameSubnet(server, vip) ? undefined : { sure: false, notes: [] };
  }
  const listed = elsewhere.map(({ service }) => service.realServers);
  const single = listed.flatMap((servers) =>
    servers.length === 1 && servers[0]?.address.value !== undefined ? canonicalAddress(servers[0].address.value) : [],
  );
  if (single.length < listed.length || new Set([server, ...single]).size <= single.length) return undefined;
  return {
    sure: true,
    notes: elsewhere.map(({ name, service }) => ({ message: `${name} lists only its own, too`, at: service.realServers[0]!.address.site })),
  };
};

/** The service of the same address and port on another director. */
const sameService = (
  other: NodeModel,
  configuration: Configuration,
  vip: string,
  like: VirtualServer,
): readonly { readonly name: string; readonly service: VirtualServer }[] => {
  const port = like.service.kind === "address" ? like.service.port?.value : undefined;
  return configuration.virtualServers
    .filter((service) =>
      endpointsOf(configuration, service).some(
        (one) => one.address === vip && (port === undefined || one.port === undefined || one.port === port),
      ),
    )
    .map((service) => ({ name: other.name, service }));
};

/** A guess at the subnet, as 24 bits of IPv4 and 64 of IPv6. */
const sameSubnet = (a: string, b: string): boolean => {
  const [left, right] = [parseAddress(a), parseAddress(b)];
  if (left === undefined || right === undefined || left.family !== right.family) return false;
  const prefixOf = (text: string): string =>
    left.family === 4 ? text.slice(0, text.lastIndexOf(".")) : text.split(":").slice(0, 4).join(":");
  return prefixOf(left.text) === prefixOf(right.text);
};
