import { describe, expect, test } from "vitest";
import { codeLenses } from "../../server/features/code-lenses.ts";
import { inlayHints } from "../../server/features/inlay-hints.ts";
import { semanticTokens } from "../../server/features/semantic-tokens.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";

const instance = (priority: string, more = ""): string =>
  `vrrp_instance VI_1 {\n    state BACKUP\n    interface eth0\n    virtual_router_id 51\n${priority}    advert_int 1\n    virtual_ipaddress {\n        10.0.0.100\n        10.0.0.101/24\n    }\n${more}}\n`;

const project = (contents: Readonly<Record<string, string>>) => readProject({ files: memoryFiles(contents), paths: [""] });

describe("inlay hints", () => {
  const hints = (text: string): readonly string[] =>
    inlayHints(project({ "keepalived.conf": text }), "keepalived.conf").map(
      ({ at, label }) => `${text.slice(at.span.start, at.span.end)} ${label}`,
    );

  test("tell the prefix nobody wrote, and when a backup takes over", () => {
    expect(hints(instance("    priority 100\n"))).toEqual(["1 takes over after 3.6 s", "10.0.0.100 /32"]);
  });

  test("tell the priority nobody wrote", () => {
    expect(hints(instance(""))).toContain("VI_1 priority 100");
    expect(hints(instance("").replace("BACKUP", "MASTER"))).toContain("VI_1 priority 255");
  });

  test("tell what weights make of the priority", () => {
    const script = (weight: number): string => `vrrp_script c {\n    script "/bin/true"\n    weight ${weight}\n}\n`;
    const tracked = "    track_script {\n        c\n    }\n";
    expect(hints(script(-20) + instance("    priority 100\n", tracked))).toContain("100 80 when failing");
    expect(hints(script(20) + instance("    priority 100\n", tracked))).toContain("100 120 when fine");
  });

  test("tell that a script without a weight means FAULT", () => {
    const script = 'vrrp_script c {\n    script "/bin/true"\n}\n';
    expect(hints(script + instance("    priority 100\n", "    track_script {\n        c\n    }\n"))).toContain("c FAULT when failing");
  });
});

describe("code lenses", () => {
  test("name peers, the master, and uses", () => {
    const script = 'vrrp_script c {\n    script "/bin/true"\n}\n';
    const found = project({
      "a/keepalived.conf": script + instance("    priority 100\n"),
      "b/keepalived.conf": instance("    priority 90\n"),
    });
    expect(codeLenses(found, "a/keepalived.conf", "2.4.3").map(({ title }) => title)).toEqual(["not used", "master: a · peers: b (90)"]);
    expect(codeLenses(found, "b/keepalived.conf", "2.4.3").map(({ title }) => title)).toEqual(["master: a · peers: a (100)"]);
  });

  test("tell what the model predicts, not who has the highest priority", () => {
    const a = instance("    priority 100\n");
    const lens = (b: string): string =>
      codeLenses(project({ "a/keepalived.conf": a, "b/keepalived.conf": b }), "b/keepalived.conf", "2.4.3")[0]!.title;
    expect(lens(instance("    priority 90\n").replace("51", "52"))).toBe("2 masters: a and b · peers: a (100)");
    expect(lens(instance("    priority 90\n").replace("state", "version 3\n    state"))).toBe("2 masters: a and b · peers: a (100)");
    expect(lens(instance("    priority 100\n"))).toBe("master: chance decides · peers: a (100)");
  });

  test("of a cluster that is too large to be played name the peers alone", () => {
    const nodes = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`n${n}/keepalived.conf`, instance(`    priority ${n + 1}\n`)]));
    expect(codeLenses(project(nodes), "n3/keepalived.conf", "2.4.3")[0]!.title).toMatch(/^peers: n0 \(1\), /u);
  });
});

describe("semantic tokens", () => {
  test("are what the vocabulary says of every word", () => {
    const text = instance("    priority 100\n");
    const found = semanticTokens(text).map(({ span, type }) => `${text.slice(span.start, span.end)} ${type}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "vrrp_instance keyword",
        "VI_1 class",
        "state property",
        "BACKUP enumMember",
        "eth0 variable",
        "100 number",
        "10.0.0.100 number",
      ]),
    );
    expect(semanticTokens("nonsense word\n")).toEqual([]);
  });
});
