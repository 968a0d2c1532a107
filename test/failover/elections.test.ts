import { describe, expect, it } from "vitest";
import { clusterOf, holders, instance, play, start } from "./play.ts";

const vip = "10.0.0.100";
const crashAndReturn = [start, { do: "crash", node: "A" }, { do: "restart", node: "A" }];

describe("elections", () => {
  it("the higher priority holds the address, loses it in a crash and takes it back", () => {
    const reports = play(clusterOf({ A: instance(100), B: instance(90) }), crashAndReturn);
    expect(holders(reports, vip)).toEqual(["A", "B", "A"]);
    expect(reports.map(({ states }) => states.get("A")!.get("VI_1"))).toEqual(["MASTER", "DEAD", "MASTER"]);
    expect(reports[1]!.priorities.get("A")!.size).toBe(0);
  });

  it("tells how long nobody holds it: three adverts and the skew after a crash, the skew after an orderly end, nothing on return", () => {
    const reports = play(clusterOf({ A: instance(100), B: instance(156) }), [
      start,
      { do: "crash", node: "B" },
      { do: "restart", node: "B" },
      { do: "stop", node: "B" },
    ]);
    const gaps = reports.map(({ addresses }) => addresses.get(vip)!.nobody);
    // The skew of priority 100 is 156/256 of a second; the last advert was sent up to a second before the crash.
    expect(gaps[1]).toBeGreaterThanOrEqual(2.6);
    expect(gaps[1]).toBeLessThanOrEqual(3.7);
    expect(gaps[2]).toBe(0);
    expect(gaps[3]).toBeCloseTo(0.6, 1);
  });

  it("`state MASTER` decides nothing about who is master", () => {
    expect(holders(play(clusterOf({ A: instance(90, "state MASTER"), B: instance(100, "state BACKUP") }), [start]), vip)).toEqual(["B"]);
  });

  it("`state MASTER` without a priority is the address owner", () => {
    const [report] = play(clusterOf({ A: instance(undefined, "state MASTER"), B: instance(200) }), [start]);
    expect(report!.priorities.get("A")!.get("VI_1")).toBe(255);
    expect(report!.addresses.get(vip)!.nobody).toBeLessThan(0.2);
  });

  it("nopreempt on the higher node keeps it from coming back, `state MASTER` undoes that", () => {
    const steps = crashAndReturn;
    expect(holders(play(clusterOf({ A: instance(100, "nopreempt"), B: instance(90) }), steps), vip)).toEqual(["A", "B", "B"]);
    expect(holders(play(clusterOf({ A: instance(100, "state MASTER\nnopreempt"), B: instance(90) }), steps), vip)).toEqual(["A", "B", "A"]);
  });

  it("strict mode makes BACKUP of a MASTER that owns nothing, so that nopreempt works", () => {
    const strict = "global_defs {\n  vrrp_strict\n}";
    const cluster = clusterOf({ A: instance(100, "state MASTER\nnopreempt", strict), B: instance(90, "", strict) });
    expect(holders(play(cluster, crashAndReturn), vip)).toEqual(["A", "B", "B"]);
  });

  it("preempt_delay delays the return", () => {
    const steps = [...crashAndReturn.slice(0, 2), { do: "restart", node: "A", wait: 6 }, { do: "wait", wait: 10 }];
    expect(holders(play(clusterOf({ A: instance(100, "preempt_delay 8"), B: instance(90) }), steps), vip)).toEqual(["A", "B", "B", "A"]);
  });

  it("between equal priorities a start of both is a race; whoever is master stays, and after a partition the higher address wins", () => {
    const cluster = clusterOf({ A: instance(100), B: instance(100) });
    expect(holders(play(cluster, [start]), vip)).toEqual(["A?"]);
    const steps = [
      { do: "start", nodes: ["A"] },
      { do: "start", nodes: ["B"] },
      { do: "partition", groups: [["A"], ["B"]] },
      { do: "heal" },
    ];
    expect(holders(play(cluster, steps), vip)).toEqual(["A", "A", "A+B", "B"]);
  });

  it("a master without nopreempt's protection yields to a higher one after a partition, nopreempt or not", () => {
    const cluster = clusterOf({ A: instance(100, "nopreempt"), B: instance(90, "nopreempt") });
    const steps = [
      start,
      { do: "crash", node: "A" },
      { do: "restart", node: "A" },
      { do: "partition", groups: [["A"], ["B"]] },
      { do: "heal" },
    ];
    expect(holders(play(cluster, steps), vip)).toEqual(["A", "B", "B", "A+B", "A"]);
  });

  it("two owners: 2.4.3 keeps the higher address, 2.2.7 makes one of them 254 and moves on every start", () => {
    const owners = { A: instance(255), B: instance(255) };
    expect(holders(play(clusterOf(owners, "2.4.3"), [start]), vip)).toEqual(["B"]);
    const [report] = play(clusterOf(owners, "2.2.7"), [start]);
    expect(report!.addresses.get(vip)!.uncertain).toBe(true);
    expect([...report!.priorities.values()].map((priorities) => priorities.get("VI_1"))).toContain(254);
  });

  it("version 3 learns the master's interval, version 2 refuses another one", () => {
    const v3 = "global_defs {\n  vrrp_version 3\n}";
    expect(holders(play(clusterOf({ A: instance(100, "advert_int 1", v3), B: instance(90, "advert_int 3", v3) }), [start]), vip)).toEqual([
      "A",
    ]);
    const [report] = play(clusterOf({ A: instance(100, "advert_int 1"), B: instance(90, "advert_int 3") }), [{ do: "start", wait: 20 }]);
    expect(report!.addresses.get(vip)).toMatchObject({ holders: ["A", "B"], uncertain: false });
    expect(report!.addresses.get(vip)!.why).toContain("advert_int");
  });

  it("vrrp_startup_delay keeps 2.2.7 waiting for longer than 2.4.3", () => {
    const hosts = { A: instance(100, "", "global_defs {\n  vrrp_startup_delay 5\n}"), B: instance(90) };
    const steps = [start, { do: "crash", node: "A" }, { do: "restart", node: "A", wait: 13 }];
    expect(holders(play(clusterOf(hosts, "2.4.3"), steps), vip).at(-1)).toBe("A");
    expect(holders(play(clusterOf(hosts, "2.2.7"), steps), vip).at(-1)).toBe("B");
  });
});
