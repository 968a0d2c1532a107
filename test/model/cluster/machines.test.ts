/** Which files belong to which machine, and which machines without keepalived belong to a cluster. */
import { describe, expect, test } from "vitest";
import { memoryFiles, type MemoryFile } from "../../../server/host/memory.ts";
import type { NodeModel } from "../../../server/model/cluster/model.ts";
import { readProject } from "../../../server/model/cluster/project.ts";

const conf = (priority: number, extra = ""): string => `vrrp_instance VI_1 {
  virtual_router_id 61
  priority ${priority}
  virtual_ipaddress {
    10.0.0.100
  }
}
${extra}`;
const service = `virtual_server 10.0.0.100 80 {
  lb_kind DR
  protocol TCP
  real_server 10.0.0.11 80 {
  }
}
`;
const marks = (mark: number): string => `#!/bin/sh\niptables -t mangle -A PREROUTING -d 10.0.0.100 -j MARK --set-mark ${mark}\n`;

const nodesOf = (contents: Readonly<Record<string, string | MemoryFile>>, paths: readonly string[] = [""]): readonly NodeModel[] =>
  readProject({ files: memoryFiles(contents), paths }).clusters.flatMap(({ nodes }) => nodes);

const filesOf = (nodes: readonly NodeModel[], name: string): readonly string[] =>
  nodes
    .find((node) => node.name === name)!
    .companions.map(({ file, shared }) => (shared ? `${file} (shared)` : file))
    .toSorted();

describe("the files of a machine", () => {
  test("are those of its root", () => {
    const nodes = nodesOf({
      "db1/etc/keepalived/keepalived.conf": conf(150),
      "db1/root/iptables.sh": marks(1),
      "db1/etc/sysctl.d/90-lvs.conf": "net.ipv4.ip_forward = 1\n",
      "db2/usr/local/etc/keepalived/keepalived.conf": conf(100),
      "db2/etc/sysconfig/iptables": "*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n",
      "db2/etc/sysconfig/iptables.bak": "*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n",
    });
    expect(nodes.map(({ name, root }) => [name, root])).toEqual([
      ["db1", "db1"],
      ["db2", "db2"],
    ]);
    expect(filesOf(nodes, "db1")).toEqual(["db1/etc/sysctl.d/90-lvs.conf", "db1/root/iptables.sh"]);
    expect(filesOf(nodes, "db2")).toEqual(["db2/etc/sysconfig/iptables"]);
  });

  test("are the whole tree where the tree is a root", () => {
    const [node] = nodesOf({ "etc/keepalived/keepalived.conf": conf(150), "usr/local/bin/fw.sh": marks(1), "etc/sysctl.conf": "a = 1\n" });
    expect(node!.companions.map(({ file }) => file)).toEqual(["etc/sysctl.conf", "usr/local/bin/fw.sh"]);
  });

  test("are those of the highest folder that holds no other configuration", () => {
    const nodes = nodesOf({
      "site/node-a/keepalived/keepalived.conf": conf(150),
      "site/node-a/firewall/rules.sh": marks(1),
      "site/node-b/keepalived/keepalived.conf": conf(100),
      "site/node-b/rules.sh": marks(2),
    });
    expect(filesOf(nodes, "node-a")).toEqual(["site/node-a/firewall/rules.sh"]);
    expect(filesOf(nodes, "node-b")).toEqual(["site/node-b/rules.sh"]);
  });

  test("are told by their names where configurations stand side by side", () => {
    const nodes = nodesOf({
      "keepalived-master.conf": conf(150),
      "keepalived-backup.conf": conf(100),
      "firewall-master.sh": marks(1),
      "firewall_slave.sh": marks(2),
      "scripts/common.sh": marks(3),
    });
    expect(filesOf(nodes, "master")).toEqual(["firewall-master.sh (shared)", "scripts/common.sh (shared)"]);
    expect(filesOf(nodes, "backup")).toEqual(["firewall_slave.sh (shared)", "scripts/common.sh (shared)"]);
  });

  test("are told by a number", () => {
    const nodes = nodesOf({
      "keepalived-node1.conf": conf(150),
      "keepalived-node2.conf": conf(100),
      "iptables1.sh": marks(1),
      "iptables-node2.sh": marks(2),
    });
    expect(filesOf(nodes, "node1")).toEqual(["iptables1.sh (shared)"]);
    expect(filesOf(nodes, "node2")).toEqual(["iptables-node2.sh (shared)"]);
  });

  test("are told by the id where one file is for several nodes", () => {
    const text = conf(100).replace("  priority 100\n", "  @lb1 priority 150\n  @lb2 priority 100\n");
    const nodes = nodesOf({ "keepalived.conf": text, "rules.lb1.sh": marks(1), "rules.lb2.sh": marks(2), "both.sh": marks(3) });
    expect(filesOf(nodes, "lb1")).toEqual(["both.sh (shared)", "rules.lb1.sh (shared)"]);
    expect(filesOf(nodes, "lb2")).toEqual(["both.sh (shared)", "rules.lb2.sh (shared)"]);
  });

  test("may stand above the folders of the nodes", () => {
    const nodes = nodesOf({
      "dual/10.0.0.4/keepalived.conf": conf(150),
      "dual/10.0.0.5/keepalived.conf": conf(100),
      "dual/iptables.sh": marks(1),
      "dual/deploy.sh": "#!/bin/sh\nscp x y:\n",
    });
    expect(filesOf(nodes, "10.0.0.4")).toEqual(["dual/iptables.sh (shared)"]);
  });

  test("are not those that name another node", () => {
    const nodes = nodesOf({
      "director2.conf": conf(150),
      "director1.iptables.sh": marks(1),
      "director2.iptables.sh": marks(2),
      "all.sh": marks(3),
    });
    expect(nodes[0]!.companions.map(({ file }) => file)).toEqual(["all.sh", "director2.iptables.sh"]);
  });

  test("on the host itself are the well-known ones and what rc.local calls", () => {
    const nodes = nodesOf(
      {
        "/etc/keepalived/keepalived.conf": conf(150),
        "/etc/rc.local": "#!/bin/sh\n/root/iptables.sh 4\n",
        "/root/iptables.sh": marks(1).replace("--set-mark 1", "--set-mark $1"),
        "/root/other.sh": marks(9),
        "/etc/sysctl.d/99.conf": "net.ipv4.ip_forward = 1\n",
      },
      ["/etc/keepalived/keepalived.conf"],
    );
    expect(nodes[0]!.root).toBe("/");
    expect(nodes[0]!.companions.map(({ file }) => file).toSorted()).toEqual([
      "/etc/rc.local",
      "/etc/sysctl.d/99.conf",
      "/root/iptables.sh",
    ]);
    const [mark] = nodes[0]!.companions.flatMap(({ effects }) => effects.filter((effect) => effect.kind === "mark"));
    expect(mark?.mark).toMatchObject({ kind: "known", value: 4 });
  });
});

