import { describe, expect, it } from "vitest";
import { defaultScenario, readScenario } from "../../server/failover/scenario.ts";
import { clusterOf, instance } from "./play.ts";

const cluster = clusterOf({
  A: instance(
    100,
    "track_script {\n chk\n }",
    "vrrp_script chk {\n script /usr/bin/check\n}\nvrrp_script unused {\n script /usr/bin/other\n}",
  ),
  B: instance(90),
});

const problem = (...steps: readonly unknown[]): string => {
  const read = readScenario({ steps }, cluster);
  return read.kind === "wrong" ? read.problem : "none";
};

describe("scenarios", () => {
  it("without a file: start, every crash and return, every tracked script, every interface", () => {
    const steps = defaultScenario(cluster).map((step) =>
      [step.do, step.node, step.script ?? step.iface].filter((word) => word !== undefined).join(" "),
    );
    expect(steps).toEqual(
      [
        ["start", "crash A", "restart A", "crash B", "restart B", "fail A chk", "ok A chk"],
        ["link_down A eth0", "link_up A eth0", "link_down A eth1", "link_up A eth1"],
        ["link_down B eth0", "link_up B eth0", "link_down B eth1", "link_up B eth1"],
      ].flat(),
    );
  });

  it("a step that is not known is told with the known ones", () => {
    expect(problem({ do: "start" }, { do: "reboot", node: "A" })).toBe(
      'step 2: "reboot" is no step; there are start, stop, crash, restart, fail, ok, link_down, link_up, partition, heal, wait',
    );
  });

  it.each([
    [{ do: "crash", node: "C" }, /there is no node "C".*there are A, B/u],
    [{ do: "crash" }, /wants a node/u],
    [{ do: "fail", node: "A", script: "chck" }, /no script "chck", did you mean chk\?/u],
    [{ do: "link_down", node: "A", iface: "eth7" }, /no interface "eth7"/u],
    [{ do: "start", wiat: 5 }, /no "wiat", did you mean wait\?/u],
    [{ do: "wait", wait: -1 }, /no number of seconds/u],
    [{ do: "wait", wait: 1e9 }, /no number of seconds up to 3600/u],
    [{ do: "partition", groups: ["A"] }, /list of lists/u],
    [{ do: "partition" }, /wants groups/u],
    ["start", /no object/u],
    [null, /no object/u],
  ])("%j is refused", (step, expected) => {
    expect(problem(step)).toMatch(expected);
  });

  it.each([[undefined], [null], ["x"], [{}], [{ steps: {} }], [{ steps: Array.from({ length: 2000 }, () => ({ do: "wait" })) }]])(
    "%j is no scenario",
    (value) => {
      expect(readScenario(value, cluster).kind).toBe("wrong");
    },
  );
});
