/** Which interpreter reads which command. */
import { ifconfig, ip, route } from "./addresses.ts";
import type { Interpreter } from "./commands.ts";
import { ipvsadm } from "./ipvsadm.ts";
import { iptables } from "./iptables.ts";
import { nft } from "./nft.ts";
import { kill, killall, pkill, service, systemctl } from "./services.ts";
import { sysctl } from "./sysctl.ts";

/** By base name: /sbin/ifconfig is ifconfig. */
export const INTERPRETERS: ReadonlyMap<string, Interpreter> = new Map<string, Interpreter>([
  ["iptables", iptables],
  ["iptables-legacy", iptables],
  ["iptables-nft", iptables],
  ["ip6tables", iptables],
  ["ip6tables-legacy", iptables],
  ["ip6tables-nft", iptables],
  ["nft", nft],
  ["ifconfig", ifconfig],
  ["ip", ip],
  ["route", route],
  ["ipvsadm", ipvsadm],
  ["sysctl", sysctl],
  ["systemctl", systemctl],
  ["service", service],
  ["rc-service", service],
  ["invoke-rc.d", service],
  ["chkconfig", service],
  ["kill", kill],
  ["killall", killall],
  ["pkill", pkill],
]);

/** Commands that run another one: options that take a word, and how many words of their own stand before the command. */
export const WRAPPERS: ReadonlyMap<string, { readonly valued: ReadonlySet<string>; readonly own: number }> = new Map([
  ["sudo", { valued: new Set(["-u", "-g", "-C", "-h", "-p", "-r", "-t", "-U", "--user", "--group"]), own: 0 }],
  ["nohup", { valued: new Set<string>(), own: 0 }],
  ["setsid", { valued: new Set<string>(), own: 0 }],
  ["command", { valued: new Set<string>(), own: 0 }],
  ["builtin", { valued: new Set<string>(), own: 0 }],
  ["nice", { valued: new Set(["-n"]), own: 0 }],
  ["ionice", { valued: new Set(["-c", "-n"]), own: 0 }],
  ["env", { valued: new Set(["-u", "-C"]), own: 0 }],
  ["timeout", { valued: new Set(["-s", "-k", "--signal", "--kill-after"]), own: 1 }],
]);
