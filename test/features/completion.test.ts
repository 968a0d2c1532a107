import { describe, expect, test } from "vitest";
import { type Completion, completions } from "../../server/features/completion.ts";
import { editing } from "./editing.ts";

const at = (contents: Parameters<typeof editing>[0], version = "2.4.3"): readonly Completion[] =>
  completions({ ...editing(contents), version });
const labels = (contents: Parameters<typeof editing>[0], version?: string): readonly string[] =>
  at(contents, version).map(({ label }) => label);

const scripts = `vrrp_script chk_mysql {
    script "/bin/true"
}
vrrp_script chk_net {
    script "/bin/true"
}
`;

describe("completion", () => {
  test("offers the blocks of the top level where nothing stands", () => {
    const found = labels("|");
    expect(found).toEqual(expect.arrayContaining(["global_defs", "vrrp_instance", "virtual_server", "include"]));
    expect(found).not.toContain("priority");
  });

  test("offers what a block takes, without what it has and takes once", () => {
    const found = labels("vrrp_instance VI_1 {\n    state BACKUP\n    pri|\n}\n");
    expect(found).toEqual(expect.arrayContaining(["priority", "virtual_router_id", "track_script"]));
    expect(found).not.toContain("state");
    expect(found).not.toContain("real_server");
  });

  test("needed keywords come first, deprecated ones last", () => {
    const found = at("vrrp_instance VI_1 {\n    |\n}\n");
    const rank = (label: string): number => found.find((each) => each.label === label)!.rank;
    expect(rank("virtual_router_id")).toBeLessThan(rank("garp_master_delay"));
    expect(rank("lvs_sync_daemon_interface")).toBeGreaterThan(rank("garp_master_delay"));
  });

  test("replaces the whole word the cursor stands in", () => {
    const { text } = editing("vrrp_instance VI_1 {\n    pri|ority 100\n}\n");
    const [found] = at("vrrp_instance VI_1 {\n    pri|ority 100\n}\n").filter(({ label }) => label === "priority");
    expect(text.slice(found!.replace.start, found!.replace.end)).toBe("priority");
  });

  test("writes needed arguments as places, choices as choices, blocks with braces", () => {
    const found = at("vrrp_instance VI_1 {\n    |\n}\n");
    const textOf = (label: string): string => found.find((each) => each.label === label)!.text;
    expect(textOf("virtual_router_id")).toBe("virtual_router_id ${1:vrid}");
    expect(textOf("state")).toBe("state ${1|MASTER,BACKUP|}");
    expect(textOf("virtual_ipaddress")).toBe("virtual_ipaddress {\n\t$0\n}");
  });

  test("offers values, only where an argument has some", () => {
    expect(labels("vrrp_instance VI_1 {\n    state |\n}\n")).toEqual(["MASTER", "BACKUP"]);
    expect(labels("vrrp_instance VI_1 {\n    priority |\n}\n")).toEqual([]);
    expect(labels("virtual_server 10.0.0.1 80 {\n    lb_algo w|\n}\n")).toEqual(expect.arrayContaining(["wrr", "wlc"]));
    expect(labels("vrrp_instance VI_1 {\n    state MASTER |\n}\n")).toEqual([]);
  });

  test("offers defined names where one is referred to", () => {
    expect(labels(`${scripts}vrrp_instance VI_1 {\n    track_script {\n        |\n    }\n}\n`)).toEqual(["chk_mysql", "chk_net"]);
    expect(labels(`${scripts}vrrp_instance VI_1 {\n    track_script {\n        chk_net |\n    }\n}\n`)).toContain("weight");
  });

  test("offers the interfaces of all nodes", () => {
    const a = "vrrp_instance VI_1 {\n    interface bond0\n    virtual_ipaddress {\n        10.0.0.9 dev eth9\n    }\n}\n";
    const b = "vrrp_instance VI_1 {\n    interface |\n}\n";
    expect(labels({ "a/keepalived.conf": a, "b/keepalived.conf": b })).toEqual(["bond0", "eth9"]);
  });

  test("offers options of a list's line, and the values of an option", () => {
    const found = labels("vrrp_instance VI_1 {\n    virtual_ipaddress {\n        10.0.0.9/24 |\n    }\n}\n");
    expect(found).toEqual(expect.arrayContaining(["dev", "label", "scope"]));
    expect(labels("vrrp_instance VI_1 {\n    interface eth7\n    virtual_ipaddress {\n        10.0.0.9/24 dev |\n    }\n}\n")).toEqual([
      "eth7",
    ]);
    expect(labels("vrrp_instance VI_1 {\n    virtual_ipaddress {\n        10.0.0.9/24 dev eth0 scope |\n    }\n}\n")).toContain("link");
  });

  test("knows the block around a file that another one includes", () => {
    const found = labels({ "keepalived.conf": "vrrp_instance VI_1 {\n    include vi.inc\n}\n", "vi.inc": "state BACKUP\npri|\n" });
    expect(found).toContain("priority");
    expect(found).not.toContain("global_defs");
  });

  test("offers what the targeted version knows", () => {
    expect(labels("global_defs {\n    |\n}\n", "2.4.3")).toContain("state_dump_file");
    expect(labels("global_defs {\n    |\n}\n", "2.2.7")).not.toContain("state_dump_file");
  });

  test("offers definitions behind a $, and does not show a password", () => {
    const found = at("$VIP=10.0.0.1\n$DB_PASS=hunter2\nvrrp_instance VI_1 {\n    priority $|\n}\n");
    expect(found.map(({ label, detail }) => [label, detail])).toEqual([
      ["${VIP}", "10.0.0.1"],
      ["${DB_PASS}", "••••"],
    ]);
  });

  test("offers ids and behind one still what the block takes", () => {
    expect(labels("@db1 global_defs {\n}\n@|\n")).toEqual(["@db1", "@^db1"]);
    expect(labels("vrrp_instance V {\n    @db1 pri|\n}\n")).toContain("priority");
  });

  test("offers the files an include and a script can name", () => {
    expect(labels({ "keepalived.conf": "include conf.d/|\n", "conf.d/a.conf": "", "conf.d/b.conf": "" })).toEqual(["a.conf", "b.conf"]);
    const root = {
      "db1/etc/keepalived/keepalived.conf": 'vrrp_script c {\n    script "/usr/local/|"\n}\n',
      "db1/usr/local/check.sh": "#!/bin/sh\n",
    };
    expect(labels(root)).toEqual(["check.sh"]);
  });

  test("is silent in comments and behind what nobody knows", () => {
    expect(labels("vrrp_instance VI_1 {\n    state MASTER # st|\n}\n")).toEqual([]);
    expect(labels("vrrp_instance VI_1 {\n    nonsense |\n}\n")).toEqual([]);
    expect(labels("nonsense {\n    |\n}\n")).toEqual([]);
  });
});
