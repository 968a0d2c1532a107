import { defineRule } from "../../analysis/rule.ts";
import { isStrict, vrrpVersion } from "../../model/node/defaults.ts";
import { lacks } from "../../model/node/lost.ts";
import { secondOnLine } from "../../model/node/second.ts";

export default defineRule({
  id: "auth-pass-missing",
  summary: "`auth_type` without `auth_pass`: keepalived runs without authentication, and its peers refuse its adverts.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3333"],
  seen: { log: ["Authentication specified but no password given"] },
  subject: "vrrpInstance",

  *check(instance, { node }) {
    const { authentication, name } = instance;
    const { configuration } = node;
    if (authentication?.type?.value === undefined || configuration === undefined) return;
    // Elsewhere authentication is dropped as a whole.
    if (vrrpVersion(configuration, instance) !== 2 || isStrict(configuration, instance) !== false) return;
    if (!lacks(configuration, authentication.item, "auth_pass")) return;
    // A password on the line of auth_type is lost, and told as that.
    if (authentication.item.items.some((item) => secondOnLine(item) !== undefined)) return;
    yield {
      at: authentication.item.keyword.site,
      message: `${name.value} has auth_type ${authentication.type.value} and no auth_pass: keepalived drops the authentication`,
    };
  },
});
