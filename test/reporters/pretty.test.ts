import { describe, expect, it } from "vitest";
import type { Finding } from "../../server/analysis/finding.ts";
import { reportPretty } from "../../server/reporters/pretty.ts";
import { plain, reportOn, siteIn } from "./report.ts";

const node = (priority: number): string => `vrrp_instance VI_1 {
    state BACKUP
    virtual_router_id 51
    priority ${priority}
    virtual_ipaddress {
        10.0.0.1
    }
}
`;
const contents = { "db1/keepalived.conf": node(100), "db2/keepalived.conf": node(90) };
const at = (file: keyof typeof contents, part: string): Finding["at"] => siteIn(contents, file, part);
const finding = (more: Partial<Finding> & Pick<Finding, "at">): Finding => ({
  rule: "some-rule",
  severity: "warning",
  message: "something is wrong",
  nodes: ["db1"],
  cluster: reportOn(contents, []).project.clusters[0]!.name,
  notes: [],
  fixes: [],
  ...more,
});
const pretty = (findings: readonly Finding[], width?: number): string =>
  reportPretty(reportOn(contents, findings), { paint: plain, ...(width === undefined ? {} : { width }) });

describe("the pretty report", () => {
  it("shows what lies between nodes before what lies on one", () => {
    const text = pretty([
      finding({ at: at("db1/keepalived.conf", "state"), message: "on one" }),
      finding({ at: at("db1/keepalived.conf", "51"), message: "between both", nodes: ["db1", "db2"] }),
      finding({ at: at("db2/keepalived.conf", "51"), message: "on the other", nodes: ["db2"] }),
    ]);
    const order = ["--- between db1, db2", "between both", "--- db1\n", "on one", "--- db2\n", "on the other"].map((part) =>
      text.indexOf(part),
    );
    expect(order.every((place) => place >= 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it("shows the place of a note once and its sentence every time", () => {
    const notes = [{ message: "the other one", at: at("db2/keepalived.conf", "priority") }];
    const text = pretty([
      finding({ at: at("db1/keepalived.conf", "state"), notes }),
      finding({ at: at("db1/keepalived.conf", "51"), notes }),
    ]);
    expect(text.split("= note: the other one").length - 1).toBe(2);
    expect(text.split("--> db2/keepalived.conf").length - 1).toBe(1);
  });

  it("names the file of a note where it is another than that of the lines above", () => {
    const at1 = at("db1/keepalived.conf", "51");
    const notes = [
      { message: "here", at: at("db1/keepalived.conf", "priority") },
      { message: "there", at: at("db2/keepalived.conf", "priority") },
      { message: "there too", at: at("db2/keepalived.conf", "51") },
      { message: "here again", at: at("db1/keepalived.conf", "state") },
    ];
    const text = pretty([finding({ at: at1, notes })]);
    const places = [...text.matchAll(/--> (\S+)/gu)].map((match) => match[1]);
    expect(places).toEqual(["db1/keepalived.conf:3:23", "db2/keepalived.conf:4:5", "db1/keepalived.conf:2:5"]);
  });

  it("breaks sentences to the terminal's width, never a source line without a mark", () => {
    const message =
      "a long sentence that goes on and on about what is wrong with this configuration and why that matters to whoever runs it";
    const text = pretty(
      [finding({ at: at("db1/keepalived.conf", "priority 100"), message, fixes: [{ title: message, safety: "safe", edits: [] }] })],
      60,
    );
    expect(text.split("\n").filter((line) => line.length > 60)).toEqual([]);
    expect(text.replace(/\s+/gu, " ")).toContain(message);
    expect(pretty([finding({ at: at("db1/keepalived.conf", "state"), message })])).toContain(message);
  });

  it("previews a fix over several lines and files", () => {
    const edits = [
      { at: at("db1/keepalived.conf", "    state BACKUP\n"), replacement: "" },
      { at: at("db2/keepalived.conf", "90"), replacement: "100" },
    ];
    const text = pretty([finding({ at: at("db1/keepalived.conf", "state"), fixes: [{ title: "Do both", safety: "review", edits }] })]);
    expect(text).toMatch(
      /fix, changes what keepalived does: Do both\n +db1\/keepalived\.conf\n +- state BACKUP\n +db2\/keepalived\.conf\n +- priority 90\n +\+ priority 100\n/u,
    );
  });

  it("previews text that is put in where no line is taken away", () => {
    const end = at("db1/keepalived.conf", "priority 100").span.end;
    const edits = [{ at: { file: "db1/keepalived.conf", span: { start: end, end } }, replacement: "\n    nopreempt" }];
    const text = pretty([finding({ at: at("db1/keepalived.conf", "state"), fixes: [{ title: "Add it", safety: "review", edits }] })]);
    expect(text).toMatch(/Add it\n +\+ nopreempt\n/u);
    expect(text).not.toContain("- priority 100");
  });

  it("underlines a span of several lines to the end of its first", () => {
    const text = pretty([finding({ at: at("db1/keepalived.conf", "virtual_ipaddress {\n        10.0.0.1\n    }") })]);
    expect(text).toContain("  5 |     virtual_ipaddress {\n    |     ^^^^^^^^^^^^^^^^^^^\n");
  });

  it("names clusters without findings and how their nodes are known as peers", () => {
    const text = pretty([]);
    expect(text).toMatch(/No findings in\n {2}[^\n]*db1 and db2 both list 10\.0\.0\.1\n/u);
    expect(text).toMatch(/\nnothing found in 2 files of 2 nodes, 1 cluster\n$/u);
  });

  it("keeps terminal sequences of the sources out", () => {
    const evil = { "keepalived.conf": "vrrp_instance \u001b[31mX {\n}\n" };
    const text = reportPretty(
      reportOn(evil, [
        finding({
          at: siteIn(evil, "keepalived.conf", "X"),
          message: "\u001b[2J",
          notes: [{ message: "\u0007" }],
          fixes: [{ title: "\u009b", safety: "safe", edits: [] }],
        }),
      ]),
      {
        paint: plain,
      },
    );
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
  });
});
