/** Answers that are kept for blocks of a configuration: what a block says holds wherever it moves to, and for nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Given, RuleFinding } from "../../server/analysis/rule.ts";
import { memoryFiles, type MemoryFile } from "../../server/host/memory.ts";
import type { VrrpInstance } from "../../server/model/node/model.ts";
import { rules } from "../../server/rules/index.ts";
import { createWorkspace, type Snapshot, type Workspace } from "../../server/workspace.ts";
import { filesOf, readCases } from "../markdown.ts";

type Files = Readonly<Record<string, string | MemoryFile>>;

const judge = (workspace: Workspace, files: Files): Snapshot => {
  const steps = workspace.judge({ files: memoryFiles(files), folders: [""], open: [] });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

describe("who is asked when a block changes", () => {
  const instance = (name: string, priority: number): string =>
    `vrrp_instance ${name} {\n    interface eth0\n    virtual_router_id 5\n    priority ${priority}\n}\n`;

  /** A rule about instances that notes whom it is asked about. */
  const asking = (
    check: (instance: VrrpInstance, given: Given) => Iterable<RuleFinding>,
  ): { readonly workspace: Workspace; readonly asked: string[] } => {
    const asked: string[] = [];
    const rule = {
      id: "probe",
      summary: "",
      severity: "warning",
      since: "0.1.0",
      sources: [],
      group: "vrrp",
      subject: "vrrpInstance",
      *check(subject: VrrpInstance, given: Given) {
        asked.push(subject.name.value);
        yield* check(subject, given);
      },
    } as const;
    return { workspace: createWorkspace([rule]), asked };
  };
  const told = ({ name, priority }: VrrpInstance): RuleFinding => ({ at: name.site, message: `priority ${priority?.value}` });

  const said = ({ analysis }: Snapshot, text: string): readonly string[] =>
    analysis.findings.map(({ at, message }) => `${text.slice(at.span.start, at.span.end)} ${message}`);

  it("the rule that sees the block alone is asked about that block, and its other answers move along", () => {
    const { workspace, asked } = asking(function* (subject, { node }) {
      // The line around a word belongs to the block.
      if (node.configuration?.source.indentation(subject.item.items[0]!.site) === "    ") yield told(subject);
    });
    const before = instance("A", 100) + instance("B", 90) + instance("C", 80);
    expect(said(judge(workspace, { "keepalived.conf": before }), before)).toEqual(["A priority 100", "B priority 90", "C priority 80"]);
    asked.length = 0;
    const after = instance("A", 100) + instance("B", 9) + instance("C", 80);
    expect(said(judge(workspace, { "keepalived.conf": after }), after)).toEqual(["A priority 100", "B priority 9", "C priority 80"]);
    expect([...new Set(asked)]).toEqual(["B"]);
    asked.length = 0;
    const moved = `# one more line\n${instance("C", 80)}${instance("A", 100)}`;
    expect(said(judge(workspace, { "keepalived.conf": moved }), moved)).toEqual(["C priority 80", "A priority 100"]);
    expect(asked).toEqual([]);
  });

  it("the rule that looks at other blocks is asked about all", () => {
    const { workspace, asked } = asking(function* (subject, { node }) {
      if (node.configuration!.instances.length > 1) yield told(subject);
    });
    const two = instance("A", 100) + instance("B", 90);
    expect(said(judge(workspace, { "keepalived.conf": two }), two)).toHaveLength(2);
    asked.length = 0;
    const one = `# gone\n${instance("A", 100)}`;
    expect(said(judge(workspace, { "keepalived.conf": one }), one)).toEqual([]);
    expect(asked).toEqual(["A"]);
  });

  it("what all blocks have in common is asked for again when it changes", () => {
    const { workspace } = asking(function* (subject, { node }) {
      if (node.configuration!.global.strict?.value === true) yield told(subject);
    });
    const global = (line: string): string => `global_defs {\n    ${line}\n}\n${instance("A", 100)}`;
    expect(judge(workspace, { "keepalived.conf": global("vrrp_strict") }).analysis.findings).toHaveLength(1);
    expect(judge(workspace, { "keepalived.conf": global("router_id a") }).analysis.findings).toEqual([]);
    expect(judge(workspace, { "keepalived.conf": global("vrrp_strict") }).analysis.findings).toHaveLength(1);
  });

  it("blocks that are written alike, on one line or twice, are told apart", () => {
    const { workspace } = asking(function* (subject) {
      yield told(subject);
    });
    const line = "vrrp_instance A { priority 1\n} vrrp_instance B { priority 2\n}\n";
    const twice = instance("A", 1) + instance("A", 1);
    expect(said(judge(workspace, { "keepalived.conf": line }), line)).toEqual(["A priority 1", "B priority 2"]);
    // The daemon skips the second of a name.
    expect(said(judge(workspace, { "keepalived.conf": twice }), twice)).toEqual(["A priority 1"]);
  });

  it("a rule that fails is named, and asked again when it may do better", () => {
    const { workspace } = asking(function* ({ priority }) {
      if (priority?.value === 90) throw new Error("cannot");
      yield* [];
    });
    const crashes = (text: string) => judge(workspace, { "keepalived.conf": text }).analysis.crashes;
    expect(crashes(instance("A", 90))).toEqual([{ rule: "probe", error: "Error: cannot" }]);
    expect(crashes(instance("A", 9))).toEqual([]);
    expect(crashes(instance("A", 90))).toHaveLength(1);
  });
});

describe("the findings of every rule after a change are those of a fresh start", () => {
  const folder = new URL("../rules/", import.meta.url);
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => readCases(readFileSync(new URL(name, folder), "utf8")).map((spec) => ({ name, files: filesOf(spec) })));
  // KALINT_BLOCKS=1 takes all of them.
  const every = Number(process.env["KALINT_BLOCKS"] ?? 40);

  const textOf = (file: string | MemoryFile): string => (typeof file === "string" ? file : file.text);
  const changed = (files: Files, change: (text: string) => string): Files =>
    Object.fromEntries(
      Object.entries(files).map(([file, content]) => [
        file,
        file.endsWith(".conf") ? (typeof content === "string" ? change(content) : { ...content, text: change(textOf(content)) }) : content,
      ]),
    );
  const more = "vrrp_instance added {\n    interface eth9\n    virtual_router_id 199\n    priority 50\n}\n";
  const changes: readonly ((text: string) => string)[] = [
    (text) => `# a line\n\n${text}`,
    (text) => `${text}\n${more}`,
    (text) => more + text,
    (text) => text,
  ];

  it(`with lines and blocks in front and behind, for one in ${every} cases of the rules`, { timeout: 300_000 }, () => {
    const wrong = cases
      .filter((_, index) => index % every === 0)
      .flatMap(({ name, files }) => {
        const workspace = createWorkspace(rules);
        judge(workspace, files);
        return changes.flatMap((change, index) => {
          const now = changed(files, change);
          const kept = JSON.stringify(judge(workspace, now).analysis);
          return kept === JSON.stringify(judge(createWorkspace(rules), now).analysis) ? [] : [`${name}, change ${index}: ${kept}`];
        });
      });
    expect(wrong).toEqual([]);
  });
});
