import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "smtp-check-helo-duplicate",
  summary: "An SMTP_CHECK with two helo_name lines: keepalived reports the second and uses it.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_smtp.c:274"],
  subject: "checker",

  *check({ type, item, realServer }) {
    if (type.value !== "SMTP_CHECK") return;
    const [first, ...more] = all(item, "helo_name").filter(({ args }) => args.length > 0);
    for (const line of more)
      yield {
        at: line.keyword.site,
        message: `a second helo_name in SMTP_CHECK of ${blockTitle(realServer.item)}: keepalived complains and takes ${shown(more.at(-1)!.args[0]!.value)}`,
        notes: [{ message: "this one is replaced", at: first!.keyword.site }],
      };
  },
});
