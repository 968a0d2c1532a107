import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { effectiveAuthentication } from "../../model/node/defaults.ts";
import { all, one } from "../../model/node/settings.ts";

export default defineRule({
  id: "auth-and-auth-hmac",
  summary: "`auth_hmac` takes the place of `authentication`: beside it, keepalived drops the old password.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3360"],
  subject: "vrrpInstance",
  fix: "safe",

  *check(instance, { node, version }) {
    const { configuration } = node;
    const { authentication, item, name } = instance;
    const hmac = one(item, "auth_hmac");
    if (configuration === undefined || authentication === undefined || hmac === undefined) return;
    // Before 2.4.0 the word is unknown; where version 3 or strict mode drop the password, that is told.
    if (compareVersions(version, "2.4.0") < 0) return;
    const { kind } = effectiveAuthentication(configuration, instance);
    if (kind !== "PASS" && kind !== "AH") return;
    const blocks = all(item, "authentication");
    yield {
      at: authentication.item.keyword.site,
      message: `authentication in ${name.value} is dropped: auth_hmac takes its place`,
      notes: [{ message: "auth_hmac is set here", at: hmac.keyword.site }],
      fixes:
        blocks.length > 1 ? [] : fixWith("Remove the authentication block", "safe", removeItem(configuration.source, authentication.item)),
    };
  },
});
