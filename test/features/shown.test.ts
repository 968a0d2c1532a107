import { describe, expect, it } from "vitest";
import type { Finding, Fix } from "../../server/analysis/finding.ts";
import { codeActions } from "../../server/features/code-actions.ts";
import { type Shown, shownFindings } from "../../server/features/shown.ts";
import { createWorkspace, type Snapshot } from "../../server/workspace.ts";
import { memoryFiles } from "../../server/host/memory.ts";

const site = (file: string, start: number, end: number) => ({ file, span: { start, end } });

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: "some-rule",
  severity: "error",
  message: "the value differs",
  at: site("b/keepalived.conf", 10, 20),
  nodes: ["a", "b"],
  cluster: "x",
  notes: [
    { message: "an explanation" },
    { message: "51 on a", at: site("a/keepalived.conf", 5, 9) },
    { message: "peers", at: site("a/keepalived.conf", 1, 2) },
  ],
  fixes: [],
  ...more,
});

const snapshot = (findings: readonly Finding[]): Snapshot => {
  const text = "vrrp_instance V {\n  virtual_ipaddress {\n    10.0.0.1\n  }\n}\n";
  const steps = createWorkspace([]).judge({
    files: memoryFiles({ "a/keepalived.conf": text, "b/keepalived.conf": text }),
    folders: [""],
    open: [],
  });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { ...value, analysis: { findings, crashes: [] } };
  }
};

const linesOf = (shown: ReadonlyMap<string, readonly Shown[]>, file: string): readonly unknown[] =>
  (shown.get(file) ?? []).map(({ message, at }) => [message, at.span.start, at.span.end]);

describe("a finding", () => {
  it("shows where it stands, and in the other node's file when that is open", () => {
    const closed = shownFindings(snapshot([finding()]), () => false);
    expect([...closed.keys()]).toEqual(["b/keepalived.conf"]);
    const open = shownFindings(snapshot([finding()]), (file) => file === "a/keepalived.conf");
    expect(linesOf(open, "b/keepalived.conf")).toEqual([["the value differs", 10, 20]]);
    expect(linesOf(open, "a/keepalived.conf")).toEqual([["b: the value differs", 5, 9]]);
    expect(open.get("a/keepalived.conf")?.[0]?.notes[0]).toEqual({ message: "on b", at: site("b/keepalived.conf", 10, 20) });
  });

  it("of one node alone shows once", () => {
    const shown = shownFindings(snapshot([finding({ nodes: ["b"] })]), () => true);
    expect([...shown.keys()]).toEqual(["b/keepalived.conf"]);
  });
});

describe("code actions", () => {
  const fix = (title: string, safety: Fix["safety"]): Fix => ({ title, safety, edits: [] });
  const shown = (...fixes: readonly Fix[]): readonly Shown[] => {
    const one = finding({ fixes });
    return [{ finding: one, at: one.at, message: one.message, notes: one.notes }];
  };

  it("are those of what the span touches, a cursor at either end included", () => {
    const titles = (start: number, end: number): readonly string[] =>
      codeActions(shown(fix("do it", "review")), { start, end }).map((action) => action.fix.title);
    expect(titles(10, 10)).toEqual(["do it"]);
    expect(titles(20, 20)).toEqual(["do it"]);
    expect(titles(0, 100)).toEqual(["do it"]);
    expect(titles(0, 9)).toEqual([]);
    expect(titles(21, 30)).toEqual([]);
  });

  it("prefer the only safe one", () => {
    const preferred = (...fixes: readonly Fix[]): readonly boolean[] =>
      codeActions(shown(...fixes), { start: 15, end: 15 }).map((action) => action.preferred);
    expect(preferred(fix("a", "safe"), fix("b", "review"))).toEqual([true, false]);
    expect(preferred(fix("a", "safe"), fix("b", "safe"))).toEqual([false, false]);
    expect(preferred(fix("a", "review"))).toEqual([false]);
  });
});
