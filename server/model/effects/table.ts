/** Which interpreter reads which command. */
import { ifconfig, ip } from "./addresses.ts";
import { arping, arptables, ndsend, sendArp } from "./arp.ts";
import type { Interpreter } from "./commands.ts";
import { mysql, mysqladmin, psql, redisCli } from "./databases.ts";
import { chmod, chown, copy, mkdir, rm, tee, touch } from "./files.ts";
import { ipvsadm } from "./ipvsadm.ts";
import { iptables } from "./iptables.ts";
import { logger, mail } from "./messages.ts";
import { nft } from "./nft.ts";
import { kill, killall, killproc, pgrep, pidof, pkill, startStopDaemon } from "./processes.ts";
import { arptablesRestore, iptablesRestore, ipvsRestore, nftFile, sysctlLoad } from "./restore.ts";
import { route } from "./routes.ts";
import { initctl, service, systemctl } from "./services.ts";
import { nc, ping, telnet } from "./sockets.ts";
import { sysctl } from "./sysctl.ts";
import { curl, wget } from "./web.ts";

/** By base name: /sbin/ifconfig is ifconfig. */
export const INTERPRETERS: ReadonlyMap<string, Interpreter> = new Map<string, Interpreter>([
  ["iptables", iptables],
  ["iptables-legacy", iptables],
  ["iptables-nft", iptables],
  ["ip6tables", iptables],
  ["ip6tables-legacy", iptables],
  ["ip6tables-nft", iptables],
  ...["iptables-restore", "ip6tables-restore"].flatMap((name): [string, Interpreter][] =>
    ["", "-legacy", "-nft"].map((variant) => [name.replace("-restore", `${variant}-restore`), iptablesRestore]),
  ),
  ["nft", (call) => nftFile(call) ?? nft(call)],
  ["arptables", arptables],
  ["arptables-nft", arptables],
  ["arptables-legacy", arptables],
  ["arptables-restore", arptablesRestore],
  ["arping", arping],
  ["send_arp", sendArp],
  ["ndsend", ndsend],
  ["ifconfig", ifconfig],
  ["ip", ip],
  ["route", route],
  ["ipvsadm", (call) => (/^-R$|^--restore$/u.test(call.arguments[0]?.text ?? "") ? ipvsRestore(call) : ipvsadm(call))],
  ["ipvsadm-restore", ipvsRestore],
  ["sysctl", (call) => sysctlLoad(call) ?? sysctl(call)],
  ["systemctl", systemctl],
  ["initctl", initctl],
  ["service", service],
  ["rc-service", service],
  ["invoke-rc.d", service],
  ["chkconfig", service],
  ["kill", kill],
  ["killall", killall],
  ["pkill", pkill],
  ["killproc", killproc],
  ["start-stop-daemon", startStopDaemon],
  ["pidof", pidof],
  ["pgrep", pgrep],
  ...["mysql", "mariadb"].map((name): [string, Interpreter] => [name, mysql]),
  ...["mysqladmin", "mariadb-admin"].map((name): [string, Interpreter] => [name, mysqladmin]),
  ["psql", psql],
  ["pg_isready", psql],
  ["redis-cli", redisCli],
  ["curl", curl],
  ["wget", wget],
  ...["nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"].map((name): [string, Interpreter] => [name, nc]),
  ["telnet", telnet],
  ...["ping", "ping6", "fping"].map((name): [string, Interpreter] => [name, ping]),
  ...["mail", "mailx", "s-nail", "sendmail", "mutt", "msmtp"].map((name): [string, Interpreter] => [name, mail]),
  ["logger", logger],
  ["touch", touch],
  ["rm", rm],
  ["mkdir", mkdir],
  ["chmod", chmod],
  ["chown", chown],
  ["tee", tee],
  ...["cp", "mv", "ln", "install"].map((name): [string, Interpreter] => [name, copy]),
]);
