import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";

/** What each block is about, by its keyword. */
const needed: Readonly<Record<string, { readonly keyword: string; readonly thing: string }>> = {
  vrrp_script: { keyword: "script", thing: "command" },
  vrrp_track_process: { keyword: "process", thing: "process" },
};

export default defineRule({
  id: "vrrp-script-without-script",
  summary: "A vrrp_script without a command, or a vrrp_track_process without a process: keepalived removes it, and nothing is tracked.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1831", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:2037"],
  subject: "item",

  *check(item, { node }) {
    const need = item.kind === "block" && item.context === "" ? needed[item.keyword.value] : undefined;
    const name = item.args[0];
    if (need === undefined || name === undefined || node.configuration === undefined) return;
    const statement = one(item, need.keyword);
    const bare = statement?.kind === "statement" && statement.args.length === 0 && need.keyword === "script";
    // To the daemon "" is the name of a process, if of none that could run.
    const empty = need.keyword === "script" && statement?.args[0]?.value.trim() === "";
    if (!(bare || empty || lacks(node.configuration, item, need.keyword))) return;
    yield {
      at: empty ? statement.keyword.site : endOf(item),
      message: `${item.keyword.value} ${shown(name.value)} has no ${need.thing}: keepalived removes it, and nothing is checked`,
      notes: bare ? [{ message: "this line names nothing", at: statement.keyword.site }] : empty ? [] : beginsHere(item),
    };
  },
});
