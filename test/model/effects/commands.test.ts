import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import { effectsOf } from "../../../server/model/effects/script.ts";
import { read, shown } from "./reading.ts";

/** What one command does, without paths. */
const does = (command: string): readonly string[] => read(command).effects.map(shown);

describe("iptables", () => {
  test.each([
    [
      "iptables -t mangle -A PREROUTING -d 10.0.0.1 -p tcp --dport 80 -j MARK --set-mark 1",
      "mark iptables append mangle/PREROUTING 1/ffffffff destination=10.0.0.1 protocol=tcp destinationPorts=80-80",
    ],
    ["iptables -t mangle -I PREROUTING 1 -j MARK --set-mark 0x10", "mark iptables insert mangle/PREROUTING 16/ffffffff"],
    ["iptables -tmangle -A PREROUTING -j MARK --set-xmark 0x1/0xff", "mark iptables append mangle/PREROUTING 1/ff"],
    ["iptables --table=mangle --append OUTPUT --jump MARK --or-mark 4", "mark iptables append mangle/OUTPUT 4/4"],
    ["iptables -t mangle -A PREROUTING -j MARK --and-mark 0xf0", "mark iptables append mangle/PREROUTING 0/ffffff0f"],
    [
      "/sbin/ip6tables -t mangle -D POSTROUTING -d 2001:db8::1 -j MARK --set-mark 7",
      "mark ip6tables delete mangle/POSTROUTING 7/ffffffff destination=2001:db8::1",
    ],
    [
      "iptables -t mangle -A PREROUTING -m mac ! --mac-source AA:BB:CC:00:11:22 -j MARK --set-mark 1",
      "mark iptables append mangle/PREROUTING 1/ffffffff macSource!=aa:bb:cc:00:11:22",
    ],
    [
      "iptables -t mangle -A PREROUTING -s ! 10.0.0.2 -i eth0 -j MARK --set-mark 1",
      "mark iptables append mangle/PREROUTING 1/ffffffff source!=10.0.0.2 inInterface=eth0",
    ],
    ["iptables -t mangle -A PREROUTING -d $x -j MARK --set-mark $y", "mark iptables append mangle/PREROUTING ?/? destination=?"],
    [
      "iptables -t mangle -A PREROUTING -p tcp -m multiport --dports http,443,8000:8010 -j MARK --set-mark 1",
      "mark iptables append mangle/PREROUTING 1/ffffffff protocol=tcp destinationPorts=80-80,443-443,8000-8010",
    ],
    ["iptables -P INPUT DROP", "firewall iptables policy filter/INPUT DROP"],
    ["iptables -F", "firewall iptables flush filter/- -"],
    ["iptables -F FORWARD", "firewall iptables flush filter/FORWARD -"],
    [
      "iptables -w 5 -A INPUT -p vrrp -d 224.0.0.18 -j ACCEPT",
      "firewall iptables append filter/INPUT ACCEPT protocol=vrrp destination=224.0.0.18",
    ],
    [
      "iptables -A FORWARD -m conntrack --ctstate established,related -j ACCEPT",
      "firewall iptables append filter/FORWARD ACCEPT states=ESTABLISHED,RELATED",
    ],
    ["iptables -A INPUT -m limit --limit 5/s -j DROP", "firewall iptables append filter/INPUT DROP other(-m limit|--limit 5/s)"],
    ["iptables -N LOGDROP", "firewall iptables new-chain filter/LOGDROP -"],
    ["iptables -L -n", "run iptables -L -n"],
    [
      "nft add rule ip mangle prerouting ip daddr 10.0.0.1 tcp dport 3306 meta mark set 0x1",
      "mark nft append mangle/prerouting 1/ffffffff destination=10.0.0.1 protocol=tcp destinationPorts=3306-3306",
    ],
    [
      "nft 'add rule inet filter input ether saddr != aa:bb:cc:00:11:22 tcp dport { 80, 443 } accept'",
      "firewall nft append filter/input ACCEPT macSource!=aa:bb:cc:00:11:22 protocol=tcp destinationPorts=80-80,443-443",
    ],
    ["nft flush ruleset", "firewall nft flush ?/- -"],
    ["nft flush chain ip filter in", "firewall nft flush filter/in -"],
    ["nft delete chain inet filter in", "firewall nft delete-chain filter/in -"],
    ["nft delete table ip filter", "firewall nft delete-chain filter/- -"],
  ])("%s", (command, expected) => expect(does(command)).toEqual([expected]));
});

