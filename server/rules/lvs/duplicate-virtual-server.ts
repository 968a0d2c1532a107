import type { Site } from "../../../grammar/text.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle } from "../../analysis/wording.ts";
import { servicesOf, serviceText, type Service } from "../../model/cluster/lvs.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, VirtualServer } from "../../model/node/model.ts";
import { serviceFamily } from "../../model/node/service-families.ts";

export default defineRule({
  id: "duplicate-virtual-server",
  summary: "Two virtual_server blocks for one service: the kernel has it once, and both fill it with their servers.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/ipvswrapper.c:222", "keepalived v2.4.3 keepalived/check/ipwrapper.c:47"],
  subject: "configuration",
  fix: "safe",

  *check(configuration) {
    const seen = new Map<string, Service>();
    const told = new Set<VirtualServer>();
    for (const service of servicesOf(configuration)) {
      const key = keyOf(service);
      const first = key === undefined ? undefined : seen.get(key);
      if (key !== undefined && first === undefined) seen.set(key, service);
      if (first === undefined || first.server === service.server || told.has(service.server)) continue;
      // keepalived counts who uses the entries of one group: several services may share it.
      if (sameGroup(first.server, service.server)) continue;
      told.add(service.server);
      yield {
        at: placeOf(service),
        message: `${blockTitle(service.server.item)} is a second block for ${serviceText(service.key)}: the kernel keeps one service with the scheduler of the first and the servers of both`,
        notes: [{ message: "the first one", at: placeOf(first) }],
        fixes: remove(configuration, first.server, service.server),
      };
    }
  },
});

/** Services of marks are told apart by family too; one whose family nobody states is IPv4. */
const keyOf = ({ key, server }: Service): string | undefined => {
  if (key.kind === "address") return serviceText(key);
  return server.service.kind === "group" ? undefined : `${serviceText(key)} ${serviceFamily(server).family ?? 4}`;
};

const placeOf = ({ server, site }: Service): Site => (server.service.kind === "group" ? site : server.item.keyword.site);

const sameGroup = (a: VirtualServer, b: VirtualServer): boolean =>
  a.service.kind === "group" && b.service.kind === "group" && a.service.name?.value === b.service.name?.value;

/** Only a copy can go without a difference. */
const remove = (configuration: Configuration, first: VirtualServer, second: VirtualServer): readonly Fix[] =>
  second.service.kind === "address" && textOf(first.item) === textOf(second.item)
    ? fixWith("Remove the copy", "safe", removeItem(configuration.source, second.item))
    : [];

const textOf = ({ keyword, args, items }: ConfigItem): string =>
  JSON.stringify([[keyword, ...args].map(({ value }) => value), items.map(textOf)]);
