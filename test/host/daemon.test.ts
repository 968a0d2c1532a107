/**
 * The installed keepalived and kalint read the same text: on every line where `keepalived -t` complains kalint has a
 * finding, and where it is content kalint reports no error. The daemon runs nothing here: -t only reads.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { judge } from "../judge.ts";
import { describeWith, whereIs } from "./needs.ts";
import { removeFolder } from "../folders.ts";

/** `eth0` need not exist with dynamic_interfaces; everything else in these texts is the daemon's own business. */
const instance = (body: string): string =>
  `global_defs {\n    dynamic_interfaces\n}\nvrrp_instance VI {\n    interface eth0\n    virtual_router_id 7\n    virtual_ipaddress {\n        192.0.2.1/24\n    }\n${body}}\n`;
const service = (body: string): string => `virtual_server 192.0.2.9 80 {\n    lb_algo rr\n    lb_kind NAT\n    protocol TCP\n${body}}\n`;
const server = (body: string): string => service(`    real_server 192.0.2.10 80 {\n${body}    }\n`);

const content: Readonly<Record<string, string>> = {
  "comments, braces and quotes in all places": instance(
    '    authentication { # why\n        auth_type PASS\n        auth_pass "a#b"\n    }\n    # }\n',
  ),
  "a brace on the next line": "global_defs\n\n# here\n{\n    router_id x\n}\n",
  definitions: `$P=120\n$BLOCK=authentication { \\\n auth_type PASS \\\n auth_pass abcd \\\n }\n${instance("    priority $P\n    $BLOCK\n")}`,
  sequences: instance("    track_interface {\n~SEQ(N, 2) eth${N}\n    }\n"),
  "conditional lines of nobody": instance("    @nobody priority 200\n    @^nobody priority 30\n"),
  "a real server with a checker": server(
    "        weight 2\n        TCP_CHECK {\n            connect_timeout 3\n            retry 2\n            delay_before_retry 1\n        }\n",
  ),
  "a fwmark service":
    "virtual_server fwmark 3 {\n    lb_algo wrr\n    lb_kind DR\n    real_server 192.0.2.10 {\n        weight 1\n    }\n}\n",
  "routes and rules": instance(
    "    virtual_routes {\n        192.0.2.128/25 via 192.0.2.3 dev eth0\n    }\n    virtual_rules {\n        from 192.0.2.1 lookup 100 preference 500\n    }\n",
  ),
};

const complaints: Readonly<Record<string, string>> = {
  "an unknown keyword": instance("    prority 100\n"),
  "a keyword of another block": service("    advert_int 1\n"),
  "nb_get_retry in TCP_CHECK": server("        TCP_CHECK {\n            nb_get_retry 3\n        }\n"),
  nat_mask: service("    nat_mask 255.255.255.0\n    real_server 192.0.2.10 80 {\n    }\n"),
  "numbers out of range": instance("    priority 300\n    advert_int 400\n"),
  "a number that is none": instance("    priority high\n"),
  "an address that is none": instance("    virtual_ipaddress {\n        192.0.2.300\n    }\n"),
  "a boolean that is none": "global_defs {\n    vrrp_min_garp maybe\n}\n",
  "persistence 0": service("    persistence_timeout 0\n    real_server 192.0.2.10 80 {\n    }\n"),
  "an instance without a virtual_router_id":
    "global_defs {\n    dynamic_interfaces\n}\nvrrp_instance VI {\n    interface eth0\n    virtual_ipaddress {\n        192.0.2.1\n    }\n}\n",
  "nopreempt under MASTER": instance("    state MASTER\n    priority 100\n    nopreempt\n"),
  "an unclosed block": instance("    authentication {\n        auth_type PASS\n        auth_pass abcd\n").replace(/\}\n$/u, ""),
  "a brace too many": `${instance("")}}\n`,
  "an unclosed quote": 'global_defs {\n    router_id "x\n}\n',
  "a script that nobody defined": instance("    track_script {\n        nobody\n    }\n"),
  "a member that nobody defined": `vrrp_sync_group G {\n    group {\n        VI\n        nobody\n    }\n}\n${instance("")}`,
  "a password of nine bytes": instance("    authentication {\n        auth_type PASS\n        auth_pass 123456789\n    }\n"),
  "DR to another port":
    "virtual_server 192.0.2.9 80 {\n    lb_algo rr\n    lb_kind DR\n    protocol TCP\n    real_server 192.0.2.10 8080 {\n    }\n}\n",
};

