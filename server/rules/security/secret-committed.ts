import { defineRule } from "../../analysis/rule.ts";
import { isTrivialPassword } from "../../model/cluster/passwords.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isTemplate } from "../../model/node/lost.ts";
import { isUnknownWord } from "../../model/node/settings.ts";

export default defineRule({
  id: "secret-committed",
  summary: "A password or key stands in the file itself: whoever may read the repository knows it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1547"],
  off: true,
  subject: "item",

  *check(item, { node }) {
    const word = secretOf(item);
    if (word === undefined || node.configuration === undefined || isUnknownWord(item, word) || isTemplate(node.configuration)) return;
    // What everybody knows is no secret; a placeholder is none either.
    if (isTrivialPassword(word.value) || /^[<[{%@].*[>\]}%@]$/u.test(word.value)) return;
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

const secretOf = ({ keyword, args, parent }: ConfigItem): ConfigWord | undefined => {
  const block = parent?.keyword.value;
  if (keyword.value === "auth_pass" && block === "authentication") return args[0];
  return keyword.value === "key" && block === "auth_hmac" && args[1]?.value.startsWith("file:") !== true ? args[1] : undefined;
};
