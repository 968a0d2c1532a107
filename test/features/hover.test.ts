import { describe, expect, test } from "vitest";
import { hoverAt } from "../../server/features/hover.ts";
import { signatureAt } from "../../server/features/signature.ts";
import { editing } from "./editing.ts";

const hover = (contents: Parameters<typeof editing>[0]): string | undefined => {
  const { project, file, offset } = editing(contents);
  return hoverAt(project, file, offset)?.markdown;
};

const node = (vrid: string, priority: number): string =>
  `vrrp_instance VI_1 {\n    state BACKUP\n    interface eth0\n    virtual_router_id ${vrid}\n    priority ${priority}\n    virtual_ipaddress {\n        10.0.0.100\n    }\n}\n`;

describe("hover", () => {
  test("on a keyword tells usage, what it does, default and versions", () => {
    const said = hover("vrrp_instance VI_1 {\n    advert|_int 2\n}\n");
    expect(said).toContain("```keepalived\nadvert_int seconds\n```");
    expect(said).toContain("all nodes must agree");
    expect(said).toContain("- default: 1");
    expect(hover("vrrp_instance VI_1 {\n    unicast_fault_no|_peer\n}\n")).toContain("since keepalived 2.2");
  });

  test("on a value tells its range", () => {
    expect(hover("vrrp_instance VI_1 {\n    priority 1|00\n}\n")).toContain("**priority** of `priority`: a whole number, 1 to 255");
  });

  test("on a VRID, an address and a priority tells who else has it", () => {
    const peers = { "a/keepalived.conf": node("5|1", 100), "b/keepalived.conf": node("51", 90) };
    expect(hover(peers)).toContain("VRID 51 in this cluster:\n\n- **a** `VI_1`, priority 100\n- **b** `VI_1`, priority 90");
    const address = { "a/keepalived.conf": node("51", 100).replace("10.0.0.100", "10.0.0.1|00"), "b/keepalived.conf": node("51", 90) };
    expect(hover(address)).toContain("10.0.0.100 in this cluster:\n\n- **a**");
    const priority = {
      "a/keepalived.conf": node("51", 100).replace("priority 100", "priority 10|0"),
      "b/keepalived.conf": node("51", 190),
    };
    expect(hover(priority)).toContain("- **b** `VI_1`, priority 190\n- **a** `VI_1`, priority 100");
  });

  test("on an option of an address tells what it does", () => {
    expect(hover("vrrp_instance VI_1 {\n    virtual_ipaddress {\n        10.0.0.9 la|bel eth0:1\n    }\n}\n")).toContain("Alias name");
  });

  test("on a script tells what it can end with", () => {
    const contents = {
      "db1/etc/keepalived/keepalived.conf": 'vrrp_script c {\n    script "/etc/keepalived/che|ck.sh"\n}\n',
      "db1/etc/keepalived/check.sh": "#!/bin/sh\nif pidof mysqld; then exit 0; fi\nexit 1\n",
    };
    expect(hover(contents)).toContain("`db1/etc/keepalived/check.sh` can end with 0, 1.");
  });

  test("on a tracked name tells what the script does to the priority", () => {
    const said = hover(
      'vrrp_script c {\n    script "/bin/true"\n    interval 2\n    weight -20\n}\nvrrp_instance V {\n    track_script {\n        |c\n    }\n}\n',
    );
    expect(said).toContain("runs `/bin/true`; every 2 s; down after 1, up after 1; a failure takes 20 off the priority");
  });

  test("on a definition tells its value, unless it is a password", () => {
    expect(hover("$VIP=10.0.0.1\nvrrp_instance V {\n    mcast_src_ip ${V|IP}\n}\n")).toContain("10.0.0.1");
    const secret = hover(
      "$P=hunter2\nvrrp_instance V {\n    authentication {\n        auth_type PASS\n        auth_pass ${|P}\n    }\n}\n",
    );
    expect(secret).toContain("••••");
    expect(secret).not.toContain("hunter2");
  });

  test("says nothing where nothing is known", () => {
    expect(hover("# com|ment\n")).toBeUndefined();
  });
});

describe("signatures", () => {
  const signature = (contents: string) => {
    const { project, file, text, offset } = editing(contents);
    return signatureAt(project, file, text, offset);
  };

  test("mark the argument the cursor stands at", () => {
    expect(signature("virtual_server 10.0.0.1 |\n")).toMatchObject({ active: 1 });
    expect(signature("vrrp_instance V {\n    priority |\n}\n")).toMatchObject({ label: "priority priority", active: 0 });
    expect(signature("vrrp_instance V {\n    prio|\n}\n")).toBeUndefined();
  });
});
