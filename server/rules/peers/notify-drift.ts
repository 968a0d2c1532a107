import type { Member } from "../../model/cluster/model.ts";
import { hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import type { Notify, NotifyEvent } from "../../model/node/model.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list } from "../../analysis/wording.ts";

export default defineRule({
  id: "notify-drift",
  summary: "One node runs a script when its state changes and its peer runs none: what the script does is missing after a failover.",
  severity: "info",
  since: "0.1.0",
  sources: ["measured: notify_master on one node only, keepalived 2.2.7 and 2.4.3"],
  subject: "virtualRouter",

  *check(router) {
    for (const members of hearing(router)) {
      if (!members.every(isWhole)) continue;
      const notified = members.map((member) => ({ member, notify: notifyOf(member) }));
      const most = notified.toSorted((a, b) => eventsOf(b.notify).size - eventsOf(a.notify).size)[0];
      if (most === undefined || most.notify.length === 0) continue;
      for (const { member, notify } of notified) {
        const events = eventsOf(notify);
        if (member.node === most.member.node || events.has("any")) continue;
        const missing = [...eventsOf(most.notify)].filter((event) => event !== "stop" && event !== "deleted" && !events.has(event));
        // One script for every event on the one node, one for each on the other: told by what each of them does.
        if (missing.length === 0 || (missing.includes("any") && events.size > 0)) continue;
        const words = list(missing.map(keywordOf));
        const lacking = notify.length === 0 ? "runs no script when its state changes" : `has no ${words}`;
        yield {
          at: member.instance.name.site,
          message: `${member.instance.name.value} of ${member.node.name} ${lacking}, ${peerName(most.member, member)} has ${words}`,
          notes: missing.slice(0, 3).map((event) => ({
            message: `${keywordOf(event)} on ${most.member.node.name}`,
            at: most.notify.find((one) => one.event === event)!.command.item.keyword.site,
          })),
          nodes: [member.node, most.member.node],
        };
      }
    }
  },
});

/** Its own scripts and those of its group. */
const notifyOf = ({ configuration, instance }: Member): readonly Notify[] => [
  ...instance.notify,
  ...(configuration.groupsByInstance().get(instance.name.value)?.notify ?? []),
];

const eventsOf = (notify: readonly Notify[]): ReadonlySet<NotifyEvent> => new Set(notify.map(({ event }) => event));

const keywordOf = (event: NotifyEvent): string => {
  if (event === "any") return "notify";
  return event === "master-rx-lower-priority" ? "notify_master_rx_lower_pri" : `notify_${event}`;
};
