import { describe, expect, it } from "vitest";
import { clusterOf, holders, instance, play, start } from "./play.ts";

const vip = "10.0.0.100";
const auth = (password: string): string => `authentication {\n auth_type PASS\n auth_pass ${password}\n }`;
const versions = ["2.2.7", "2.4.3"] as const;

describe("adverts that are refused", () => {
  it.each(versions)("another password makes two holders (%s), and says so without showing it", (version) => {
    const [report] = play(clusterOf({ A: instance(100, auth("secret")), B: instance(90, auth("another")) }, version), [start]);
    const answer = report!.addresses.get(vip)!;
    expect(answer.holders).toEqual(["A", "B"]);
    expect(answer.why).toContain("auth_pass");
    expect(answer.why).not.toMatch(/secret|another\b(?!\))/u);
  });

  it.each([
    ["only one authenticates", instance(100, auth("secret")), instance(90), "A+B"],
    ["the first eight characters are the same", instance(100, auth("12345678a")), instance(90, auth("12345678b")), "A"],
    ["version 3 ignores passwords", instance(100, `version 3\n${auth("a")}`), instance(90, `version 3\n${auth("b")}`), "A"],
    ["versions differ", instance(100, "version 2"), instance(90, "version 3"), "A+B"],
    ["AH and PASS never meet", instance(100, auth("x").replace("PASS", "AH")), instance(90, auth("x")), "A+B"],
    ["multicast groups differ", instance(100, "mcast_dst_ip 224.0.0.99"), instance(90), "A+B"],
    ["VRIDs differ", instance(100), instance(90).replace("51", "52"), "A+B"],
  ])("%s", (_what, A, B, held) => {
    for (const version of versions) expect(holders(play(clusterOf({ A, B }, version), [start]), vip)).toEqual([held]);
  });

  it("2.2.7 refuses another list of addresses; 2.4.3 takes it, and nobody holds what the master lacks", () => {
    const hosts = { A: instance(100), B: instance(90).replace("10.0.0.100/24", "10.0.0.100/24\n10.0.0.101/24") };
    const [old] = play(clusterOf(hosts, "2.2.7"), [start]);
    expect(old!.addresses.get(vip)!.holders).toEqual(["A", "B"]);
    const [now] = play(clusterOf(hosts, "2.4.3"), [start]);
    expect(now!.addresses.get(vip)!.holders).toEqual(["A"]);
    expect(now!.addresses.get("10.0.0.101")).toMatchObject({
      holders: [],
      why: expect.stringContaining("A is MASTER with priority 100 and does not list it"),
    });
  });

  it("an address written twice counts twice up to 2.3.2", () => {
    const hosts = { A: instance(100).replace("10.0.0.100/24", "10.0.0.100/24\n10.0.0.100/24"), B: instance(90) };
    expect(holders(play(clusterOf(hosts, "2.3.2"), [start]), vip)).toEqual(["A+B"]);
    expect(holders(play(clusterOf(hosts, "2.3.3"), [start]), vip)).toEqual(["A"]);
  });
});

