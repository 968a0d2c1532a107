import { hasSmartQuotes } from "../../analysis/characters.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { commandIn, isFileTest } from "../../model/node/commands.ts";
import { shellSigns } from "../../model/node/shell-signs.ts";

/** Programs of a distribution, which PATH finds on every host. */
const programs = new Set(
  (
    "[ awk bash cat curl dash dig echo egrep env false fping grep haproxy host ifconfig ip iptables killall logger ls mailx mysql mysqladmin " +
    "nc ncat netstat nft nslookup perl pgrep php ping ping6 pidof pkill ps psql python python2 python3 redis-cli ruby sed service sh sleep ss " +
    "sudo supervisorctl systemctl test timeout touch true wget docker crictl ipvsadm mysqlcheck conntrackd"
  ).split(" "),
);

export default defineRule({
  id: "script-relative-path",
  summary:
    "A command without a leading `/`: keepalived looks for it in PATH, or below its working directory, never beside the configuration.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:866",
    "keepalived v2.4.3 lib/notify.c:535",
    "keepalived v2.4.3 keepalived/core/daemon.c:62",
    "measured: `keepalived -t` accepts a relative path that the daemon, whose working directory is /, does not find",
  ],
  subject: "item",

  *check(item) {
    const command = commandIn(item);
    const program = command?.program.value;
    if (command === undefined || program === undefined || isFileTest(command)) return;
    // What is no plain name or path is told elsewhere, or cannot be known.
    if (program.startsWith("/") || hasSmartQuotes(program) || !/^[\w.][\w./+@-]*$|^\[$/u.test(program)) return;
    // A command for a shell is told as that.
    if (shellSigns(command).length > 0) return;
    const { site } = command.program;
    if (program.includes("/"))
      yield {
        at: site,
        message: `${shown(program)} has no leading /: the daemon works in / and looks for ${shown(below(program))}, not beside the configuration`,
      };
    else if (programs.has(program))
      yield {
        at: site,
        severity: "info",
        message: `${program} has no path: it is found only where the PATH that keepalived was started with leads to it`,
      };
    else
      yield {
        at: site,
        message: `${shown(program)} has no path: keepalived looks for it in PATH only, not beside the configuration`,
      };
  },
});

const below = (program: string): string => `/${program.replace(/^(?:\.{1,2}\/)+/u, "")}`;
