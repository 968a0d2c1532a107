import type { Note } from "../../analysis/finding.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isStrict, vrrpVersion } from "../../model/node/defaults.ts";
import { familyReading } from "../../model/node/family.ts";
import type { Configuration, VrrpInstance } from "../../model/node/model.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "auth-with-version-3",
  summary: "VRRP version 3 has no authentication: keepalived ignores the block.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3327"],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node }) {
    const { configuration } = node;
    const { authentication, item, name } = instance;
    const type = authentication?.type?.value;
    if (configuration === undefined || authentication === undefined || (type !== "PASS" && type !== "AH")) return;
    // Strict mode drops it first, and says so.
    if (vrrpVersion(configuration, instance) !== 3 || isStrict(configuration, instance) !== false) return;
    const blocks = all(item, "authentication");
    yield {
      at: authentication.item.keyword.site,
      message: `authentication in ${name.value} is ignored: version 3 has none`,
      notes: [...reason(configuration, instance), { message: "auth_hmac, from keepalived 2.4.0 on, signs the adverts of version 3" }],
      fixes:
        blocks.length > 1 ? [] : fixWith("Remove the authentication block", "safe", removeItem(configuration.source, authentication.item)),
    };
  },
});

/** Where the version comes from. */
const reason = ({ global }: Configuration, { item, version }: VrrpInstance): readonly Note[] => {
  const { family, by } = familyReading(item);
  if (version?.value === 3) return [{ message: "version 3 is set here", at: version.site }];
  if (family === 6 && by !== undefined) return [{ message: "IPv6 means version 3", at: by.word.site }];
  return global.vrrpVersion === undefined ? [] : [{ message: "version 3 is set here", at: global.vrrpVersion.site }];
};
