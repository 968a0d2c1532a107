import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHaproxy } from "../../../server/model/effects/haproxy.ts";
import { readIfcfg } from "../../../server/model/effects/ifcfg.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "../../../server/model/effects/iptables-save.ts";
import { effectsOfSysctlConf } from "../../../server/model/effects/sysctl-conf.ts";
import type { Site } from "../../../grammar/text.ts";
import { shown } from "./reading.ts";

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/scripts/${name}`, import.meta.url), "utf8");
const at = (text: string, site: Site): string => text.slice(site.span.start, site.span.end);

describe("iptables-save", () => {
  const text = fixture("filter.iptables-save");

  test("policies, chains and rules with their table", () => {
    expect(effectsOfIptablesSave(text, "rules.v4").map(shown)).toEqual([
      "firewall iptables policy mangle/PREROUTING ACCEPT",
      "firewall iptables policy mangle/POSTROUTING ACCEPT",
      "mark iptables append mangle/PREROUTING 1/ffffffff destination=10.0.0.140/32 protocol=tcp destinationPorts=3306-3306 macSource!=aa:aa:aa:53:3e:28",
      "firewall iptables policy filter/INPUT DROP",
      "firewall iptables policy filter/FORWARD ACCEPT",
      "firewall iptables policy filter/OUTPUT ACCEPT",
      "firewall iptables new-chain filter/LOGDROP -",
      "firewall iptables append filter/INPUT ACCEPT states=RELATED,ESTABLISHED",
      "firewall iptables append filter/INPUT ACCEPT destination=224.0.0.18/32 protocol=vrrp",
      "firewall iptables append filter/INPUT ACCEPT source=10.0.0.0/24 protocol=tcp destinationPorts=22-22,3306-3307",
      "firewall iptables append filter/LOGDROP LOG other(-m limit|--limit 5/min)",
    ]);
  });

  test("sites are the rule without its counters, and the words", () => {
    const mark = effectsOfIptablesSave(text, "rules.v4").find((effect) => effect.kind === "mark")!;
    expect(at(text, mark.site)).toMatch(/^-A PREROUTING .*0xffffffff$/u);
    expect(mark.kind === "mark" && [mark.mark, mark.chain, mark.table].map(({ site }) => at(text, site))).toEqual([
      "0x1/0xffffffff",
      "PREROUTING",
      "*mangle".slice(0),
    ]);
  });

  test("a dump is told from a script and from a configuration", () => {
    expect(looksLikeIptablesSave(text)).toBe(true);
    expect(looksLikeIptablesSave(text.replaceAll("\n", "\r\n"))).toBe(true);
    expect(looksLikeIptablesSave("iptables -t mangle -A PREROUTING -j MARK --set-mark 1\n")).toBe(false);
    expect(looksLikeIptablesSave("vrrp_instance VI_1 {\n}\n")).toBe(false);
  });

  test("addresses of IPv6 belong to ip6tables", () => {
    expect(effectsOfIptablesSave("*filter\n-A INPUT -d ff02::12/128 -p vrrp -j ACCEPT\nCOMMIT\n", "rules").map(shown)).toEqual([
      "firewall ip6tables append filter/INPUT ACCEPT destination=ff02::12/128 protocol=vrrp",
    ]);
  });
});

test("sysctl.conf: both spellings of names, comments, the ignored minus", () => {
  const text = fixture("sysctl.conf");
  const effects = effectsOfSysctlConf(text, "sysctl.conf");
  expect(effects.map(shown)).toEqual([
    "sysctl net.ipv4.conf.all.arp_ignore=1",
    "sysctl net.ipv4.conf.eth0/10.arp_announce=2",
    "sysctl net.ipv4.ip_nonlocal_bind=1",
  ]);
  expect(effects.map(({ name, value, site }) => [name.site, value.site, site].map((one) => at(text, one)))).toEqual([
    ["net.ipv4.conf.all.arp_ignore", "1", "net.ipv4.conf.all.arp_ignore = 1"],
    ["net/ipv4/conf/eth0.10/arp_announce", "2", "net/ipv4/conf/eth0.10/arp_announce=2"],
    ["net.ipv4.ip_nonlocal_bind", "1", "net.ipv4.ip_nonlocal_bind =1"],
  ]);
});

test("ifcfg: addresses with the prefix of the same number, the gateway with its place", () => {
  const text = fixture("ifcfg-eth0");
  const config = readIfcfg(text, "ifcfg-eth0");
  expect(config.device?.value).toBe("eth0");
  expect(config.addresses.map(({ address, prefix }) => [address.value, prefix?.value])).toEqual([
    ["192.168.80.136", 24],
    ["192.168.80.137", 25],
  ]);
  expect(config.gateway?.value).toBe("192.168.80.111");
  expect(at(text, config.gateway!.site)).toBe("192.168.80.111");
  expect(config.onBoot).toBe(true);
  expect(readIfcfg("ONBOOT=no\nIPADDR=$(x)\n", "f")).toMatchObject({ addresses: [], onBoot: false });
});

test("haproxy: the last colon is the port's, and quotes are no part of a word", () => {
  const text = 'listen a\n  bind :::9000,ipv6@2001:db8::1:443\n  bind "10.0.0.1:80"\n  bind [2001:db8::2]:81\n  server s 2001:db8::3:82\n';
  const { binds, servers } = readHaproxy(text, "haproxy.cfg");
  const places = [...binds, ...servers].map(({ address, port }) => {
    const { start, end } = address.site.span;
    expect(text.slice(start, end)).toBe(address.value);
    return [address.value, port?.value];
  });
  expect(places).toEqual([
    ["::", 9000],
    ["2001:db8::1", 443],
    ["10.0.0.1", 80],
    ["2001:db8::2", 81],
    ["2001:db8::3", 82],
  ]);
});

test("haproxy: binds, servers, checks", () => {
  const text = fixture("haproxy.cfg");
  const config = readHaproxy(text, "haproxy.cfg");
  expect(config.binds.map(({ section, address, port, transparent }) => [section, address.value, port?.value, transparent])).toEqual([
    ["mysql-lbl", "172.18.14.68", 3306, false],
    ["web", "*", 80, true],
    ["web", "2001:db8::10", 443, true],
    ["stats", "*", 8888, false],
  ]);
  expect(config.binds.map(({ address, port }) => [at(text, address.site), at(text, port!.site)])).toEqual([
    ["172.18.14.68", "3306"],
    ["*", "80"],
    ["2001:db8::10", "443"],
    ["*", "8888"],
  ]);
  expect(config.servers.map(({ name, address, port, check }) => [name.value, address.value, port?.value, check])).toEqual([
    ["mysql_1", "172.18.14.71", 3306, true],
    ["mysql_2", "172.18.14.72", 3306, false],
  ]);
  expect(config.mysqlChecks.map(({ section, user }) => [section, user?.value])).toEqual([["mysql-lbl", "haproxy_check"]]);
});

test("any text is read without an exception", () => {
  const pieces = [
    "*filter",
    ":INPUT ",
    "-A INPUT ",
    "-j ",
    "\n",
    "=",
    " ",
    "IPADDR",
    "bind ",
    "listen ",
    "server ",
    ":",
    "[",
    "]",
    ",",
    '"',
    "#",
    "0x1",
    "-m ",
    "! ",
    "\r\n",
  ];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.array(fc.constantFrom(...pieces)).map((list) => list.join("")),
      ),
      (text) => {
        looksLikeIptablesSave(text);
        readIfcfg(text, "f");
        for (const { site } of [...effectsOfIptablesSave(text, "f"), ...effectsOfSysctlConf(text, "f"), ...readHaproxy(text, "f").binds])
          expect(site.span.end).toBeLessThanOrEqual(text.length);
      },
    ),
    { numRuns: 500 },
  );
});

test("ifcfg: a range of addresses, and those of IPv6", () => {
  const told = (text: string): readonly string[] =>
    readIfcfg(text, "ifcfg-eth0").addresses.map(({ address, prefix }) => `${address.value}/${prefix?.value ?? "-"}`);
  expect(told("IPADDR_START=10.0.0.20\nIPADDR_END=10.0.0.22\nNETMASK=255.255.255.255\n")).toEqual([
    "10.0.0.20/32",
    "10.0.0.21/32",
    "10.0.0.22/32",
  ]);
  expect(told("IPADDR_START=10.0.0.20\nIPADDR_END=10.0.1.22\n")).toEqual([]);
  expect(told('IPV6ADDR=2001:db8::1/64\nIPV6ADDR_SECONDARIES="2001:db8::2/64 2001:db8::3"\n')).toEqual([
    "2001:db8::1/64",
    "2001:db8::2/64",
    "2001:db8::3/-",
  ]);
  expect(told("IPV6INIT=no\nIPV6ADDR=2001:db8::1/64\n")).toEqual([]);
});
