import { describe, expect, it } from "vitest";
import { clusterOf, holders, instance, play, start } from "./play.ts";

const vip = "10.0.0.100";
const script = (more = ""): string => `vrrp_script chk {\n script /usr/bin/check\n interval 1\n ${more}\n}`;
const tracking = (entry = "chk"): string => `track_script {\n ${entry}\n }`;
const failAndRecover = [start, { do: "fail", node: "A", script: "chk" }, { do: "ok", node: "A", script: "chk" }];

const withWeight = (weight: number, b = instance(100)): ReturnType<typeof clusterOf> =>
  clusterOf({ A: instance(150, tracking(), script(`weight ${weight}`)), B: b });

describe("tracked scripts", () => {
  it("a weight that leaves the priority above the peer's moves nothing; one that is large enough moves the address and back", () => {
    expect(holders(play(withWeight(-2), failAndRecover), vip)).toEqual(["A", "A", "A"]);
    expect(holders(play(withWeight(-60), failAndRecover), vip)).toEqual(["A", "B", "A"]);
    const [, failed] = play(withWeight(-2), failAndRecover);
    expect(failed!.priorities.get("A")!.get("VI_1")).toBe(148);
    expect(failed!.addresses.get(vip)!.why).toContain("148 (150 − 2)");
  });

  it("a weight that only reaches the peer's priority leaves the master in place", () => {
    expect(holders(play(withWeight(-50), failAndRecover), vip)).toEqual(["A", "A", "A"]);
  });

  it("weight 0 is FAULT, and with the script failing everywhere nobody holds the address", () => {
    const cluster = clusterOf({ A: instance(150, tracking(), script()), B: instance(100, tracking(), script()) });
    const reports = play(cluster, [start, { do: "fail", node: "A" }, { do: "fail", node: "B" }, { do: "ok" }]);
    expect(holders(reports, vip)).toEqual(["A", "B", "", "A"]);
    expect(reports[1]!.states.get("A")!.get("VI_1")).toBe("FAULT");
    expect(reports[2]!.addresses.get(vip)!.why).toContain("chk fails and has weight 0");
  });

  it("a positive weight is a bonus while the script succeeds", () => {
    const cluster = clusterOf({ A: instance(100, tracking(), script("weight 20")), B: instance(90, tracking(), script("weight 20")) });
    const reports = play(cluster, failAndRecover);
    expect(holders(reports, vip)).toEqual(["A", "B", "A"]);
    expect(reports.map(({ priorities }) => priorities.get("A")!.get("VI_1"))).toEqual([120, 100, 120]);
  });

  it("stays within 1 and 254, and does not touch the owner", () => {
    expect(play(withWeight(-253), failAndRecover)[1]!.priorities.get("A")!.get("VI_1")).toBe(1);
    expect(play(withWeight(200), failAndRecover)[0]!.priorities.get("A")!.get("VI_1")).toBe(254);
    const owner = clusterOf({ A: instance(255, tracking(), script("weight -200")), B: instance(100) });
    expect(holders(play(owner, failAndRecover), vip)).toEqual(["A", "A", "A"]);
  });

  it("nopreempt on the peer blocks a weighted failover and not one through FAULT", () => {
    const peer = instance(100, "nopreempt");
    expect(holders(play(withWeight(-60, peer), failAndRecover), vip)[1]).toBe("A");
    expect(play(withWeight(-60, peer), failAndRecover)[1]!.addresses.get(vip)!.why).toContain("nopreempt");
    expect(holders(play(withWeight(0, peer), failAndRecover), vip)[1]).toBe("B");
  });

  it("waits for `fall` failures and `rise` successes", () => {
    const cluster = clusterOf({ A: instance(150, tracking(), script("fall 4\nrise 4\nweight -60")), B: instance(100) });
    const priorities = play(cluster, [
      start,
      { do: "fail", node: "A", wait: 2.5 },
      { do: "wait", wait: 3 },
      { do: "ok", node: "A", wait: 2.5 },
      { do: "wait", wait: 3 },
    ]).map((report) => report.priorities.get("A")!.get("VI_1"));
    expect(priorities).toEqual([150, 150, 90, 90, 150]);
  });

  it("the first result decides alone, whatever `rise` says; after a first failure `rise` counts", () => {
    const cluster = clusterOf({ A: instance(150, tracking(), script("rise 9")), B: instance(100) });
    const states = (steps: readonly object[]): readonly unknown[] =>
      play(cluster, steps).map((report) => report.states.get("A")!.get("VI_1"));
    expect(states([{ do: "start", wait: 2 }])).toEqual(["BACKUP"]);
    expect(
      states([
        { do: "fail", node: "A", wait: 0 },
        { do: "start", wait: 5 },
        { do: "ok", wait: 6 },
        { do: "wait", wait: 4 },
      ]),
    ).toEqual(["DEAD", "FAULT", "FAULT", "BACKUP"]);
  });

  it("the entry's weight goes before the script's, and what is defined further down is not tracked", () => {
    const own = clusterOf({ A: instance(150, tracking("chk weight -60"), script("weight -2")), B: instance(100) });
    expect(holders(play(own, failAndRecover), vip)[1]).toBe("B");
    const late = clusterOf({ A: `${instance(150, tracking())}\n${script()}`, B: instance(100) });
    expect(holders(play(late, failAndRecover), vip)[1]).toBe("A");
  });
});

