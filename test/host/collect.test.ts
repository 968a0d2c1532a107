/**
 * `kalint collect` on a host: a network namespace of its own with addresses, firewall rules and sysctls made by the real
 * commands. The tar it writes is unpacked and read as a host root.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectScript } from "../../server/cli/collect/script.ts";
import { openDisk } from "../../server/host/disk.ts";
import type { NodeModel } from "../../server/model/cluster/model.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { describeWith } from "./needs.ts";
import { removeFolder } from "../folders.ts";

const home = mkdtempSync(path.join(tmpdir(), "kalint-collect-"));
afterAll(() => removeFolder(home));

const etc = path.join(home, "host/etc/keepalived");
const scripts = path.join(home, "host/usr/local/bin");
const configuration = path.join(etc, "keepalived.conf");
const password = "s3cr$t\\w";
const defined = "0ther-secret";

const write = (file: string, text: string, mode = 0o644): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
};

/** What the host is: run as root of a network namespace, before the script. */
const setUp = `set -e
ip link set lo up
ip link add eth7 type veth peer name p7
ip link set eth7 address 02:00:00:00:00:07 up
ip link set p7 up
ip addr add 192.0.2.5/24 dev eth7
ip addr add 192.0.2.100/24 dev eth7
ip addr add 192.0.2.200/32 dev lo label lo:1
iptables -t mangle -A PREROUTING -d 192.0.2.100/32 -p tcp --dport 3306 -j MARK --set-mark 16
iptables -P INPUT DROP
iptables -A INPUT -s 192.0.2.0/24 -m comment --comment 'only "us"' -j ACCEPT
nft add table inet t
nft 'add chain inet t in { type filter hook input priority 10; policy drop; }'
nft add rule inet t in ip protocol vrrp accept
`;

const collect = (shell: readonly string[], script: string, env: Readonly<Record<string, string>> = {}): Buffer =>
  execFileSync("unshare", ["-n", "sh", "-c", `${setUp}exec ${shell.join(" ")} ${script} ${configuration}`], {
    env: { ...process.env, TMPDIR: path.join(home, "tmp"), ...env },
    maxBuffer: 64 * 1024 * 1024,
  });

const unpack = (tar: Buffer, name: string): string => {
  const folder = path.join(home, name);
  mkdirSync(folder);
  execFileSync("tar", ["-xpf", "-", "-C", folder], { input: tar });
  return folder;
};

const readRoot = (folder: string): NodeModel => {
  const files = openDisk({ cwd: folder, allow: [] });
  return readProject({ files, paths: [""] }).clusters[0]!.nodes[0]!;
};

