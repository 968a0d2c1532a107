import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { badNode, folder, goodPair, kalint, node, reportOf, root, splitPair } from "./kalint.ts";

const oneLine = (line: string): object => ({ status: 2, stdout: "", stderr: `kalint: ${line}\n` });

describe("what cannot be linted is told in one line", () => {
  it("a missing path", () => {
    expect(kalint(["nowhere/keepalived.conf"], { cwd: folder({}) })).toEqual(
      oneLine("nowhere/keepalived.conf: there is no such file or folder"),
    );
  });

  it("every one of several, and the good ones are not linted", () => {
    const run = kalint(["no", "keepalived.conf", "nor"], { cwd: folder({ "keepalived.conf": badNode }) });
    expect(run).toEqual({
      status: 2,
      stdout: "",
      stderr: "kalint: no: there is no such file or folder\nkalint: nor: there is no such file or folder\n",
    });
  });

  it("a folder without configurations, which must not look like a clean one", () => {
    expect(kalint(["."], { cwd: folder({ "README.md": "text" }) })).toEqual(oneLine("no keepalived configuration in ."));
    expect(kalint([], { cwd: folder({}) })).toEqual(oneLine("no keepalived configuration in the working directory"));
    const left = folder({ "keepalived.conf": "# nothing yet\n" });
    expect(kalint([], { cwd: left })).toEqual(
      oneLine("no keepalived configuration in the working directory; left out: keepalived.conf, it holds no keepalived block"),
    );
  });

  it("the same as JSON is an empty report beside the line", () => {
    const run = kalint(["--format", "json"], { cwd: folder({}) });
    expect(run.status).toBe(2);
    expect(reportOf(run)).toMatchObject({ findings: [], summary: { files: 0, nodes: 0 } });
  });

  it("a binary file", () => {
    const file = "fixtures/broken/binary-file/keepalived.conf";
    expect(kalint([file])).toEqual(oneLine(`${file}: it is a binary file`));
  });

  it("a file that is no configuration and that none uses", () => {
    const cwd = folder({
      "notes.md": "# Notes\nsome words\n",
      "nginx.conf": "http {\n server {\n listen 80;\n }\n}\n",
      "stray.sh": "#!/bin/sh\nexit 0\n",
    });
    for (const name of ["notes.md", "nginx.conf", "stray.sh"])
      expect(kalint([name], { cwd })).toEqual(oneLine(`${name}: it is no keepalived configuration, and none near it uses it`));
  });

  describe("a fragment that another configuration would include", () => {
    const fragments = {
      "common.conf":
        "priority 100\nadvert_int 1\nvirtual_ipaddress {\n  10.0.0.1/24\n}\nauthentication {\n  auth_type PASS\n  auth_pass abc\n}\n",
      "keepalived-vips.conf": "# of all nodes\nvirtual_ipaddress {\n  10.0.0.1/24\n}\n",
      "servers.conf": "real_server 10.0.0.1 80 {\n  weight 1\n}\nreal_server 10.0.0.2 80 {\n  weight 1\n}\n",
      "check.conf": "$T=3\nTCP_CHECK {\n  connect_timeout ${T}\n}\n",
      "list.conf": "10.0.0.1/24 dev eth0\nfd00::1/64\n",
    };
    it.each([
      ["common.conf", "its lines belong inside vrrp_instance"],
      ["keepalived-vips.conf", "its lines belong inside vrrp_instance"],
      ["servers.conf", "its lines belong inside virtual_server"],
      ["check.conf", "its lines belong inside real_server"],
      ["list.conf", "it is a list of addresses"],
    ])("%s, given alone", (name, what) => {
      expect(kalint([name], { cwd: folder(fragments) })).toEqual(oneLine(`${name}: ${what}, and no configuration near it includes it`));
    });

    it("in a folder, where it is no node", () => {
      expect(kalint(["."], { cwd: folder(fragments) })).toMatchObject({ status: 2, stdout: "" });
      const among = folder({ ...fragments, "keepalived.conf": node({}) });
      const { summary, findings } = reportOf(kalint([".", "--format", "json"], { cwd: among }));
      expect(summary).toMatchObject({ nodes: 1 });
      expect(findings.filter(({ file }) => file !== "keepalived.conf")).toEqual([]);
    });

    it("is read where its configuration includes it, with that one's findings", () => {
      const used = folder({
        "keepalived.conf": node({}).replace(/\}\s*$/u, "  include part.conf\n}\n"),
        "part.conf": "garp_master_delay 5\nadvert_imt 2\n",
      });
      const run = kalint(["part.conf", "--format", "gcc"], { cwd: used });
      expect(run.stdout).toMatch(/^part\.conf:2:1: error: advert_imt .*\[unknown-keyword\]/mu);
      expect(run.stdout).not.toMatch(/misplaced-keyword/u);
    });

    it("not what is the main file by its name, or holds a word of the top level or of another block", () => {
      for (const [name, text] of [
        ["keepalived.conf", "priority 100\n"],
        ["vips.conf", "virtual_ipaddress {\n 10.0.0.1\n}\nvrrp_script x {\n}\n"],
        ["mixed.conf", "virtual_ipaddress {\n 10.0.0.1\n}\nreal_server 10.0.0.2 80 {\n}\n"],
        ["open.conf", "virtual_ipaddress {\n 10.0.0.1\n"],
      ] as const)
        expect([name, kalint([name, "--format", "gcc"], { cwd: folder({ [name]: text }) }).stdout]).toEqual([
          name,
          expect.stringMatching(/misplaced-keyword/u),
        ]);
    });
  });

  it("a file larger than kalint reads", () => {
    const cwd = folder({ "keepalived.conf": Buffer.alloc(17 * 1024 * 1024, "# padding\n") });
    expect(kalint(["keepalived.conf"], { cwd })).toEqual(oneLine("keepalived.conf: it is larger than 16 MB"));
  });

  it("a device, which is not opened", ({ skip }) => {
    if (!existsSync("/dev/zero")) skip("no /dev/zero");
    expect(kalint(["/dev/zero"], { cwd: folder({}) })).toEqual(oneLine("/dev/zero: it is neither a file nor a folder"));
  });

  it("a link that leads nowhere", () => {
    const cwd = folder({});
    symlinkSync("gone", path.join(cwd, "keepalived.conf"));
    expect(kalint(["keepalived.conf"], { cwd })).toEqual(oneLine("keepalived.conf: it is neither a file nor a folder"));
  });

  it("a link out of its folder: what lies there is not shown", () => {
    const elsewhere = folder({ secrets: "root:$y$hash:20000:::\n" });
    const cwd = folder({});
    symlinkSync(path.join(elsewhere, "secrets"), path.join(cwd, "keepalived.conf"));
    const reason = "it is a link that leads outside the folders that may be read";
    expect(kalint(["keepalived.conf"], { cwd })).toEqual(oneLine(`keepalived.conf: ${reason}`));
    expect(kalint(["."], { cwd })).toEqual(oneLine(`no keepalived configuration in .; left out: keepalived.conf, ${reason}`));
  });

  it("an empty path, as an unset variable in a script leaves it", () => {
    expect(kalint([""], { cwd: folder(goodPair) })).toEqual(oneLine("a path is empty"));
  });

  it("a file without permission", ({ skip }) => {
    const cwd = folder({ "keepalived.conf": badNode });
    chmodSync(cwd, 0o755);
    chmodSync(path.join(cwd, "keepalived.conf"), 0o000);
    // Root may read everything, so somebody else looks.
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    if (uid !== undefined && spawnSync(process.execPath, [path.join(root, "dist/kalint.js"), "--version"], { uid }).status !== 0)
      skip("another user cannot start kalint here");
    const asked = { cwd, ...(uid === undefined ? {} : { uid }) };
    expect(kalint(["keepalived.conf"], asked)).toEqual(oneLine("keepalived.conf: permission denied"));
    // In a folder it is left out, visibly.
    expect(kalint(["."], asked)).toEqual(oneLine("no keepalived configuration in .; left out: keepalived.conf, permission denied"));
  });

  it("hostile names do not reach the terminal as they are", () => {
    const run = kalint(["no\u001b[2Jpe\u202e"], { cwd: folder({}) });
    expect(run.stderr).not.toContain("\u001b");
    expect(run.stderr).not.toContain("\u202e");
  });
});