describe("addresses and routes", () => {
  test.each([
    ["ifconfig lo:0 10.0.0.1 broadcast 10.0.0.1 netmask 255.255.255.255 up", "bind 10.0.0.1/32 lo lo:0 replaces"],
    ["/sbin/ifconfig eth0:1 10.0.0.1/24", "bind 10.0.0.1/24 eth0 eth0:1 replaces"],
    ["ifconfig eth0 10.0.0.1", "bind 10.0.0.1/- eth0 - replaces"],
    ["ifconfig lo:0 down", "unbind -/- lo lo:0"],
    ["ifconfig eth0 down", "link down eth0"],
    ["ifconfig eth0", "run ifconfig eth0"],
    ["ifconfig lo:0 $ip netmask 255.255.255.255", "bind ?/32 lo lo:0 replaces"],
    ["ip addr add 10.0.0.1/32 dev lo label lo:0", "bind 10.0.0.1/32 lo lo:0"],
    ["ip -4 a a dev lo 10.0.0.1/32", "bind 10.0.0.1/32 lo -"],
    ["ip address del 10.0.0.1/32 dev eth0", "unbind 10.0.0.1/32 eth0 -"],
    ["ip addr flush dev lo", "unbind -/- lo -"],
    ["ip addr show dev lo", "run ip addr show dev lo"],
    ["ip link set eth0 up", "link up eth0"],
    ["ip route add default via 10.0.0.254 dev eth0", "route add default via 10.0.0.254 dev eth0"],
    ["ip route del 10.1.0.0/16", "route delete 10.1.0.0/16 via - dev -"],
    ["route add -host 10.0.0.1 dev lo:0", "route add 10.0.0.1 via - dev lo"],
    ["route add -net 10.1.0.0 netmask 255.255.0.0 gw 10.0.0.254", "route add 10.1.0.0/16 via 10.0.0.254 dev -"],
    ["route add default gw 10.0.0.254", "route add default via 10.0.0.254 dev -"],
    ["route add -net 10.0.0.0 netmask 255.0.0.0 gw 10.0.0.254 metric 5 eth0", "route add 10.0.0.0/8 via 10.0.0.254 dev eth0"],
    ["route add -host 10.0.0.1 lo:0", "route add 10.0.0.1 via - dev lo"],
    ["route add -net 10.1.0.0/16 reject", "route add 10.1.0.0/16 via - dev - type=unreachable"],
    ["ip -n blue addr add 10.0.0.1/24 dev eth0", "run ip -n blue addr add 10.0.0.1/24 dev eth0"],
    ["route del $vip", "route delete ? via - dev -"],
  ])("%s", (command, expected) => expect(does(command)).toEqual([expected]));
});

