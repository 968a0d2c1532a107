/** kalint.toml from the command line: where it is found, what it changes, what a wrong one costs. */
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { folder, goodPair, kalint, node, reportOf, root, splitPair } from "./kalint.ts";

const clusterOf = (names: readonly string[]): string =>
  `[[cluster]]\nname = "pair"\n${names.map((name) => `[[cluster.node]]\nname = "${name}"\nconfig = "${name}/keepalived.conf"\n`).join("")}`;

const json = (words: readonly string[], cwd: string) => reportOf(kalint(["--format", "json", ...words], { cwd }));

const idsOf = ({ findings }: ReturnType<typeof reportOf>): readonly string[] => findings.map(({ rule, file }) => `${rule} ${file}`);

describe("where it is found", () => {
  it("in a folder above: the whole project is read, findings are told for the working directory with names from there", () => {
    const cwd = folder({ ...splitPair, "kalint.toml": clusterOf(["db1", "db2"]) });
    const { findings, summary } = json([], path.join(cwd, "db2"));
    const [finding] = findings.filter(({ rule }) => rule === "peer-vrid-mismatch");
    expect(finding).toMatchObject({ file: "keepalived.conf", severity: "error", nodes: ["db1", "db2"] });
    expect(finding?.notes[0]).toMatchObject({ file: "../db1/keepalived.conf" });
    expect(summary).toMatchObject({ nodes: 2, clusters: 1 });
    const pretty = kalint([], { cwd: path.join(cwd, "db2") }).stdout;
    expect(pretty).toContain("--> keepalived.conf:7:");
    expect(pretty).toContain("--> ../db1/keepalived.conf:7:");
    expect(pretty).toContain("stated in kalint.toml");
  });

  it("clusters that are not asked about are not judged", () => {
    const cwd = folder({
      ...splitPair,
      "c/keepalived.conf": node({ vrid: 9 }).replace("10.11.12.13", "10.0.0.1"),
      "kalint.toml": clusterOf(["db1", "db2"]),
    });
    expect(json(["c"], cwd).summary).toMatchObject({ files: 1, nodes: 1, clusters: 0 });
    expect(json(["db1/keepalived.conf"], cwd).summary).toMatchObject({ files: 2, nodes: 2, clusters: 1 });
    const nothing = kalint(["empty"], { cwd: folder({ ...goodPair, "kalint.toml": "", "empty/x": "" }) });
    expect(nothing).toMatchObject({ status: 2, stderr: "kalint: no keepalived configuration in empty\n" });
  });

  it("what it states of other folders belongs to the project", () => {
    const cwd = folder({ ...splitPair, "lab/kalint.toml": "" });
    const text = clusterOf(["db1", "db2"]).replaceAll('config = "', 'root = "../NAME"\nconfig = "../');
    writeFileSync(path.join(cwd, "lab/kalint.toml"), text.replace("NAME", "db1").replace("NAME", "db2"));
    const { findings } = json([], path.join(cwd, "lab"));
    expect(findings.find(({ rule }) => rule === "peer-vrid-mismatch")?.file).toBe("../db2/keepalived.conf");
    const elsewhere = folder({ "x/keepalived.conf": node() });
    expect(json([path.join(elsewhere, "x")], path.join(cwd, "lab")).summary).toMatchObject({ files: 1, nodes: 1, clusters: 0 });
  });

  it("--config names another one, whose folder is the project", () => {
    const cwd = folder({ "lab/db1/keepalived.conf": node(), "lab/other.toml": clusterOf(["db1"]), "kalint.toml": "wrong" });
    expect(kalint(["doctor", "--config", "lab/other.toml", "lab"], { cwd }).stdout).toContain("lab/other.toml: states 1 cluster of 1 node");
    expect(kalint(["--config", "no.toml", "lab"], { cwd })).toMatchObject({
      status: 2,
      stderr: "kalint: --config no.toml: there is no such file\n",
    });
  });

  it("in a folder below, for that folder", () => {
    const bad = node({ state: "MASTER", more: "nopreempt" });
    const cwd = folder({
      "a/keepalived.conf": bad,
      "b/keepalived.conf": bad.replace("10.11.12.13", "10.0.0.1"),
      "b/kalint.toml": '[rules]\nnopreempt-with-master-state = "off"\n',
    });
    const rule = "nopreempt-with-master-state";
    expect(idsOf(json([], cwd)).filter((id) => id.startsWith(rule))).toEqual([`${rule} a/keepalived.conf`]);
    expect(idsOf(json(["b/keepalived.conf"], cwd)).filter((id) => id.startsWith(rule))).toEqual([]);
  });
});

describe("what it changes", () => {
  it("the version, after a node's own and the command line", () => {
    const cwd = folder({ ...goodPair, "kalint.toml": `distro = "debian12"\n${clusterOf(["db1", "db2"])}keepalived-version = "2.4.3"\n` });
    const said = (words: readonly string[]): string => kalint(["doctor", ...words], { cwd }).stdout;
    expect(said([])).toMatch(/judged for keepalived 2\.2\.7, stated in kalint\.toml[^]*db2\n[^]*version: 2\.4\.3/u);
    expect(said(["--distro", "el9"])).toMatch(/judged for keepalived 2\.2\.8, stated on the command line[^]*version: 2\.4\.3/u);
  });

  it("severities, but for those of the command line", () => {
    const bad = node({ state: "MASTER", more: "nopreempt" });
    const cwd = folder({
      "keepalived.conf": bad,
      "kalint.toml": '[[override]]\npaths = ["*.conf"]\nrules = { nopreempt-with-master-state = "info" }\n',
    });
    const severity = (words: readonly string[]): string | undefined =>
      json(words, cwd).findings.find(({ rule }) => rule === "nopreempt-with-master-state")?.severity;
    expect(severity([])).toBe("info");
    expect(severity(["--rule", "nopreempt-with-master-state=warning"])).toBe("warning");
    expect(kalint(["--format", "json", "-"], { cwd, input: bad }).status).toBe(1);
  });

  it("what is missing: a script below a stated path", () => {
    const script = { more: 'notify "/opt/ha/n.sh"' };
    const cwd = folder({
      "db1/keepalived.conf": node(script),
      "scripts/other.sh": "#!/bin/sh\n",
      "kalint.toml": '[paths]\n"/opt/ha" = "scripts"\n',
    });
    expect(json([], cwd).findings.find(({ rule }) => rule === "script-not-found")).toMatchObject({
      severity: "error",
      file: "db1/keepalived.conf",
    });
  });
});

