import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { runsAs } from "../../model/node/commands.ts";
import { valueOf } from "../../model/effects/known.ts";
import { changeIn } from "../../model/effects/side-effects.ts";
import type { Effect } from "../../model/effects/types.ts";

export default defineRule({
  id: "privileged-command-as-unprivileged-user",
  summary: "A script runs as a user who may not do what it does: the command fails, and so does the check.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "test/observed/notify-overlap",
    "measured: `killall -0 sleep` as nobody ends with 1 while a sleep of root runs (2.2.7 and 2.4.3)",
    "keepalived v2.4.3 lib/notify.c:260",
  ],
  subject: "linkedScript",

  *check(linked, { node }) {
    const user = node.configuration === undefined ? undefined : runsAs(node.configuration, linked.command);
    if (user?.kind !== "stated" || user.user === "root" || user.user === "0") return;
    for (const effect of linked.effects.effects) {
      if (effect.user !== undefined) continue;
      const what = needsRoot(effect, user.user);
      if (what === undefined) continue;
      const signals = effect.kind === "kill";
      yield {
        at: effect.site,
        message: signals
          ? `a signal to ${what} needs root or the user that ${what} runs as, and this runs as ${user.user}: otherwise it fails whether ${what} lives or not${
              isCheck(linked) ? ", and so does the check" : ""
            }`
          : `this ${what}, which needs root, and runs as ${user.user}: it fails`,
        notes: [
          ...runNotes([linked], effect.site),
          { message: `${user.user} is named here`, at: user.site },
          { message: signals ? "pidof and pgrep see every user's processes" : "sudo for this one command, or `user root` for this script" },
        ],
      };
      return;
    }
  },
});

/** What only root may do, or only to processes of one's own: a process of the user's own name is taken for one. */
const needsRoot = (effect: Effect, user: string): string | undefined => {
  if (effect.kind === "kill") {
    const process = valueOf(effect.process);
    return process === undefined || process.includes(user) || user.includes(process) ? undefined : process;
  }
  return effect.kind === "run" ? undefined : changeIn(effect);
};