describe("kernel settings", () => {
  test.each([
    ["echo 1 > /proc/sys/net/ipv4/ip_forward", "sysctl net.ipv4.ip_forward=1"],
    ['echo "2" >>/proc/sys/net/ipv4/conf/eth0.10/arp_announce', "sysctl net.ipv4.conf.eth0/10.arp_announce=2"],
    ["echo -n 0 >| /proc/sys/a/b", "sysctl a.b=0"],
    ["for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done", "sysctl net.ipv4.conf.*.rp_filter=0"],
    ['for d in /proc/sys/net/ipv4/conf/*; do echo 2 > "${d}/arp_announce"; done', "sysctl net.ipv4.conf.*.arp_announce=2"],
    ["printf '1\\n' > /proc/sys/a/b", "sysctl a.b=1"],
    ["echo $x > /proc/sys/a/b", "sysctl a.b=?"],
    ["printf '%s\\n' 1 > /proc/sys/a/b", "sysctl a.b=1"],
    ["printf '%s %s' 1 2 > /proc/sys/a/b", "sysctl a.b=?"],
    ["sysctl -w net.ipv4.ip_forward=1", "sysctl net.ipv4.ip_forward=1"],
    ["sysctl -q net/ipv4/conf/eth0.10/arp_ignore=1", "sysctl net.ipv4.conf.eth0/10.arp_ignore=1"],
    ["sysctl -w 'kernel.sem=250 32000'", "sysctl kernel.sem=250 32000"],
    ["sysctl -p", "load sysctl -"],
    ["sysctl net.ipv4.ip_forward", "run sysctl net.ipv4.ip_forward"],
  ])("%s", (command, expected) => expect(does(command)).toEqual([expected]));

  test("cat with a here-string", () => expect(does("cat <<<1 > /proc/sys/a/b")).toContain("sysctl a.b=1"));
  test("what another program prints", () => expect(does("nproc > /proc/sys/a/b")).toContain("sysctl a.b=?"));
  test("nft: tables and chains without a hook let packets go as they went", () => {
    expect(does("nft add table ip a; nft add chain ip a b; nft list ruleset")).toEqual([]);
  });
  // bash refuses more than one file, and dash looks for one of that name.
  test("a pattern that is no loop's", () => expect(does("echo 1 > /proc/sys/net/ipv4/conf/*/arp_ignore")).toContain("file write ?"));
  test("echo | tee", () => expect(does("echo 1 | sudo tee /proc/sys/a/b >/dev/null")).toContain("sysctl a.b=1"));
  test("several at once", () => expect(does("sysctl -w a.b=1 c.d=2")).toEqual(["sysctl a.b=1", "sysctl c.d=2"]));
});

describe("ipvsadm", () => {
  test.each([
    ["ipvsadm -C", "ipvs clear"],
    ["ipvsadm -A -t 10.0.0.1:80 -s rr -p 60", "ipvs add-service tcp 10.0.0.1:80 scheduler=rr persistence=60"],
    ["ipvsadm -A -t 10.0.0.1:80 -p -s wlc", "ipvs add-service tcp 10.0.0.1:80 scheduler=wlc persistence=300"],
    ["ipvsadm --add-service --udp-service=10.0.0.1:53 --scheduler=wrr", "ipvs add-service udp 10.0.0.1:53 scheduler=wrr"],
    ["ipvsadm -A -t [2001:db8::1]:443 -s rr", "ipvs add-service tcp 2001:db8::1:443 scheduler=rr"],
    ["ipvsadm -A -f 0x10 -s rr", "ipvs add-service fwmark 16 scheduler=rr"],
    [
      "/sbin/ipvsadm -a -t 10.0.0.1:80 -r 10.0.0.2:8080 -m -w 3",
      "ipvs add-server tcp 10.0.0.1:80 -> 10.0.0.2:8080 forwarding=nat weight=3",
    ],
    ["ipvsadm -at 10.0.0.1:http -r 10.0.0.2 -g", "ipvs add-server tcp 10.0.0.1:80 -> 10.0.0.2:- forwarding=direct"],
    ["ipvsadm -e -f 1 -r $x:80 -i", "ipvs edit-server fwmark 1 -> ?:? forwarding=tunnel"],
    ["ipvsadm -d -t 10.0.0.1:80 -r 10.0.0.2:80", "ipvs delete-server tcp 10.0.0.1:80 -> 10.0.0.2:80"],
    ["ipvsadm -D -t 10.0.0.1:80", "ipvs delete-service tcp 10.0.0.1:80"],
    ["ipvsadm --start-daemon master --mcast-interface eth0", "ipvs start-daemon role=master"],
    ["ipvsadm --set 13 5 13", "ipvs set-timeouts 13 5 13"],
    ["ipvsadm -ln", "run ipvsadm -ln"],
    ["ipvsadm -L -n --stats", "run ipvsadm -L -n --stats"],
  ])("%s", (command, expected) => expect(does(command)).toEqual([expected]));
});