describe("a wrong one", () => {
  it("costs one line with file and line, the status 2, and nothing else happens", () => {
    const cwd = folder({ ...splitPair, "kalint.toml": '[rules]\n\npeer-vird-mismatch = "off"\n' });
    const line = 'kalint.toml:3: there is no rule "peer-vird-mismatch", did you mean peer-vrid-mismatch?\n';
    expect(kalint([], { cwd })).toEqual({ status: 2, stdout: "", stderr: `kalint: ${line}` });
    expect(kalint(["doctor"], { cwd: path.join(cwd, "db1") })).toEqual({ status: 2, stdout: "", stderr: `kalint: ../${line}` });
  });

  it("a link that leads out of the project is not followed", () => {
    const outside = folder({ "keepalived.conf": node(), "secret.sh": "#!/bin/sh\n" });
    const cwd = folder({
      "db1/keepalived.conf": node(),
      "kalint.toml": '[[cluster]]\n[[cluster.node]]\nname = "a"\nconfig = "out.conf"\n',
    });
    symlinkSync(path.join(outside, "keepalived.conf"), path.join(cwd, "out.conf"));
    expect(kalint([], { cwd })).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "kalint: kalint.toml:4: config: out.conf: it is a link that leads outside the folders that may be read\n",
    });
  });
});

describe("--distro", () => {
  it("names a version, and goes with no other", () => {
    const cwd = folder(goodPair);
    expect(kalint(["--distro", "debain12"], { cwd })).toMatchObject({ status: 2, stdout: "" });
    expect(kalint(["--distro", "debain12"], { cwd }).stderr).toMatch(
      /^kalint: there is no distribution "debain12", did you mean debian12\? There are debian11, debian12, /u,
    );
    expect(kalint(["--distro", "el9", "--keepalived-version", "2.2.8"], { cwd })).toMatchObject({
      status: 2,
      stderr: "kalint: --distro and --keepalived-version both say which version is meant; give one\n",
    });
  });
});

describe("kalint init", () => {
  it("writes one that changes no finding but for how the peers are known", () => {
    const cwd = folder({ ...splitPair, "alone/keepalived.conf": node({ vrid: 7 }).replace("10.11.12.13", "10.0.0.7") });
    const before = idsOf(json([], cwd));
    const run = kalint(["init", "--distro", "debian12"], { cwd });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/^kalint\.toml written: 1 cluster of 2 nodes/u);
    expect(readFileSync(path.join(cwd, "kalint.toml"), "utf8")).toContain('distro = "debian12"');
    expect(idsOf(json(["--keepalived-version", "2.4.3"], cwd))).toEqual(before);
  });

  // Each holds a cluster as it was written and as corrected, with the same addresses.
  it.each(readdirSync(path.join(root, "fixtures/clusters")))("read back, it says of %s what is said without it", (name) => {
    const cwd = folder({});
    cpSync(path.join(root, "fixtures/clusters", name), cwd, { recursive: true });
    // Notes tell how the peers are known, which is another way then.
    const told = ({ findings, summary }: ReturnType<typeof reportOf>) => ({
      findings: findings.map(({ notes: _notes, ...finding }) => finding),
      summary,
    });
    const before = json([], cwd);
    expect(before.findings.length).toBeGreaterThan(0);
    const run = kalint(["init"], { cwd });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const stated = readFileSync(path.join(cwd, "kalint.toml"), "utf8").match(/^\[\[cluster\]\]/gmu) ?? [];
    expect(run.stdout).toContain(` written: ${stated.length} cluster`);
    expect(told(json([], cwd))).toEqual(told(before));
    expect(kalint([], { cwd }).stdout).toContain("stated in kalint.toml");
  });

  it("prints the schema of such files", () => {
    const run = kalint(["init", "--schema"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toEqual(JSON.parse(readFileSync(path.join(root, "schemas/kalint.schema.json"), "utf8")));
  });

  it("overwrites nothing, and prints on request", () => {
    const cwd = folder({ ...goodPair, "kalint.toml": "# mine\n" });
    expect(kalint(["init"], { cwd })).toEqual({
      status: 2,
      stdout: "",
      stderr: "kalint: kalint.toml is there already; --stdout prints what would be written\n",
    });
    expect(readFileSync(path.join(cwd, "kalint.toml"), "utf8")).toBe("# mine\n");
    expect(kalint(["init", "--stdout"], { cwd })).toMatchObject({ status: 0, stderr: "" });
    const empty = folder({ "x.txt": "" });
    expect(kalint(["init"], { cwd: empty })).toMatchObject({ status: 2, stdout: "" });
    expect(existsSync(path.join(empty, "kalint.toml"))).toBe(false);
  });
});
