import { describe, expect, it } from "vitest";
import { judge, type Verdict } from "../../server/failover/judge.ts";
import { clusterOf, type Host, instance, play, start } from "./play.ts";

const verdicts = (hosts: Readonly<Record<string, string | Host>>, steps: readonly object[]): readonly (Verdict | undefined)[] => {
  const cluster = clusterOf(hosts);
  return judge(cluster, play(cluster, steps)).map((step) => step.get("10.0.0.100"));
};

const script = (weight: number): string => `vrrp_script chk {\n script /usr/bin/check\n interval 1\n weight ${weight}\n}`;
const tracking = "track_script {\n chk\n }";

describe("verdicts", () => {
  it("a tracker whose failure moves nothing", () => {
    const steps = [start, { do: "fail", node: "A", script: "chk" }];
    expect(verdicts({ A: instance(150, tracking, script(-2)), B: instance(100) }, steps)).toEqual(["fine", "stays"]);
    expect(verdicts({ A: instance(150, tracking, script(-60)), B: instance(100) }, steps)).toEqual(["fine", "fine"]);
  });

  it("is silent where nobody else could take over, and where the script is another node's", () => {
    expect(verdicts({ A: instance(150, tracking, script(-2)) }, [start, { do: "fail", node: "A", script: "chk" }])).toEqual([
      "fine",
      "fine",
    ]);
    const steps = [start, { do: "fail", node: "B", script: "chk" }];
    expect(verdicts({ A: instance(150, tracking, script(-2)), B: instance(100, tracking, script(-2)) }, steps)).toEqual(["fine", "fine"]);
  });

  it("a return in spite of a nopreempt that is written", () => {
    const steps = [start, { do: "crash", node: "A" }, { do: "restart", node: "A" }];
    expect(verdicts({ A: instance(100, "state MASTER\nnopreempt"), B: instance(90) }, steps)).toEqual(["fine", "fine", "comes-back"]);
    expect(verdicts({ A: instance(100, "nopreempt"), B: instance(90) }, steps)).toEqual(["fine", "fine", "fine"]);
    expect(verdicts({ A: instance(100), B: instance(90) }, steps)).toEqual(["fine", "fine", "fine"]);
  });

  it("nobody, several, and what a partition makes of every cluster", () => {
    const apart = [start, { do: "partition", groups: [["A"], ["B"]] }, { do: "heal" }];
    expect(verdicts({ A: instance(100), B: instance(90) }, apart)).toEqual(["fine", "partition", "fine"]);
    expect(verdicts({ A: instance(100), B: instance(90).replace("51", "52") }, [start])).toEqual(["several"]);
    const failing = [start, { do: "fail" }, { do: "stop", nodes: ["A", "B"] }];
    expect(verdicts({ A: instance(100, tracking, script(0)), B: instance(90, tracking, script(0)) }, failing)).toEqual([
      "fine",
      "nobody",
      "fine",
    ]);
  });
});