describeWith(["keepalived"], "the installed keepalived", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kalint-daemon-"));
  const file = path.join(folder, "keepalived.conf");
  afterAll(() => removeFolder(folder));
  const program = (): string => whereIs("keepalived")!;
  const version = (): string => {
    const { stdout, stderr } = spawnSync(program(), ["--version"], { encoding: "utf8" });
    return /v(\d+\.\d+\.\d+)/u.exec(stdout + stderr)![1]!;
  };

  const daemon = (
    text: string,
  ): { readonly status: number | null; readonly lines: readonly number[]; readonly messages: readonly string[] } => {
    writeFileSync(file, text);
    const { status, stderr, stdout } = spawnSync(program(), ["-t", "-f", file], { encoding: "utf8", timeout: 20_000 });
    const messages = (stderr + stdout).split("\n").filter((line) => line !== "");
    return { status, messages, lines: messages.flatMap((line) => /Line (\d+)\)/u.exec(line)?.[1] ?? []).map(Number) };
  };

  const kalint = (text: string): readonly { readonly line: number; readonly severity: string; readonly rule: string }[] => {
    const lines = lineIndex(text);
    return judge({ "keepalived.conf": text }, { version: version() }).findings.map(({ at, severity, rule }) => ({
      line: positionAt(lines, at.span.start).line,
      severity,
      rule,
    }));
  };

  test.each(Object.entries(content))("both are content with %s", (_, text) => {
    const said = daemon(text);
    expect(said.messages).toEqual([]);
    expect(said.status).toBe(0);
    expect(kalint(text).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test.each(Object.entries(complaints))("both complain of %s", (_, text) => {
    const said = daemon(text);
    expect(said.status).not.toBe(0);
    const found = kalint(text).filter(({ severity }) => severity === "error" || severity === "warning");
    expect(found.length).toBeGreaterThan(0);
    // A derailed brace makes the daemon report the same place again; the first line is the cause.
    const [first] = said.lines;
    if (first !== undefined) expect(found.map(({ line }) => line).some((line) => Math.abs(line - first) <= 1)).toBe(true);
  });
});

describeWith([], "the installed bash", () => {
  const scripts = (folder: string): readonly string[] => {
    try {
      return readdirSync(folder)
        .map((name) => path.join(folder, name))
        .filter((name) => statSync(name, { throwIfNoEntry: false })?.isFile())
        .filter((name) => /^#!\s*\/(?:usr\/)?bin\/(?:ba|da)?sh\b/u.test(readFileSync(name, "latin1").slice(0, 60)));
    } catch {
      return [];
    }
  };

  test("reads the scripts of this machine that kalint reads, and no others", async () => {
    const { parseShell } = await import("../../grammar/shell/parse.ts");
    const names = ["/etc/init.d", "/usr/bin", "/usr/sbin", "/var/lib/dpkg/info"].flatMap(scripts).slice(0, 400);
    expect(names.length).toBeGreaterThan(20);
    const disagree = names.filter((name) => {
      const bash = spawnSync("bash", ["-n", name], { encoding: "utf8" }).status === 0;
      return bash !== (parseShell(readFileSync(name, "utf8")).problems.length === 0);
    });
    expect(disagree).toEqual([]);
  });

  test("reads every corrected script of the fixtures", () => {
    const clusters = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../fixtures/clusters");
    const listed = execFileSync("find", [clusters, "-path", "*/corrected/*", "-type", "f", "-perm", "-u+x"], { encoding: "utf8" })
      .trim()
      .split("\n");
    expect(listed.length).toBeGreaterThan(10);
    for (const name of listed) expect([name, spawnSync("bash", ["-n", name], { encoding: "utf8" }).stderr]).toEqual([name, ""]);
  });
});