describe("scripts that the configuration names", () => {
  const resolution = (contents: Readonly<Record<string, string | MemoryFile>>, paths?: readonly string[]) =>
    nodesOf(contents, paths)[0]!.linkedScripts.map(({ resolution: found }) => (found.kind === "found" ? found.file : found.kind));
  const check = (script: string): string => `vrrp_script c {\n  script "${script}"\n}\n`;

  test("are looked up in the root, then beside the configuration", () => {
    expect(resolution({ "a/etc/keepalived/keepalived.conf": check("/opt/x.sh"), "a/opt/x.sh": "", "a/etc/keepalived/x.sh": "" })).toEqual([
      "a/opt/x.sh",
    ]);
    expect(resolution({ "a/etc/keepalived/keepalived.conf": check("/opt/x.sh"), "a/etc/keepalived/x.sh": "" })).toEqual([
      "a/etc/keepalived/x.sh",
    ]);
  });

  test("without a root are found by their name, if there is one only", () => {
    expect(resolution({ "a/keepalived.conf": check("/opt/x.sh"), "b/x.sh": "" })).toEqual(["b/x.sh"]);
    expect(resolution({ "a/keepalived.conf": check("/opt/x.sh"), "b/x.sh": "", "c/x.sh": "" })).toEqual(["unknown"]);
    expect(resolution({ "a/keepalived.conf": check("/opt/x.sh") })).toEqual(["unknown"]);
  });

  test("are missing where the machine's files are in the tree; its distribution never is", () => {
    expect(resolution({ "a/etc/keepalived/keepalived.conf": check("/opt/x.sh") })).toEqual(["missing"]);
    expect(resolution({ "a/etc/keepalived/keepalived.conf": check("/usr/bin/killall -0 haproxy") })).toEqual(["unknown"]);
    expect(resolution({ "a/etc/keepalived/keepalived.conf": check("pidof haproxy") })).toEqual(["unknown"]);
  });

  test("on the host itself programs have to be there as well", () => {
    const at = ["/etc/keepalived/keepalived.conf"];
    expect(resolution({ "/etc/keepalived/keepalived.conf": check("/usr/bin/killall -0 haproxy"), "/usr/bin/other": "" }, at)).toEqual([
      "missing",
    ]);
    expect(resolution({ "/etc/keepalived/keepalived.conf": check("/usr/bin/killall -0 haproxy"), "/usr/bin/killall": "" }, at)).toEqual([
      "/usr/bin/killall",
    ]);
  });

  test("may be the first argument of an interpreter", () => {
    const [linked] = nodesOf({ "a/etc/keepalived/keepalived.conf": check("/bin/bash /opt/x.sh 3306"), "a/opt/x.sh": "exit $1\n" })[0]!
      .linkedScripts;
    expect(linked!.path.value).toBe("/bin/bash");
    expect(linked!.interpreted?.value).toBe("/opt/x.sh");
    expect(linked!.resolution).toMatchObject({ kind: "found", file: "a/opt/x.sh" });
  });
});

