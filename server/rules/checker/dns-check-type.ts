import { wrongValues } from "../../analysis/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, list, shown } from "../../analysis/wording.ts";
import { one, wordSetting } from "../../model/node/settings.ts";

export default defineRule({
  id: "dns-check-type",
  summary: "A record type or a name that a DNS_CHECK cannot ask for: keepalived asks for the SOA of the root instead.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_dns.c:492", "keepalived v2.4.3 keepalived/check/check_dns.c:525"],
  subject: "checker",

  *check({ type, item }, { version }) {
    if (type.value !== "DNS_CHECK") return;
    for (const line of item.items) {
      if (line.keyword.value !== "type") continue;
      for (const wrong of wrongValues(line, version, ["unknown-value"]))
        yield {
          at: wrong.word.site,
          message: `DNS_CHECK cannot ask for ${shown(wrong.word.value)}, and asks for SOA: it knows ${list(wrong.check.values, "and", 14)}${didYouMean(wrong.check.nearest)}`,
        };
    }
    const name = wordSetting(one(item, "name"));
    if (name?.value === undefined || !/^\.[^]|\.\./u.test(name.value)) return;
    yield {
      at: name.site,
      message: `DNS_CHECK cannot ask for the name ${shown(name.value)}, which has an empty label, and asks for the root`,
    };
  },
});
