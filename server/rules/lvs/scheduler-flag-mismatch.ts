import { fixWith, insertAt, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, logNote, shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, VirtualServer } from "../../model/node/model.ts";
import { wordSetting } from "../../model/node/settings.ts";
import { isFirewallMarkOnly } from "../../model/node/virtual-servers.ts";

/** Flags with the schedulers they are for. */
const flags: ReadonlyMap<string, readonly string[]> = new Map([
  ["sh-port", ["sh"]],
  ["sh-fallback", ["sh"]],
  ["mh-port", ["mh"]],
  ["mh-fallback", ["mh"]],
  ["hashed", ["sh", "mh"]],
]);

export default defineRule({
  id: "scheduler-flag-mismatch",
  summary: "A flag of another scheduler, or one-packet scheduling without UDP: keepalived ignores it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:342", "keepalived v2.4.3 keepalived/check/check_data.c:1105"],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    const { configuration } = node;
    if (configuration === undefined) return;
    const { items } = virtualServer.item;
    // The daemon compares with the scheduler it has read so far.
    let scheduler: string | undefined = "";
    for (const line of items) {
      const name = line.keyword.value;
      if (name === "lb_algo" || name === "lvs_sched") scheduler = wordSetting(line)?.value;
      if (name === "ops") yield* onePacket(configuration, virtualServer, line);
      const wanted = flags.get(name);
      if (wanted === undefined || scheduler === undefined || wanted.includes(scheduler)) continue;
      const later = items.find(
        (item) => items.indexOf(item) > items.indexOf(line) && isScheduler(item) && wanted.includes(item.args[0]?.value ?? ""),
      );
      yield later === undefined
        ? {
            at: line.site,
            message: `${name} has no effect in ${blockTitle(virtualServer.item)}: it belongs to ${wanted.join(" or ")}, and the scheduler is ${scheduler === "" ? "not written before it" : shown(scheduler)}`,
            fixes: fixWith("Remove the line", "safe", removeItem(configuration.source, line)),
          }
        : {
            at: line.site,
            message: `${name} has no effect in ${blockTitle(virtualServer.item)}: it must stand behind ${shown(later.keyword.value)} ${later.args[0]!.value}`,
            notes: [{ message: "the scheduler is only known from here on", at: later.site }],
            fixes: moveBehind(configuration, line, later),
          };
    }
  },
});

const isScheduler = ({ keyword }: ConfigItem): boolean => keyword.value === "lb_algo" || keyword.value === "lvs_sched";

const moveBehind = ({ source }: Configuration, line: ConfigItem, target: ConfigItem): ReturnType<typeof fixWith> => {
  const indentation = source.indentation(target.site);
  const removed = removeItem(source, line);
  if (indentation === undefined || removed.length === 0) return [];
  const { file, span } = target.site;
  return fixWith("Move it behind the scheduler, which puts it into force", "review", [
    ...removed,
    insertAt(file, span.end, `\n${indentation}${line.keyword.value}`),
  ]);
};

function* onePacket(configuration: Configuration, virtualServer: VirtualServer, line: ConfigItem): Generator<RuleFinding> {
  const protocol = virtualServer.protocol?.value?.toUpperCase();
  if ((protocol !== "TCP" && protocol !== "SCTP") || isFirewallMarkOnly(configuration, virtualServer.service)) return;
  yield {
    at: line.site,
    message: `ops has no effect in ${blockTitle(virtualServer.item)}: only UDP packets can be scheduled one by one, and the protocol is ${protocol}`,
    notes: logNote(virtualServer),
    fixes: fixWith("Remove the line", "safe", removeItem(configuration.source, line)),
  };
}
