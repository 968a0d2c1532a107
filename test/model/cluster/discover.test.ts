/** Which files are configurations, with which ids they are read, where their machines lie, and what the nodes are called. */
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../../server/host/memory.ts";
import {
  configFiles,
  discover,
  isCandidateName,
  looksLikeConfiguration,
  rootOf,
  type Entry,
} from "../../../server/model/cluster/discover.ts";
import { nameEntries } from "../../../server/model/cluster/names.ts";

const instance = "vrrp_instance WAN {\n    virtual_router_id 33\n}\n";

const find = (contents: Readonly<Record<string, string>>, given: readonly string[] = []) =>
  discover(memoryFiles(contents), Object.keys(contents).toSorted(), new Set(given));

const entries = (contents: Readonly<Record<string, string>>, given: readonly string[] = []): readonly string[] =>
  find(contents, given).entries.map(({ file, configId }) => (configId === undefined ? file : `${file}@${configId}`));

describe("candidates", () => {
  test("by name", () => {
    const names = ["keepalived.conf", "keepalived.conf.master", "keepalived-slave", "a/vrrp.conf", "lb.cfg", "Keepalived.Conf.Backup"];
    names.push("keepalived.conf.j2", "templates/lb.conf.erb", "roles/keepalived/templates/vrrp.j2");
    expect(names.filter((name) => !isCandidateName(name))).toEqual([]);
    const others = [
      "keepalived.sh",
      "keepalived.service",
      "check_keepalived.sh.j2",
      "nginx.j2",
      "keepalived.md",
      "notes.txt",
      "keepalived.yaml",
      "vrrp",
      "keepalived.py",
    ];
    expect(others.filter(isCandidateName)).toEqual([]);
  });

  test("by text", () => {
    const configurations = [
      instance,
      "! comment\n\n  vrrp_instance A\n{\n}\n",
      "virtual_server 10.0.0.1 80 {\n}\n",
      "@main vrrp_instance A {\n}\n",
      "global_defs {\n}",
      "vrrp_script x {",
    ];
    expect(configurations.filter((text) => !looksLikeConfiguration(text))).toEqual([]);
    const others = [
      "",
      "# vrrp_instance A {\n",
      "server {\n    listen 80;\n}\n",
      "vrrp_instance = 3\n",
      "[vrrp_instance]\n",
      "frontend web\n    bind :80\n",
      "include conf.d/*.conf\n",
    ];
    expect(others.filter(looksLikeConfiguration)).toEqual([]);
  });
});

describe("entries", () => {
  test("are candidates whose text is a configuration", () => {
    expect(
      entries({ "keepalived.conf": instance, "nginx.conf": "server {\n}\n", "README.md": instance, "keepalived-slave": instance }),
    ).toEqual(["keepalived-slave", "keepalived.conf"]);
  });

  test("but not what another configuration includes", () => {
    const contents = {
      "keepalived.conf": `include conf.d/*.conf\n${instance}`,
      "conf.d/one.conf": instance,
      "conf.d/two.conf": instance,
      "other/one.conf": instance,
    };
    expect(entries(contents)).toEqual(["keepalived.conf", "other/one.conf"]);
    expect(entries(contents, ["conf.d/two.conf"])).toContain("conf.d/two.conf");
  });

  test("an absolute include is found in the machine's root, or where the folder stands for /etc/keepalived", () => {
    const text = `include /etc/keepalived/conf.d/*.conf\n${instance}`;
    expect(entries({ "db1/etc/keepalived/keepalived.conf": text, "db1/etc/keepalived/conf.d/a.conf": instance })).toEqual([
      "db1/etc/keepalived/keepalived.conf",
    ]);
    expect(entries({ "db1/keepalived.conf": text, "db1/conf.d/a.conf": instance })).toEqual(["db1/keepalived.conf"]);
    const found = configFiles(memoryFiles({ "db1/conf.d/a.conf": instance }), "db1/keepalived.conf").find(
      "/srv/other/*.conf",
      "db1/keepalived.conf",
    );
    expect(found).toEqual({ files: [], wildcard: true, outside: true });
  });

  test("two files that include each other do not both vanish", () => {
    const contents = { "a.conf": `include b.conf\n${instance}`, "b.conf": `include a.conf\n${instance}` };
    expect(entries(contents)).toEqual(["a.conf"]);
    expect(entries({ ...contents, "top.conf": `include a.conf\n${instance}` })).toEqual(["top.conf"]);
  });

  test("one reading per id of the file", () => {
    expect(entries({ "keepalived.conf": `@oslo global_defs {\n@bergen global_defs {\n}\n${instance}` })).toEqual([
      "keepalived.conf@bergen",
      "keepalived.conf@oslo",
    ]);
    expect(entries({ "keepalived.conf": `vrrp_instance A {\n    @oslo priority 9\n}\n` })).toEqual(["keepalived.conf@oslo"]);
  });

  test("of a file with more ids than any cluster has nodes, the first ones, and says so", () => {
    const lines = Array.from({ length: 100 }, (_, id) => `@id${String(id).padStart(3, "0")} vrrp_instance V {\n}\n`).join("");
    const { entries: found, skipped } = find({ "keepalived.conf": lines });
    expect(found).toHaveLength(64);
    expect(found.at(-1)?.configId).toBe("id063");
    expect(skipped).toEqual([{ file: "keepalived.conf", reason: "it knows 100 ids, of which the first 64 are read" }]);
  });

  test("of one file on every machine, each machine's own reading", () => {
    const text = `vrrp_instance A {\n    @oslo priority 9\n    @bergen priority 8\n}\n`;
    expect(entries({ "oslo/etc/keepalived/keepalived.conf": text, "bergen/keepalived.conf": text })).toEqual([
      "bergen/keepalived.conf@bergen",
      "oslo/etc/keepalived/keepalived.conf@oslo",
    ]);
  });

  test("one id and all others", () => {
    expect(entries({ "keepalived.conf": `vrrp_instance A {\n    @oslo priority 9\n    @^oslo priority 8\n}\n` })).toEqual([
      "keepalived.conf@oslo",
      "keepalived.conf",
    ]);
  });
});

