/** Nodes and clusters that somebody states. */
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../../server/host/memory.ts";
import { createMemo } from "../../../server/model/cluster/memo.ts";
import { readProject } from "../../../server/model/cluster/project.ts";
import { type PathMap, type Stated, type StatedNode } from "../../../server/model/cluster/stated.ts";
import { filesMatching, matchesPath } from "../../../server/model/cluster/patterns.ts";

const instance = (address: string, more = ""): string =>
  `vrrp_instance VI {\n  interface eth0\n  virtual_router_id 7\n${more}  virtual_ipaddress {\n    ${address}\n  }\n}\n`;

const stating = (clusters: readonly (readonly Partial<StatedNode>[])[], paths: readonly PathMap[] = []): Stated => ({
  clusters: clusters.map((nodes, index) => ({ name: `c${index}`, nodes: nodes.map((node) => ({ files: [], ...node })) })),
  paths,
  versions: [],
});

const read = (contents: Readonly<Record<string, string>>, stated: Stated, paths: readonly string[] = [""]) =>
  readProject({ files: memoryFiles(contents), paths, stated });

const groups = (...given: Parameters<typeof read>): readonly string[] =>
  read(...given).clusters.map(
    ({ name, nodes, links }) =>
      `${name}: ${nodes.map((node) => node.name).join(" ")}${links.map(({ reason }) => ` (${reason.kind})`).join("")}`,
  );

const contents = {
  "a/keepalived.conf": instance("10.0.0.1"),
  "b/keepalived.conf": instance("10.0.0.2"),
  "c/keepalived.conf": instance("10.0.0.1"),
  "d/keepalived.conf": instance("10.0.0.1"),
};

describe("clusters", () => {
  test("hold the stated nodes, whatever they have in common, and no other", () => {
    const stated = stating([[{ name: "one", config: "a/keepalived.conf" }, { config: "b/keepalived.conf" }]]);
    expect(groups(contents, stated)).toEqual(["c0: one b (stated)", ".: c d (shared-address)"]);
  });

  test("are read whole when one of their files is given", () => {
    const stated = stating([
      [
        { name: "one", config: "a/keepalived.conf" },
        { name: "two", config: "b/keepalived.conf" },
      ],
    ]);
    expect(groups(contents, stated, ["b/keepalived.conf"])).toEqual(["c0: one two (stated)"]);
  });

  test("may state one file for two machines, and ids of one file", () => {
    const twice = stating([
      [
        { name: "x", config: "a/keepalived.conf" },
        { name: "y", config: "a/keepalived.conf" },
      ],
    ]);
    expect(groups({ "a/keepalived.conf": instance("10.0.0.1") }, twice)).toEqual(["c0: x y (stated)"]);
    const shared = { "keepalived.conf": instance("10.0.0.1", "@one priority 10\n@two priority 20\n@three priority 30\n") };
    const named = stating([
      [
        { name: "one", config: "keepalived.conf" },
        { name: "2", config: "keepalived.conf", configId: "two" },
      ],
    ]);
    const [cluster, other] = read(shared, named).clusters;
    expect(cluster?.nodes.map(({ configuration }) => configuration?.instances[0]?.priority?.value)).toEqual([10, 20]);
    expect(other?.nodes.map(({ name }) => name)).toEqual(["three"]);
  });

  test("hold machines without keepalived", () => {
    const stated = stating([
      [
        { name: "lb", config: "lb/k.txt" },
        { name: "web", files: ["web/**"] },
      ],
    ]);
    const [cluster] = read(
      { "lb/k.txt": instance("10.0.0.1"), "web/deep/rs.sh": "#!/bin/sh\nip addr add 10.0.0.1/32 dev lo\n" },
      stated,
    ).clusters;
    expect(cluster?.nodes.map(({ name, configuration }) => [name, configuration?.file])).toEqual([
      ["lb", "lb/k.txt"],
      ["web", undefined],
    ]);
    expect(cluster?.nodes[1]?.companions.map(({ file, shared }) => [file, shared])).toEqual([["web/deep/rs.sh", false]]);
  });

  test("stay the same when the project is read again", () => {
    const memo = createMemo();
    const files = memoryFiles(contents);
    const again = () =>
      readProject({
        files,
        paths: [""],
        memo,
        stated: stating([
          [
            { name: "one", config: "a/keepalived.conf" },
            { name: "two", config: "b/keepalived.conf" },
          ],
        ]),
      }).clusters.map(({ nodes }) => nodes.map(({ name }) => name));
    expect(again()).toEqual(again());
    expect(again()[0]).toEqual(["one", "two"]);
  });

  test("what lies in a stated root belongs to that machine", () => {
    const stated = stating([[{ name: "one", config: "a/keepalived.conf", root: "a/root" }]]);
    const project = read(
      { "a/keepalived.conf": instance("10.0.0.1"), "a/root/etc/keepalived/keepalived.conf": instance("10.0.0.1") },
      stated,
    );
    expect(project.clusters).toHaveLength(1);
    expect(project.skipped).toEqual([
      { file: "a/root/etc/keepalived/keepalived.conf", reason: "it lies in the root of one, which has another configuration" },
    ]);
  });
});

