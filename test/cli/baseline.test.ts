import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { badNode, folder, kalint, reportOf } from "./kalint.ts";

const rules = (cwd: string, ...args: readonly string[]): readonly string[] =>
  reportOf(kalint(["--format", "json", ...args], { cwd })).findings.map(({ rule }) => rule);

describe("--baseline", () => {
  const agreed = (contents: Readonly<Record<string, string>>): string => {
    const cwd = folder(contents);
    const run = kalint(["--baseline", "baseline.json", "--update-baseline"], { cwd });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/nothing found in [^\n]*; \d+ more in the baseline/u);
    return cwd;
  };

  it("leaves out what is in it, wherever the lines have moved to, and tells what is new", () => {
    const cwd = agreed({ "keepalived.conf": badNode });
    expect(rules(cwd)).toContain("nopreempt-with-master-state");
    writeFileSync(path.join(cwd, "keepalived.conf"), `\n# moved\n\n${badNode}`);
    expect(kalint(["--baseline", "baseline.json"], { cwd })).toMatchObject({ status: 0, stderr: "" });
    writeFileSync(path.join(cwd, "keepalived.conf"), badNode.replace("advert_int 1", "advert_intt 1"));
    expect(rules(cwd, "--baseline", "baseline.json")).toEqual(["unknown-keyword"]);
    expect(kalint(["--baseline", "baseline.json"], { cwd }).status).toBe(1);
  });

  it("counts: the second of two equal lines is new", () => {
    const wrong = badNode.replace("advert_int 1", "advert_intt 1");
    const cwd = agreed({ "keepalived.conf": wrong });
    writeFileSync(path.join(cwd, "keepalived.conf"), wrong.replace("advert_intt 1", "advert_intt 1\n    advert_intt 1"));
    expect(rules(cwd, "--baseline", "baseline.json")).toEqual(["unknown-keyword"]);
  });

  it("says which entries are found no more", () => {
    const cwd = agreed({ "keepalived.conf": badNode });
    writeFileSync(path.join(cwd, "keepalived.conf"), badNode.replace("nopreempt", ""));
    const run = kalint(["--baseline", "baseline.json"], { cwd });
    expect(run.status).toBe(0);
    expect(run.stderr).toMatch(/^kalint: baseline\.json: 1 entry is found no more; --update-baseline takes it out\n$/u);
  });

  it("holds no secret and no position, and the same bytes for the same findings", () => {
    const secret = badNode.replace("nopreempt", "nopreempt\n authentication {\n auth_type PASS\n auth_pass S3CRET12345\n }");
    const text = readFileSync(path.join(agreed({ "keepalived.conf": secret }), "baseline.json"), "utf8");
    expect(text).not.toContain("S3CRET");
    expect(text).toContain("auth-pass-truncated");
    expect(readFileSync(path.join(agreed({ "keepalived.conf": `\n\n${secret}` }), "baseline.json"), "utf8")).toBe(text);
  });

  it.each([
    ["is missing", undefined, /there is no such file; --update-baseline writes it/u],
    ["is no JSON", "{", /it is no JSON/u],
    ["is something else", "[]", /it is no baseline of kalint/u],
    ["is of another version", '{"version":2,"findings":[]}', /another version/u],
  ])("is 2 where the file %s", (_what, text, expected) => {
    const cwd = folder({ "keepalived.conf": badNode, ...(text === undefined ? {} : { "baseline.json": text }) });
    const run = kalint(["--baseline", "baseline.json"], { cwd });
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(expected);
    expect(run.stderr.trimEnd().split("\n").length).toBe(1);
  });

  it("--update-baseline wants a file", () => {
    expect(kalint(["--update-baseline"])).toMatchObject({ status: 2, stderr: expect.stringContaining("--baseline <FILE>") });
  });
});

describe("--rule with a group", () => {
  it("gives every rule of it another severity; what comes later goes before", () => {
    const cwd = folder({ "keepalived.conf": badNode });
    const group = (JSON.parse(kalint(["rules", "--format", "json"]).stdout) as { rules: { id: string; group: string }[] }).rules.find(
      ({ id }) => id === "nopreempt-with-master-state",
    )!.group;
    expect(rules(cwd)).toContain("nopreempt-with-master-state");
    expect(rules(cwd, "--rule", `${group}=off`)).not.toContain("nopreempt-with-master-state");
    expect(rules(cwd, "--rule", `${group}=off`, "--rule", "nopreempt-with-master-state=info")).toContain("nopreempt-with-master-state");
    expect(kalint(["--rule", `${group}=info`], { cwd }).status).toBe(0);
    expect(kalint(["--rule", "vrrrp=off"], { cwd })).toMatchObject({ status: 2, stdout: "" });
  });
});
