import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import type { LinkedScript, ScriptFile } from "../../model/cluster/model.ts";

export default defineRule({
  id: "notify-same-script-no-arg",
  summary: "One command for notify_master and notify_backup: the script is not told which of the two happened.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:46", "keepalived v2.4.3 lib/notify.c:1148"],
  subject: "node",

  *check({ linkedScripts }) {
    for (const backup of linkedScripts) {
      const { item, text } = backup.command;
      if (item.keyword.value !== "notify_backup" || backup.resolution.kind !== "found") continue;
      const { script } = backup.resolution;
      const master = linkedScripts.find(({ command }) => isSame(command, item.parent, text));
      if (master === undefined || script === undefined || asksForState(script)) continue;
      yield {
        at: backup.command.site,
        message: `notify_backup runs the same command as notify_master, ${shown(text)}: the script cannot know which state was reached`,
        notes: [{ message: "notify_master runs it here", at: master.command.site }],
      };
    }
  },
});

const isSame = (command: LinkedScript["command"], block: LinkedScript["command"]["item"]["parent"], text: string): boolean =>
  command.item.keyword.value === "notify_master" && command.item.parent === block && command.text === text;

/** Whether a script finds the state out by itself: it looks at addresses, or at what keepalived writes down. */
const asksForState = ({ text }: ScriptFile): boolean =>
  /\b(?:ip|ifconfig|hostname|arping|nmcli|networkctl|systemctl)\b|\/proc\/|\/sys\/|keepalived\.(?:data|stats|json)|(?:state|status|role)\b/iu.test(
    text,
  );
