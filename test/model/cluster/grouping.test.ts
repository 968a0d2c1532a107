/** Which files of a tree become nodes of one cluster, and how that is known. */
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../../server/host/memory.ts";
import { readProject } from "../../../server/model/cluster/project.ts";

interface Settings {
  readonly vip?: string;
  readonly vrid?: number;
  readonly priority?: number;
  readonly state?: string;
  readonly routerId?: string;
  readonly own?: string;
  readonly peers?: readonly string[];
}

const configuration = ({ vip, vrid = 33, priority = 100, state, routerId, own, peers = [] }: Settings): string =>
  [
    ...(routerId === undefined ? [] : [`global_defs {\n    router_id ${routerId}\n}`]),
    "vrrp_instance WAN {",
    ...(state === undefined ? [] : [`    state ${state}`]),
    `    virtual_router_id ${vrid}`,
    `    priority ${priority}`,
    ...(own === undefined ? [] : [`    unicast_src_ip ${own}`]),
    ...(peers.length === 0 ? [] : [`    unicast_peer {\n        ${peers.join("\n        ")}\n    }`]),
    ...(vip === undefined ? [] : [`    virtual_ipaddress {\n        ${vip}\n    }`]),
    "}",
    "",
  ].join("\n");

const read = (contents: Readonly<Record<string, Settings | string>>) =>
  readProject({
    files: memoryFiles(
      Object.fromEntries(Object.entries(contents).map(([file, one]) => [file, typeof one === "string" ? one : configuration(one)])),
    ),
    paths: [""],
  });

/** Node names of every cluster, and the reasons of its links. */
const groups = (contents: Readonly<Record<string, Settings | string>>): readonly string[] =>
  read(contents).clusters.map(({ nodes, links }) => {
    const reasons = [...new Set(links.map(({ reason }) => reason.kind))].toSorted();
    return `${nodes.map(({ name }) => name).join(" ")}${reasons.length === 0 ? "" : `: ${reasons.join(" ")}`}`;
  });

const vip = "203.0.113.7";

describe("clusters side by side in one folder", () => {
  test("that only differ by a number are no peers by their VRID", () => {
    expect(
      groups({
        "c1-master.conf": { vip: "203.0.113.1", vrid: 5 },
        "c1-backup.conf": { vip: "203.0.113.1", vrid: 6 },
        "c2-master.conf": { vip: "203.0.113.2", vrid: 6 },
        "c2-backup.conf": { vip: "203.0.113.2", vrid: 6 },
      }),
    ).toEqual(["c1-backup c1-master: shared-address", "c2-backup c2-master: shared-address"]);
  });

  test("and whose machines have numbers, neither, when each has an address of its own", () => {
    expect(
      groups({
        "db1-master.conf": { vip: "203.0.113.1" },
        "db1-backup.conf": { vip: "203.0.113.1" },
        "db2-master.conf": { vip: "203.0.113.2" },
        "db2-backup.conf": { vip: "203.0.113.2" },
      }),
    ).toEqual(["db1-backup db1-master: shared-address", "db2-backup db2-master: shared-address"]);
  });

  test("but a third node with the cluster's VRID and another address belongs to it", () => {
    expect(groups({ "node1.conf": { vip }, "node2.conf": { vip }, "node3.conf": { vip: "203.0.113.70" } })).toEqual([
      "node1 node2 node3: same-vrid shared-address",
    ]);
  });
});

