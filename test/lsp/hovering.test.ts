/** Hover and signature help over the wire: what is said about every kind of word. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Desk, type Files, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const node = (priority: number, lines = ""): string => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 52
    priority ${priority}
    virtual_ipaddress {
        10.0.0.100
    }
}
${lines}`;
const pair = (own: string, peer = node(90)): Files => ({
  "db1/etc/keepalived/keepalived.conf": own,
  "db2/etc/keepalived/keepalived.conf": peer,
});

describe("hover", () => {
  it("on a keyword: usage, type, range, unit, default, since, removed", async () => {
    const advert = await desk.hover(node(100).replace("    priority", "    adve‸rt_int 1\n    priority"));
    expect(advert).toContain("advert_int seconds");
    expect(advert).toMatch(/`seconds`: a decimal number, .*to .*seconds/u);
    expect(advert).toContain("- default: 1");
    expect(await desk.hover("global_defs {\n    state_dump‸_file /x\n}\n")).toMatch(/since keepalived 2\.\d/u);
    expect(await desk.hover("vrrp_instance V {\n    lvs_sync_daemon_inter‸face eth0\n}\n")).toMatch(/deprecated|gone in keepalived/u);
  });

  it("on a value: what it may be", async () => {
    expect(await desk.hover(node(100).replace("priority 100", "priority 1‸00"))).toContain("a whole number, 1 to 255");
    expect(await desk.hover(node(100).replace("BACKUP", "BACK‸UP"))).toContain("`MASTER`, `BACKUP`");
  });

  it("on a number or an address of a virtual router: who has it", async () => {
    const vrid = await desk.hover(pair(node(100).replace("52", "5‸2")));
    expect(vrid).toContain("VRID 52 in this cluster:\n\n- **db1** `VI_1`, priority 100\n- **db2** `VI_1`, priority 90");
    const address = await desk.hover(pair(node(100).replace("10.0.0.100", "10.0.0.‸100")));
    expect(address).toContain("10.0.0.100 in this cluster:\n\n- **db1** `VI_1`, priority 100\n- **db2** `VI_1`, priority 90");
  });

  it("on the address of a service: which virtual router holds it, and which node has it as its own", async () => {
    const service = "virtual_server 10.0.0.1‸00 80 {\n    protocol TCP\n    real_server 10.0.0.2 80 {\n    }\n}\n";
    expect(await desk.hover(pair(node(100, service)))).toContain("10.0.0.100 in this cluster:\n\n- **db1** `VI_1`, priority 100");
    const peer = node(90).replace("    state", "    unicast_src_ip 10.0.0.2\n    unicast_peer {\n        10.0.0.1\n    }\n    state");
    expect(await desk.hover(pair(node(100, service.replace("‸", "").replace("10.0.0.2", "10.0.‸0.2")), peer))).toContain(
      "10.0.0.2 is an address of **db2**",
    );
  });

  it("on a mark: which services use it and what sets it", async () => {
    const service = (mark: string): string =>
      `virtual_server fwmark ${mark} {\n    protocol TCP\n    real_server 10.0.0.2 80 {\n    }\n}\n`;
    const files: Files = {
      ...pair(node(100, service("‸1")), node(90, service("1"))),
      "db1/etc/sysconfig/iptables":
        "*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 10.0.0.100/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n",
    };
    const said = await desk.hover(files);
    expect(said).toContain("Mark 1 in this cluster:");
    expect(said).toContain("- **db1** `virtual_server fwmark 1`");
    expect(said).toContain("- **db2** `virtual_server fwmark 1`");
    expect(said).toMatch(/- \*\*db1\*\* `db1\/etc\/sysconfig\/iptables`: .*`PREROUTING` of `mangle`.*mark `0x1`/u);
    expect(said).toContain("- **db2**: its files do not say what sets it");
  });

  it("on a script: what it can end with", async () => {
    const files = (more: Files): Files => ({
      "db1/etc/keepalived/keepalived.conf": 'vrrp_script c {\n    script "/etc/keepalived/che‸ck.sh db"\n}\n',
      ...more,
    });
    expect(await desk.hover(files({ "db1/etc/keepalived/check.sh": "#!/bin/sh\nif pidof mysqld; then exit 0; fi\nexit 3\n" }))).toContain(
      "`db1/etc/keepalived/check.sh` can end with 0, 3.",
    );
    expect(await desk.hover(files({ "db1/etc/keepalived/other.sh": "#!/bin/sh\n" }))).toContain(
      "`/etc/keepalived/check.sh` is not among the files of this node",
    );
  });

  it("on a name: what it stands for", async () => {
    const text = `vrrp_script chk {
    script "/bin/true"
    interval 3
    weight -20
}
track_file load {
    file /run/load
}
virtual_server_group web {
    10.0.0.100 80
}
vrrp_instance VI_1 {
    track_script {
        chk
    }
    track_file {
        load
    }
}
virtual_server group web {
}
`;
    const on = (before: string, marked: string) => desk.hover(text.replace(before, marked));
    expect(await on("        chk\n", "        c‸hk\n")).toContain(
      "every 3 s; down after 1, up after 1; a failure takes 20 off the priority",
    );
    expect(await on("        load\n", "        lo‸ad\n")).toContain("**track_file load**, used once");
    expect(await on("virtual_server group web {", "virtual_server group w‸eb {")).toContain("**virtual_server_group web**, used once");
    expect(await on("vrrp_instance VI_1", "vrrp_instance VI_‸1")).toContain("**vrrp_instance VI_1**");
  });

  it("on a definition, an include and an id", async () => {
    expect(await desk.hover("$VIP=10.0.0.1\nvrrp_instance V {\n    mcast_src_ip ${V‸IP}\n}\n")).toContain("10.0.0.1");
    expect(await desk.hover({ "keepalived.conf": "include conf.d/*‸.conf\n", "conf.d/a.conf": "", "conf.d/b.conf": "" })).toBe(
      "Reads `conf.d/a.conf`, `conf.d/b.conf`.",
    );
    expect(await desk.hover("@db‸1 global_defs {\n}\n")).toContain("Only for the configuration id `db1`");
  });
});

describe("hover in a script that a configuration runs", () => {
  const files = (script: string): Files => ({
    "db1/etc/keepalived/keepalived.conf": `${node(100).replace("    state", '    notify "/etc/keepalived/x.sh fast"\n    state')}virtual_server fwmark 7 {\n    protocol TCP\n}\n`,
    "db1/etc/keepalived/x.sh": `#!/bin/sh\n${script}\n`,
  });

  it("on an argument: what the daemon passes", async () => {
    expect(await desk.hover(files('echo "$‸1"'))).toContain("`$1` is `fast` from `notify` of vrrp_instance VI_1 on **db1**");
    expect(await desk.hover(files('echo "${‸4}"'))).toContain("`MASTER` or `BACKUP` or `FAULT` or `STOP`");
  });

  it("on a command that sets a mark or an address: who uses it", async () => {
    const mark = await desk.hover(files("ip‸tables -t mangle -A PREROUTING -d 10.0.0.100 -j MARK --set-mark 7"));
    expect(mark).toContain("sets mark `0x7`");
    expect(mark).toContain("- **db1** `virtual_server fwmark 7`");
    const address = await desk.hover(files("i‸p addr add 10.0.0.100/32 dev lo"));
    expect(address).toContain("10.0.0.100 in this cluster:\n\n- **db1** `VI_1`, priority 100");
  });
});

describe("signature help", () => {
  it.each([
    ["virtual_server 10.0.0.1 ‸", "virtual_server address [port] { … } @[port]"],
    ["virtual_server fwmark ‸", "virtual_server fwmark mark { … } @mark"],
    ["virtual_server group ‸", "virtual_server group name { … } @name"],
    ["vrrp_instance V {\n    priority ‸\n}", "priority priority @priority"],
    ["vrrp_instance V {\n    virtual_ipaddress {\n        10.0.0.1 ‸\n    }\n}", undefined],
    ["vrrp_instance V {\n    prio‸", undefined],
    ["vrrp_instance V {\n    # priority ‸\n}", undefined],
  ])("%s", async (text, said) => {
    expect(await desk.signature(`${text}\n`)).toBe(said);
  });
});

it("ends in order, and nothing was complained about", async () => {
  expect(await desk.quit()).toBe(0);
  expect(desk.log).toEqual([]);
});
