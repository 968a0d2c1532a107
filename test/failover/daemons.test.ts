import { describe, expect, it } from "vitest";
import { clusterOf, holders, instance, play, start } from "./play.ts";

const vip = "10.0.0.100";

describe("daemons that do not run, and instances that are not there", () => {
  it.each([
    ["an interface is missing", instance(100).replace("eth0", "eth9"), "interface eth9 does not exist"],
    ["a tracked interface is missing", instance(100, "track_interface {\n eth9\n }"), "interface eth9 does not exist"],
    ["the device of an address is missing", instance(100).replace("/24", "/24 dev eth9"), "interface eth9 does not exist"],
    ["the VRID is no number from 1 to 255", instance(100).replace("51", "0"), "VI_1 has no valid virtual_router_id"],
    ["the interface is left out", instance(100).replace("interface eth0", ""), "VI_1 has no interface"],
    ["a VRID is there twice", instance(100) + instance(90).replace("VI_1", "VI_2"), "VI_1 and VI_2 both use virtual_router_id 51"],
    ["a password is missing", instance(100, "authentication {\n auth_type PASS\n auth_pass\n }"), "auth_pass has no value"],
    ["version 3 without an address", instance(100, "version 3").replace("10.0.0.100/24", ""), "VI_1 has no virtual address"],
  ])("%s: keepalived ends", (_what, conf, reason) => {
    const [report] = play(clusterOf({ A: conf, B: instance(90) }), [start]);
    expect(report!.states.get("A")!.get("VI_1")).toBe("DEAD");
    const answer = report!.addresses.get(vip)!;
    expect(answer.holders).toEqual(["B"]);
    if (conf.includes("10.0.0.100")) expect(answer.why).toContain(`keepalived on A ends at its start because ${reason}`);
  });

  it("dynamic_interfaces waits for a missing interface in FAULT", () => {
    const conf = instance(100, "", "global_defs {\n dynamic_interfaces\n}").replace("eth0", "eth9");
    const [report] = play(clusterOf({ A: conf, B: instance(90) }), [start]);
    expect(report!.states.get("A")!.get("VI_1")).toBe("FAULT");
  });

  it("strict mode with unicast peers ends 2.4.3 and not 2.2.7", () => {
    const conf = (priority: number, peer: string): string => instance(priority, `strict_mode\nunicast_peer {\n ${peer}\n }`);
    const hosts = { A: conf(100, "10.0.0.2"), B: conf(90, "10.0.0.1") };
    expect(holders(play(clusterOf(hosts, "2.4.3"), [start]), vip)).toEqual([""]);
    expect(holders(play(clusterOf(hosts, "2.2.7"), [start]), vip)).toEqual(["A"]);
  });

  it("addresses of another family than the first are nobody's", () => {
    const mixed = (priority: number): string => instance(priority).replace("10.0.0.100/24", "10.0.0.100/24\nfd00::100/64");
    const [report] = play(clusterOf({ A: mixed(100), B: mixed(90) }), [start]);
    expect(report!.addresses.get(vip)!.holders).toEqual(["A"]);
    expect(report!.addresses.get("fd00::100")!.holders).toEqual([]);
  });

  it("an interface whose only address is the virtual one is left without a source", () => {
    const interfaces = { eth0: ["10.0.0.100/24"] };
    const [report] = play(clusterOf({ A: { conf: instance(100), interfaces }, B: instance(90) }), [start]);
    expect(report!.states.get("A")!.get("VI_1")).toBe("FAULT");
    expect(report!.addresses.get(vip)!.holders).toEqual(["B"]);
  });

  it("a virtual address that a machine has by itself stays there until keepalived removes it", () => {
    const B = { conf: instance(90), interfaces: { eth0: ["10.0.0.2/24", "10.0.0.100/24"] } };
    expect(
      holders(
        play(clusterOf({ A: instance(100), B }), [
          { do: "start", nodes: ["A"] },
          { do: "start", nodes: ["B"] },
        ]),
        vip,
      ),
    ).toEqual(["A+B", "A"]);
  });

  it("each node runs its own version", () => {
    const hosts = (version: string) => ({ A: instance(100), B: { conf: instance(90).replace("/24", "/24\n10.0.0.101/24"), version } });
    expect(holders(play(clusterOf(hosts("2.2.7")), [start]), vip)).toEqual(["A+B"]);
    expect(holders(play(clusterOf(hosts("2.4.3")), [start]), vip)).toEqual(["A"]);
  });

  it("the addresses of an instance whose name is taken are nobody's (measured, both versions)", () => {
    const second = instance(100).replace("51", "52").replaceAll("10.0.0.100", "10.0.0.101");
    for (const version of ["2.2.7", "2.4.3"]) {
      const [report] = play(clusterOf({ A: instance(100) + second, B: instance(90) }, version), [start]);
      expect(report!.addresses.get("10.0.0.101")).toMatchObject({ holders: [], why: expect.stringContaining("drops it") });
      expect(report!.addresses.get(vip)!.holders).toEqual(["A"]);
    }
  });
});
