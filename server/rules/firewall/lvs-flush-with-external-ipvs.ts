import { walkItems } from "../../model/node/items.ts";
import { factFiles } from "../../model/cluster/facts.ts";
import { isCollected } from "../../model/cluster/collected.ts";
import { sameService, serviceKey, servicesOf, serviceText } from "../../model/cluster/lvs.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "lvs-flush-with-external-ipvs",
  summary: "`lvs_flush` empties the IPVS table when keepalived starts, with services that something else puts there.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_daemon.c:410"],
  subject: "node",

  *check(node) {
    const { configuration } = node;
    const flush = [...walkItems(configuration?.tree.items ?? [])].find(
      ({ keyword, parent }) => keyword.value === "lvs_flush" && parent?.keyword.value === "global_defs",
    );
    if (configuration === undefined || flush === undefined) return;
    const services = servicesOf(configuration);
    for (const { file, effects } of factFiles(node)) {
      // The table of a running director holds keepalived's own services as well.
      for (const effect of effects) {
        const key = effect.kind === "ipvs" && effect.action === "add-service" ? serviceKey(effect.service) : undefined;
        if (key === undefined || services.some((one) => sameService(one.key, key))) continue;
        yield {
          at: flush.keyword.site,
          message: `lvs_flush wipes ${serviceText(key)}, which keepalived does not hold: it is gone after every start of keepalived`,
          notes: [
            {
              message: isCollected(file) ? "it was in the table when the files were collected" : "something else puts it there",
              at: effect.site,
            },
          ],
        };
        return;
      }
    }
  },
});
