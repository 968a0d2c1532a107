import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { lacks } from "../../model/node/lost.ts";
import { numberSetting, one } from "../../model/node/settings.ts";

/** Seconds a hanging script may be left alone without anybody minding. */
const bearable = 10;

export default defineRule({
  id: "misc-check-without-timeout",
  summary: "A MISC_CHECK without misc_timeout may hang for the whole delay_loop of its service.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_misc.c:288"],
  subject: "checker",
  fix: "review",

  *check({ type, item, command, realServer, virtualServer }, { node }) {
    const { configuration } = node;
    if (type.value !== "MISC_CHECK" || command === undefined || configuration === undefined) return;
    const written = numberSetting(one(item, "misc_timeout"));
    // 0 is the same as none.
    if (written === undefined ? !lacks(configuration, item, "misc_timeout") : written.value !== 0) return;
    const loop = virtualServer.delayLoop;
    if (loop !== undefined && loop.value === undefined) return;
    const limit = loop?.value ?? 60;
    const indentation = configuration.source.indentation(command.item.site);
    yield {
      at: written?.site ?? item.keyword.site,
      message: `MISC_CHECK of ${blockTitle(realServer.item)} has no misc_timeout: when ${shown(command.text)} hangs, nobody notices for ${limit} s`,
      // As long as any other round: worth a word, no more.
      ...(limit <= bearable ? { severity: "info" as const } : {}),
      notes:
        loop === undefined
          ? [{ message: "the limit is the delay_loop of the virtual_server, 60 s unless written" }]
          : [{ message: "the limit is this delay_loop", at: loop.site }],
      fixes:
        written !== undefined || indentation === undefined || command.item.site.via !== undefined
          ? []
          : fixWith("Add misc_timeout 5", "review", [
              insertAt(command.item.site.file, command.item.site.span.end, `\n${indentation}misc_timeout 5`),
            ]),
    };
  },
});
