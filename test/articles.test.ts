/**
 * The main job: the mistakes in the clusters of the five articles are found where they stand, and nothing of severity
 * error or warning is said of the corrected ones. All of fixtures/clusters is judged in one run, as the README's first
 * command does.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { lineIndex, positionAt } from "../grammar/text.ts";
import type { Finding } from "../server/analysis/finding.ts";
import { analyse } from "../server/analysis/run.ts";
import { openDisk } from "../server/host/disk.ts";
import { readProject, type Project } from "../server/model/cluster/project.ts";
import { rules } from "../server/rules/index.ts";

const conf = "etc/keepalived/keepalived.conf";

/** Article, machines, file, rule, and the lines of which one must carry the finding (several where one cause has several places). */
const mistakes: readonly (readonly [article: string, machines: readonly string[], file: string, rule: string, lines: readonly number[]])[] =
  [
    ["mysql-readwrite-fwmark", ["db1", "db2"], conf, "sync-group-unknown-member", [6]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], conf, "script-not-found", [8, 9, 10, 11, 40]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], conf, "removed-keyword", [35]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], conf, "removed-keyword", [52]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], conf, "fwmark-with-protocol", [54]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], "root/lvs_realserver.sh", "functions-file-not-sourced", [4]],
    ["mysql-readwrite-fwmark", ["db1", "db2"], "root/lvs_realserver.sh", "interface-alias-reused", [9]],
    ["mysql-nat-directors", ["dlvs1", "dlvs2"], conf, "nat-without-sync-group", [5, 19, 20]],
    ["mysql-nat-directors", ["dlvs1", "dlvs2"], "etc/init.d/dlvs", "firewall-stopped-by-script", [15]],
    ["mysql-mha-lvs-haproxy", ["lvs1", "lvs2"], conf, "out-of-range", [58, 59]],
    ["mysql-mha-lvs-haproxy", ["lvs1", "lvs2"], conf, "misplaced-keyword", [66, 67]],
    ["mysql-mha-lvs-haproxy", ["lvs1", "lvs2"], conf, "misplaced-keyword", [77, 78]],
    ["web-dr-directors", ["lvs1", "lvs2"], conf, "removed-keyword", [35]],
    ["web-dr-directors", ["lvs1", "lvs2"], conf, "misplaced-keyword", [43]],
    ["web-dr-directors", ["lvs1", "lvs2"], conf, "misplaced-keyword", [52]],
    ["web-dr-directors", ["lvs1", "lvs2"], "etc/init.d/lvs_server", "vip-bound-outside-keepalived", [20]],
    ["web-dr-directors", ["lvs1", "lvs2"], "etc/init.d/lvs_server", "ipvsadm-clears-table", [23, 36, 43, 51]],
    ["web-dr-directors", ["lvs1", "lvs2"], "etc/init.d/lvs_server", "ipvsadm-duplicates-keepalived", [27]],
    ["web-dr-directors", ["web1", "web2"], "etc/init.d/realserver", "script-syntax-error", [9, 10]],
  ];

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "../fixtures/clusters");

let project: Project;
let findings: readonly (Finding & { readonly line: number })[];

beforeAll(() => {
  const files = openDisk({ cwd: folder, allow: [] });
  project = readProject({ files, paths: [""] });
  const textOf = (file: string): string | undefined => {
    const got = files.read(file);
    return got.kind === "text" ? got.text : undefined;
  };
  const analysis = analyse(project, rules, { textOf });
  if (analysis.crashes.length > 0) throw new Error(JSON.stringify(analysis.crashes));
  findings = analysis.findings.map((finding) => ({
    ...finding,
    line: positionAt(lineIndex(textOf(finding.at.file) ?? ""), finding.at.span.start).line,
  }));
});

const place = ({ rule, at, line, message }: Finding & { readonly line: number }): string => `${at.file}:${line} ${rule}: ${message}`;

test("every article is two clusters of two directors, as written and corrected, which never mix", () => {
  const directors = project.clusters.map(
    ({ name, nodes }) =>
      `${name}: ${nodes
        .filter((node) => node.configuration !== undefined)
        .map((node) => node.name)
        .join(" ")}`,
  );
  expect(directors.toSorted()).toEqual([
    "mysql-dual-master/as-written: master1 master2",
    "mysql-dual-master/corrected: master1 master2",
    "mysql-mha-lvs-haproxy/as-written: lvs1 lvs2",
    "mysql-mha-lvs-haproxy/corrected: lvs1 lvs2",
    "mysql-nat-directors/as-written: dlvs1 dlvs2",
    "mysql-nat-directors/corrected: dlvs1 dlvs2",
    "mysql-readwrite-fwmark/as-written: db1 db2",
    "mysql-readwrite-fwmark/corrected: db1 db2",
    "web-dr-directors/as-written: lvs1 lvs2",
    "web-dr-directors/corrected: lvs1 lvs2",
  ]);
});

test("real servers and proxies without keepalived belong to their cluster", () => {
  const others = (name: string): readonly string[] =>
    project.clusters
      .find((cluster) => cluster.name === name)!
      .nodes.filter((node) => node.configuration === undefined)
      .map((node) => node.name);
  expect(others("mysql-nat-directors/as-written")).toEqual(["rs1", "rs2"]);
  expect(others("mysql-mha-lvs-haproxy/as-written")).toEqual(["haproxy", "slave1", "slave2"]);
  expect(others("web-dr-directors/as-written")).toEqual(["web1", "web2"]);
});

describe("as written", () => {
  const cases = mistakes.flatMap(([article, machines, file, rule, lines]) =>
    machines.map((machine) => ({
      title: `${article}: ${rule} in ${machine}/${file}:${lines.join("|")}`,
      file: `${article}/as-written/${machine}/${file}`,
      rule,
      lines,
    })),
  );
  test.each(cases)("$title", ({ file, rule, lines }) => {
    const there = findings.filter((finding) => finding.rule === rule && finding.at.file === file).map(({ line }) => line);
    expect(
      there.some((line) => lines.includes(line)),
      `${rule} at lines ${there.join(", ")}`,
    ).toBe(true);
  });

  test("mysql-mha-lvs-haproxy: one virtual_router_id for each director of one address, each shown with the other", () => {
    const mismatch = findings.filter(
      ({ rule, at }) => rule === "peer-vrid-mismatch" && at.file.includes("mysql-mha-lvs-haproxy/as-written"),
    );
    expect(mismatch.length).toBeGreaterThan(0);
    for (const { at, notes, message, severity } of mismatch) {
      expect(severity).toBe("error");
      expect(message).toMatch(/\b60\b/u);
      expect(message).toMatch(/\b70\b/u);
      expect(notes.some((note) => note.at !== undefined && note.at.file !== at.file)).toBe(true);
    }
  });
});

test("nothing of severity error or warning is said of the corrected clusters", () => {
  expect(
    findings.filter(({ at, severity }) => at.file.includes("/corrected/") && (severity === "error" || severity === "warning")).map(place),
  ).toEqual([]);
});
