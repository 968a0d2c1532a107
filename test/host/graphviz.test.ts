/** Graphviz reads what `kalint graph --format dot` writes, hostile names included. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { folder, kalint } from "../cli/kalint.ts";
import { describeWith, whereIs } from "./needs.ts";

describeWith(["dot"], "graphviz", () => {
  const plain = (input: string): string => {
    const run = spawnSync(whereIs("dot")!, ["-Tplain"], { input, encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    return run.stdout;
  };
  const count = (text: string, what: string): number => text.split("\n").filter((line) => line.startsWith(`${what} `)).length;

  it("draws every fixture cluster", () => {
    const { stdout } = kalint(["graph", "--format", "dot", "fixtures/clusters"]);
    const drawn = plain(stdout);
    expect(count(drawn, "node")).toBe(stdout.split("\n").filter((line) => line.includes("[label=<")).length);
    expect(count(drawn, "edge")).toBe(stdout.split(" -> ").length - 1);
  });

  it("takes hostile names for text", () => {
    const cwd = folder({
      "keepalived.conf": `vrrp_instance "<b>&amp;\\N]; x [label=y" {\n  interface eth0\n  virtual_router_id 9\n}\n`,
      "kalint.toml": `[[cluster]]\nname = '"}\\'\n[[cluster.node]]\nname = '</b>'\nconfig = "keepalived.conf"\n`,
    });
    expect(count(plain(kalint(["graph", "--format", "dot"], { cwd }).stdout), "node")).toBe(2);
  });
});
