import { describe, expect, it } from "vitest";
import { folder, kalint, type Run } from "./kalint.ts";

const node = (priority: number, vrid = 51): string => `vrrp_instance VI_1 {
  interface eth0
  virtual_router_id ${vrid}
  priority ${priority}
  virtual_ipaddress {
    10.0.0.100/24
  }
}
`;
const healthy = { "a/keepalived.conf": node(100), "b/keepalived.conf": node(90) };
const split = { "a/keepalived.conf": node(100), "b/keepalived.conf": node(90, 52) };

interface Told {
  readonly steps: readonly {
    readonly step: { readonly do: string; readonly node?: string };
    readonly vips: Readonly<Record<string, { readonly holders: readonly string[]; readonly uncertain: boolean; readonly why: string }>>;
    readonly states: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly priority: Readonly<Record<string, Readonly<Record<string, number>>>>;
  }[];
}

const told = ({ stdout }: Run): Told => JSON.parse(stdout) as Told;

describe("kalint failover", () => {
  it("is 0 for a cluster that fails over, with a row for every step and no mark", () => {
    const run = kalint(["failover"], { cwd: folder(healthy) });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/a crashes +10\.0\.0\.100 +b +nobody 3\.\d s/u);
    expect(run.stdout).not.toContain("!");
  });

  it("is 1 for a split brain, marked and explained", () => {
    const run = kalint(["failover"], { cwd: folder(split) });
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/! +all nodes start +10\.0\.0\.100 +a and b/u);
    expect(run.stdout).toContain("virtual_router_id 51 on a and 52 on b");
  });

  it("tells JSON for a scenario from a file, the same bytes every time", () => {
    const steps = [{ do: "start" }, { do: "crash", node: "a", wait: 6 }];
    const cwd = folder({ ...healthy, "steps.json": JSON.stringify({ steps }) });
    const run = kalint(["failover", "--scenario", "steps.json", "--format", "json"], { cwd });
    expect(run.status).toBe(0);
    const { steps: answers } = told(run);
    expect(answers.map(({ step }) => step)).toEqual(steps);
    expect(answers[1]).toMatchObject({
      vips: { "10.0.0.100": { holders: ["b"], uncertain: false, why: expect.stringContaining("a is down") } },
      states: { a: { VI_1: "DEAD" }, b: { VI_1: "MASTER" } },
      priority: { a: {}, b: { VI_1: 90 } },
    });
    expect(kalint(["failover", "--scenario", "steps.json", "--format", "json"], { cwd }).stdout).toBe(run.stdout);
  });

  it("takes the version of the command line, and the node's own before it", () => {
    const lists = { ...healthy, "b/keepalived.conf": node(90).replace("/24", "/24\n10.0.0.101/24") };
    const holders = (cwd: string, version: string): readonly string[] =>
      told(kalint(["failover", "--format", "json", "--keepalived-version", version], { cwd })).steps[0]!.vips["10.0.0.100"]!.holders;
    expect(holders(folder(lists), "2.2.7")).toEqual(["a", "b"]);
    expect(holders(folder(lists), "2.4.3")).toEqual(["a"]);
    const stated = ["a", "b"].map(
      (name) => `[[cluster.node]]\nname = "${name}"\nconfig = "${name}/keepalived.conf"\nkeepalived-version = "2.2.7"\n`,
    );
    expect(holders(folder({ ...lists, "kalint.toml": `[[cluster]]\nname = "c"\n${stated.join("")}` }), "2.4.3")).toEqual(["a", "b"]);
  });

  it("writes Markdown", () => {
    expect(kalint(["failover", "--format", "markdown"], { cwd: folder(split) }).stdout).toContain(
      "| all nodes start | 10.0.0.100 | **a and b** |",
    );
  });

  it.each([
    ["an unknown step", '{"steps":[{"do":"reboot"}]}', /steps\.json: step 1: "reboot" is no step; there are start, stop, crash/u],
    ["no JSON", "{", /steps\.json: /u],
  ])("is 2 for %s", (_what, text, expected) => {
    const run = kalint(["failover", "--scenario", "steps.json"], { cwd: folder({ ...healthy, "steps.json": text }) });
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(expected);
  });

  it("is 2 where there is nothing to play", () => {
    expect(kalint(["failover"], { cwd: folder({ "notes.txt": "x" }) }).status).toBe(2);
    expect(kalint(["failover", "--scenario", "none.json"], { cwd: folder(healthy) }).status).toBe(2);
    expect(kalint(["failover", "--format", "svg"], { cwd: folder(healthy) }).stderr).toContain("table, json, markdown");
  });
});
