import { describe, expect, it } from "vitest";
import { badNode, folder, goodPair, kalint, node, reportOf, splitPair } from "./kalint.ts";

const quietVersion = ["--keepalived-version", "2.4.3"];

describe("the exit status", () => {
  it("is 0 when nothing is found", () => {
    const run = kalint(["--format", "json"], { cwd: folder(goodPair) });
    expect(reportOf(run).findings).toEqual([]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
  });

  it("is 1 when something is found", () => {
    expect(kalint([], { cwd: folder({ "keepalived.conf": badNode }) }).status).toBe(1);
  });

  it.each([
    ["error", 1],
    ["info", 1],
    ["never", 0],
  ])("with an error and --fail-on %s is %i", (failOn, status) => {
    expect(kalint(["--fail-on", failOn], { cwd: folder({ "keepalived.conf": badNode }) }).status).toBe(status);
  });

  it.each([
    ["error", 0],
    ["warning", 1],
    ["info", 1],
  ])("with a warning and --fail-on %s is %i", (failOn, status) => {
    const rule = "nopreempt-with-master-state=warning";
    expect(kalint(["--fail-on", failOn, "--rule", rule], { cwd: folder({ "keepalived.conf": badNode }) }).status).toBe(status);
  });

  it("is 0 when only what is milder than a warning is found", () => {
    const run = kalint(["--rule", "nopreempt-with-master-state=info", "--format", "json"], { cwd: folder({ "keepalived.conf": badNode }) });
    expect(reportOf(run).summary).toMatchObject({ error: 0, warning: 0, info: 1 });
    expect(run.status).toBe(0);
  });

  it("is 0 when the rule is off", () => {
    const run = kalint(["--rule", "nopreempt-with-master-state=off", "--format", "json"], { cwd: folder({ "keepalived.conf": badNode }) });
    expect(reportOf(run).findings).toEqual([]);
    expect(run.status).toBe(0);
  });

  it.each([
    ["a language server without a way to speak", ["lsp"], "an editor starts it as kalint lsp --stdio; docs/editors.md says how"],
    ["words that nobody reads", ["explain", "nopreempt", "weight"], "too many words; kalint explain --help says how it goes"],
    ["an unknown option", ["--fromat", "json"], "there is no option --fromat, did you mean --format?"],
    [
      "an unknown format",
      ["--format", "jsno"],
      'there is no format "jsno", did you mean json? There are pretty, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson, gcc',
    ],
    [
      "two reports for one file",
      ["--format", "sarif=out", "--format", "json=./out"],
      "--format json=./out: the sarif report goes to that file already",
    ],
    [
      "a severity that is none",
      ["--rule", "peer-vrid-mismatch=fatal"],
      'there is no severity "fatal"; there are error, warning, info, style, off',
    ],
    ["an unknown rule", ["--rule", "peer-vrid-mismatc=off"], 'there is no rule "peer-vrid-mismatc", did you mean peer-vrid-mismatch?'],
    ["a rule without severity", ["--rule", "peer-vrid-mismatch"], "--rule peer-vrid-mismatch: it has the form RULE=SEVERITY or RULE=off"],
    [
      "an unknown --fail-on",
      ["--fail-on", "errors"],
      'there is no value of --fail-on "errors", did you mean error? There are error, warning, info, never',
    ],
    ["a version that is none", ["--keepalived-version", "two"], '"two" is no version of keepalived; write it like 2.2.8'],
    ["a missing value", ["--format"], "--format wants a value: --format <FORMAT>"],
    [
      "two formats for one stream",
      ["--format", "json", "--format", "pretty"],
      "only one format can go to standard output; write the other to a file: --format pretty=FILE",
    ],
    ["--stdin-filename without -", ["--stdin-filename", "a.conf"], "--stdin-filename goes with - (standard input)"],
    ["- among others", ["-", "a.conf"], "- (standard input) stands alone"],
    ["explain without a rule", ["explain"], "what is to be explained? kalint explain RULE (kalint rules lists them)"],
    [
      "explain with an unknown rule",
      ["explain", "peer-vird-mismatch"],
      'there is no rule or keyword "peer-vird-mismatch", did you mean peer-vrid-mismatch?',
    ],
    ["an unknown command", ["chekc"], "chekc: there is no such file or folder, did you mean kalint check?"],
  ])("is 2 with one line for %s", (_, args, line) => {
    expect(kalint(args, { cwd: folder(goodPair) })).toEqual({ status: 2, stdout: "", stderr: `kalint: ${line}\n` });
  });
});

describe("the command", () => {
  it("check is what a path alone means", () => {
    const cwd = folder(splitPair);
    expect(kalint(["check", "db1", "db2"], { cwd })).toEqual(kalint(["db1", "db2"], { cwd }));
  });

  it("may stand behind its options", () => {
    const cwd = folder(splitPair);
    expect(kalint(["--format", "json", "check", "db1", "db2"], { cwd })).toEqual(
      kalint(["check", "db1", "db2", "--format", "json"], { cwd }),
    );
  });

  it("goes before a folder of its name, which check reaches", () => {
    const cwd = folder({ "rules/keepalived.conf": badNode });
    expect(kalint(["rules"], { cwd }).stdout).toMatch(/peer-vrid-mismatch/u);
    expect(kalint(["check", "rules"], { cwd }).stdout).toMatch(/rules\/keepalived\.conf:\d+/u);
  });

  it("--version prints a version, --help the options and the exit statuses", () => {
    expect(kalint(["--version"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
    const help = kalint(["--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    for (const word of ["check", "rules", "explain", "doctor", "lsp", "Exit status"]) expect(help.stdout).toContain(word);
    for (const option of ["--format", "--keepalived-version", "--config-id", "--fail-on", "--rule", "--stdin-filename"])
      expect(kalint(["check", "--help"]).stdout).toContain(option);
  });

  it("rules lists every rule once, also as JSON", () => {
    const listed = JSON.parse(kalint(["rules", "--format", "json"]).stdout) as {
      readonly rules: readonly { readonly id: string; readonly severity: string }[];
    };
    const ids = listed.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(listed.rules).toContainEqual(
      expect.objectContaining({
        id: "nopreempt-with-master-state",
        group: "vrrp",
        severity: "error",
        docs: "docs/rules/nopreempt-with-master-state.md",
      }),
    );
    const text = kalint(["rules"]).stdout;
    for (const id of ids) expect(text).toContain(`  ${id} `);
  });

  it("explain prints the page of a rule as text", () => {
    const { status, stdout } = kalint(["explain", "nopreempt-with-master-state"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^nopreempt-with-master-state\n/u);
    expect(stdout).toContain("When to turn it off");
    expect(stdout).not.toMatch(/```|<!--|^#/mu);
  });

  it("doctor tells nodes, peers, scripts and what was left out, and judges nothing", () => {
    const cwd = folder({
      ...splitPair,
      "db1/check.sh": "#!/bin/sh\nexit 1\n",
      "templates/keepalived.conf.j2": "vrrp_instance {{ name }} {\n}\n",
    });
    const { status, stdout, stderr } = kalint(["doctor"], { cwd });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("db1 and db2 both list 10.11.12.13");
    expect(stdout).toContain("configuration: db2/keepalived.conf");
    expect(stdout).toContain("script: db1/check.sh");
    expect(stdout).toContain("templates/keepalived.conf.j2: 1 mark, judged around them");
    expect(stdout).not.toContain("peer-vrid-mismatch");
  });
});

describe("options of check", () => {
  it("--keepalived-version decides what is known", () => {
    const cwd = folder({ "keepalived.conf": node({ more: "unicast_fault_no_peer" }) });
    const rulesFor = (version: string): readonly string[] =>
      reportOf(kalint(["--format", "json", "--keepalived-version", version], { cwd })).findings.map(({ rule }) => rule);
    expect(rulesFor("1.3.5")).toContain("keyword-needs-newer-version");
    expect(rulesFor("2.4.3")).not.toContain("keyword-needs-newer-version");
  });

  it("--config-id reads one of the nodes of a shared file", () => {
    const shared = node({ state: "BACKUP" }).replace("priority 100", "@one priority 150\n    @two priority 100");
    const cwd = folder({ "keepalived.conf": shared });
    const nodes = (args: readonly string[]): number =>
      reportOf(kalint(["--format", "json", ...quietVersion, ...args], { cwd })).summary.nodes;
    expect(nodes([])).toBe(2);
    expect(nodes(["--config-id", "one"])).toBe(1);
  });

  it("--format json=FILE writes the file and leaves standard output to others", () => {
    const cwd = folder({ ...splitPair });
    const both = kalint(["--format", "json=report.json", "--format", "pretty", "."], { cwd });
    expect(both.stdout).toMatch(/peer-vrid-mismatch/u);
    expect(kalint(["--format", "json=again.json", "."], { cwd }).stdout).toBe("");
    expect(kalint(["--format", "json=no/such/folder.json", "."], { cwd })).toEqual({
      status: 2,
      stdout: "",
      stderr: "kalint: no/such/folder.json: it cannot be written (there is no such folder)\n",
    });
  });
});
