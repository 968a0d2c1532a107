import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepNames } from "../../server/failover/scenario.ts";
import { clusterOf, play } from "./play.ts";

const names = ["A", "B", "C"] as const;

const option = fc.constantFrom(
  "",
  "nopreempt",
  "state MASTER",
  "preempt_delay 3",
  "advert_int 2",
  "version 3",
  "dont_track_primary",
  "lower_prio_no_advert true",
  "higher_prio_send_advert true",
  "track_interface {\n eth1 weight -40\n }",
  "track_script {\n chk\n }",
  "authentication {\n auth_type PASS\n auth_pass x\n }",
  "virtual_ipaddress_excluded {\n 10.0.0.101/24\n }",
  "nonsense {",
);

const conf = fc
  .record({
    priority: fc.integer({ min: 0, max: 256 }),
    options: fc.array(option, { maxLength: 4 }),
    weight: fc.constantFrom(0, -30, 30),
    group: fc.boolean(),
    vrid: fc.constantFrom(51, 51, 51, 52),
  })
  .map(
    ({ priority, options, weight, group, vrid }) => `vrrp_script chk {
  script /usr/bin/check
  interval 1
  weight ${weight}
}
${group ? "vrrp_sync_group G {\n group {\n VI_1\n VI_2\n }\n}" : ""}
${[0, 1]
  .map(
    (index) => `vrrp_instance VI_${index + 1} {
  interface eth${index}
  virtual_router_id ${vrid}
  priority ${priority}
  ${options.join("\n")}
  virtual_ipaddress {
    10.${index}.0.100/24
  }
}`,
  )
  .join("\n")}`,
  );

const step = fc
  .record({ do: fc.constantFrom(...stepNames), node: fc.constantFrom(...names), which: fc.nat(1), wait: fc.constantFrom(0, 1.5, 4) })
  .map(({ do: name, node, which, wait }) => {
    switch (name) {
      case "start":
      case "heal":
      case "wait":
        return { do: name, wait };
      case "partition":
        return { do: name, groups: [[node]], wait };
      case "fail":
      case "ok":
        return { do: name, node, script: "chk", wait };
      case "link_down":
      case "link_up":
        return { do: name, node, iface: `eth${which}`, wait };
      default:
        return { do: name, node, wait };
    }
  });

const input = fc.record({
  confs: fc.tuple(conf, conf, conf),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  version: fc.constantFrom("2.2.7", "2.4.3"),
});

describe("any cluster and any steps", () => {
  it("end, always the same way, and only machines that are on hold addresses", () => {
    fc.assert(
      fc.property(input, ({ confs, steps, version }) => {
        const cluster = clusterOf(Object.fromEntries(names.map((name, index) => [name, confs[index]!])), version);
        const played = [{ do: "start", wait: 5 }, ...steps];
        const reports = play(cluster, played);
        expect(play(cluster, played)).toEqual(reports);
        const off = new Set<string>();
        for (const { step: done, addresses, states, priorities } of reports) {
          if (done.do === "crash") off.add(done.node!);
          if (done.do === "restart") off.delete(done.node!);
          for (const { holders, why } of addresses.values()) {
            for (const holder of holders) expect(off.has(holder)).toBe(false);
            expect(why).toMatch(/^.+\.$/u);
            expect(why).not.toMatch(/undefined|NaN|ADDRESS/u);
          }
          for (const [node, instances] of states) {
            const dead = [...instances.values()].every((state) => state === "DEAD");
            if (dead) for (const { holders } of addresses.values()) expect(holders).not.toContain(node);
          }
          for (const byInstance of priorities.values())
            for (const priority of byInstance.values()) expect(priority).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
