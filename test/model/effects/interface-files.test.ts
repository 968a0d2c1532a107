/** /etc/network/interfaces and netplan say the same as ifcfg files do. */
import { describe, expect, test } from "vitest";
import { effectsOfIpAddr } from "../../../server/model/effects/ip-addr.ts";
import { looksLikeInterfaces, readInterfaces } from "../../../server/model/effects/interfaces.ts";
import type { InterfaceConfig } from "../../../server/model/effects/ifcfg.ts";
import { readNetplan } from "../../../server/model/effects/netplan.ts";
import { shown } from "./reading.ts";

const summary = (text: string, { device, addresses, gateway }: InterfaceConfig): string => {
  for (const { address } of addresses) expect(text.slice(address.site.span.start, address.site.span.end)).toBe(address.value);
  if (gateway !== undefined) expect(text.slice(gateway.site.span.start, gateway.site.span.end)).toBe(gateway.value);
  const list = addresses.map(({ address, prefix }) => `${address.value}/${prefix?.value ?? "-"}`).join(" ");
  return `${device?.value}: ${list}${gateway === undefined ? "" : ` via ${gateway.value}`}`;
};

describe("/etc/network/interfaces", () => {
  const text = `# eth9
source /etc/network/interfaces.d/*
auto lo eth0
iface lo inet loopback
    up ip addr add 10.0.0.100/32 dev lo label lo:0

iface eth0 inet static
    address 10.0.0.11
    netmask 255.255.255.0
    gateway 10.0.0.1
iface eth0 inet6 static
	address 2001:db8::11/64
allow-hotplug eth1
iface eth1 inet dhcp
`;
  test("addresses, masks and gateways at their places", () => {
    expect(looksLikeInterfaces(text)).toBe(true);
    expect(readInterfaces(text, "interfaces").interfaces.map((one) => summary(text, one))).toEqual([
      "lo: ",
      "eth0: 10.0.0.11/24 via 10.0.0.1",
      "eth0: 2001:db8::11/64",
      "eth1: ",
    ]);
  });

  test("a command of `up` is read as a script at its place", () => {
    const [effect] = readInterfaces(text, "interfaces").effects;
    expect(shown(effect!)).toBe("bind 10.0.0.100/32 lo lo:0");
    expect(text.slice(effect!.site.span.start, effect!.site.span.end)).toBe("ip addr add 10.0.0.100/32 dev lo label lo:0");
  });
});

test("a command of `up` may go on behind a backslash", () => {
  const text =
    "iface eth0 inet static\n  address \\\n    10.0.0.11/24\n  up sysctl -w \\\n    net.ipv4.ip_forward=1\n  gateway 10.0.0.1 \\";
  const { interfaces, effects } = readInterfaces(text, "interfaces");
  expect(effects.map(shown)).toEqual(["sysctl net.ipv4.ip_forward=1"]);
  expect(text.slice(effects[0]!.site.span.start, effects[0]!.site.span.end)).toBe("sysctl -w \\\n    net.ipv4.ip_forward=1");
  expect(interfaces.map(({ gateway }) => gateway?.value)).toEqual(["10.0.0.1"]);
});

describe("netplan", () => {
  test("addresses in every notation", () => {
    const text = `network:
  version: 2
  ethernets:
    eth0: &common
      addresses: [10.0.0.11/24, "2001:db8::11/64"]
      routes:
        - to: default
          via: 10.0.0.1
    id1:
      set-name: lan0
      addresses:
        - 10.1.0.11/16:
            label: lan0:1
      gateway4: '10.1.0.1'
    eth5: *common
  dummy-devices:
    dummy0:
      addresses:
        - 10.0.0.100/32
`;
    expect(readNetplan(text, "50.yaml").map((one) => summary(text, one))).toEqual([
      "eth0: 10.0.0.11/24 2001:db8::11/64 via 10.0.0.1",
      "lan0: 10.1.0.11/16 via 10.1.0.1",
      "eth5: 10.0.0.11/24 2001:db8::11/64 via 10.0.0.1",
      "dummy0: 10.0.0.100/32",
    ]);
  });

  test("broken and hostile files", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
      { length: 20 },
      (_, i) =>
        `b${i}: &b${i} [${Array<string>(9)
          .fill(i === 0 ? "*a" : `*b${i - 1}`)
          .join(",")}]`,
    ).join("\n")}\nnetwork: *b19\n`;
    for (const text of [
      "",
      "network: [",
      "network:\n  ethernets:\n    eth0:\n\taddresses: x",
      "&a a: *a",
      "network: &n\n  ethernets: *n\n",
      bomb,
      "[".repeat(50_000),
    ])
      expect(() => readNetplan(text, "f")).not.toThrow();
  });
});

test("`ip -o addr show`: device, label, prefix", () => {
  const text = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet 10.0.0.100/32 scope global lo:0\\       valid_lft forever preferred_lft forever
7: eth0@if8    inet 10.0.0.11/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever preferred_lft forever
7: eth0    inet6 fe80::1/64 scope link \\       valid_lft forever preferred_lft forever
`;
  expect(effectsOfIpAddr(text, "addresses").map(shown)).toEqual([
    "bind 127.0.0.1/8 lo -",
    "bind 10.0.0.100/32 lo lo:0",
    "bind 10.0.0.11/24 eth0 -",
    "bind fe80::1/64 eth0 -",
  ]);
});