describe("what is odd is linted all the same", () => {
  it.each([
    "byte-order-mark",
    "crlf",
    "deep-nesting",
    "extra-closing-brace",
    "gbk-comments",
    "include-cycle",
    "long-line",
    "missing-closing-brace",
    "smart-quotes",
    "unterminated-quote",
  ])("fixtures/broken/%s", (name) => {
    const run = kalint(["--format", "json", `fixtures/broken/${name}/keepalived.conf`]);
    expect([0, 1]).toContain(run.status);
    expect(run.stderr).toBe("");
    expect(reportOf(run).summary.files).toBeGreaterThan(0);
    const pretty = kalint([`fixtures/broken/${name}/keepalived.conf`]);
    expect(pretty.status).toBe(run.status);
    expect(pretty.stdout).not.toMatch(/\n {4}at /u);
  });

  it("an empty file and one of comments hold nothing wrong", () => {
    for (const name of ["empty", "only-comments"])
      expect(kalint(["--format", "json", `fixtures/broken/${name}/keepalived.conf`]).status).toBe(0);
  });

  it("5 MB", () => {
    const instance = (n: number): string =>
      node({ vrid: 1 + (n % 250) })
        .replace("VI_1", `VI_${n}`)
        .replace("eth0", `eth${Math.floor(n / 250)}`)
        .replace("10.11.12.13", `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    const text = Array.from({ length: 29_000 }, (_, n) => instance(n).slice(instance(n).indexOf("vrrp_instance"))).join("");
    expect(text.length).toBeGreaterThan(5_000_000);
    const run = kalint(["--format", "json", "keepalived.conf"], {
      cwd: folder({ "keepalived.conf": text + badNode.replace("VI_1", "LAST").replace("router_id", "router_id") }),
    });
    expect(run.stderr).toBe("");
    expect(reportOf(run).findings.map(({ rule, message }) => `${rule} ${message.includes("LAST")}`)).toContain(
      "nopreempt-with-master-state true",
    );
  }, 60_000);

  it("GBK comments, with places that are right", () => {
    // 中文 in GBK: four bytes, four units.
    const line = Buffer.concat([
      Buffer.from("vrrp_instance VI_1 { # "),
      Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
      Buffer.from("\n  state MASTER\n  nopreempt\n}\n"),
    ]);
    const [finding] = reportOf(
      kalint(["--format", "json", "keepalived.conf"], { cwd: folder({ "keepalived.conf": line }) }),
    ).findings.filter(({ rule }) => rule === "nopreempt-with-master-state");
    expect(finding?.start).toEqual({ line: 3, column: 3, offset: 45 });
  });

  it("Windows line ends, with places that are right", () => {
    const cwd = folder({ "keepalived.conf": badNode.replaceAll("\n", "\r\n"), "unix/keepalived.conf": badNode });
    const place = (file: string): unknown => {
      const [found] = reportOf(kalint(["--format", "json", file], { cwd })).findings.filter(
        ({ rule }) => rule === "nopreempt-with-master-state",
      );
      return found === undefined ? undefined : { line: found.start.line, column: found.start.column, end: found.end.column };
    };
    expect(place("keepalived.conf")).toBeDefined();
    expect(place("keepalived.conf")).toEqual(place("unix/keepalived.conf"));
  });
});

describe("a single file", () => {
  it("is judged with the peer in the folder beside it, and what is said of both stands in it", () => {
    const cwd = folder(splitPair);
    for (const [file, other] of [
      ["db1/keepalived.conf", "db2/keepalived.conf"],
      ["db2/keepalived.conf", "db1/keepalived.conf"],
    ] as const) {
      const { findings } = reportOf(kalint(["--format", "json", file], { cwd }));
      expect(findings.every((finding) => finding.file === file)).toBe(true);
      const [mismatch] = findings.filter(({ rule }) => rule === "peer-vrid-mismatch");
      expect(mismatch?.notes.some((note) => note.file === other)).toBe(true);
    }
  });

  it("sees a peer that stands beside it", () => {
    const cwd = folder({ "keepalived-master.conf": node({ priority: 150 }), "keepalived-backup.conf": node({ vrid: 62 }) });
    const found = ["keepalived-master.conf", "keepalived-backup.conf"].flatMap(
      (file) => reportOf(kalint(["--format", "json", file], { cwd })).findings,
    );
    const [finding] = found.filter(({ rule }) => rule === "peer-vrid-mismatch");
    expect(finding?.notes.some(({ file }) => file !== undefined && file !== finding.file)).toBe(true);
  });

  it("that is a link to another file of the folder is read", () => {
    const cwd = folder({ "real.conf": badNode });
    symlinkSync("real.conf", path.join(cwd, "keepalived.conf"));
    const { findings } = reportOf(kalint(["--format", "json", "keepalived.conf"], { cwd }));
    expect(findings.map(({ rule, file }) => `${file} ${rule}`)).toContain("keepalived.conf nopreempt-with-master-state");
  });

  it("that is a script is judged as its machine runs it", () => {
    const cwd = folder({
      "keepalived.conf": node({ more: 'notify_master "/etc/keepalived/up.sh"' }),
      "up.sh": "#!/bin/sh\nif true; then\n",
    });
    const run = kalint(["--format", "json", "up.sh"], { cwd });
    expect([0, 1]).toContain(run.status);
    expect(reportOf(run).summary.files).toBe(2);
    expect(reportOf(run).findings.every(({ file }) => file === "up.sh")).toBe(true);
  });

  it("outside the working directory is named absolutely when it lies far away", () => {
    const elsewhere = folder({ "keepalived.conf": badNode });
    const [finding] = reportOf(kalint(["--format", "json", path.join(elsewhere, "keepalived.conf")])).findings;
    expect(finding?.file).toBe(`${elsewhere}/keepalived.conf`);
  });
});

describe("the folder of one machine", () => {
  it("is judged with the machines beside it, as its configuration is", () => {
    const cwd = folder({ ...splitPair, "stranger/keepalived.conf": node({ vrid: 9 }).replace("10.11.12.13", "10.99.0.1") });
    for (const [name, other] of [
      ["db1", "db2"],
      ["db2", "db1"],
    ] as const) {
      const run = kalint(["--format", "json", name], { cwd });
      const { findings, summary } = reportOf(run);
      expect(findings).toEqual(reportOf(kalint(["--format", "json", `${name}/keepalived.conf`], { cwd })).findings);
      expect(
        findings.find(({ rule }) => rule === "peer-vrid-mismatch")?.notes.some(({ file }) => file === `${other}/keepalived.conf`),
      ).toBe(true);
      expect(summary).toMatchObject({ nodes: 2, clusters: 1 });
    }
  });

  it("is found where its configuration lies deeper", () => {
    const deep = Object.fromEntries(Object.entries(splitPair).map(([file, text]) => [file.replace("/", "/etc/keepalived/"), text]));
    const { findings } = reportOf(kalint(["--format", "json", "db1"], { cwd: folder(deep) }));
    expect(findings.map(({ rule }) => rule)).toContain("peer-vrid-mismatch");
  });

  it("with two configurations is a project of its own", () => {
    const cwd = folder({ ...splitPair, "db1/other.conf": node({ vrid: 9 }).replace("10.11.12.13", "10.99.0.1") });
    expect(reportOf(kalint(["--format", "json", "db1"], { cwd })).findings.map(({ rule }) => rule)).not.toContain("peer-vrid-mismatch");
  });
});

describe("what a given configuration names", () => {
  it("is reported with it, and what its peers name is not", () => {
    const script = "#!/bin/sh\nif true; then\n";
    const named = node({ more: 'notify_master "/etc/keepalived/up.sh"' });
    const cwd = folder({
      "a/keepalived.conf": named,
      "a/up.sh": script,
      "b/keepalived.conf": named.replace("priority 100", "priority 90"),
      "b/up.sh": script,
    });
    const files = new Set(reportOf(kalint(["--format", "json", "a/keepalived.conf"], { cwd })).findings.map(({ file }) => file));
    expect(files).toContain("a/up.sh");
    expect([...files].filter((file) => file.startsWith("b/"))).toEqual([]);
  });
});

describe("standard input", () => {
  it("is linted alone, without what stands in the working directory", () => {
    const cwd = folder(goodPair);
    const run = kalint(["-", "--format", "json"], { cwd, input: badNode });
    expect(run.status).toBe(1);
    expect(reportOf(run)).toMatchObject({
      findings: [{ rule: "nopreempt-with-master-state", file: "<stdin>" }],
      summary: { files: 1, nodes: 1 },
    });
  });

  it("with a name goes before the file of that name and sees its peers", () => {
    const cwd = folder({ "keepalived-master.conf": node({ priority: 150 }), "keepalived-backup.conf": node({}) });
    const vrids = (vrid: number): readonly string[] =>
      ["keepalived-master.conf", "keepalived-backup.conf"].flatMap((name, index) =>
        reportOf(
          kalint(["-", "--format", "json", "--stdin-filename", name], { cwd, input: node({ vrid, priority: index === 0 ? 150 : 100 }) }),
        ).findings.map(({ rule, file }) => `${rule} ${file === name}`),
      );
    expect(vrids(61)).not.toContain("peer-vrid-mismatch true");
    expect(vrids(99)).toContain("peer-vrid-mismatch true");
  });

  it("that is binary is refused", () => {
    expect(kalint(["-"], { cwd: folder({}), input: new Uint8Array([1, 0, 2]) })).toEqual(oneLine("standard input: it is binary data"));
  });
});

describe("what kalint may read", () => {
  it("is not left through a link", () => {
    const secret = folder({ "outside.conf": badNode });
    const cwd = folder({ "keepalived.conf": `include linked.conf\n${node({})}` });
    symlinkSync(path.join(secret, "outside.conf"), path.join(cwd, "linked.conf"));
    const run = kalint(["--format", "json", "."], { cwd });
    expect(reportOf(run).summary.files).toBe(1);
    expect(run.stdout).not.toContain("outside.conf");
  });

  it("is not left through a link to a folder, but one within is followed", () => {
    const secret = folder({ "sub/outside.conf": badNode });
    const cwd = folder({ "keepalived.conf": `include linked/sub/outside.conf\n${node({})}` });
    symlinkSync(secret, path.join(cwd, "linked"));
    expect(reportOf(kalint(["--format", "json", "keepalived.conf"], { cwd })).summary.files).toBe(1);
    const inside = folder({ "keepalived.conf": `include near/sub/inside.conf\n${node({})}`, "own/sub/inside.conf": badNode });
    symlinkSync("own", path.join(inside, "near"));
    expect(reportOf(kalint(["--format", "json", "keepalived.conf"], { cwd: inside })).summary.files).toBe(2);
  });

  it("is not left through an include with ..", () => {
    const base = folder({ "outside.conf": badNode, "inside/keepalived.conf": `include ../outside.conf\n${node({})}` });
    expect(reportOf(kalint(["--format", "json", "."], { cwd: path.join(base, "inside") })).summary.files).toBe(1);
  });

  it("is a folder of which nothing but files is opened", () => {
    const cwd = folder({ ...goodPair });
    mkdirSync(path.join(cwd, "db3/keepalived.conf"), { recursive: true });
    expect(kalint(["--format", "json"], { cwd }).status).toBe(0);
  });
});
