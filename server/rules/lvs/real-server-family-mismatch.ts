import type { Site } from "../../../grammar/text.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, logNote, shown } from "../../analysis/wording.ts";
import type { VirtualServer, VirtualServerGroup } from "../../model/node/model.ts";
import { groupFamilies, serviceFamily } from "../../model/node/service-families.ts";

export default defineRule({
  id: "real-server-family-mismatch",
  summary: "IPv4 and IPv6 in one service: keepalived skips the servers, or the group, that do not fit.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/check/check_parser.c:671",
    "keepalived v2.4.3 keepalived/check/check_parser.c:135",
    "keepalived v2.4.3 keepalived/check/ipwrapper.c:1241",
  ],
  subject: "configuration",

  *check({ virtualServers, virtualServerGroups, groupOf }) {
    for (const group of virtualServerGroups) yield* mixedGroup(group);
    for (const virtualServer of virtualServers) {
      const { service } = virtualServer;
      yield* skippedServers(virtualServer);
      const group = groupOf(service);
      if (group !== undefined) yield* otherThanGroup(virtualServer, group);
    }
  },
});

function* skippedServers(virtualServer: VirtualServer): Generator<RuleFinding> {
  const { family, by, servers } = serviceFamily(virtualServer);
  const none = servers.length === virtualServer.realServers.length;
  for (const { site, address, family: own } of servers)
    yield {
      at: site,
      message: `real_server ${shown(address)} is skipped: it is IPv${own}, ${blockTitle(virtualServer.item)} is IPv${family}, and only TUN may mix them`,
      notes: [
        ...(by === undefined ? [] : [{ message: `this makes the service IPv${family}`, at: by }]),
        ...(none ? [{ message: "no real_server remains: keepalived drops the whole service" }] : []),
        ...logNote(virtualServer, true),
      ],
    };
}

function* mixedGroup(group: VirtualServerGroup): Generator<RuleFinding> {
  const { has4, has6, bareMark } = groupFamilies(group);
  if (has4 === undefined || has6 === undefined || bareMark === undefined) return;
  const [first, second, last] = [has4, has6, bareMark].toSorted((a, b) => a.span.start - b.span.start) as [Site, Site, Site];
  yield {
    at: last,
    message: `${blockTitle(group.item)} is removed: it has IPv4, IPv6 and a firewall mark without inet or inet6, which could be either`,
    notes: [
      { message: "beside this entry", at: first },
      { message: "and this one", at: second },
    ],
  };
}

function* otherThanGroup(virtualServer: VirtualServer, group: VirtualServerGroup): Generator<RuleFinding> {
  const { family, by } = serviceFamily(virtualServer);
  const { has4, has6 } = groupFamilies(group);
  const [groupFamily, entry] = has4 === undefined ? ([6, has6] as const) : ([4, has6 === undefined ? has4 : undefined] as const);
  if (family === undefined || entry === undefined || groupFamily === family) return;
  yield {
    at: virtualServer.service.site,
    message: `${blockTitle(virtualServer.item)} is ignored: it is IPv${family}, and the addresses of the group are IPv${groupFamily}`,
    notes: [
      ...(by === undefined ? [] : [{ message: `this makes it IPv${family}`, at: by }]),
      { message: `an IPv${groupFamily} entry of the group`, at: entry },
      ...logNote(virtualServer),
    ],
  };
}