describe("what makes peers", () => {
  test("a common virtual address, whatever else differs", () => {
    expect(groups({ "oslo/keepalived.conf": { vip, vrid: 1 }, "bergen/keepalived.conf": { vip: `${vip}/24`, vrid: 2 } })).toEqual([
      "bergen oslo: shared-address",
    ]);
    expect(groups({ "a/b/oslo.conf": { vip }, "bergen.cfg": { vip } })).toEqual(["oslo bergen: shared-address"]);
  });

  test("the same IPv6 address in two notations", () => {
    expect(
      groups({ "oslo/keepalived.conf": { vip: "2001:db8::7" }, "bergen/keepalived.conf": { vip: "2001:DB8:0:0::7/64" } }),
    ).toHaveLength(1);
  });

  test("listing each other as unicast peers", () => {
    const oslo = { vip: "203.0.113.1", own: "10.0.0.1", peers: ["10.0.0.2"] };
    const bergen = { vip: "203.0.113.2", own: "10.0.0.2", peers: ["10.0.0.1"] };
    expect(groups({ "x/oslo/keepalived.conf": oslo, "y/bergen/keepalived.conf": bergen })).toEqual(["oslo bergen: unicast-peers"]);
    expect(groups({ "x/oslo/keepalived.conf": oslo, "y/bergen/keepalived.conf": { ...bergen, peers: ["10.0.0.9"] } })).toHaveLength(2);
  });

  test("one VRID side by side, when no addresses contradict it", () => {
    expect(groups({ "oslo/keepalived.conf": { vip }, "bergen/keepalived.conf": {} })).toEqual(["bergen oslo: same-vrid"]);
    expect(groups({ "oslo/keepalived.conf": { vip }, "bergen/keepalived.conf": { vip: "203.0.113.8" } })).toHaveLength(2);
    expect(groups({ "far/away/oslo/keepalived.conf": { vip }, "bergen/keepalived.conf": {} })).toHaveLength(2);
  });

  test("one VRID and other addresses, when the names pair the files", () => {
    expect(groups({ "keepalived-master.conf": { vip }, "keepalived-backup.conf": { vip: "203.0.113.8" } })).toEqual([
      "backup master: same-vrid",
    ]);
    expect(groups({ "tutorial1/keepalived.conf": { vip }, "tutorial2/keepalived.conf": { vip: "203.0.113.8" } })).toHaveLength(2);
  });

  test("machines whose files stand at their real paths", () => {
    const at = (node: string): string => `${node}/rootfs/etc/keepalived/keepalived.conf`;
    expect(groups({ [at("oslo")]: { vip }, [at("bergen")]: {} })).toEqual(["bergen oslo: same-vrid"]);
  });

  test("the ids of one file", () => {
    const text = configuration({ vip }).replace("    priority 100", "    @oslo priority 100\n    @bergen priority 90");
    expect(groups({ "keepalived.conf": text })).toEqual(["bergen oslo: shared-address"]);
  });
});

describe("which of several", () => {
  test("the one that lists it, when both could be its peer", () => {
    const own = "10.0.0.1";
    const found = groups({
      "keepalived_master.conf": { vip, own, peers: ["10.0.0.2"], priority: 200 },
      "keepalived_master_three.conf": { vip, own, peers: ["10.0.0.2", "10.0.0.3"], priority: 200 },
      "keepalived_backup3.conf": { vip, own: "10.0.0.3", peers: [own], priority: 90 },
    });
    expect(found).toEqual(["backup3 master_three: shared-address", "master"]);
  });
});

describe("names of clusters", () => {
  test("tell those of one folder apart", () => {
    const { clusters } = read({
      "build/db1/keepalived.conf": { vip: "203.0.113.1" },
      "build/db2/keepalived.conf": { vip: "203.0.113.1" },
      "build/web1/keepalived.conf": { vip: "203.0.113.2" },
      "build/web2/keepalived.conf": { vip: "203.0.113.2" },
      "other/a/keepalived.conf": { vip: "203.0.113.3" },
      "other/b/keepalived.conf": { vip: "203.0.113.3" },
    });
    expect(clusters.map(({ name }) => name)).toEqual(["build: db1, db2", "build: web1, web2", "other"]);
  });
});

