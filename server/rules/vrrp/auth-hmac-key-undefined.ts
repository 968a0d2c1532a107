import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";
import { lacks, mayHoldMore } from "../../model/node/lost.ts";
import { all, numberSetting, one } from "../../model/node/settings.ts";

export default defineRule({
  id: "auth-hmac-key-undefined",
  summary: "`auth_hmac` signs with a key that it does not have: keepalived sends unsigned adverts, and takes any.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:3364"],
  subject: "vrrpInstance",

  *check({ item, name }, { node, version }) {
    const hmac = one(item, "auth_hmac");
    if (hmac === undefined || node.configuration === undefined || compareVersions(version, "2.4.0") < 0) return;
    const statement = one(hmac, "active_key");
    if (statement === undefined) {
      if (lacks(node.configuration, hmac, "active_key"))
        yield {
          at: hmac.keyword.site,
          message: `auth_hmac of ${name.value} has no active_key: keepalived switches it off, and the adverts are unsigned`,
        };
      return;
    }
    const active = numberSetting(statement);
    const keys = all(hmac, "key").map((key) => numberSetting(key));
    if (active?.value === undefined || mayHoldMore(node.configuration, hmac)) return;
    // A key of this number that is too short is told there.
    if (keys.some((key) => key !== undefined && (key.value === undefined || key.value === active.value))) return;
    const known = keys.flatMap((key) => key?.value ?? []).map(String);
    yield {
      at: active.site,
      message: `active_key ${active.value} of ${name.value} is not among the keys of auth_hmac: keepalived switches it off, and the adverts are unsigned`,
      notes: known.length === 0 ? [] : [{ message: `it has ${known.length === 1 ? "key" : "keys"} ${list(known)}` }],
    };
  },
});
