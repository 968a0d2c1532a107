import { defineRule } from "../../analysis/rule.ts";
import { isTemplate } from "../../model/node/lost.ts";
import { secretIn } from "../../model/node/secrets.ts";

export default defineRule({
  id: "secret-committed",
  summary: "A password or key stands in the file itself: whoever may read the repository knows it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1547"],
  off: true,
  subject: "item",

  *check(item, { node }) {
    const word = secretIn(item);
    if (word === undefined || node.configuration === undefined || isTemplate(node.configuration)) return;
    yield {
      at: word.site,
      message: `${item.keyword.value} holds a secret in plain text: ${cure[item.keyword.value] ?? "keep it out of the repository"}`,
    };
  },
});

const cure: Readonly<Record<string, string>> = {
  auth_pass: "let a template or a definition from outside fill it in",
  key: "file:PATH keeps it in a file of its own",
};
