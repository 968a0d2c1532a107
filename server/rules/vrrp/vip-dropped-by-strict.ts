import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import type { Site } from "../../../grammar/text.ts";
import { fixWith, removeLine } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";
import { basePriority, isStrict, vrrpVersion } from "../../model/node/defaults.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "vip-dropped-by-strict",
  summary: "In strict mode the master drops what is sent to the virtual address itself: services on it cannot be reached.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:175",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3601",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3607",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    const endsOnUnicast = compareVersions(version, "2.4.0") >= 0;
    const causes = new Map<Site, { readonly why: string; readonly instances: VrrpInstance[] }>();
    for (const instance of configuration.instances) {
      const cause = dropping(configuration, instance);
      // Such an instance ends the daemon, which is told as that.
      if (cause === undefined || (endsOnUnicast && cause.why !== "no_accept" && instance.unicastPeers.length > 0)) continue;
      const known = causes.get(cause.at) ?? { why: cause.why, instances: [] };
      known.instances.push(instance);
      causes.set(cause.at, known);
    }
    for (const [at, { why, instances }] of causes) {
      const names = list(instances.map(({ name }) => name.value));
      const refused = instances.flatMap(({ item }) => all(item, "accept"));
      yield {
        at,
        message: `${why} makes the master drop what is sent to the virtual addresses of ${names}: they can be routed through, not reached`,
        notes: [
          ...refused.map(({ keyword }) => ({
            message: "accept is ignored here: with version 2 strict mode does not allow it",
            at: keyword.site,
          })),
          { message: "accept lets them answer, with version 3 only" },
        ],
        fixes: fixWith(`Remove ${why}`, "review", removeLine(configuration.source, at)),
      };
    }
  },
});

/** What switches the answers off; undefined when they are on or nobody knows. */
const dropping = (configuration: Configuration, instance: VrrpInstance): { readonly at: Site; readonly why: string } | undefined => {
  const { item, strict: own, virtualAddresses, excludedAddresses } = instance;
  if (virtualAddresses.length + excludedAddresses.length === 0) return undefined;
  // The owner of the addresses answers in any case.
  const priority = basePriority(instance);
  if (priority === undefined || priority === 255) return undefined;
  // The later of the two counts.
  const last = all(item, "accept", "no_accept").at(-1);
  if (last?.keyword.value === "no_accept") return { at: last.keyword.site, why: "no_accept" };
  const setting = own ?? configuration.global.strict;
  if (setting === undefined || isStrict(configuration, instance) !== true) return undefined;
  if (last !== undefined && vrrpVersion(configuration, instance) !== 2) return undefined;
  return { at: setting.site, why: setting === own ? "strict_mode" : "vrrp_strict" };
};