describe("unicast", () => {
  const unicast = (own: string, peers: readonly string[], more = ""): string =>
    `unicast_src_ip ${own}\nunicast_peer {\n${peers.join("\n")}\n}\n${more}`;

  it("reaches the listed peers only: a third node that the master does not list becomes master as well", () => {
    const hosts = {
      A: instance(100, unicast("10.0.0.1", ["10.0.0.2"])),
      B: instance(90, unicast("10.0.0.2", ["10.0.0.1", "10.0.0.3"])),
      C: instance(80, unicast("10.0.0.3", ["10.0.0.1", "10.0.0.2"])),
    };
    const reports = play(clusterOf(hosts), [start, { do: "crash", node: "A" }]);
    expect(holders(reports, vip)).toEqual(["A+C", "B"]);
    expect(reports[0]!.addresses.get(vip)!.why).toContain("unicast_peer of A: 10.0.0.2");
  });

  it("does not meet multicast", () => {
    const hosts = { A: instance(100, unicast("10.0.0.1", ["10.0.0.2"])), B: instance(90) };
    expect(holders(play(clusterOf(hosts), [start]), vip)).toEqual(["A+B"]);
  });

  it("a keyword without peers falls back to multicast, or to FAULT where that is asked for", () => {
    expect(holders(play(clusterOf({ A: instance(100, "unicast_src_ip 10.0.0.1"), B: instance(90) }), [start]), vip)).toEqual(["A"]);
    expect(holders(play(clusterOf({ A: instance(100, "unicast_fault_no_peer"), B: instance(90) }), [start]), vip)).toEqual(["B"]);
  });

  it("a source address the node lacks is a FAULT in 2.2.7", () => {
    const hosts = { A: instance(100, unicast("10.0.0.77", ["10.0.0.2"])), B: instance(90, unicast("10.0.0.2", ["10.0.0.1"])) };
    expect(holders(play(clusterOf(hosts, "2.2.7"), [start]), vip)).toEqual(["B"]);
    expect(holders(play(clusterOf(hosts, "2.4.3"), [start]), vip)).toEqual(["A"]);
  });

  it("check_unicast_src drops strangers", () => {
    const hosts = (more: string) => ({
      A: instance(100, unicast("10.0.0.1", ["10.0.0.2"])),
      B: instance(90, unicast("10.0.0.2", ["10.0.0.9"], more)),
    });
    expect(holders(play(clusterOf(hosts("")), [start]), vip)).toEqual(["A"]);
    expect(holders(play(clusterOf(hosts("check_unicast_src")), [start]), vip)).toEqual(["A+B"]);
  });

  it("is bound to its interface: a peer in the network of another interface is not reached (measured, both versions)", () => {
    const listed = (own: string, peer: string): string => unicast(own, [peer]);
    const hosts = {
      A: instance(130, listed("10.1.0.1", "10.1.0.2")).replace("eth0", "eth1"),
      B: instance(150, listed("10.1.0.2", "10.1.0.1")),
    };
    for (const version of versions) expect(holders(play(clusterOf(hosts, version), [start]), vip)).toEqual(["A+B"]);
  });

  it("through a VMAC in strict mode nobody hears anybody in 2.2.7; later the daemon ends", () => {
    const own = (priority: number, address: string, peer: string): string =>
      instance(priority, `use_vmac\n${unicast(address, [peer])}`, "global_defs {\n vrrp_strict\n}\n");
    const hosts = { A: own(100, "10.0.0.1", "10.0.0.2"), B: own(90, "10.0.0.2", "10.0.0.1") };
    const [report] = play(clusterOf(hosts, "2.2.7"), [start]);
    expect(report!.addresses.get(vip)).toMatchObject({ holders: ["A", "B"], why: expect.stringContaining("VMAC") });
    expect(holders(play(clusterOf(hosts, "2.4.3"), [start]), vip)).toEqual([""]);
  });

  it("two masters that refuse each other delay each other's adverts, so that a third which takes those of one may miss them", () => {
    const hosts = (heardByThird: readonly string[]) => ({
      A: instance(200, `${auth("one")}\n${unicast("10.0.0.1", ["10.0.0.2", "10.0.0.3"])}`),
      B: instance(190, `${auth("two")}\n${unicast("10.0.0.2", heardByThird)}`),
      C: instance(180, `${auth("one")}\n${unicast("10.0.0.3", ["10.0.0.2"])}`),
    });
    const steps = [start, ...Array.from({ length: 12 }, () => ({ do: "wait", wait: 5 }))];
    const disturbed = holders(play(clusterOf(hosts(["10.0.0.1", "10.0.0.3"])), steps), vip);
    expect(disturbed.some((held) => held.endsWith("?"))).toBe(true);
    // A third alone with the master hears it every second.
    const undisturbed = holders(play(clusterOf(hosts(["10.0.0.9"])), steps), vip);
    expect(new Set(undisturbed)).toEqual(new Set(["A+B"]));
  });
});
