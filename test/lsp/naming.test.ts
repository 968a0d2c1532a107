/** Definition, references, highlight and rename over the wire, for every kind of name a configuration can define. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Desk, type Files, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

/** Each kind: what defines it, and every place that can use it. `NAME` is the name. */
const kinds: Readonly<Record<string, { readonly defines: string; readonly uses: readonly string[] }>> = {
  vrrp_script: {
    defines: 'vrrp_script NAME {\n    script "/bin/true"\n}\n',
    uses: [
      "vrrp_instance V {\n    track_script {\n        NAME weight 3\n    }\n}\n",
      "vrrp_sync_group G {\n    group {\n        V\n    }\n    track_script {\n        NAME\n    }\n}\n",
    ],
  },
  vrrp_instance: {
    defines: "vrrp_instance NAME {\n    virtual_router_id 5\n}\n",
    uses: ["vrrp_sync_group G {\n    group {\n        NAME\n    }\n}\n", "global_defs {\n    lvs_sync_daemon eth0 inst NAME id 7\n}\n"],
  },
  track_group: {
    defines: "track_group NAME {\n    group {\n        V\n    }\n}\n",
    uses: [
      "static_ipaddress {\n    10.0.0.1/24 dev eth0 track_group NAME\n}\n",
      "static_routes {\n    10.0.0.0/24 dev eth0 track_group NAME\n}\n",
    ],
  },
  track_file: {
    defines: "track_file NAME {\n    file /run/load\n}\n",
    uses: [
      "vrrp_instance V {\n    track_file {\n        NAME weight 1\n    }\n}\n",
      "virtual_server 10.0.0.9 80 {\n    real_server 10.0.0.3 80 {\n        FILE_CHECK {\n            track_file NAME\n        }\n    }\n}\n",
    ],
  },
  vrrp_track_process: {
    defines: "vrrp_track_process NAME {\n    process haproxy\n}\n",
    uses: ["vrrp_instance V {\n    track_process {\n        NAME\n    }\n}\n"],
  },
  bfd_instance: {
    defines: "bfd_instance NAME {\n    neighbor_ip 10.0.0.2\n}\n",
    uses: [
      "vrrp_instance V {\n    track_bfd {\n        NAME\n    }\n}\n",
      "virtual_server 10.0.0.9 80 {\n    real_server 10.0.0.3 80 {\n        BFD_CHECK {\n            name NAME\n        }\n    }\n}\n",
    ],
  },
  virtual_server_group: {
    defines: "virtual_server_group NAME {\n    10.0.0.100 80\n}\n",
    uses: ["virtual_server group NAME {\n    protocol TCP\n}\n"],
  },
  definition: {
    defines: "$NAME=10.0.0.100\n",
    uses: ["vrrp_instance V {\n    mcast_src_ip ${NAME}\n}\n", "vrrp_instance W {\n    unicast_src_ip $NAME\n}\n"],
  },
};

const name = "NAME";
const lineOf = (text: string): number => text.slice(0, text.indexOf(name)).split("\n").length;
/** The cursor inside of the name in this part. */
const marked = (part: string): string => part.replace(name, "NA‸ME");

describe.each(Object.entries(kinds))("%s", (kind, { defines, uses }) => {
  const parts = [defines, ...uses];
  const lines = parts.map((part, index) => parts.slice(0, index).join("").split("\n").length - 1 + lineOf(part));
  const written = (part: string): string => (kind === "definition" && part !== defines ? /\$\{?NAME\}?/u.exec(part)![0] : name);
  const places = parts.map((part, index) => `keepalived.conf:${lines[index]} ${written(part)}`);
  const at = (index: number): string => parts.map((part, each) => (each === index ? marked(part) : part)).join("");
  const everywhere = parts.map((_, index) => index);

  it.each(everywhere)("place %i leads to the definition and to every use", async (index) => {
    expect(await desk.definition(at(index))).toEqual([places[0]]);
    expect(await desk.references(at(index))).toEqual(places);
    expect(await desk.highlights(at(index))).toEqual(parts.map((part, each) => `${lines[each]} ${written(part)}${each === 0 ? " *" : ""}`));
  });

  it.each(everywhere)("place %i renames all of them", async (index) => {
    expect(await desk.prepared(at(index))).toBe(name);
    const after = parts.flatMap((part) =>
      part.split("\n").flatMap((line) => (line.includes(name) ? [line.replace(name, "fresh").trim()] : [])),
    );
    expect(await desk.renamed("fresh", at(index))).toEqual({ "keepalived.conf": after });
  });
});

