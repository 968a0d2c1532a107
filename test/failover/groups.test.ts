import { describe, expect, it } from "vitest";
import { clusterOf, holders, play, start } from "./play.ts";

const script = "vrrp_script chk {\n script /usr/bin/check\n interval 1\n weight -60\n}";

/** Two instances, VI_1 on eth0 with 10.0.0.100 and VI_2 on eth1 with 10.1.0.100. */
const two = (priority: number, group: string, tracks: readonly [string, string] = ["", ""], second = priority): string =>
  [
    script,
    group === "" ? "" : `vrrp_sync_group G {\n${group}\n}`,
    ...[0, 1].map(
      (index) => `vrrp_instance VI_${index + 1} {
  interface eth${index}
  virtual_router_id ${51 + index}
  priority ${index === 0 ? priority : second}
  ${tracks[index]!}
  virtual_ipaddress {
    10.${index}.0.100/24
  }
}`,
    ),
  ].join("\n");

const both = "group {\n VI_1\n VI_2\n }";
const track = "track_script {\n chk\n }";
const cable = [start, { do: "link_down", node: "A", iface: "eth0" }, { do: "link_up", node: "A", iface: "eth0" }];
const fail = [start, { do: "fail", node: "A", script: "chk" }, { do: "ok", node: "A", script: "chk" }];

const played = (a: string, b: string, steps: readonly object[]): readonly string[] => {
  const reports = play(clusterOf({ A: a, B: b }), steps);
  const [first, second] = [holders(reports, "10.0.0.100"), holders(reports, "10.1.0.100")];
  return first.map((who, index) => `${who}/${second[index]!}`);
};

describe("sync groups", () => {
  it("carry all members along; without one the addresses part", () => {
    expect(played(two(100, both), two(90, both), cable)).toEqual(["A/A", "B/B", "A/A"]);
    expect(played(two(100, ""), two(90, ""), cable)).toEqual(["A/A", "B/A", "A/A"]);
  });

  it("on the backup alone, the address of the failed member is with nobody", () => {
    const steps = cable.slice(0, 2);
    expect(played(two(100, ""), two(90, both), steps)).toEqual(["A/A", "/A"]);
    const [, report] = play(clusterOf({ A: two(100, ""), B: two(90, both) }), steps);
    expect(report!.addresses.get("10.0.0.100")!.why).toMatch(
      /A is in FAULT \(interface eth0 is down\), B \(90\) is held back by its sync group \(VI_2 hears A \(100\)\)/u,
    );
    expect(played(two(100, both), two(90, ""), steps)).toEqual(["A/A", "B/B"]);
  });

  it("drop weights of members, unless sync_group_tracking_weight, which needs them on all", () => {
    const weighted = `${both}\nsync_group_tracking_weight`;
    expect(played(two(150, both, [track, track]), two(100, both), fail)[1]).toBe("A/A");
    expect(played(two(150, weighted, [track, ""]), two(100, weighted), fail)[1]).toBe("A/A");
    expect(played(two(150, weighted, [track, track]), two(100, weighted), fail)).toEqual(["A/A", "B/B", "A/A"]);
  });

  it("track for all their members", () => {
    expect(played(two(150, `${both}\n${track}`), two(100, both), fail)).toEqual(["A/A", "B/B", "A/A"]);
  });

  it("with crossed priorities the first to come keeps everything", () => {
    const steps = [
      { do: "start", nodes: ["B"] },
      { do: "start", nodes: ["A"], wait: 20 },
    ];
    expect(played(two(100, both, ["", ""], 90), two(90, both, ["", ""], 100), steps)).toEqual(["B/B", "B/B"]);
  });
});
