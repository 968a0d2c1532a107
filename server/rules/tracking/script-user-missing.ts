import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { list, placeOf, shown } from "../../analysis/wording.ts";
import type { Command } from "../../model/node/command.ts";
import { commandsOf, globalStatement, isAttempted, runsAs } from "../../model/node/commands.ts";
import type { Configuration } from "../../model/node/model.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "script-user-missing",
  summary: "`enable_script_security` without `script_user`: unless the host has an account keepalived_script, every script is removed.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:1105",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1836",
    "measured: without the account `keepalived -t` reports the removal and then every track_script line that names the script",
  ],
  subject: "configuration",
  fix: "review",

  *check(configuration, given) {
    const { global, source } = configuration;
    const security = globalStatement(configuration, "enable_script_security");
    if (!isFrom(given, "1.3.0") || security === undefined || global.scriptSecurity?.value !== true) return;
    if (isTemplate(configuration) || hasUnreadIncludes(configuration) || isAttempted(configuration, /script_?user/iu)) return;
    const removed = commandsOf(configuration).filter((command) => runsAs(configuration, command).kind === "default");
    if (removed.length === 0) return;
    const before = source.indentation(security.site);
    yield {
      at: security.keyword.site,
      message: `enable_script_security without script_user: unless the host has an account keepalived_script, keepalived drops ${list(
        [...new Set(removed.map(nameOf))],
        "and",
        4,
      )}`,
      notes: removed.slice(0, 5).map((command) => ({ message: `${nameOf(command)} is run here`, at: command.item.keyword.site })),
      fixes:
        before === undefined || !security.keyword.literal
          ? []
          : fixWith("Run the scripts as root", "review", [
              insertAt(security.site.file, security.site.span.start - before.length, `${before}script_user root\n`),
            ]),
    };
    yield* untracked(configuration, removed);
  },
});

/** Where a removed script was to decide about something: the daemon complains there a second time. */
function* untracked(configuration: Configuration, removed: readonly Command[]): Generator<RuleFinding> {
  const scripts = new Set(
    removed.flatMap(({ item }) => (item.parent?.keyword.value === "vrrp_script" ? (item.parent.args[0]?.value ?? []) : [])),
  );
  for (const { kind, name, item } of configuration.symbols.references)
    if (kind === "script" && scripts.has(name.value))
      yield {
        at: name.site,
        severity: "warning",
        message: `${shown(name.value)} is not tracked by ${placeOf(item.parent ?? item)} unless the host has an account keepalived_script: its failures count for nothing`,
      };
}

/** The name of the vrrp_script, else the statement. */
const nameOf = ({ item }: Command): string => {
  const name = item.parent?.keyword.value === "vrrp_script" ? item.parent.args[0]?.value : undefined;
  return shown(name ?? item.keyword.value);
};