describe("machines without keepalived", () => {
  const directors = {
    "lvs1/etc/keepalived/keepalived.conf": conf(150, service),
    "lvs2/etc/keepalived/keepalived.conf": conf(100, service),
  };
  const bind = (address: string): string => `#!/bin/bash\nip addr add ${address}/32 dev lo\n`;

  test("have the address of a real server, or bind the virtual address quietly", () => {
    const nodes = nodesOf({
      ...directors,
      "web1/etc/sysconfig/network-scripts/ifcfg-eth0": "DEVICE=eth0\nIPADDR=10.0.0.11\n",
      "web2/root/rs.sh": bind("10.0.0.100"),
      "desk/etc/sysconfig/network-scripts/ifcfg-eth0": "DEVICE=eth0\nIPADDR=10.0.0.77\n",
    });
    expect(nodes.map(({ name }) => name)).toEqual(["lvs1", "lvs2", "web1", "web2"]);
    expect(nodes.map(({ configuration }) => configuration !== undefined)).toEqual([true, true, false, false]);
  });

  test("stand beside flat configurations as well", () => {
    const nodes = nodesOf({
      "keepalived-a.conf": conf(150, service),
      "keepalived-b.conf": conf(100, service),
      "web1/rs.sh": bind("10.0.0.100"),
    });
    expect(nodes.map(({ name }) => name)).toEqual(["a", "b", "web1"]);
    expect(nodes[0]!.companions).toEqual([]);
  });

  test("that bind a foreign address belong to the only cluster, and to none of several", () => {
    const alone = nodesOf({ ...directors, "web1/rs.sh": bind("10.0.0.200") });
    expect(alone.map(({ name }) => name)).toContain("web1");
    const other = conf(100, service).replaceAll("10.0.0.1", "10.9.0.1").replace("61", "62");
    const several = nodesOf({ ...directors, "lvs3/etc/keepalived/keepalived.conf": other, "web1/rs.sh": bind("10.0.0.200") });
    expect(several.map(({ name }) => name)).not.toContain("web1");
  });

  test("are called with what rc.local says", () => {
    const nodes = nodesOf({
      ...directors,
      "web1/etc/rc.local": "#!/bin/sh\nsh /usr/local/bin/rs.sh 10.0.0.100 start\n",
      "web1/usr/local/bin/rs.sh":
        '#!/bin/bash\ncase "$2" in\nstart) ifconfig lo:0 $1 netmask 255.255.255.255 up ;;\nstop) ifconfig lo:0 down ;;\nesac\n',
    });
    const effects = nodes.find(({ name }) => name === "web1")!.companions.flatMap((companion) => companion.effects);
    const addresses = effects.filter((effect) => effect.kind === "address");
    expect(addresses[0]).toMatchObject({ action: "bind", address: { kind: "known", value: "10.0.0.100" } });
    // Whoever starts it at boot stops it later: both branches stay.
    expect(addresses[1]).toMatchObject({ action: "unbind" });
  });
});
