import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { Command } from "../../model/node/command.ts";
import { commandsOf, runsAs } from "../../model/node/commands.ts";

export default defineRule({
  id: "script-user-root",
  summary: "Scripts that are told to run as root: most of them need no more than an account of their own.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/notify.c:951", "keepalived v2.4.3 lib/notify.c:1054"],
  subject: "configuration",

  *check(configuration) {
    const places = new Map<string, Site>();
    const programs: string[] = [];
    for (const command of commandsOf(configuration)) {
      const user = runsAs(configuration, command);
      if (
        user.kind !== "stated" ||
        (user.user !== "root" && user.user !== "0") ||
        command.program.value === undefined ||
        mayNeedRoot(command)
      )
        continue;
      programs.push(command.program.value);
      places.set(`${user.site.file} ${user.site.span.start}`, user.site);
    }
    const [first, ...others] = places.values();
    if (first === undefined) return;
    yield {
      at: first,
      message: `${list(programs.map(shown), "and", 3)} ${programs.length === 1 ? "runs" : "run"} as root: a check that changes nothing on the host can run as an account of its own`,
      notes: others.map((at) => ({ message: "root is named here as well", at })),
    };
  },
});

/** What asks or changes the host only as root: other users' processes, services, addresses, filters, containers. */
const privileged =
  /(?:^|\/)(?:killall|pkill|kill|systemctl|service|rc-service|supervisorctl|sudo|ip|ifconfig|arping|iptables|ip6tables|nft|ipvsadm|conntrack|sysctl|docker|podman|crictl|mount|umount|drbdadm|pcs|crm|fping)$/u;

/** Checks only: what a notify script is for is to change something. */
const mayNeedRoot = ({ item, program, text }: Command): boolean =>
  (item.keyword.value !== "script" && item.keyword.value !== "misc_path") ||
  privileged.test(program.value ?? "") ||
  /\b(?:killall|pkill|systemctl|service|docker|iptables|ipvsadm)\b/u.test(text);
