import { fixWith, removeItem } from "../../analysis/edits.ts";
import { undefinedReferences } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { walkItems } from "../../model/node/items.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";
import { isTracked } from "../../model/node/usage.ts";

export default defineRule({
  id: "unused-vrrp-script",
  summary: "A vrrp_script that no track_script names: keepalived removes it, the check never runs.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:5288",
    "measured: a script that nobody tracks is not run; keepalived -t says nothing of it",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration) {
    const { scripts, instances, syncGroups, source, tree } = configuration;
    // A file of scripts alone is a piece of a configuration.
    if (instances.length + syncGroups.length === 0 || isTemplate(configuration) || hasUnreadIncludes(configuration)) return;
    // Lines that a lost brace took out of their block, or that stand in a wrong one, name it all the same.
    const words = new Set([...walkItems(tree.items)].map(({ keyword }) => keyword.value));
    const unused = scripts.filter(
      ({ command, name }) => command !== undefined && !isTracked(configuration, name.value) && !words.has(name.value),
    );
    // A name that is used and defined nowhere is most likely this script's: told there.
    const undefinedNames = new Set(undefinedReferences(configuration, "script", ["track_script"]).map(({ name }) => name.value));
    if (unused.length <= undefinedNames.size) return;
    for (const { name, item } of unused) {
      yield {
        at: name.site,
        message: `no track_script names ${shown(name.value)}: keepalived never runs it`,
        fixes: fixWith("Remove the vrrp_script", "review", removeItem(source, item)),
      };
    }
  },
});