describeWith(["busybox", "ip", "iptables", "keepalived", "nft"], "kalint collect", () => {
  const script = path.join(home, "collect.sh");
  beforeAll(() => {
    mkdirSync(path.join(home, "tmp"));
    writeFileSync(script, collectScript("0.0.0"));
    write(
      configuration,
      `$PW=${defined}
include ${etc}/conf.d/*.conf
vrrp_script check {
    script "${scripts}/check.sh mysql"
}
vrrp_script gone {
    script "${scripts}/gone.sh"
}
vrrp_instance VI_1 {
    interface eth7
    virtual_router_id 51
    authentication {
        auth_type PASS
        auth_pass ${password} # kept
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
    notify_master "/usr/bin/env ${scripts}/called.sh"
    track_script {
        check
        gone
    }
}
`,
    );
    write(
      path.join(etc, "conf.d/more.conf"),
      "vrrp_instance VI_2 {\n    interface eth7\n    virtual_router_id 52\n    authentication {\n        auth_type PASS\n        auth_pass ${PW}\n    }\n    virtual_ipaddress {\n        192.0.2.101\n    }\n}\n",
    );
    write(path.join(scripts, "check.sh"), `#!/bin/sh\n. ${scripts}/lib.sh\nexit 0\n`, 0o757);
    write(path.join(scripts, "lib.sh"), "limit=3\n");
    write(path.join(scripts, "called.sh"), "#!/bin/sh\nlogger master\n", 0o644);
  });

  test.each([
    ["dash", ["dash"]],
    ["bash", ["bash", "--posix"]],
    ["busybox", ["busybox", "sh"]],
  ])("in %s the output is a host root with its facts", (name, shell) => {
    const folder = unpack(collect(shell, script), name);
    const node = readRoot(folder);
    expect(node.version).toMatch(/^\d+\.\d+\.\d+$/u);
    expect(node.configuration?.instances.map((instance) => instance.name.value)).toEqual(["VI_2", "VI_1"]);
    expect([...node.interfaces!.keys()].toSorted()).toEqual(["eth7", "p7"]);
    expect(node.interfaces!.get("eth7")).toMatchObject({
      addresses: [{ address: "192.0.2.5", prefix: 24 }],
      mac: "02:00:00:00:00:07",
    });
    const resolutions = node.linkedScripts.map(({ path: { value }, resolution }) => [
      path.basename(value),
      resolution.kind,
      resolution.kind === "found" ? resolution.mode : undefined,
    ]);
    expect(resolutions).toEqual([
      ["check.sh", "found", 0o757],
      ["gone.sh", "missing", undefined],
      ["env", "found", 0o644],
    ]);
    expect(existsSync(path.join(folder, scripts, "lib.sh"))).toBe(true);
    const kinds = new Set(node.companions.map(({ kind }) => kind));
    for (const kind of ["iptables-save", "nftables", "addresses", "sysctl"] as const) expect(kinds).toContain(kind);
    const marks = node.companions.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "mark" ? [effect.mark] : [])));
    expect(marks.map((mark) => mark.kind === "known" && mark.value)).toEqual([16, 16]);
  });

  test("no password is in it, and a salt keeps equal ones equal", () => {
    const textsOf = (folder: string): string =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"))
        .join("\n");
    const passwordsOf = (folder: string): readonly (string | undefined)[] =>
      readRoot(folder).configuration!.instances.map(({ authentication }) => authentication?.password?.value);
    const plain = unpack(collect(["dash"], script), "plain");
    expect(textsOf(plain)).not.toContain(password);
    expect(textsOf(plain)).not.toContain(defined);
    expect(passwordsOf(plain)).toEqual(["masked", "masked"]);
    expect(textsOf(plain)).toContain("# kept");
    const once = passwordsOf(unpack(collect(["dash"], script, { KALINT_SALT: "pepper" }), "once"));
    const again = passwordsOf(unpack(collect(["busybox", "sh"], script, { KALINT_SALT: "pepper" }), "again"));
    expect(once).toEqual(again);
    expect(new Set(once).size).toBe(2);
    expect(once[0]).toMatch(/^[0-9a-f]{8}$/u);
  });

  test("nothing is left behind, and nothing of the host is changed", () => {
    const before = spawnSync("find", [path.join(home, "host"), "-printf", "%p %m %T@\n"], { encoding: "utf8" }).stdout;
    collect(["dash"], script);
    expect(spawnSync("find", [path.join(home, "host"), "-printf", "%p %m %T@\n"], { encoding: "utf8" }).stdout).toBe(before);
    expect(readdirSync(path.join(home, "tmp"))).toEqual([]);
  });

  test("a host without anything gives an empty root", () => {
    const tar = execFileSync("dash", [script, path.join(home, "nowhere/keepalived.conf")], {
      env: { PATH: "/usr/bin:/bin", TMPDIR: path.join(home, "tmp") },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const folder = unpack(tar, "empty");
    expect(readdirSync(folder)).toContain("kalint-facts");
  });

  const shellcheck = spawnSync("shellcheck", ["--version"]).error === undefined;
  test.skipIf(!shellcheck)("shellcheck has nothing to say", () => {
    expect(spawnSync("shellcheck", [script], { encoding: "utf8" }).stdout).toBe("");
  });
});