describe("what does not", () => {
  test.each([
    "keepalived.conf.bak",
    "keepalived.conf.orig",
    "keepalived.conf.sample",
    "keepalived-old.conf",
    "keepalived.conf.rpmnew",
    "keepalived.conf~",
    "keepalived.conf.dpkg-dist",
    "keepalived_example.conf",
  ])("a copy called %s", (copy) => {
    expect(groups({ "keepalived.conf": { vip, priority: 100 }, [copy]: { vip, priority: 90 } })).toHaveLength(2);
  });

  test("but .backup names a role", () => {
    expect(groups({ "keepalived.conf.master": { vip }, "keepalived.conf.backup": { vip, priority: 90 } })).toEqual([
      "backup master: shared-address",
    ]);
  });

  test("and .backup a copy, where it says nothing else or that it is the master", () => {
    const master = { vip, state: "MASTER", priority: 150, routerId: "gate" };
    const beside = (other: Settings): number => groups({ "keepalived.conf": master, "keepalived.conf.backup": other }).length;
    expect(beside(master)).toBe(2);
    expect(beside({ ...master, priority: 140 })).toBe(2);
    expect(beside({ ...master, state: "BACKUP", priority: 140 })).toBe(1);
    expect(beside({ vip, priority: 100, routerId: "door" })).toBe(1);
  });

  test.each(["keepalived.conf.20240131", "keepalived-2024-01-31.conf", "keepalived.conf_20240131_1200"])(
    "a state of a day, %s",
    (dated) => {
      expect(groups({ "keepalived.conf": { vip, priority: 150 }, [dated]: { vip, priority: 100 } })).toHaveLength(2);
    },
  );

  test("what a document shows beside what runs", () => {
    const shown = { vip, priority: 90 };
    expect(groups({ "etc/keepalived.conf": { vip }, "docs/keepalived.conf": shown })).toHaveLength(2);
    expect(groups({ "keepalived/keepalived.conf": { vip }, "README.md.d/block3.conf": shown })).toHaveLength(2);
    // Nodes of one example belong together.
    expect(groups({ "examples/two/lb1/keepalived.conf": { vip }, "examples/two/lb2/keepalived.conf": shown })).toHaveLength(1);
  });

  test("a setup with and without something", () => {
    const master = { vip, state: "MASTER", priority: 255 };
    expect(groups({ "keepalived-simple.conf": master, "keepalived-nginx.conf": master })).toHaveLength(2);
    expect(groups({ "lb1-keepalived.conf": master, "lb2-keepalived.conf": master })).toHaveLength(1);
    // Of one router_id in places that no two nodes have.
    const one = { vip, routerId: "gate", priority: 100 };
    expect(groups({ "step4/keepalived.conf": one, "step4/haproxy/keepalived.conf": { ...one, priority: 90 } })).toHaveLength(2);
  });

  test("the same router_id, priority and state", () => {
    const one = { vip, routerId: "gate", priority: 100 };
    expect(groups({ "oslo/keepalived.conf": one, "bergen/keepalived.conf": one })).toHaveLength(2);
    expect(groups({ "oslo/keepalived.conf": one, "bergen/keepalived.conf": { ...one, priority: 90 } })).toHaveLength(1);
    expect(groups({ "oslo/keepalived.conf": one, "bergen/keepalived.conf": { ...one, routerId: "door" } })).toHaveLength(1);
    // One more router in it makes it no other node.
    expect(
      groups({
        "oslo/keepalived.conf": one,
        "oslo/keepalived.conf.new": configuration(one) + configuration({ vip: "203.0.113.9", vrid: 34 }).replace("WAN", "LAN"),
      }),
    ).toHaveLength(2);
  });

  test("but names of roles tell two nodes that were copied carelessly", () => {
    const one = { vip, routerId: "gate", priority: 100 };
    expect(groups({ "keepalived-master.conf": one, "keepalived-slave.conf": one })).toEqual(["master slave: shared-address"]);
    expect(groups({ "lb-01/keepalived.conf": one, "lb-02/keepalived.conf": one })).toEqual(["lb-01 lb-02: shared-address"]);
    expect(groups({ "keepalived.conf": one, "keepalived_slave.conf": { ...one, state: "BACKUP" } })).toEqual([
      "keepalived slave: shared-address",
    ]);
  });

  test("one own address", () => {
    const one = { vip, own: "10.0.0.1" };
    expect(groups({ "oslo/keepalived.conf": one, "bergen/keepalived.conf": { ...one, priority: 90 } })).toHaveLength(2);
    // Master and slave that claim one address are a mistake worth telling.
    expect(groups({ "keepalived-master.conf": one, "keepalived-slave.conf": { ...one, priority: 90 } })).toHaveLength(1);
  });

  test("one machine before and after", () => {
    const oslo = { vip, priority: 150 };
    const bergen = { vip, priority: 100 };
    const files = (folder: string) => ({ [`${folder}/oslo/keepalived.conf`]: oslo, [`${folder}/bergen/keepalived.conf`]: bergen });
    expect(groups({ ...files("before"), ...files("after") })).toEqual(["bergen oslo: shared-address", "bergen oslo: shared-address"]);
    expect(groups({ "before/oslo/keepalived.conf": oslo, "after/oslo/keepalived.conf": bergen })).toHaveLength(2);
  });

  test("two labs with one address", () => {
    const lab = (folder: string) => ({
      [`${folder}/keepalived-master.conf`]: { vip, priority: 150 },
      [`${folder}/keepalived-backup.conf`]: { vip },
    });
    expect(groups({ ...lab("lab1"), ...lab("lab2"), ...lab("deep/er/lab3") })).toHaveLength(3);
  });

  test("two families of files in one folder", () => {
    const at = (suffix: string) => ({
      [`keepalived.conf.master${suffix}`]: { vip, priority: 150 },
      [`keepalived.conf.backup${suffix}`]: { vip },
    });
    expect(groups({ ...at(""), ...at(".http") })).toHaveLength(2);
  });
});

