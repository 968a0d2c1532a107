import { describe, expect, it } from "vitest";
import type { Given, RuleFinding } from "../server/analysis/rule.ts";
import { rules } from "../server/rules/index.ts";
import type { ProjectFiles } from "../server/model/cluster/files.ts";
import { memoryFiles } from "../server/host/memory.ts";
import { gatherSettings } from "../server/analysis/settings/gather.ts";
import { createWorkspace, type Snapshot, type Workspace, type WorkspaceRequest } from "../server/workspace.ts";

const node = (id: number, more = ""): string => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${100 + id}
    virtual_ipaddress {
        10.0.0.100/24
    }
}
${more}`;

const finish = (steps: Generator<undefined, Snapshot, undefined>): Snapshot => {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

const judge = (workspace: Workspace, files: Readonly<Record<string, string>>, more: Partial<WorkspaceRequest> = {}): Snapshot =>
  finish(workspace.judge({ files: memoryFiles(files), folders: [""], open: [], settings: gatherSettings, ...more }));

const configurations = ({ project }: Snapshot): ReadonlyMap<string, unknown> =>
  new Map(project.clusters.flatMap(({ nodes }) => nodes.map(({ name, configuration }) => [name, configuration] as const)));

const ruleIds = ({ analysis }: Snapshot): readonly string[] => analysis.findings.map(({ rule }) => rule);

describe("a workspace", () => {
  it("says what a fresh one says, after every change", () => {
    const workspace = createWorkspace(rules);
    const script = "#!/bin/sh\nexit 0\n";
    const steps: Readonly<Record<string, string>>[] = [
      { "a/keepalived.conf": node(51), "b/keepalived.conf": node(51) },
      { "a/keepalived.conf": node(51), "b/keepalived.conf": node(52) },
      { "a/keepalived.conf": node(51, "include more.conf\n"), "b/keepalived.conf": node(52) },
      {
        "a/keepalived.conf": node(51, "include more.conf\n"),
        "a/more.conf": "vrrp_instance VI_2 {\n  nopreempt\n  state MASTER\n}\n",
        "b/keepalived.conf": node(52),
      },
      { "a/keepalived.conf": node(51), "a/check.sh": script },
      { "b/keepalived.conf": node(51), "c/keepalived.conf": node(50) },
      {},
      { "a/keepalived.conf": node(51), "b/keepalived.conf": node(52) },
    ];
    const said = steps.map((files) => judge(workspace, files).analysis.findings);
    expect(said).toEqual(steps.map((files) => judge(createWorkspace(rules), files).analysis.findings));
    expect(new Set(said.map((findings) => JSON.stringify(findings))).size).toBeGreaterThan(3);
  });

  it("keeps what did not change", () => {
    const workspace = createWorkspace(rules);
    const files = { "a/keepalived.conf": node(51, "include extra.inc\n"), "a/extra.inc": "# one\n", "b/keepalived.conf": node(51) };
    const before = configurations(judge(workspace, files));
    expect([...before.keys()]).toEqual(["a", "b"]);
    const after = configurations(judge(workspace, { ...files, "a/extra.inc": "# two\n" }));
    expect(after.get("a")).not.toBe(before.get("a"));
    expect(after.get("b")).toBe(before.get("b"));
  });

  describe("asks again only about what depends on a change", () => {
    const asked: string[] = [];
    const counting = rules.map((rule): (typeof rules)[number] => {
      const check = rule.check as (subject: unknown, given: Given) => Iterable<RuleFinding>;
      const counted = (subject: unknown, given: Given): Iterable<RuleFinding> => {
        asked.push(`${rule.subject} ${given.node.name}`);
        return check(subject, given);
      };
      return { ...rule, check: counted };
    });
    const far = (id: number, address: string, more = ""): string => node(id, more).replace("10.0.0.100", address);
    const files = {
      "a/keepalived.conf": node(51),
      "b/keepalived.conf": node(51),
      "c/keepalived.conf": node(51),
      "y/far/keepalived.conf": far(61, "10.9.9.9"),
      "z/away/keepalived.conf": far(61, "10.9.9.9"),
    };
    const asking = (workspace: Workspace, now: Readonly<Record<string, string>>, more?: Partial<WorkspaceRequest>): readonly string[] => {
      asked.length = 0;
      expect(judge(workspace, now, more).analysis.findings).toEqual(judge(createWorkspace(rules), now, more).analysis.findings);
      return [...asked];
    };

    it("of nothing, nobody", () => {
      const workspace = createWorkspace(counting);
      expect(asking(workspace, files).length).toBeGreaterThan(1000);
      expect(asking(workspace, files).filter((each) => !each.startsWith("project "))).toEqual([]);
    });

    it("of a machine, that machine, and those rules about its peers that look further", () => {
      const workspace = createWorkspace(counting);
      const before = asking(workspace, files);
      const after = asking(workspace, { ...files, "b/keepalived.conf": node(52) });
      const about = (list: readonly string[], name: string): number => list.filter((each) => each.endsWith(` ${name}`)).length;
      expect(about(after, "b")).toBeGreaterThan(about(before, "b") * 0.9);
      // Statements are judged by themselves; an instance is compared with its peers.
      expect(after.filter((each) => each === "item c")).toEqual([]);
      expect(about(after, "c")).toBeGreaterThan(0);
      expect(about(after, "c")).toBeLessThan(about(before, "c") / 4);
      expect(after.filter((each) => /^(?!project ).* (?:far|away)$/u.test(each))).toEqual([]);
    });

    it("of the version or the severities, whoever they concern", () => {
      const workspace = createWorkspace(counting);
      const all = asking(workspace, files).length;
      expect(asking(workspace, files, { version: "2.0.10" }).length).toBeGreaterThan(all * 0.9);
      // What the machine alone answers is still known; what looks further is asked again, without the rule.
      expect(asking(workspace, files, { version: "2.0.10", rules: new Map([["equal-priority", "off"]]) }).length).toBeLessThan(all / 2);
    });
  });

  it("sees a file appear that an include waited for", () => {
    const workspace = createWorkspace(rules);
    const files = { "a/keepalived.conf": node(51, "include conf.d/*.conf\n") };
    judge(workspace, files);
    const more = { ...files, "a/conf.d/x.conf": "vrrp_instance VI_2 {\n    state MASTER\n    nopreempt\n}\n" };
    expect(ruleIds(judge(workspace, more))).toContain("nopreempt-with-master-state");
  });

  it("can be given up at any step and goes on from there", () => {
    const workspace = createWorkspace(rules);
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`n${index}/keepalived.conf`, node(51 + index)]));
    const reads = new Map<string, number>();
    const counted: ProjectFiles = {
      ...memoryFiles(files),
      read: (file) => (reads.set(file, (reads.get(file) ?? 0) + 1), memoryFiles(files).read(file)),
    };
    const request: WorkspaceRequest = { files: counted, folders: [""], open: [] };
    const steps = workspace.judge(request);
    let count = 0;
    for (const _ of { [Symbol.iterator]: () => workspace.judge(request) }) if (++count === 4) break;
    expect(count).toBe(4);
    expect(finish(steps).analysis.findings).toEqual(judge(createWorkspace(rules), files).analysis.findings);
  });

  describe("with an open file that no search finds", () => {
    const broken = "vrrp_instance VI_1 {\n    state MASTER\n    nopreempt\n}\n";

    it("judges it when it looks like a configuration", () => {
      const open = [{ name: "notes.txt", language: "keepalived" as const }];
      expect(ruleIds(judge(createWorkspace(rules), { "notes.txt": broken }))).toEqual([]);
      expect(ruleIds(judge(createWorkspace(rules), { "notes.txt": broken }, { open }))).toContain("nopreempt-with-master-state");
      expect(ruleIds(judge(createWorkspace(rules), { "notes.txt": "a list of things\n" }, { open }))).toEqual([]);
    });

    it("leaves scripts alone", () => {
      const open = [{ name: "keepalived-check.sh", language: "shell" as const }];
      expect(judge(createWorkspace(rules), { "keepalived-check.sh": broken }, { open }).project.clusters).toEqual([]);
    });

    it("takes it for a part as soon as another configuration includes it", () => {
      const workspace = createWorkspace(rules);
      const open = [{ name: "part.txt", language: "keepalived" as const }];
      const alone = judge(workspace, { "part.txt": broken }, { open });
      expect(alone.project.clusters).toHaveLength(1);
      const files = { "keepalived.conf": "include part.txt\nglobal_defs {\n}\n", "part.txt": broken };
      const together = judge(workspace, files, { open });
      expect(together.project.clusters.flatMap(({ nodes }) => nodes.map(({ configuration }) => configuration?.file))).toEqual([
        "keepalived.conf",
      ]);
      expect(ruleIds(together)).toContain("nopreempt-with-master-state");
    });
  });
});

describe("a workspace with a kalint.toml", () => {
  const files = { "a/keepalived.conf": node(51), "b/keepalived.conf": node(52) };
  const severity = (snapshot: Snapshot): string | undefined =>
    snapshot.analysis.findings.find(({ rule }) => rule === "peer-vrid-mismatch")?.severity;
  const stating = (value: string): string => `[rules]\npeer-vrid-mismatch = "${value}"\n`;

  it("goes by it before the editor's settings, and by its next version when it changes", () => {
    const workspace = createWorkspace(rules);
    const editor = { rules: new Map([["peer-vrid-mismatch", "warning"]] as const) };
    expect(severity(judge(workspace, files, editor))).toBe("warning");
    expect(severity(judge(workspace, { ...files, "kalint.toml": stating("info") }, editor))).toBe("info");
    expect(severity(judge(workspace, { ...files, "kalint.toml": stating("off") }, editor))).toBeUndefined();
    expect(severity(judge(workspace, { ...files, "a/kalint.toml": stating("off") }, editor))).toBe("warning");
  });

  it("states clusters, and others when it says something else", () => {
    const workspace = createWorkspace(rules);
    const cluster = (name: string): string =>
      `[[cluster]]\nname = "${name}"\n[[cluster.node]]\nconfig = "a/keepalived.conf"\nkeepalived-version = "2.2.${name.length}"\n`;
    const names = (name: string): readonly string[] =>
      judge(workspace, { ...files, "kalint.toml": cluster(name) }).project.clusters.map(
        (each) => `${each.name} ${each.nodes.map(({ version }) => version).join(" ")}`,
      );
    expect(names("x")).toEqual(["x 2.2.1", "b "]);
    expect(names("lab")).toEqual(["lab 2.2.3", "b "]);
  });

  it("tells what is wrong in it, and then judges without it", () => {
    const wrong = judge(createWorkspace(rules), { ...files, "kalint.toml": `${stating("off")}nothing = 1\n` });
    expect(wrong.problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["kalint.toml:3"]);
    expect(severity(wrong)).toBe("error");
    const missing = judge(createWorkspace(rules), { ...files, "kalint.toml": '[paths]\n"/x" = "no"\n' });
    expect(missing.problems.map(({ line }) => line)).toEqual([2]);
  });
});
