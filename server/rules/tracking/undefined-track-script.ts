import { untrackable } from "../../analysis/references.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isSwallowed, lacks } from "../../model/node/lost.ts";
import { one } from "../../model/node/settings.ts";
import { placeOf, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "undefined-track-script",
  summary: "A tracked script that no vrrp_script defines: keepalived ignores the line, and nothing is checked.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:216"],
  subject: "configuration",

  *check(configuration) {
    // One that is removed because it has no command is not there for those who track it.
    const removed = new Set(
      configuration.scripts
        .filter(({ item }) => lacks(configuration, item, "script") || one(item, "script")?.args.length === 0)
        .map(({ name }) => name.value),
    );
    for (const { kind, name, item } of configuration.symbols.references)
      if (kind === "script" && removed.has(name.value) && item.parent?.keyword.value === "track_script" && !isSwallowed(item))
        yield {
          at: name.site,
          message: `${shown(name.value)} is tracked by ${placeOf(item.parent)}, and its vrrp_script has no command: keepalived has removed it`,
        };
    yield* untrackable(configuration, "script", { within: ["track_script"], definition: "vrrp_script", so: "nothing is checked" });
  },
});