describe("over several nodes and files", () => {
  const script = 'vrrp_script chk {\n    script "/bin/true"\n}\n';
  const use = "vrrp_instance V {\n    track_script {\n        chk\n    }\n}\n";

  it("a name in a file that two nodes include", async () => {
    const files: Files = {
      "scripts.inc": script,
      "a/keepalived.conf": `include ../scripts.inc\n${use.replace("chk", "c‸hk")}`,
      "b/keepalived.conf": `include ../scripts.inc\n${use}`,
    };
    expect(await desk.definition(files)).toEqual(["scripts.inc:1 chk"]);
    expect(await desk.renamed("fresh", files)).toEqual({
      "a/keepalived.conf": ["fresh"],
      "b/keepalived.conf": ["fresh"],
      "scripts.inc": ["vrrp_script fresh {"],
    });
  });

  it("the number and the password of a virtual router, on all its nodes", async () => {
    const node = (vrid: string, password: string): string =>
      `vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id ${vrid}\n    authentication {\n        auth_type PASS\n        auth_pass ${password}\n    }\n    virtual_ipaddress {\n        10.0.0.100/24\n    }\n}\n`;
    const files = (vrid: string, password: string): Files => ({
      "a/keepalived.conf": node(vrid, password),
      "b/keepalived.conf": node("52", "s3cret"),
    });
    expect(await desk.prepared(files("5‸2", "s3cret"))).toBe("52");
    expect(await desk.renamed("77", files("5‸2", "s3cret"))).toEqual({
      "a/keepalived.conf": ["virtual_router_id 77"],
      "b/keepalived.conf": ["virtual_router_id 77"],
    });
    expect(await desk.renamed("n3w", files("52", "s3c‸ret"))).toEqual({
      "a/keepalived.conf": ["auth_pass n3w"],
      "b/keepalived.conf": ["auth_pass n3w"],
    });
    expect(await desk.renamed("300", files("5‸2", "s3cret"))).toContain("it goes from 1 to 255");
    // As code actions, when the nodes differ.
    expect(await desk.acted("Use virtual_router_id 53 on b as well", files("5‸3", "s3cret"))).toEqual({
      "b/keepalived.conf": ["virtual_router_id 53"],
    });
    expect(await desk.acted("Use this auth_pass on b as well", files("52", "0th‸er"))).toEqual({
      "b/keepalived.conf": ["auth_pass 0ther"],
    });
    expect(await desk.acted(/^Give VI_1 virtual_router_id 54, which nobody here uses, on a and b$/u, files("5‸3", "s3cret"))).toEqual({
      "a/keepalived.conf": ["virtual_router_id 54"],
      "b/keepalived.conf": ["virtual_router_id 54"],
    });
  });

  it("an id leads to the node that it names", async () => {
    expect(await desk.definition("@db1 global_defs {\n}\n@d‸b2 global_defs {\n}\n")).toEqual(["keepalived.conf:1"]);
  });
});

describe("from the configuration to the script and back", () => {
  const files = (marks: { readonly node?: string; readonly script?: string }): Files => ({
    "db1/etc/keepalived/keepalived.conf":
      marks.node ??
      'vrrp_script chk {\n    script "/etc/keepalived/x.sh db"\n}\nvrrp_instance VI_1 {\n    notify_master /etc/keepalived/x.sh\n}\n',
    "db1/etc/keepalived/x.sh": marks.script ?? "#!/bin/sh\nexit 0\n",
  });
  const node = files({})["db1/etc/keepalived/keepalived.conf"]!;
  const runs = ["db1/etc/keepalived/keepalived.conf:2 /etc/keepalived/x.sh", "db1/etc/keepalived/keepalived.conf:5 /etc/keepalived/x.sh"];

  it("a command leads to the file, and to every line that runs it", async () => {
    const there = files({ node: node.replace("/x.sh db", "/x‸.sh db") });
    expect(await desk.definition(there)).toEqual(["db1/etc/keepalived/x.sh:1"]);
    expect(await desk.references(there)).toEqual(runs);
  });

  it("the script leads back, from its first line and from any other", async () => {
    for (const script of ["#!/bi‸n/sh\nexit 0\n", "#!/bin/sh\nexi‸t 0\n"]) {
      expect(await desk.definition(files({ script }))).toEqual(runs);
      expect(await desk.references(files({ script }))).toEqual(runs);
    }
  });
});

