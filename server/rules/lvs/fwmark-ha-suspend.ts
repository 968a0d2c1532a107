import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote } from "../../analysis/wording.ts";
import type { Configuration, ServiceAddress } from "../../model/node/model.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "fwmark-ha-suspend",
  summary: "`ha_suspend` waits for an address, and a firewall mark service has none: keepalived clears it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:1085"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    const line = one(virtualServer.item, "ha_suspend");
    if (configuration === undefined || line === undefined || !hasMark(configuration, virtualServer.service)) return;
    yield {
      at: line.keyword.site,
      message: `ha_suspend has no effect in ${blockTitle(virtualServer.item)}: a firewall mark is no address that could be held`,
      notes: logNote(virtualServer),
      fixes: fixWith("Remove the line", "safe", removeItem(configuration.source, line)),
    };
  },
});

const hasMark = ({ groupOf }: Configuration, service: ServiceAddress): boolean => {
  if (service.kind !== "group") return service.kind === "fwmark";
  const group = groupOf(service);
  return group?.entries.some(({ kind }) => kind === "fwmark") === true;
};
