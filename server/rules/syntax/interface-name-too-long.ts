import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues } from "../../analysis/values.ts";

export default defineRule({
  id: "interface-name-too-long",
  summary: "Linux interface names have at most 15 characters: no interface can have this name.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:858", "Linux IFNAMSIZ"],
  subject: "wrongItem",

  *check(item, { version }) {
    for (const wrong of wrongValues(item, version, ["too-long"], ({ type }) => type === "interface"))
      yield {
        at: wrong.word.site,
        message: `${namedValue(wrong)} has ${wrong.check.length} characters; an interface name has at most ${wrong.check.maxLength}`,
      };
  },
});
