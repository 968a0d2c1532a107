import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { counted } from "../../analysis/wording.ts";
import { hasUnreadIncludes, lacks } from "../../model/node/lost.ts";
import { all } from "../../model/node/settings.ts";

export default defineRule({
  id: "use-check-unicast-src",
  summary: "Unicast takes adverts from any address unless `check_unicast_src` says that only the listed peers count.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp.c:1326", "keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1090"],
  subject: "configuration",
  fix: "review",

  *check(configuration, { version }) {
    if (hasUnreadIncludes(configuration)) return;
    const globals = configuration.tree.items.filter(({ keyword }) => keyword.value === "global_defs").flatMap(({ items }) => items);
    if (globals.some(({ keyword }) => keyword.value === "vrrp_check_unicast_src")) return;
    const open = configuration.instances.flatMap(({ item, name }) => {
      const block = all(item, "unicast_peer").find(({ items }) => items.length > 0);
      const checked = all(item, "unicast_peer").some(({ items }) =>
        items.some(({ args }) => args.some(({ value }) => value === "min_ttl" || value === "max_ttl")),
      );
      return block === undefined || checked || !lacks(configuration, item, "check_unicast_src") ? [] : [{ name: name.value, block }];
    });
    const [first] = open;
    if (first === undefined) return;
    const { keyword, site } = first.block;
    const indentation = configuration.source.indentation(site);
    // The word is known from 2.1.0 on.
    const fixable = open.length === 1 && indentation !== undefined && compareVersions(version, "2.1.0") >= 0;
    yield {
      at: keyword.site,
      message: `${first.name} takes adverts from any address, not only from its unicast_peer${open.length === 1 ? "" : `, and so ${open.length === 2 ? "does" : "do"} ${counted(open.length - 1, "other instance")} of this node`}`,
      notes: open.slice(1).map(({ block, name }) => ({ message: `peers of ${name}`, at: block.keyword.site })),
      fixes: fixable
        ? fixWith("Add check_unicast_src", "review", [insertAt(site.file, site.span.start, `check_unicast_src\n${indentation}`)])
        : [],
    };
  },
});
