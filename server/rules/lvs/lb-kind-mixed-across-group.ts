import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, list } from "../../analysis/wording.ts";
import { forwardingOf, type Forwarding } from "../../model/cluster/lvs.ts";
import { endpointsOf } from "../../model/node/databases.ts";
import type { Configuration, RealServer, VirtualServer } from "../../model/node/model.ts";

const words: Readonly<Record<Forwarding, string>> = { direct: "DR", tunnel: "TUN", nat: "NAT" };

export default defineRule({
  id: "lb-kind-mixed-across-group",
  summary: "Servers of one service, or services of one address and server, are forwarded to in different ways.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1180"],
  subject: "configuration",

  *check(configuration) {
    for (const virtualServer of configuration.virtualServers) yield* withinService(virtualServer);
    yield* acrossServices(configuration);
  },
});

function* withinService(virtualServer: VirtualServer): Generator<RuleFinding> {
  const [first, ...rest] = virtualServer.realServers.flatMap((server) => {
    const method = forwardingOf(virtualServer, server);
    return method === undefined ? [] : [{ server, method }];
  });
  const other = rest.find(({ method }) => method !== first?.method);
  if (first === undefined || other === undefined) return;
  const own = other.server.forwarding ?? first.server.forwarding;
  yield {
    at: own?.site ?? other.server.item.keyword.site,
    message: `the servers of ${blockTitle(virtualServer.item)} are reached by ${list([words[first.method], words[other.method]])}: each kind wants its servers prepared differently`,
    notes: [
      { message: `${words[first.method]} here`, at: first.server.item.keyword.site },
      { message: `${words[other.method]} here`, at: other.server.item.keyword.site },
    ],
  };
}

interface Use {
  readonly virtualServer: VirtualServer;
  readonly server: RealServer;
  readonly method: Forwarding;
}

function* acrossServices(configuration: Configuration): Generator<RuleFinding> {
  const uses = new Map<string, Use>();
  const told = new Set<VirtualServer>();
  for (const virtualServer of configuration.virtualServers) {
    const addresses = new Set(endpointsOf(configuration, virtualServer).map(({ address }) => address));
    for (const server of virtualServer.realServers) {
      const method = forwardingOf(virtualServer, server);
      if (method === undefined || server.address.value === undefined) continue;
      for (const address of addresses) {
        const key = `${address} ${canonicalAddress(server.address.value)}`;
        const first = uses.get(key);
        if (first === undefined) uses.set(key, { virtualServer, server, method });
        if (first === undefined || first.method === method || first.virtualServer === virtualServer || told.has(virtualServer)) continue;
        told.add(virtualServer);
        yield {
          at: (server.forwarding ?? virtualServer.forwarding)?.site ?? virtualServer.item.keyword.site,
          message: `${server.address.value} is reached by ${words[method]} in ${blockTitle(virtualServer.item)} and by ${words[first.method]} in ${blockTitle(first.virtualServer.item)}, with the same virtual address`,
          notes: [{ message: `${words[first.method]} here`, at: first.server.item.keyword.site }],
        };
      }
    }
  }
}
