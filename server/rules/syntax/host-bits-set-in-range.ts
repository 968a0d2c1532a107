import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues } from "../../analysis/values.ts";

export default defineRule({
  id: "host-bits-set-in-range",
  summary: "A network in a virtual_server_group whose address has bits behind the prefix: keepalived skips it.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_data.c:311"],
  subject: "wrongItem",

  *check(item, { version }) {
    for (const wrong of wrongValues(item, version, ["bad-range"]))
      if (wrong.check.reason === "host-bits")
        yield { at: wrong.word.site, message: `${namedValue(wrong)} has bits set behind its prefix: keepalived skips the whole range` };
  },
});
