/** What rules learn from rehearsals, against plain arithmetic: text in, findings out. */
import { assert, boolean, integer, pre, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { fixAll, judge } from "../judge.ts";

const weights = ["weight-too-small-for-failover", "split-weights-tie", "nopreempt-blocks-weighted-failover"];

interface Shape {
  readonly better: number;
  readonly worse: number;
  readonly weight: number;
  readonly nopreempt: boolean;
}

const node = (priority: number, { weight, nopreempt }: Shape, more = "", vrid = 7): string => `vrrp_script chk {
    script "/usr/local/bin/check"
    weight ${weight}
}
vrrp_instance V {
    interface eth0
    virtual_router_id ${vrid}
    priority ${priority}
    ${nopreempt ? "nopreempt" : ""}
    ${more}
    track_script {
        chk
    }
    virtual_ipaddress {
        198.51.100.1/24
    }
}
`;

const shapes = record({
  // Below 1 nothing falls, so nobody is left for a peer of priority 1 to beat.
  worse: integer({ min: 2, max: 200 }),
  gap: integer({ min: 1, max: 50 }),
  size: integer({ min: 1, max: 120 }),
  negative: boolean(),
  nopreempt: boolean(),
})
  .map(({ worse, gap, size, negative, nopreempt }): Shape => ({ better: worse + gap, worse, weight: negative ? -size : size, nopreempt }))
  // Sums that are kept within 1 and 254 follow other rules.
  .filter(({ better, weight }) => (weight < 0 ? better + weight >= 1 : better + weight <= 254));

const filesOf = (shape: Shape) => ({
  "a/keepalived.conf": node(shape.better, shape),
  "b/keepalived.conf": node(shape.worse, shape),
});

const told = (files: Readonly<Record<string, string>>): readonly string[] =>
  [...new Set(judge(files, { only: weights }).findings.map(({ rule }) => rule))].toSorted();

/** With the same weight on both nodes the failing one falls by its size against the other, whatever its sign. */
const expected = ({ better, worse, weight, nopreempt }: Shape): readonly string[] => {
  const rest = better - Math.abs(weight) - worse;
  return [
    ...(rest > 0 ? ["weight-too-small-for-failover"] : rest === 0 ? ["split-weights-tie"] : []),
    ...(nopreempt ? ["nopreempt-blocks-weighted-failover"] : []),
  ].toSorted();
};

describe("weights in rehearsals", () => {
  it("come out as they are reckoned by hand", () => {
    assert(
      property(shapes, (shape) => {
        expect(told(filesOf(shape))).toEqual(expected(shape));
      }),
      { numRuns: 60 },
    );
  });

  it("are enough once the proposed weight is written", () => {
    assert(
      property(
        shapes.filter(({ better, worse, weight, nopreempt }) => !nopreempt && better - Math.abs(weight) > worse),
        (shape) => {
          const judgement = judge(filesOf(shape), { only: ["weight-too-small-for-failover"] });
          pre(judgement.findings.some(({ fixes }) => fixes.length > 0));
          expect(told(Object.fromEntries(fixAll(judgement)))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("come out for every pair of a fleet as for that pair alone", () => {
    const pair = (place: string, names: readonly [string, string], numbers: readonly [number, number], weight: number, address: string) =>
      Object.fromEntries(
        names.map((name, index) => [
          `${place}/${name}/keepalived.conf`,
          node(numbers[index]!, { better: 0, worse: 0, weight, nopreempt: false }).replace("198.51.100.1", address),
        ]),
      );
    const pairs = [
      pair("one", ["a", "b"], [150, 100], -20, "198.51.100.1"),
      pair("two", ["c", "d"], [150, 100], -20, "198.51.100.2"),
      pair("three", ["d", "c"], [100, 150], -20, "198.51.100.3"),
      pair("four", ["a", "b"], [150, 100], -50, "198.51.100.4"),
      pair("five", ["a", "b"], [150, 100], -60, "198.51.100.5"),
    ];
    const say = (files: Readonly<Record<string, string>>) =>
      judge(files, { only: weights }).findings.map(({ rule, message, nodes, at }) => ({ rule, message, nodes, file: at.file }));
    const alone = pairs.flatMap(say);
    expect(alone.map(({ nodes }) => nodes.join(" "))).toEqual(["a b", "c d", "c d", "a b"]);
    const inOrder = (found: typeof alone) => found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
    expect(inOrder(say(Object.assign({}, ...pairs) as Record<string, string>))).toEqual(inOrder(alone));
  });

  it("are judged as if the other mistakes of the pair were repaired", () => {
    const shape: Shape = { better: 150, worse: 100, weight: -2, nopreempt: false };
    const mistakes: readonly (readonly [string, string, number])[] = [
      ["authentication {\n auth_type PASS\n auth_pass one\n}", "authentication {\n auth_type PASS\n auth_pass two\n}", 7],
      ["", "", 8],
      ["version 3", "", 7],
      ["advert_int 3", "", 7],
      ["unicast_src_ip 192.0.2.1\nunicast_peer {\n 192.0.2.2\n}", "", 7],
      ["virtual_ipaddress_excluded {\n 198.51.100.5\n}", "", 7],
    ];
    for (const [left, right, vrid] of mistakes)
      expect(told({ "a/keepalived.conf": node(150, shape, left), "b/keepalived.conf": node(100, shape, right, vrid) })).toEqual([
        "weight-too-small-for-failover",
      ]);
  });
});
