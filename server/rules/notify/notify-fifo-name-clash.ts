import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { globalStatement } from "../../model/node/commands.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "notify-fifo-name-clash",
  summary: "Two notify FIFOs of one name: keepalived ignores one of them.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/core/global_data.c:387",
    "keepalived v2.4.3 keepalived/core/global_data.c:402",
    "keepalived v2.4.3 keepalived/core/global_data.c:415",
  ],
  subject: "configuration",

  *check(configuration) {
    const common = nameOf(configuration, "notify_fifo");
    const vrrp = nameOf(configuration, "vrrp_notify_fifo");
    const lvs = nameOf(configuration, "lvs_notify_fifo");
    for (const own of [vrrp, lvs]) {
      if (common === undefined || own === undefined || own.word.value !== common.word.value) continue;
      yield {
        at: own.word.site,
        message: `${own.keyword} and notify_fifo have the same name, ${shown(own.word.value)}: keepalived ignores ${own.keyword}`,
        notes: [{ message: "notify_fifo is named here", at: common.word.site }],
      };
    }
    if (vrrp === undefined || lvs === undefined || vrrp.word.value !== lvs.word.value || vrrp.word.value === common?.word.value) return;
    const [vrrpScript, lvsScript] = ["vrrp_notify_fifo_script", "lvs_notify_fifo_script"].map((name) =>
      globalStatement(configuration, name),
    );
    if (vrrpScript === undefined || lvsScript === undefined) return;
    yield {
      at: lvs.word.site,
      message: `lvs_notify_fifo and vrrp_notify_fifo have the same name, ${shown(lvs.word.value)}: keepalived ignores lvs_notify_fifo_script`,
      notes: [{ message: "vrrp_notify_fifo is named here", at: vrrp.word.site }],
    };
  },
});

interface Named {
  readonly keyword: string;
  readonly word: ConfigWord;
}

/** The daemon keeps the first name (global_parser.c:1470). */
const nameOf = ({ tree }: Configuration, keyword: string): Named | undefined => {
  const items: readonly ConfigItem[] = tree.items.flatMap((block) => (block.keyword.value === "global_defs" ? block.items : []));
  const word = items.find((item) => item.keyword.value === keyword)?.args[0];
  return word === undefined || isUnexpanded(word.value) ? undefined : { keyword, word };
};
