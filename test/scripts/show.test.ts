import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const host = "fixtures/clusters/mysql-dual-master/as-written/master1";

const run = (
  script: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly lines: readonly string[]; readonly stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/run.mjs", `scripts/${script}.ts`, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, lines: stdout.split("\n"), stderr };
};

it("show-tree prints blocks, statements and where they stand", () => {
  const { status, lines } = run("show-tree", `${host}/usr/local/etc/keepalived/keepalived.conf`);
  expect(status).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/^13:1-\d+:2 +vrrp_instance VI_1 \{$/u));
  expect(lines).toContainEqual(expect.stringMatching(/^16:5-16:25 +virtual_router_id 51$/u));
});

it("show-tree reads a script as one, and a configuration with what it includes", () => {
  expect(run("show-tree", `${host}/data/sh/mysql.sh`).lines).toContainEqual(expect.stringMatching(/words\[0\]: word text="pkill"/u));
  const { lines } = run("show-tree", "--expanded", "fixtures/broken/include-cycle/keepalived.conf");
  expect(lines).toContainEqual(expect.stringMatching(/ fixtures\/broken\/include-cycle\/keepalived\.conf:8$/u));
  expect(lines).toContainEqual(expect.stringContaining("include-cycle"));
});

it("show-model prints peers, nodes, values with their places and effects of scripts, without passwords", () => {
  const { status, lines } = run("show-model", path.dirname(host));
  expect(status).toBe(0);
  expect(lines).toContain("  peers: master1 and master2 both list 154.202.57.100");
  expect(lines).toContain("        virtualRouterId: 51 @keepalived.conf:16:23");
  expect(lines).toContain("      kill process=keepalived signal=TERM @mysql.sh:2:1");
  expect(lines).toContain("          password: ••••");
});

it("both refuse a missing path in one line", () => {
  expect(run("show-tree", "nowhere.conf")).toMatchObject({ status: 2, stderr: "show-tree: nowhere.conf: there is no such file\n" });
  expect(run("show-model", "nowhere")).toMatchObject({ status: 2, stderr: "show-model: nowhere: there is no such file or folder\n" });
});

it("script-figures counts findings and known effects of each folder, and lists the findings of a rule", () => {
  const { status, lines } = run("script-figures", "fixtures/clusters");
  expect(status).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/^\| functions-file-not-sourced \| [1-9]\d* \| [1-9]\d* \|$/u));
  expect(lines).toContainEqual(expect.stringMatching(/^\| ipvsadm \| (\d+) \| \1 \| 0 \| 0 \|$/u));
  const listed = run("script-figures", "fixtures/clusters", "functions-file-not-sourced").lines.filter((line) => line !== "");
  expect(listed).toContainEqual(expect.stringMatching(/^mysql-readwrite-fwmark\/.*lvs_realserver\.sh:4 functions-file-not-sourced /u));
  expect(listed.every((line) => line.includes(" functions-file-not-sourced "))).toBe(true);
});
