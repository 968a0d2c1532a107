import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import type { Command } from "../../model/node/command.ts";
import { commandIn, isFileTest } from "../../model/node/commands.ts";
import type { ConfigItem } from "../../model/node/items.ts";

const device = /\/dev\/(?:tcp|udp)\//u;

export default defineRule({
  id: "dev-tcp-needs-bash",
  summary: "`</dev/tcp/…` is bash's own: under a /bin/sh that is not bash the check always fails.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/notify.c:277", 'measured: under dash `script "</dev/tcp/127.0.0.1/80"` ends with status 2 at every run'],
  subject: "item",
  fix: "review",

  *check(item) {
    const command = commandIn(item);
    if (command === undefined || !device.test(command.text)) return;
    const program = command.program.value ?? "";
    if (isFileTest(command))
      yield {
        at: command.site,
        message: `${command.text} runs under /bin/sh: only bash opens /dev/tcp, under dash the check fails at every run`,
        fixes: underBash(item, command),
      };
    else if (/(?:^|\/)(?:da|a)?sh$/u.test(program))
      yield {
        at: command.program.site,
        message: `${program} opens /dev/tcp only where it is bash: under dash or ash the command fails at every run`,
        fixes:
          item.args[0]?.literal === true
            ? fixWith("Run it under bash", "review", [
                { at: command.program.site, replacement: program.includes("/") ? "/usr/bin/bash" : "bash" },
              ])
            : [],
      };
  },
});

const underBash = ({ args: [word] }: ConfigItem, { text, site }: Command): readonly Fix[] =>
  word?.literal === true && !/['"\\]/u.test(text)
    ? fixWith("Run it under bash", "review", [{ at: site, replacement: `"/usr/bin/bash -c '${text}'"` }])
    : [];
