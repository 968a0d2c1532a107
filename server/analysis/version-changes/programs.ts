/** Scripts, notifications and checks of real servers. */
import { commandsOf, globalStatement, runsAs } from "../../model/node/commands.ts";
import { one } from "../../model/node/settings.ts";
import { checkersOf, type VersionChange } from "./change.ts";

export const programs: readonly VersionChange[] = [
  {
    id: "scripts-run-as-keepalived-script",
    since: "1.3.0",
    where: (configuration) =>
      commandsOf(configuration).flatMap((command) => (runsAs(configuration, command).kind === "default" ? [command.site] : [])),
    before: "scripts run as root",
    now: "scripts run as the user keepalived_script where the host has such a user, and as root where it has none",
    todo: "write script_user with the user that the scripts need",
    source: "keepalived v1.3.0 lib/notify.c:258",
  },
  {
    id: "tcp-check-retries",
    since: "1.2.20",
    where: ({ virtualServers }) =>
      virtualServers.flatMap(({ realServers }) =>
        realServers.flatMap(({ checkers }) =>
          checkers.flatMap(({ type, item }) =>
            type.value === "TCP_CHECK" && !item.items.some(({ keyword }) => keyword.value === "retry") ? [type.site] : [],
          ),
        ),
      ),
    before: "TCP_CHECK takes a server out at the first connection that fails",
    now: "TCP_CHECK tries a second time, 1 s later, before it takes a server out",
    todo: "write retry 0 to keep the old behaviour",
    source: "keepalived v1.2.20 keepalived/check/check_tcp.c",
  },
  {
    id: "hex-escape-has-two-digits",
    since: "2.3.2",
    beforeSince: "2.0.6",
    where: (configuration) => commandsOf(configuration).flatMap(({ text, site }) => (/\\x[\da-f]{3}/iu.test(text) ? [site] : [])),
    before: "\\x takes all hex digits that follow and makes one byte of them: \\x20file is the byte 0f and ile",
    now: "\\x takes two hex digits: \\x20file is a blank and file",
    todo: "write the character itself, in quotes: it is the same in both versions",
    source: "keepalived v2.3.2 lib/parser.c:1100; measured: 2.0.20, 2.2.7, 2.4.3",
  },
  {
    id: "fifo-must-be-own",
    since: "2.4.0",
    where: (configuration) =>
      ["notify_fifo", "vrrp_notify_fifo", "lvs_notify_fifo"].flatMap((name) => {
        const found = globalStatement(configuration, name);
        return found?.args[0] === undefined ? [] : [found.args[0].site];
      }),
    before: "a fifo that is there already is written to, whoever made it",
    now: "a fifo that is there already is written to only if it belongs to the user of keepalived or to the one named behind the path, and is no other kind of file",
    todo: "let keepalived make the fifo, or see that root owns it",
    source: "keepalived v2.4.0 lib/notify.c:348; measured: a fifo of nobody gets the states of 2.2.7 and nothing from 2.4.3",
  },
  {
    id: "misc-check-restores-weight",
    since: "2.0.19",
    where: (configuration) =>
      checkersOf(configuration).flatMap(({ item }) =>
        item.items.flatMap(({ keyword }) => (keyword.value === "misc_dynamic" ? [keyword.site] : [])),
      ),
    before: "status 0 of a MISC_CHECK with misc_dynamic leaves the weight that an earlier status set",
    now: "status 0 of a MISC_CHECK with misc_dynamic gives the server its configured weight back",
    todo: "see that the script ends with 0 only where the configured weight is meant; 2 to 255 set a weight",
    source: "keepalived v2.0.18 keepalived/check/check_misc.c:364; keepalived v2.0.19 keepalived/check/check_misc.c:366",
  },
  {
    id: "tcp-check-asks-a-dead-server-less",
    since: "2.3.3",
    beforeSince: "1.2.20",
    where: (configuration) =>
      checkersOf(configuration).flatMap(({ type, item }) =>
        type.value === "TCP_CHECK" && one(item, "retry")?.args[0]?.value !== "0" ? [type.site] : [],
      ),
    before: "TCP_CHECK retries a server that is down as it does one that is up: retry times, delay_before_retry apart",
    now: "TCP_CHECK asks a server that is down once in delay_loop: it can come back later",
    todo: "make delay_loop shorter if a server must be back soon",
    source: "keepalived v2.3.3 keepalived/check/check_tcp.c:105",
  },
];
