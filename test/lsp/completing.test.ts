/** Completion over the wire: what is offered, and what the line is when an offer is taken in the middle of a word. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Desk, type Files, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const inInstance = (lines: string): string => `vrrp_instance VI_1 {\n${lines}\n}\n`;

const named = `$VIP=10.0.0.100
$NET=10.0.0
vrrp_script chk_db {
    script "/bin/true"
}
vrrp_track_process proxy {
    process haproxy
}
track_file load {
    file /run/load
}
bfd_instance link {
    neighbor_ip 10.0.0.2
}
garp_group {
    garp_interval 1
    interface eth0
}
virtual_server_group web {
    10.0.0.100 80
}
vrrp_instance VI_1 {
    interface eth0
}
vrrp_instance VI_2 {
    interface eth1
}
`;

describe("what is offered", () => {
  it.each<[string, string, readonly string[]]>([
    ["scripts", inInstance("    track_script {\n        ‸\n    }"), ["chk_db"]],
    ["files", inInstance("    track_file {\n        ‸\n    }"), ["load"]],
    ["processes", inInstance("    track_process {\n        ‸\n    }"), ["proxy"]],
    ["BFD", inInstance("    track_bfd {\n        ‸\n    }"), ["link"]],
    ["instances", "vrrp_sync_group G {\n    group {\n        ‸\n    }\n}\n", ["VI_1", "VI_2"]],
    [
      "the file of a check",
      "virtual_server 10.0.0.9 80 {\n    real_server 10.0.0.3 80 {\n        FILE_CHECK {\n            track_file ‸\n        }\n    }\n}\n",
      ["load"],
    ],
    ["definitions", inInstance("    mcast_src_ip $‸"), ["${VIP}", "${NET}"]],
    ["enum values", inInstance("    state ‸"), ["MASTER", "BACKUP"]],
    ["booleans", "global_defs {\n    smtp_alert ‸\n}\n", ["on", "off"]],
  ])("%s", async (_what, text, labels) => {
    // The block that is typed stands before those it names: a name may be used before it is defined.
    expect(await desk.offered(named + text)).toEqual(labels);
  });

  it("groups of services", async () => {
    expect(await desk.offered(`${named}virtual_server ‸ {\n}\n`)).toEqual(["fwmark", "group"]);
    expect(await desk.offered(`${named}virtual_server group ‸ {\n}\n`)).toEqual(["web"]);
  });

  it("interfaces that any node of the cluster names: instances, addresses, trackers, host files", async () => {
    const files: Files = {
      "a/etc/keepalived/keepalived.conf": inInstance(
        "    interface ‸\n    virtual_router_id 5\n    virtual_ipaddress {\n        10.0.0.9\n    }",
      ),
      "b/etc/keepalived/keepalived.conf": inInstance(
        "    interface bond0\n    virtual_router_id 5\n    track_interface {\n        eth7\n    }\n    virtual_ipaddress {\n        10.0.0.9 dev eth9\n    }\n    virtual_routes {\n        10.9.0.0/24 dev eth8\n    }",
      ),
      "b/etc/sysconfig/network-scripts/ifcfg-ens3": "DEVICE=ens3\nBOOTPROTO=static\nIPADDR=10.0.0.2\nPREFIX=24\n",
    };
    const offered = await desk.offered(files);
    expect(offered).toEqual(expect.arrayContaining(["bond0", "eth7", "eth8", "eth9", "ens3"]));
  });

  it("no keyword and no block that is written and counts once", async () => {
    const lines = "    state BACKUP\n    priority 100\n    authentication {\n        auth_type PASS\n    }\n    ‸";
    const offered = await desk.offered(inInstance(lines));
    expect(offered).toContain("virtual_router_id");
    for (const used of ["state", "priority", "authentication"]) expect(offered).not.toContain(used);
    expect(await desk.offered(inInstance("    authentication {\n        auth_type PASS\n        ‸\n    }"))).toEqual([
      "auth_pass",
      "include",
    ]);
  });

  it("what may be written again is offered again", async () => {
    const real = "    real_server 10.0.0.1 80 {\n    }\n    ‸";
    expect(await desk.offered(`virtual_server 10.0.0.9 80 {\n${real}\n}\n`)).toContain("real_server");
    expect(await desk.offered(`${named}‸`)).toContain("vrrp_instance");
  });

  it("files of scripts and includes, folder by folder", async () => {
    const files = (line: string): Files => ({
      "db1/etc/keepalived/keepalived.conf": line,
      "db1/etc/keepalived/conf.d/a.conf": "",
      "db1/etc/keepalived/check.sh": "#!/bin/sh\n",
      "db1/usr/local/bin/other.sh": "#!/bin/sh\n",
    });
    expect(await desk.offered(files("include ‸\n"))).toEqual(expect.arrayContaining(["conf.d/"]));
    expect(await desk.offered(files("include conf.d/‸\n"))).toEqual(["a.conf"]);
    expect(await desk.offered(files('vrrp_script c {\n    script "/usr/local/‸"\n}\n'))).toEqual(["bin/"]);
    expect(await desk.offered(files("vrrp_instance V {\n    notify_master /etc/keepalived/‸\n}\n"))).toContain("check.sh");
  });

  it("scripts that other nodes of the cluster run, where the tree has no folders of the host", async () => {
    const node = (line: string): string =>
      inInstance(`    virtual_router_id 5\n    ${line}\n    virtual_ipaddress {\n        10.0.0.9\n    }`);
    const files = {
      "a/keepalived.conf": node("notify_master ‸"),
      "b/keepalived.conf": node('notify_master "/usr/local/bin/promote.sh now"'),
    };
    expect(await desk.offered(files)).toContain("/usr/local/bin/promote.sh");
  });

  it("ids of the other nodes", async () => {
    expect(await desk.offered("@db1 global_defs {\n}\n@db2 global_defs {\n}\n@‸\n")).toEqual(["@db1", "@^db1", "@db2", "@^db2"]);
  });

  it("nothing in comments, strings of free text and numbers", async () => {
    for (const line of ["# pri‸", "priority ‸", "priority 1‸", "description ‸"])
      expect(await desk.offered(inInstance(`    ${line}`))).toEqual([]);
  });
});

describe("the line after taking an offer", () => {
  it.each([
    ["priority", "    pri‸ority 100", "priority ${1:priority} 100"],
    ["priority", "    ‸priority 100", "priority ${1:priority} 100"],
    ["priority", "    priority‸ 100", "priority ${1:priority} 100"],
    ["priority", "    pri‸", "priority ${1:priority}"],
    ["state", "    sta‸", "state ${1|MASTER,BACKUP|}"],
    ["notify_master", "    notify_m‸", 'notify_master "${1:command}"'],
    ["virtual_ipaddress", "    virt‸", "virtual_ipaddress {\n$0\n}"],
    ["BACKUP", "    state MAS‸TER", "state BACKUP"],
    ["BACKUP", "    state ‸MASTER # first", "state BACKUP # first"],
    ["BACKUP", '    state "MAS‸TER"', 'state "BACKUP"'],
    ["BACKUP", "    state MAS‸TER}", "state BACKUP}"],
    ["eth1", "    interface et‸h0", "interface eth1"],
    ["chk_db", "    track_script {\n        ch‸k weight 3", "chk_db weight 3"],
    ["weight", "    track_script {\n        chk_db wei‸ 3", "chk_db weight ${1:weight} 3"],
    ["${VIP}", "    mcast_src_ip $V‸", "mcast_src_ip ${VIP}"],
    ["${VIP}", "    mcast_src_ip $V‸IP", "mcast_src_ip ${VIP}"],
    ["${VIP}", "    mcast_src_ip ${V‸", "mcast_src_ip ${VIP}"],
    ["${VIP}", "    mcast_src_ip ${V‸IP}", "mcast_src_ip ${VIP}"],
    ["${VIP}", "    mcast_src_ip ${‸}", "mcast_src_ip ${VIP}"],
    ["${NET}", "    mcast_src_ip ${N‸ET}.7", "mcast_src_ip ${NET}.7"],
    ["${NET}", "    mcast_src_ip 1.2.3.$N‸", "mcast_src_ip 1.2.3.${NET}"],
    ["${NET}", '    notify_master "/bin/x.sh ${N‸ET} y"', 'notify_master "/bin/x.sh ${NET} y"'],
  ])("%s into %s", async (label, line, after) => {
    const text = `${named}${inInstance(line)}`;
    expect(await desk.taking(label, text)).toBe(after);
  });

  it.each([
    ["@db1", "@d‸b2 global_defs {", "@db1 global_defs {"],
    ["@^db1", "@^d‸b1 global_defs {", "@^db1 global_defs {"],
    ["vrrp_version", "global_defs { vrrp_v‸ }", "global_defs { vrrp_version ${1:version} }"],
  ])("%s into %s", async (label, line, after) => {
    expect(await desk.taking(label, `@db1 global_defs {\n}\n@db2 vrrp_script x {\n}\n${line}\n}\n`)).toBe(after);
  });

  it.each([
    ["check.sh", '    script "/etc/keepalived/ch‸"', 'script "/etc/keepalived/check.sh"'],
    ["check.sh", '    script "/etc/keepalived/ch‸eck_old.sh"', 'script "/etc/keepalived/check.sh"'],
    ["check.sh", '    script "/etc/keepalived/ch‸ db 3306"', 'script "/etc/keepalived/check.sh db 3306"'],
    ["keepalived/", '    script "/etc/ke‸ep/check.sh"', 'script "/etc/keepalived/check.sh"'],
    ["keepalived/", "    script /etc/ke‸", "script /etc/keepalived/"],
  ])("%s into %s", async (label, line, after) => {
    const files = {
      "db1/etc/keepalived/keepalived.conf": `vrrp_script c {\n${line}\n}\n`,
      "db1/etc/keepalived/check.sh": "#!/bin/sh\n",
    };
    expect(await desk.taking(label, files)).toBe(after);
  });

  it("behind characters of two units, and of several bytes for who counts them", async () => {
    const text = `${named}${inInstance('    state "😀主" # x\n    mcast_src_ip 主😀$V‸IP')}`;
    expect(await desk.taking("${VIP}", text)).toBe("mcast_src_ip 主😀${VIP}");
  });
});

it("ends in order, and nothing was complained about", async () => {
  expect(await desk.quit()).toBe(0);
  expect(desk.log).toEqual([]);
});
