import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import type { Configuration, ServiceAddress } from "../../model/node/model.ts";

export default defineRule({
  id: "zero-port-needs-persistence",
  summary: "A service of all ports works with persistence only: keepalived switches it on.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1115", "keepalived v2.4.3 keepalived/check/check_data.c:1126"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { item, service, realServers } = virtualServer;
    const { configuration } = node;
    if (configuration === undefined || realServers.length === 0 || !hasNoPort(configuration, service)) return;
    if (!lacks(configuration, item, "persistence_timeout", "persistence_granularity")) return;
    const indentation = configuration.source.indentation(item.items[0]?.site ?? item.site);
    yield {
      at: item.keyword.site,
      message: `${blockTitle(item)} has no port and no persistence: keepalived sets persistence_timeout 360`,
      notes: logNote(virtualServer),
      fixes:
        item.open === undefined || item.open.via !== undefined || indentation === undefined
          ? []
          : fixWith("Write persistence_timeout 360, as keepalived takes it", "safe", [
              insertAt(item.open.file, item.open.span.end, `\n${indentation}persistence_timeout 360`),
            ]),
    };
  },
});

const hasNoPort = ({ groupOf }: Configuration, service: ServiceAddress): boolean => {
  if (service.kind === "address") return service.port === undefined || service.port.value === 0;
  if (service.kind === "fwmark") return false;
  const group = groupOf(service);
  return group?.entries.some((entry) => entry.kind === "address" && (entry.port === undefined || entry.port.value === 0)) === true;
};
