import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { allServicesKnown, forwardingOf, type Service, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import type { RealServer } from "../../model/node/model.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "virtual-server-drift",
  summary: "Directors of one cluster that balance differently: other services, schedulers, forwarding methods or real servers.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1144", "keepalived v2.4.3 keepalived/check/check_data.c:1182"],
  subject: "cluster",

  *check(cluster) {
    const [first, ...others] = directorsOf(cluster);
    if (first === undefined) return;
    for (const other of others) {
      if (!arePeers(cluster, first.node, other.node)) continue;
      const common = other.services.flatMap((service) => {
        const there = first.services.find(({ key }) => serviceText(key) === serviceText(service.key));
        return there === undefined ? [] : [{ service, there }];
      });
      // Without one common service the nodes have different work.
      if (common.length === 0) continue;
      yield* lackingServices(other, first);
      yield* lackingServices(first, other);
      for (const { service, there } of common) yield* differences(other.node, service, first.node, there);
    }
  },
});

interface Director {
  readonly node: NodeModel;
  readonly services: readonly Service[];
}

const directorsOf = ({ nodes }: ClusterModel): readonly Director[] =>
  nodes.flatMap((node) => {
    const { configuration } = node;
    if (configuration === undefined || hasUnreadIncludes(configuration) || isTemplate(configuration) || !allServicesKnown(configuration))
      return [];
    const services = servicesOf(configuration);
    return services.length === 0 ? [] : [{ node, services }];
  });

const arePeers = ({ links, stated }: ClusterModel, a: NodeModel, b: NodeModel): boolean =>
  stated === true || links.some(({ nodes }) => nodes.includes(a) && nodes.includes(b));

/** Services of an address that the other has and this one has not; marks are each node's own. */
function* lackingServices(here: Director, there: Director): Generator<RuleFinding> {
  const own = new Set(here.services.map(({ key }) => serviceText(key)));
  for (const { key, site } of there.services) {
    if (key.kind === "fwmark" || own.has(serviceText(key))) continue;
    yield {
      at: site,
      message: `${serviceText(key)} is balanced by ${there.node.name} and not by ${here.node.name}: while ${here.node.name} is master nobody answers there`,
      nodes: [there.node, here.node],
    };
  }
}

function* differences(node: NodeModel, mine: Service, other: NodeModel, theirs: Service): Generator<RuleFinding> {
  const found = [...methods(mine, theirs), ...servers(mine, theirs, node, other)];
  const [first] = found;
  if (first === undefined) return;
  yield {
    at: first.at,
    message: `${serviceText(mine.key)} of ${node.name} is not what ${other.name} makes of it: ${list(found.map(({ text }) => text))}`,
    notes: found.map(({ there, name }) => ({ message: `${name} on ${other.name}`, at: there })),
    nodes: [other, node],
  };
}

interface Difference {
  readonly name: string;
  readonly text: string;
  readonly at: Site;
  readonly there: Site;
}

/** Scheduler and forwarding method. */
const methods = (mine: Service, theirs: Service): readonly Difference[] => {
  const found: Difference[] = [];
  const [scheduler, expected] = [mine.server.scheduler, theirs.server.scheduler];
  const known = (scheduler === undefined || scheduler.value !== undefined) && (expected === undefined || expected.value !== undefined);
  const [name, other] = [scheduler?.value ?? "wlc", expected?.value ?? "wlc"];
  if (known && name !== other)
    found.push({
      name: "the scheduler",
      text: `scheduler ${name} instead of ${other}`,
      at: scheduler?.site ?? mine.site,
      there: expected?.site ?? theirs.site,
    });
  const [way, otherWay] = [forwardingOf(mine.server), forwardingOf(theirs.server)];
  if (way !== undefined && otherWay !== undefined && way !== otherWay)
    found.push({
      name: "the forwarding method",
      text: `${way} instead of ${otherWay} forwarding`,
      at: mine.server.forwarding?.site ?? mine.site,
      there: theirs.server.forwarding?.site ?? theirs.site,
    });
  return found;
};

/** Real servers that only one of them has. That each lists itself alone, as directors of databases do, is meant. */
const servers = (mine: Service, theirs: Service, node: NodeModel, other: NodeModel): readonly Difference[] => {
  const [here, there] = [serversOf(mine), serversOf(theirs)];
  if (here === undefined || there === undefined) return [];
  const [missing, extra] = [[...there].filter(([key]) => !here.has(key)), [...here].filter(([key]) => !there.has(key))];
  if (missing.length + extra.length === 0) return [];
  if (here.size === 1 && there.size === 1) return [];
  if (listsItself(here, node) && listsItself(there, other)) return [];
  const [lost, more] = [missing[0], extra[0]];
  return [
    ...(lost === undefined
      ? []
      : [
          {
            name: lost[0],
            text: `real_server ${list(
              missing.map(([key]) => key),
              "and",
              3,
            )} is missing`,
            at: mine.site,
            there: lost[1].address.site,
          },
        ]),
    ...(more === undefined
      ? []
      : [
          {
            name: "the service",
            text: `real_server ${list(
              extra.map(([key]) => key),
              "and",
              3,
            )} is there only`,
            at: more[1].address.site,
            there: theirs.site,
          },
        ]),
  ];
};

/** Undefined where one cannot be read. */
const serversOf = ({ server }: Service): ReadonlyMap<string, RealServer> | undefined => {
  const found = new Map<string, RealServer>();
  for (const one of server.realServers) {
    const { address, port } = one;
    if (address.value === undefined || (port !== undefined && port.value === undefined)) return undefined;
    found.set(`${canonicalAddress(address.value)}${port === undefined ? "" : ` ${port.value}`}`, one);
  }
  return found;
};

const listsItself = (listed: ReadonlyMap<string, RealServer>, { addresses }: NodeModel): boolean =>
  [...listed.values()].every(({ address }) => addresses.some((own) => own.address === canonicalAddress(address.value!)));