describe("larger groups", () => {
  test("three nodes, one of another name", () => {
    expect(
      groups({
        "node1/keepalived.conf": { vip, priority: 90 },
        "node2/keepalived.conf": { vip, priority: 80 },
        "api/keepalived.conf": { vip, priority: 70 },
      }),
    ).toEqual(["api node1 node2: shared-address"]);
  });

  test("four nodes, two of which are numbered", () => {
    const all = ["alfa", "bravo", "lb1", "lb2"].map((name, index) => [`${name}/keepalived.conf`, { vip, priority: 100 + index }] as const);
    expect(groups(Object.fromEntries(all))).toEqual(["alfa bravo lb1 lb2: shared-address"]);
  });

  test("the file above the folders of its variants", () => {
    const redis = { vip, routerId: "redis", priority: 99, state: "MASTER" };
    expect(
      groups({
        "keepalived.conf": redis,
        "master/keepalived.conf": redis,
        "slaver/keepalived.conf": { ...redis, priority: 90, state: "BACKUP" },
      }),
    ).toEqual(["keepalived", "master slaver: shared-address"]);
  });

  test("service folders are no machines", () => {
    expect(groups({ "east/haproxy/keepalived.conf": { vip, priority: 2 }, "west/haproxy/keepalived.conf": { vip } })).toEqual([
      "east west: shared-address",
    ]);
  });

  test("two thousand configurations do not grow with the square", () => {
    const sites = (count: number): Record<string, Settings> => {
      const contents: Record<string, Settings> = {};
      for (let site = 0; site < count; site++) {
        const address = site % 2 === 0 ? vip : `10.${site >> 8}.${site & 255}.1`;
        contents[`site${site}/keepalived-master.conf`] = { vip: address, priority: 150 };
        contents[`site${site}/keepalived-backup.conf`] = { vip: address };
      }
      return contents;
    };
    const timed = (count: number): number => {
      const contents = sites(count);
      const started = performance.now();
      const { clusters } = read(contents);
      const took = performance.now() - started;
      expect(clusters.length).toBe(count);
      expect(clusters.every(({ nodes }) => nodes.length === 2)).toBe(true);
      return took;
    };
    timed(50);
    // Four times as many: what grows with the square takes sixteen times as long.
    expect(timed(1000) / timed(250)).toBeLessThan(10);
  }, 120_000);
});

describe("virtual routers", () => {
  const routers = (contents: Readonly<Record<string, string>>): readonly string[] =>
    read(contents)
      .clusters.flatMap(({ virtualRouters }) => virtualRouters)
      .map(({ members, reason }) => `${members.map(({ node, instance }) => `${node.name}/${instance.name.value}`).join(" ")}: ${reason}`)
      .toSorted();

  const instance = (name: string, vrid: number, device: string, address: string): string =>
    `vrrp_instance ${name} {\n    interface ${device}\n    virtual_router_id ${vrid}\n    virtual_ipaddress {\n        ${address}\n    }\n}\n`;

  test("a common address goes before the VRID", () => {
    expect(
      routers({
        "oslo/keepalived.conf": instance("ONE", 1, "eth0", "203.0.113.1") + instance("TWO", 2, "eth0", "203.0.113.2"),
        "bergen/keepalived.conf": instance("ONE", 1, "eth0", "203.0.113.2") + instance("TWO", 2, "eth0", "203.0.113.1"),
      }),
    ).toEqual(["bergen/ONE oslo/TWO: shared-address", "bergen/TWO oslo/ONE: shared-address"]);
  });

  test("of one VRID on two interfaces, the same interface", () => {
    expect(
      routers({
        "oslo/keepalived.conf":
          instance("IN", 1, "eth0", "203.0.113.1") + instance("OUT", 1, "eth1", "203.0.113.2") + instance("X", 9, "eth0", "203.0.113.9"),
        "bergen/keepalived.conf":
          instance("A", 1, "eth1", "203.0.113.3") + instance("B", 1, "eth0", "203.0.113.4") + instance("X", 9, "eth0", "203.0.113.9"),
      }),
    ).toEqual(["bergen/A oslo/OUT: vrid", "bergen/B oslo/IN: vrid", "bergen/X oslo/X: shared-address"]);
  });

  test("an instance that nobody else has stands alone", () => {
    expect(
      routers({
        "oslo/keepalived.conf": instance("ONE", 1, "eth0", "203.0.113.1"),
        "bergen/keepalived.conf": instance("ONE", 1, "eth0", "203.0.113.1") + instance("TWO", 2, "eth0", "203.0.113.2"),
      }),
    ).toEqual(["bergen/ONE oslo/ONE: shared-address", "bergen/TWO: single"]);
  });
});
