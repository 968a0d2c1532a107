import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { fromVersion, isFrom } from "../../analysis/version-range.ts";
import { commandIn, runsAs } from "../../model/node/commands.ts";
import type { Command } from "../../model/node/command.ts";

/** Links to their namesakes below /usr on every merged-usr system (Debian 12, Ubuntu 20.04, EL 7 and what came later). */
const merged = /^\/(?:bin|sbin|lib|lib64)\//u;

export default defineRule({
  id: "script-through-symlinked-directory",
  summary: "A script that root runs through a symlinked directory, such as /bin: keepalived refuses it from 2.3.0 on.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.3.0 lib/notify.c:910",
    "keepalived v2.2.8 lib/notify.c:809",
    "keepalived v2.4.3 lib/notify.c:735",
    "measured: 2.4.3 and 2.3.3 log a wrong file type in the script path and drop the check, 2.2.7 runs it",
  ],
  subject: "item",
  fix: "review",

  *check(item, given) {
    const command = commandIn(item);
    const program = command?.program.value;
    const { configuration } = given.node;
    if (command === undefined || program === undefined || configuration === undefined || !isFrom(given, "2.3.0")) return;
    const directory = merged.exec(program)?.[0].slice(0, -1);
    const user = runsAs(configuration, command);
    if (directory === undefined || user.kind === "unknown") return;
    // Only what root runs is protected this way.
    if (user.kind === "stated" && !isRoot(user.user) && !isRoot(user.group ?? user.user)) return;
    yield {
      at: command.program.site,
      message: `${fromVersion(given, "2.3.0")}keepalived refuses ${program} where ${directory} is a symlink, as on merged-usr systems: ${consequence(command)}`,
      notes:
        user.kind === "default"
          ? [{ message: "it runs as root, unless the host has an account keepalived_script; only what root runs is refused" }]
          : [],
      fixes:
        item.args[0]?.literal === true
          ? fixWith(`Write /usr${program}`, "review", [{ at: command.program.site, replacement: `/usr${program}` }])
          : [],
    };
  },
});

/** By name only: the daemon looks numbers up as names. */
const isRoot = (name: string): boolean => name === "root";

const consequence = ({ item }: Command): string => {
  if (item.keyword.value === "script") return "the check is not tracked, and the node counts as healthy";
  if (item.keyword.value === "misc_path") return "the check is dropped";
  return `${item.keyword.value} runs nothing`;
};
