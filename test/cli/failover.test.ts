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
  it("is 0 for a cluster that fails over, with a row for every failure and its end, and no mark", () => {
    const run = kalint(["failover"], { cwd: folder(healthy) });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/^ {3}a crashes +a → b +3\.\d s nobody +back to a/mu);
    expect(run.stdout).toMatch(/^ {3}b: eth0 loses its link +a$/mu);
    expect(run.stdout).toMatch(/^nothing goes wrong: 6 steps$/mu);
    expect(run.stdout).not.toContain("!");
  });

  it("tells a partition without marking it, with the advice to fence; programs get the documented steps only", () => {
    const cwd = folder(healthy);
    const { stdout } = kalint(["failover", "--color"], { cwd });
    const dim = stdout.split("\n").filter((line) => line.startsWith("\u001b[2m"));
    expect(dim.join("\n")).toMatch(/ {3}the network splits: a \| b +a → a and b +back to a[^\n]*\n[^\n]*fence/u);
    const { steps } = told(kalint(["failover", "--format", "json"], { cwd }));
    expect(steps.map(({ step }) => `${step.do} ${step.node ?? ""}`)).toEqual([
      "start ",
      "crash a",
      "restart a",
      "crash b",
      "restart b",
      "link_down a",
      "link_up a",
      "link_down b",
      "link_up b",
    ]);
  });

  it("shows addresses that move together once, and others apart", () => {
    const second = (text: string): string =>
      `${text}${text.replace("VI_1", "VI_2").replace("51", "52").replaceAll("10.0.0.100", "10.0.0.200")}`;
    const together = node(100).replace("/24", "/24\n10.0.0.101/24");
    const { stdout } = kalint(["failover"], {
      cwd: folder({ "a/keepalived.conf": together, "b/keepalived.conf": together.replace("100\n", "90\n") }),
    });
    expect(stdout).toMatch(/^10\.0\.0\.100, 10\.0\.0\.101$/mu);
    const apart = {
      "a/keepalived.conf": second(node(100)),
      "b/keepalived.conf": second(node(90)).replace(/priority 90(?=[^]*200)/u, "priority 150"),
    };
    expect(kalint(["failover"], { cwd: folder(apart) }).stdout).toMatch(/^10\.0\.0\.100$[^]*^10\.0\.0\.200$/mu);
  });

  it("marks what moves back in spite of nopreempt, and what never moves, with the reason", () => {
    const returning = { ...healthy, "a/keepalived.conf": node(100).replace("interface", "state MASTER\nnopreempt\ninterface") };
    const back = kalint(["failover"], { cwd: folder(returning) });
    expect(back.status).toBe(1);
    expect(back.stdout).toMatch(/^! {2}a crashes +a → b[^\n]*back to a[^\n]*\n +it comes back in spite of nopreempt: /mu);
    const check = 'vrrp_script chk {\nscript "/usr/bin/check"\nweight -5\n}\n';
    const weak = (priority: number): string => check + node(priority).replace("virtual_ip", "track_script {\nchk\n}\nvirtual_ip");
    const stays = kalint(["failover"], { cwd: folder({ "a/keepalived.conf": weak(100), "b/keepalived.conf": weak(90) }) });
    expect(stays.stdout).toMatch(/^! {2}a: chk fails +a *\n +it does not move: /mu);
  });

  it("does not mark that nobody holds the address of a single node that is down", () => {
    const run = kalint(["failover"], { cwd: folder({ "keepalived.conf": node(100) }) });
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/alone: nobody can take over/u);
    expect(run.stdout).toMatch(/crashes +\S+ → nobody/u);
  });

  it("is 1 for a split brain, marked and explained", () => {
    const run = kalint(["failover"], { cwd: folder(split) });
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^! {2}all nodes start +a and b/mu);
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
    ["no JSON", '{\n"steps": x', /^kalint: steps\.json(?::2:10)?: it is no JSON: Unexpected [^"\n]*\n$/u],
    ["an unknown node", '[{"do":"crash","node":"c"}]', /there is no node "c"[^\n]*; there are a, b\n$/u],
    ["an unknown interface", '[{"do":"link_down","node":"a","iface":"eth9"}]', /there is no interface "eth9"[^\n]*; there is eth0\n$/u],
    ["an unknown script", '[{"do":"fail","node":"a","script":"chk"}]', /there is no script "chk"; there is none\n$/u],
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

  it("tells the states of a scenario where no instance has an address", () => {
    const bare = "vrrp_instance VI_1 {\n  interface eth0\n  virtual_router_id 51\n  priority 100\n}\n";
    const steps = JSON.stringify({ steps: [{ do: "start" }] });
    const run = kalint(["failover", "--format", "json", "--scenario", "steps.json"], {
      cwd: folder({ "keepalived.conf": bare, "steps.json": steps }),
    });
    expect((JSON.parse(run.stdout) as { readonly steps: unknown }).steps).toMatchObject([
      { vips: {}, states: { keepalived: { VI_1: "MASTER" } } },
    ]);
  });
});
