import { fixWith, insertAt, replaceWord } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shellSigns } from "../../model/node/shell-signs.ts";
import { trackingsOf } from "../../model/node/usage.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "script-single-strike",
  summary: "A check without fall: a single failed run counts.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_data.c:1293", "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1411"],
  subject: "vrrpScript",
  fix: "review",

  *check(script, { node: { configuration } }) {
    const { item, name, command, fall } = script;
    if (command === undefined || configuration === undefined) return;
    const uses = trackingsOf(configuration, script);
    if (uses.length === 0) return;
    const written = one(item, "fall");
    if (written !== undefined && fall?.value !== 1) return;
    // A command that does not start is told as that.
    if (shellSigns(command).length > 0) return;
    const indentation = configuration.source.indentation(command.item.site);
    const word = written?.args[0];
    // Without a weight the instance goes into FAULT; what a weight moves depends on the other nodes.
    const effect = uses.some(({ weight }) => weight === 0) ? "moves the address" : "changes the priority";
    yield {
      at: fall?.site ?? name.site,
      message: `one failed run of ${name.value} is enough: ${written === undefined ? "fall is 1 when it is not written" : "fall is 1"}, so a glitch ${effect}`,
      fixes:
        word !== undefined
          ? fixWith("Wait for a second failure", "review", replaceWord(word, "2"))
          : indentation === undefined || !command.item.keyword.literal
            ? []
            : fixWith("Wait for a second failure", "review", [
                insertAt(command.item.site.file, command.item.site.span.start - indentation.length, `${indentation}fall 2\n`),
              ]),
    };
  },
});
