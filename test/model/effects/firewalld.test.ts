/** Zone files of firewalld as rules of INPUT. */
import { describe, expect, test } from "vitest";
import { effectsOfFirewalldDirect, effectsOfFirewalldZone, looksLikeFirewalldZone } from "../../../server/model/effects/firewalld.ts";
import { shown } from "./reading.ts";

const zone = (body: string, head = ""): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<!-- a > b -->\n<zone${head}>\n  <short>Public</short>\n${body}</zone>\n`;
const rules = (text: string): readonly string[] => effectsOfFirewalldZone(text, "public.xml").map(shown).slice(1);

describe("a zone", () => {
  test("lets in what its elements name, and refuses the rest", () => {
    expect(
      rules(
        zone('  <service name="ssh"/>\n  <service name="own"/>\n  <port protocol="tcp" port="3306-3307"/>\n  <protocol value="VRRP"/>\n'),
      ),
    ).toEqual([
      "firewall firewalld append filter/INPUT ACCEPT protocol=tcp destinationPorts=22-22",
      "firewall firewalld append filter/INPUT ACCEPT other(service own)",
      "firewall firewalld append filter/INPUT ACCEPT protocol=tcp destinationPorts=3306-3307",
      "firewall firewalld append filter/INPUT ACCEPT protocol=vrrp",
      "firewall firewalld policy filter/INPUT REJECT",
    ]);
  });

  test("has rich rules, those that refuse first, and a target", () => {
    const text = zone(
      '  <rule family="ipv4">\n    <source address="10.0.0.0/24"/>\n    <protocol value="vrrp"/>\n    <accept/>\n  </rule>\n  <rule><destination address="224.0.0.18" invert="yes"/><drop/></rule>\n',
      ' target="DROP"',
    );
    expect(rules(text)).toEqual([
      "firewall firewalld append filter/INPUT DROP destination!=224.0.0.18",
      "firewall firewalld append filter/INPUT ACCEPT source=10.0.0.0/24 protocol=vrrp other(family ipv4)",
      "firewall firewalld policy filter/INPUT DROP",
    ]);
    const source = effectsOfFirewalldZone(text, "public.xml")[2]!.match.source!.value;
    expect(text.slice(source.site.span.start, source.site.span.end)).toBe("10.0.0.0/24");
  });

  test("may be any text", () => {
    for (const text of ["", "<zone", "<zone a='", "<zone>".repeat(50_000), "<!--", `<zone ${'a="b" '.repeat(100_000)}`, "<zone>\0</x></y>"])
      expect(() => effectsOfFirewalldZone(text, "f")).not.toThrow();
    expect(looksLikeFirewalldZone(zone(""))).toBe(true);
    expect(looksLikeFirewalldZone("<service><port/></service>")).toBe(false);
  });
});

test("direct.xml holds rules of iptables; what a shell would make of anything else is none", () => {
  const text = `<direct>
  <rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-p vrrp -j ACCEPT</rule>
  <passthrough ipv="ipv6">-t raw -A PREROUTING -p 112 -j NOTRACK</passthrough>
  <rule ipv="ipv4" table="filter" chain="INPUT">-j DROP; systemctl stop keepalived</rule>
</direct>`;
  const effects = effectsOfFirewalldDirect(text, "direct.xml");
  expect(effects.map(shown)).toEqual([
    "firewall iptables append filter/INPUT ACCEPT protocol=vrrp",
    "firewall ip6tables append raw/PREROUTING NOTRACK protocol=112",
  ]);
  expect(text.slice(effects[0]!.site.span.start, effects[0]!.site.span.end)).toBe("-p vrrp -j ACCEPT");
});