describe("tracked interfaces and processes", () => {
  const cable = [start, { do: "link_down", node: "A", iface: "eth1" }, { do: "link_up", node: "A", iface: "eth1" }];

  it("an interface moves the address by FAULT or by its weight", () => {
    const tracked = (entry: string): readonly string[] =>
      holders(play(clusterOf({ A: instance(100, `track_interface {\n ${entry}\n }`), B: instance(90) }), cable), vip);
    expect(tracked("eth1")).toEqual(["A", "B", "A"]);
    expect(tracked("eth1 weight -20")).toEqual(["A", "B", "A"]);
    expect(tracked("eth1 weight -5")).toEqual(["A", "A", "A"]);
  });

  it("the device of an address is tracked without being listed", () => {
    expect(holders(play(clusterOf({ A: instance(100).replace("/24", "/24 dev eth1"), B: instance(90) }), cable), vip)).toEqual([
      "A",
      "B",
      "A",
    ]);
  });

  it("its own interface is tracked unless dont_track_primary, which leaves two holders", () => {
    const own = cable.map((step) => ("iface" in step ? { ...step, iface: "eth0" } : step));
    expect(holders(play(clusterOf({ A: instance(100), B: instance(90) }), own), vip)).toEqual(["A", "B", "A"]);
    expect(holders(play(clusterOf({ A: instance(100, "dont_track_primary"), B: instance(90) }), own), vip)).toEqual(["A", "A+B", "A"]);
  });

  it("a process that ends is a failure like any other", () => {
    const process = "vrrp_track_process web {\n process nginx\n weight -20\n}";
    const cluster = clusterOf({ A: instance(100, "track_process {\n web\n }", process), B: instance(90) });
    expect(holders(play(cluster, [start, { do: "fail", node: "A", script: "web" }]), vip)).toEqual(["A", "B"]);
  });
});

describe("an interface that is switched off", () => {
  const v6 = (priority: number, more = ""): string => instance(priority, more).replace("10.0.0.100/24", "fd00::100/64");

  it("loses its IPv6 addresses, so that not even dont_track_primary keeps the instance up", () => {
    const off = { do: "link_down", node: "A", iface: "eth0", admin: true };
    const hosts = { A: v6(100, "dont_track_primary"), B: v6(90) };
    const reports = play(clusterOf(hosts), [start, off, { ...off, do: "link_up" }]);
    expect(holders(reports, "fd00::100")).toEqual(["A", "B", "A"]);
    expect(reports[1]!.states.get("A")!.get("VI_1")).toBe("FAULT");
    const cable = play(clusterOf(hosts), [start, { ...off, admin: false }]);
    expect(holders(cable, "fd00::100")).toEqual(["A", "A+B"]);
  });
});

describe("tracked files", () => {
  const file = (more = ""): string => `track_file load {\n file /etc/keepalived/load\n ${more}\n}`;
  const priorityWith = (number: string | undefined, more = "", entry = "load"): number | undefined => {
    const A = {
      conf: instance(100, `track_file {\n ${entry}\n }`, file(more)),
      ...(number === undefined ? {} : { files: { load: number } }),
    };
    const [started] = play(clusterOf({ A, B: instance(90) }), [start]);
    return started!.states.get("A")!.get("VI_1") === "FAULT" ? undefined : started!.priorities.get("A")!.get("VI_1");
  };

  it("add their number times the weight, which is 1 by itself", () => {
    expect(priorityWith("7\n")).toBe(107);
    expect(priorityWith("-7\n", "weight 2")).toBe(86);
    expect(priorityWith("7", "weight 2", "load weight -3")).toBe(79);
    expect(priorityWith("7", "", "load weight 1 reverse")).toBe(93);
    expect(priorityWith("0x10\n")).toBe(116);
    expect(priorityWith("010\n")).toBe(108);
    expect(priorityWith("many\n")).toBe(100);
  });

  it("are FAULT with any number where their weight is 0, and with a sum of -254", () => {
    expect(priorityWith("1\n", "weight 0")).toBeUndefined();
    expect(priorityWith("0\n", "weight 0")).toBe(100);
    expect(priorityWith("-127\n", "weight 2")).toBeUndefined();
  });

  it("begin with the number of init_file where they are missing, and with overwrite in any case", () => {
    expect(priorityWith(undefined)).toBe(100);
    expect(priorityWith(undefined, "init_file 20")).toBe(120);
    expect(priorityWith("5\n", "init_file 20")).toBe(105);
    expect(priorityWith("5\n", "init_file overwrite 20")).toBe(120);
    expect(priorityWith("5\n", "init_file overwrite")).toBe(100);
  });
});