describe("the name of an instance in a script that gets it from the daemon", () => {
  const files = (marks: { readonly node?: string; readonly script?: string }): Files => ({
    "db1/etc/keepalived/keepalived.conf": marks.node ?? "vrrp_instance VI_1 {\n    notify /etc/keepalived/x.sh\n}\n",
    "db1/etc/keepalived/x.sh":
      marks.script ??
      '#!/bin/sh\ncase "$2" in\nVI_1) systemctl start VI_1 ;;\n\'VI_1\'|VI_2) echo VI_1 ;;\nesac\n[ "$2" = "VI_1" ] && exit 0\n[[ $2 == VI_1 ]]\n',
  });
  const node = files({})["db1/etc/keepalived/keepalived.conf"]!.replace("VI_1", "VI_‸1");
  const script = files({})["db1/etc/keepalived/x.sh"]!;

  it("is renamed with the instance, where something is compared with it", async () => {
    expect(await desk.renamed("VI_DB", files({ node }))).toEqual({
      "db1/etc/keepalived/keepalived.conf": ["vrrp_instance VI_DB {"],
      "db1/etc/keepalived/x.sh": [
        "VI_DB) systemctl start VI_1 ;;",
        "'VI_DB'|VI_2) echo VI_1 ;;",
        '[ "$2" = "VI_DB" ] && exit 0',
        "[[ $2 == VI_DB ]]",
      ],
    });
  });

  it("leads to the instance, and renames it", async () => {
    const there = files({ script: script.replace("VI_1)", "VI_‸1)") });
    expect(await desk.definition(there)).toEqual(["db1/etc/keepalived/keepalived.conf:1 VI_1"]);
    expect(Object.keys((await desk.renamed("VI_DB", there)) as object)).toHaveLength(2);
    // What is only written alike leads to the line that runs the script, as everything else in it.
    expect(await desk.definition(files({ script: script.replace("start VI_1", "start VI_‸1") }))).toEqual([
      "db1/etc/keepalived/keepalived.conf:2 /etc/keepalived/x.sh",
    ]);
  });

  it("is not renamed to what a shell would read otherwise", async () => {
    expect(await desk.renamed("VI;1", files({ node }))).toContain("where a shell reads more into it than a name");
    expect(await desk.renamed("VI;1", "vrrp_instance VI‸_1 {\n}\n")).toEqual({ "keepalived.conf": ["vrrp_instance VI;1 {"] });
  });

  it("is left alone in a script that does not get it", async () => {
    const other = node.replace("notify ", "notify_master ");
    expect(await desk.renamed("VI_DB", files({ node: other }))).toEqual({
      "db1/etc/keepalived/keepalived.conf": ["vrrp_instance VI_DB {"],
    });
  });
});

describe("a rename is refused", () => {
  it.each([
    ["two words", "would not read it as one word", 'vrrp_script c‸hk {\n    script "/bin/true"\n}\n'],
    ["other", "there is a vrrp_script other already", 'vrrp_script c‸hk {\n    script "/bin/true"\n}\nvrrp_script other {\n}\n'],
    ["1x", "cannot be the name of a definition", "$A‸B=1\nglobal_defs {\n    vrrp_garp_master_repeat $AB\n}\n"],
    ["x", "no name here", "vrrp_instance V {\n    prior‸ity 100\n}\n"],
  ])("%s: %s", async (to, reason, text) => {
    expect(await desk.renamed(to, text)).toContain(reason);
  });
});

it("ends in order, and nothing was complained about", async () => {
  expect(await desk.quit()).toBe(0);
  expect(desk.log).toEqual([]);
});