describe("services and processes", () => {
  test.each([
    ["systemctl stop keepalived.service", "stop keepalived"],
    ["initctl stop keepalived", "stop keepalived"],
    ["initctl --quiet restart haproxy ENV=x", "restart haproxy"],
    ["initctl status haproxy", "lookup status haproxy"],
    ["systemctl --no-block restart mysqld", "restart mysqld"],
    ["systemctl -t service stop keepalived", "stop keepalived"],
    ["systemctl kill -s HUP keepalived.service", "kill keepalived HUP"],
    ["systemctl --signal=9 kill keepalived", "kill keepalived KILL"],
    ["systemctl kill keepalived", "kill keepalived TERM"],
    ["systemctl -H root@other stop keepalived", "run systemctl -H root@other stop keepalived"],
    ["sh /etc/init.d/keepalived stop", "stop keepalived"],
    ["bash /etc/init.d/haproxy status", "lookup status haproxy"],
    ["systemctl is-active keepalived", "lookup status keepalived"],
    ["service iptables stop", "stop iptables"],
    ["service mysqld status", "lookup status mysqld"],
    ["/etc/init.d/keepalived stop", "stop keepalived"],
    ["/etc/rc.d/init.d/functions", "run /etc/rc.d/init.d/functions"],
    ["rc-service keepalived start", "start keepalived"],
    ["chkconfig iptables off", "disable iptables"],
    ["killall keepalived", "kill keepalived TERM"],
    ["killall -9 keepalived", "kill keepalived KILL"],
    ["killall -0 haproxy", "kill haproxy 0"],
    ["pkill -f keepalived", "kill keepalived TERM"],
    ["pkill -f 'a|b'", "kill ? TERM"],
    ["kill -s HUP `cat /var/run/keepalived.pid`", "kill keepalived HUP"],
    ['kill "$(pidof keepalived)"', "kill keepalived TERM"],
    ["kill -9 $pid", "kill ? KILL"],
  ])("%s", (command, expected) => expect(does(command)).toContain(expected));

  test("several units are several effects", () =>
    expect(does("systemctl disable --now a b")).toEqual(["disable a", "stop a", "disable b", "stop b"]));
});

describe("looking through", () => {
  test.each([
    "sudo -u root ipvsadm -C",
    "nohup ipvsadm -C &",
    "exec ipvsadm -C",
    "command ipvsadm -C",
    "env A=1 ipvsadm -C",
    "timeout -s KILL 5 ipvsadm -C",
    "sh -c 'ipvsadm -C'",
    'bash -ec "ipvsadm -C"',
    "eval ipvsadm -C",
    "x=$(ipvsadm -C)",
    "(ipvsadm -C)",
    "{ ipvsadm -C; } 2>/dev/null",
    "! ipvsadm -C",
  ])("%s", (command) => expect(does(command)).toContain("ipvs clear"));

  test("command -v only asks", () => expect(does("command -v ipvsadm")).toEqual(["run command -v ipvsadm"]));
});

test("a value's site is the word that gives it; the effect's is the command", () => {
  const text = "true\nVIP=10.0.0.1\n/sbin/ifconfig lo:0 $VIP netmask 255.255.255.255 up";
  const effect = read(text).effects.find(({ kind }) => kind === "address")!;
  const at = ({ span }: { span: { start: number; end: number } }): string => text.slice(span.start, span.end);
  expect(at(effect.site)).toBe("/sbin/ifconfig lo:0 $VIP netmask 255.255.255.255 up");
  expect(at(effect.command)).toBe("/sbin/ifconfig");
  expect(effect.kind === "address" && [effect.device, effect.address, effect.prefix].map((field) => at(field!.site))).toEqual([
    "lo:0",
    "$VIP",
    "255.255.255.255",
  ]);
});

test("inside sh -c '…' sites are exact", () => {
  const text = "sh -c 'true; ipvsadm -C' x";
  const effect = read(text).effects.find(({ kind }) => kind === "ipvs")!;
  expect(text.slice(effect.site.span.start, effect.site.span.end)).toBe("ipvsadm -C");
});

test("a script that stands in another text is mapped to its place there", () => {
  const mapSite = ({ start, end }: { start: number; end: number }) => ({
    file: "keepalived.conf",
    span: { start: start + 100, end: end + 100 },
  });
  const { effects, unsetVariables } = effectsOf(parseShell("ipvsadm -C $x"), { file: "unused", mapSite });
  expect(effects[0]!.site).toEqual({ file: "keepalived.conf", span: { start: 100, end: 113 } });
  expect(unsetVariables).toEqual([{ name: "x", site: { file: "keepalived.conf", span: { start: 111, end: 113 } } }]);
});