describe("nodes", () => {
  const site = { file: "kalint.toml", span: { start: 1, end: 2 } };

  test("have the stated version, interfaces and own addresses", () => {
    const eth0 = { addresses: [{ address: "10.0.0.9", prefix: 24 }], segment: "lan", sites: [site] };
    const stated = stating([[{ name: "one", config: "a/keepalived.conf", version: "2.0.1", interfaces: new Map([["eth0", eth0]]) }]]);
    const node = read(contents, stated).clusters[0]!.nodes[0]!;
    expect(node.version).toBe("2.0.1");
    expect(node.interfaces?.get("eth0")).toMatchObject({ segment: "lan" });
    expect(node.addresses).toEqual([{ address: "10.0.0.9", prefix: 24, device: "eth0", site }]);
  });

  test("have the version of the deepest folder that states one, after their own", () => {
    const stated: Stated = {
      ...stating([[{ name: "one", config: "a/keepalived.conf", version: "2.0.1" }]]),
      versions: [
        { folder: "a", version: "1.3.5" },
        { folder: "c", version: "2.1.5" },
      ],
    };
    const versions = read(contents, stated).clusters.flatMap(({ nodes }) => nodes.map(({ name, version }) => `${name} ${version}`));
    expect(versions.toSorted()).toEqual(["b undefined", "c 2.1.5", "d undefined", "one 2.0.1"]);
  });

  test("have the stated files, whatever they are called, and nobody else has them", () => {
    const files = {
      ...contents,
      "rules.txt": "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p vrrp -j DROP\nCOMMIT\n",
      "a/left.sh": "#!/bin/sh\n",
      "b/x.sh": "#!/bin/sh\n",
    };
    const stated = stating([
      [
        { name: "one", config: "a/keepalived.conf", files: ["rules.txt", "b/*.sh"] },
        { name: "two", config: "b/keepalived.conf" },
      ],
    ]);
    const [one, two] = read(files, stated).clusters[0]!.nodes;
    expect(one?.companions.map(({ kind, file }) => `${kind} ${file}`).toSorted()).toEqual(["iptables-save rules.txt", "script b/x.sh"]);
    expect(two?.companions).toEqual([]);
  });
});

describe("paths of the hosts", () => {
  const scripts = [{ from: "/opt/lb", to: "tools" }];
  const withScript = instance("10.0.0.1", '  notify "/opt/lb/n.sh"\n');
  const resolution = (files: Readonly<Record<string, string>>, paths: readonly PathMap[]) =>
    read({ "a/keepalived.conf": withScript, ...files }, { clusters: [], paths, versions: [] }).clusters[0]!.nodes[0]!.linkedScripts[0]!
      .resolution;

  test("a script is found where they say", () => {
    expect(resolution({ "tools/n.sh": "#!/bin/sh\n", "other/n.sh": "" }, scripts)).toMatchObject({ kind: "found", file: "tools/n.sh" });
    expect(
      resolution({ "tools/x.sh": "", "deep/n.sh": "" }, [
        { from: "/opt/lb", to: "deep" },
        { from: "/opt", to: "tools" },
      ]),
    ).toMatchObject({
      file: "deep/n.sh",
    });
  });

  test("and is missing when it is not there, whatever lies elsewhere", () => {
    expect(resolution({ "tools/x.sh": "", "a/n.sh": "" }, scripts)).toEqual({ kind: "missing", looked: ["tools/n.sh"], near: "a/n.sh" });
    expect(resolution({ "tools/x.sh": "" }, [])).toEqual({ kind: "unknown" });
  });

  test("a map of one folder says nothing of others", () => {
    expect(resolution({ "tools/x.sh": "" }, [{ ...scripts[0]!, within: "b" }])).toEqual({ kind: "unknown" });
  });

  test("includes and host files are looked up there", () => {
    const project = read(
      {
        "a/keepalived.conf": "include /etc/lb/*.conf\n",
        "parts/vi.conf": instance("10.0.0.1"),
        "sys/10-ha.conf": "net.ipv4.ip_forward = 1\n",
      },
      {
        ...stating([[{ name: "one", config: "a/keepalived.conf" }]]),
        paths: [
          { from: "/etc/sysctl.d", to: "sys" },
          { from: "/etc/lb", to: "parts" },
        ],
      },
    );
    expect(project.clusters).toHaveLength(1);
    expect(project.clusters[0]?.nodes[0]?.configuration?.instances).toHaveLength(1);
    expect(project.files).toContain("sys/10-ha.conf");
  });
});

test("patterns", () => {
  expect(matchesPath("a/b/c.sh", "a/**")).toBe(true);
  expect(matchesPath("a/b/c.sh", "**/*.sh")).toBe(true);
  expect(matchesPath("c.sh", "**/*.sh")).toBe(true);
  expect(matchesPath("a/b/c.sh", "a/*.sh")).toBe(false);
  expect(matchesPath("a/b/c.sh", "a/{x,b}/c.?h")).toBe(true);
  expect(matchesPath(`${"a/".repeat(3000)}b`, `${"**/".repeat(30)}c`)).toBe(false);
  expect(filesMatching(memoryFiles({ "x/a.sh": "", "x/y/b.sh": "", "z.sh": "" }), "x/**/*.sh")).toEqual(["x/a.sh", "x/y/b.sh"]);
  expect(filesMatching(memoryFiles({ "x/a.sh": "", "x/y/b.sh": "" }), "x")).toEqual(["x/a.sh", "x/y/b.sh"]);
});

test("on the host itself a file of the distribution tells what /bin/sh is", () => {
  const files = memoryFiles({ "/etc/keepalived/keepalived.conf": "vrrp_instance A {\n}\n", "/etc/debian_version": "12.5\n" });
  const [cluster] = readProject({ files, paths: ["/etc/keepalived/keepalived.conf"] }).clusters;
  expect(cluster?.nodes[0]).toMatchObject({ root: "/", systemShell: "dash" });
});
