import { beginsHere, endOf } from "../../analysis/places.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";

export default defineRule({
  id: "track-file-missing",
  summary: "A track_file block without file: keepalived ignores it, and whoever tracks it tracks nothing.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/trackers/track_file.c:385",
    "measured: `keepalived -t` of 2.2.7 says that no file is set and ignores the block",
  ],
  subject: "item",

  *check(item, { node: { configuration } }) {
    const isBlock = item.kind === "block" && item.context === "" && item.entry !== undefined;
    if (configuration === undefined || !isBlock || !/^(?:vrrp_)?track_file$/u.test(item.keyword.value)) return;
    const name = item.args[0];
    if (name === undefined || !lacks(configuration, item, "file")) return;
    yield {
      at: endOf(item),
      message: `${item.keyword.value} ${shown(name.value)} names no file: keepalived ignores it, and whoever tracks it tracks nothing`,
      notes: beginsHere(item),
    };
  },
});
