import { fixWith, insertAt } from "../../analysis/edits.ts";
import type { Edit } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { Command } from "../../model/node/command.ts";
import { commandsOf, globalStatement, isAttempted, runsAs } from "../../model/node/commands.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "script-security-disabled",
  summary: "Scripts run without enable_script_security: files that anybody may write are run all the same.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:268",
    "keepalived v2.4.3 keepalived/check/check_data.c:1061",
    "keepalived v2.4.3 lib/notify.c:1105",
    "measured: a world-writable script runs without it and is disabled with it; `keepalived -t` ends with status 6",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration, given) {
    if (!isFrom(given, "1.3.0") || configuration.global.scriptSecurity !== undefined) return;
    if (isTemplate(configuration) || hasUnreadIncludes(configuration) || isAttempted(configuration, /script_sec|enable_script/iu)) return;
    const commands = commandsOf(configuration).filter((command) => isRun(configuration, command));
    const [first] = commands;
    if (first === undefined) return;
    const others = commands.length - 1;
    yield {
      at: scriptOf(first).keyword.site,
      message: `enable_script_security is not set: keepalived runs scripts ${users(configuration, commands)} without looking at who may change them`,
      notes: [
        ...(others === 0 ? [] : [{ message: `${others} more ${others === 1 ? "command is" : "commands are"} run by this configuration` }]),
        { message: "keepalived -t ends with status 6 because of this" },
      ],
      fixes: fixWith("Enable script security, scripts run as root as before", "review", enable(configuration)),
    };
  },
});

/** The vrrp_script, which stands there once however many configuration ids have a line in it, else the statement. */
const scriptOf = ({ item }: Command): ConfigItem => (item.parent?.keyword.value === "vrrp_script" ? item.parent : item);

/** Without an instance nothing of VRRP is run (vrrp.c:223). */
const isRun = ({ instances }: Configuration, { item }: Command): boolean =>
  instances.length > 0 || (item.parent?.keyword.value !== "vrrp_script" && item.parent?.keyword.value !== "vrrp_sync_group");

const users = (configuration: Configuration, commands: readonly Command[]): string => {
  // Typographic quotes, or a command without quotes, make users of its words: told as that.
  const all = commands.map((command) => runsAs(configuration, command)).filter((user) => user.kind !== "stated" || isAccount(user.user));
  const names = [...new Set(all.flatMap((user) => (user.kind === "stated" ? [shown(user.user)] : [])))];
  const byDefault = all.some(({ kind }) => kind === "default") ? ["root (or keepalived_script, if the host has that account)"] : [];
  const known = [...byDefault, ...names];
  return known.length === 0 ? "of this configuration" : `as ${list(known, "and", 4)}`;
};

/** What may be the name or the number of an account. */
const isAccount = (name: string): boolean => /^[a-z_0-9][\w.-]*\$?$/iu.test(name);

/** What is run as root now goes on as root: with security and neither a user nor the account, every script would be removed. */
const enable = (configuration: Configuration): readonly Edit[] => {
  const user = globalStatement(configuration, "script_user") === undefined ? ["script_user root"] : [];
  const lines = [...user, "enable_script_security"].map((line) => `    ${line}\n`).join("");
  const block = configuration.tree.items.find(({ keyword, open }) => keyword.value === "global_defs" && open !== undefined);
  if (block?.open !== undefined) {
    const after = configuration.source.line(block.open)?.after;
    return after === undefined || block.open.via !== undefined
      ? []
      : after.trim() === ""
        ? [insertAt(block.open.file, block.open.span.end + after.length + 1, lines)]
        : [insertAt(block.open.file, block.open.span.end, `\n${lines}   `)];
  }
  const top = configuration.tree.items[0];
  const before = top === undefined ? undefined : configuration.source.line(top.site)?.before;
  return top === undefined || before?.trim() !== ""
    ? []
    : [insertAt(top.site.file, top.site.span.start - before.length, `global_defs {\n${lines}}\n\n`)];
};
