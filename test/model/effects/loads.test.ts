import { describe, expect, test } from "vitest";
import { lines } from "./reading.ts";

describe("rules that are loaded", () => {
  test.each([
    ["iptables-restore < /etc/iptables.rules", "load iptables /etc/iptables.rules replaces"],
    ["iptables-restore -n /etc/iptables.rules", "load iptables /etc/iptables.rules"],
    ["ip6tables-restore --noflush < /etc/ip6", "load ip6tables /etc/ip6"],
    ["ipvsadm -R < /etc/ipvsadm.rules", "load ipvs /etc/ipvsadm.rules"],
    ["ipvsadm-restore < /etc/ipvsadm.rules", "load ipvs /etc/ipvsadm.rules"],
    ["nft -f /etc/nftables.conf", "load nft /etc/nftables.conf"],
    ["nft -f - < /etc/x.nft", "load nft /etc/x.nft"],
    ["sysctl -p /etc/sysctl.d/lvs.conf", "load sysctl /etc/sysctl.d/lvs.conf"],
  ])("%s", (command, expected) => expect(lines(command)).toEqual([expected]));

  test.each(["iptables-restore -t < /etc/rules", "nft -c -f /etc/nftables.conf"])("%s only tries", (command) =>
    expect(lines(command)).toEqual([expect.stringMatching(/^run /u)]),
  );

  test("a heredoc of iptables-restore: what the table held goes, then its rules, with the script's values", () =>
    expect(
      lines(`VIP=10.0.0.1
if [ "$1" = start ]; then
iptables-restore <<EOF
*mangle
:PREROUTING ACCEPT [0:0]
-A PREROUTING -d $VIP/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff
COMMIT
EOF
fi`),
    ).toEqual([
      "firewall iptables flush mangle/- - @ $1 is start",
      "firewall iptables policy mangle/PREROUTING ACCEPT @ $1 is start",
      "mark iptables append mangle/PREROUTING 1/ffffffff destination=10.0.0.1/32 protocol=tcp destinationPorts=80-80 @ $1 is start",
    ]));

  test("a quoted delimiter keeps the dollar: the address is not the variable's", () =>
    expect(
      lines(`VIP=10.0.0.1
iptables-restore -n <<'EOF'
*mangle
-A PREROUTING -d $VIP -j MARK --set-mark 1
COMMIT
EOF`).join("\n"),
    ).not.toContain("10.0.0.1"));

  test("the same from a pipe, and with the tabs of <<- cut off", () => {
    const rule = "-A PREROUTING -d 10.0.0.1 -j MARK --set-mark 7";
    const marks = (text: string): readonly string[] => lines(text).filter((line) => line.startsWith("mark"));
    const expected = ["mark iptables append mangle/PREROUTING 7/ffffffff destination=10.0.0.1"];
    expect(marks(`iptables-restore -n <<-EOF\n\t*mangle\n\t${rule}\n\tCOMMIT\n\tEOF`)).toEqual(expected);
    expect(marks(`cat <<EOF | iptables-restore -n\n*mangle\n${rule}\nCOMMIT\nEOF`)).toEqual(expected);
    expect(marks(`printf '*mangle\\n${rule}\\nCOMMIT\\n' | iptables-restore -n`)).toEqual(expected);
  });

  test("ipvsadm -R and nft -f read heredocs", () => {
    expect(lines("ipvsadm -R <<'EOF'\n-A -t 10.0.0.1:80 -s rr\n# one\n-a -t 10.0.0.1:80 -r 10.0.0.2:80 -g -w 1\nEOF")).toEqual([
      "ipvs add-service tcp 10.0.0.1:80 scheduler=rr",
      "ipvs add-server tcp 10.0.0.1:80 -> 10.0.0.2:80 forwarding=direct weight=1",
    ]);
    expect(
      lines(`nft -f - <<EOF
flush ruleset
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    ip protocol vrrp accept
  }
}
EOF`),
    ).toEqual([
      "firewall nft flush ?/- -",
      "firewall nft policy filter/INPUT DROP",
      "firewall nft append filter/INPUT ACCEPT protocol=vrrp",
    ]);
    expect(lines("nft -f - <<EOF\nadd rule ip mangle prerouting ip daddr 10.0.0.1 meta mark set 4\nEOF")).toEqual([
      "mark nft append mangle/prerouting 4/ffffffff destination=10.0.0.1",
    ]);
  });
});

describe("links, policy routing, ARP", () => {
  test.each([
    ["ip link set dev eth0 down", ["link down eth0"]],
    ["ip link set lo arp off up", ["link arp-off lo", "link up lo"]],
    ["ip link add link eth0 name vrrp.51 type macvlan mode bridge", ["link add vrrp.51 type=macvlan"]],
    ["ip link add dummy0 type dummy", ["link add dummy0 type=dummy"]],
    ["ip link del dummy0", ["link delete dummy0"]],
    ["ip -s link show", ["run ip -s link show"]],
    ["ip link set eth0 mtu 9000", ["run ip link set eth0 mtu 9000"]],
    ["ip rule add from 10.0.0.1 table 100 prio 5", ["rule add from=10.0.0.1 table=100 priority=5"]],
    ["ip rule add fwmark 0x10/0xff lookup web", ["rule add mark=16 table=web"]],
    ["ip -6 rule del to 2001:db8::/32", ["rule delete to=2001:db8::/32"]],
    ["ip rule flush", ["rule flush"]],
    ["ip rule show", ["run ip rule show"]],
    ["arping -U -I eth0 -c 3 10.0.0.1", ["announce 10.0.0.1 eth0 count=3"]],
    ["arping -A -q -c1 -w 2 -I eth0 $VIP", ["announce ? eth0 count=1 limit=2"]],
    ["arping -I eth0 -s 10.0.0.1 -U -c 2 10.0.0.254", ["announce 10.0.0.1 eth0 count=2"]],
    ["send_arp -r 5 eth0 10.0.0.1 auto", ["announce 10.0.0.1 eth0"]],
    ["ndsend 2001:db8::1 eth0", ["announce 2001:db8::1 eth0"]],
    ["arptables -A IN -d 10.0.0.1 -j DROP", ["arp append IN DROP destination=10.0.0.1"]],
    [
      "arptables -A OUTPUT -s 10.0.0.1 -j mangle --mangle-ip-s 10.0.0.9",
      ["arp append OUTPUT mangle source=10.0.0.1 mangledSource=10.0.0.9"],
    ],
    ["arptables -P INPUT DROP", ["arp policy INPUT DROP"]],
    ["arptables -F", ["arp flush - -"]],
    ["arptables -D IN ! -s 10.0.0.1 -i eth0 -j DROP", ["arp delete IN DROP source!=10.0.0.1 device=eth0"]],
  ])("%s", (command, expected) => expect(lines(command)).toEqual(expected));
});