describe("what is skipped, and why", () => {
  test("a file with the name of a configuration and nothing in it", () => {
    expect(find({ "keepalived.conf": "# nothing yet\n", "nginx.conf": "server {\n}\n" }).skipped).toEqual([
      { file: "keepalived.conf", reason: "it holds no keepalived block" },
    ]);
  });

  test("a given file is read whatever it holds", () => {
    expect(entries({ "fragment.txt": "virtual_ipaddress {\n}\n" }, ["fragment.txt"])).toEqual(["fragment.txt"]);
    expect(find({}, ["gone.conf"]).skipped).toEqual([]);
    expect(discover(memoryFiles({}), ["gone.conf"], new Set(["gone.conf"])).skipped).toEqual([
      { file: "gone.conf", reason: "there is no such file" },
    ]);
  });
});

describe("roots", () => {
  test("are what precedes etc/keepalived/keepalived.conf", () => {
    expect(rootOf("db1/etc/keepalived/keepalived.conf")).toBe("db1");
    expect(rootOf("db1/usr/local/etc/keepalived/keepalived.conf")).toBe("db1");
    expect(rootOf("/etc/keepalived/keepalived.conf")).toBe("/");
    expect(rootOf("etc/keepalived/keepalived.conf")).toBe("");
    expect(rootOf("db1/keepalived.conf")).toBeUndefined();
    expect(rootOf("db1/myetc/keepalived/keepalived.conf")).toBeUndefined();
  });
});

describe("names", () => {
  const names = (...given: readonly (string | Entry)[]): readonly string[] =>
    nameEntries(
      given.map((one): Entry =>
        typeof one === "string" ? { file: one, ...(rootOf(one) === undefined ? {} : { root: rootOf(one)! }) } : one,
      ),
    );

  test("the folder that tells", () => {
    expect(names("oslo/keepalived.conf", "bergen/keepalived.conf")).toEqual(["oslo", "bergen"]);
    expect(names("prod/oslo/etc/keepalived/keepalived.conf", "prod/bergen/etc/keepalived/keepalived.conf")).toEqual(["oslo", "bergen"]);
    expect(names("oslo/haproxy/keepalived.conf", "bergen/haproxy/keepalived.conf")).toEqual(["oslo", "bergen"]);
    expect(names("192.168.1.5/keepalived.conf", "192.168.1.6/keepalived.conf")).toEqual(["192.168.1.5", "192.168.1.6"]);
  });

  test("the part of the file name that tells", () => {
    expect(names("keepalived-master.conf", "keepalived.conf.node1", "keepalived_slave")).toEqual(["master", "node1", "slave"]);
    expect(names("keepalived01.conf", "keepalived02.conf")).toEqual(["keepalived01", "keepalived02"]);
    expect(names("conf/keepalived.conf", "conf/keepalived.conf-backup")).toEqual(["keepalived", "backup"]);
  });

  test("the configuration id", () => {
    expect(names({ file: "x/keepalived.conf", configId: "oslo" }, { file: "x/keepalived.conf", configId: "bergen" })).toEqual([
      "oslo",
      "bergen",
    ]);
  });

  test("a node alone", () => {
    expect(names("oslo/etc/keepalived/keepalived.conf")).toEqual(["oslo"]);
    expect(names("/etc/keepalived/keepalived.conf")).toEqual(["keepalived"]);
  });

  test("are unique", () => {
    expect(names("a/x/keepalived.conf", "x/a/keepalived.conf")).toEqual(["a/x/keepalived.conf", "x/a/keepalived.conf"]);
  });
});
