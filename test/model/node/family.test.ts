/** The family and the protocol version of an instance, by the order of its statements (keepalived 2.4.3 observed with -t). */
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../../server/host/memory.ts";
import { readProject } from "../../../server/model/cluster/project.ts";
import { effectiveNopreempt, vrrpVersion } from "../../../server/model/node/defaults.ts";
import { familyReading } from "../../../server/model/node/family.ts";

const instance = (body: string, globals = "") => {
  const files = memoryFiles({ "keepalived.conf": `${globals}\nvrrp_instance V {\n${body}\n}\n` });
  const configuration = readProject({ files, paths: [""] }).clusters[0]?.nodes[0]?.configuration;
  if (configuration === undefined) throw new Error("no configuration was read");
  return { configuration, instance: configuration.instances[0]! };
};

describe("family", () => {
  test.each([
    ["nothing says one", "priority 100", 4, []],
    ["excluded addresses do not count", "virtual_ipaddress_excluded {\nfe80::1\n}", 4, []],
    ["the first address decides", "virtual_ipaddress {\nfe80::1\n10.0.0.1\n}", 6, ["10.0.0.1"]],
    ["a source before the list decides", "unicast_src_ip 10.0.0.2\nvirtual_ipaddress {\nfe80::1\n}", 4, ["fe80::1"]],
    ["what is no address is skipped", "virtual_ipaddress {\nnonsense\nfe80::1\n}", 6, []],
    ["native_ipv6 decides", "native_ipv6\nvirtual_ipaddress {\n10.0.0.1\n}", 6, ["10.0.0.1"]],
    ["a variable in the list may be of either family", "virtual_ipaddress {\n$VIP\nfe80::1\n}", undefined, []],
    ["behind an unknown source nothing is refused", "unicast_src_ip $IP\nvirtual_ipaddress {\nfe80::1\n10.0.0.1\n}", 6, []],
  ])("%s", (_title, body, family, refused) => {
    const reading = familyReading(instance(body).instance.item);
    expect(reading.family).toBe(family);
    expect(reading.refused.map(({ word }) => word.value)).toEqual(refused);
  });
});

describe("version", () => {
  test.each([
    ["IPv4", "virtual_ipaddress {\n10.0.0.1\n}", "", 2],
    ["IPv6", "virtual_ipaddress {\nfe80::1\n}", "", 3],
    ["the common one", "virtual_ipaddress {\n10.0.0.1\n}", "global_defs {\nvrrp_version 3\n}", 3],
    ["version 2 before IPv6 addresses is taken", "version 2\nvirtual_ipaddress {\nfe80::1\n}", "", 2],
    ["version 2 behind them is refused", "virtual_ipaddress {\nfe80::1\n}\nversion 2", "", 3],
    ["a family nobody can know", "virtual_ipaddress {\n$VIP\n}", "", undefined],
    ["a version nobody can know", "version $V\nvirtual_ipaddress {\n10.0.0.1\n}", "", undefined],
  ])("%s", (_title, body, globals, version) => {
    const read = instance(body, globals);
    expect(vrrpVersion(read.configuration, read.instance)).toBe(version);
  });
});

test.each([
  ["a backup keeps it", "priority 100\nnopreempt", true],
  ["MASTER clears it", "state MASTER\npriority 100\nnopreempt", false],
  ["but not in strict mode", "strict_mode\nstate MASTER\npriority 100\nnopreempt", true],
  ["priority 255 clears it", "priority 255\nnopreempt", false],
  ["it is not written", "priority 100", false],
  ["nobody can know the priority", "priority $P\nnopreempt", undefined],
])("nopreempt: %s", (_title, body, expected) => {
  const read = instance(body);
  expect(effectiveNopreempt(read.configuration, read.instance)).toBe(expected);
});
