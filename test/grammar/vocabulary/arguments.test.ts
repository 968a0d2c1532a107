import { expect, test } from "vitest";
import { matchArguments } from "../../../grammar/vocabulary/arguments.ts";
import { context, lookup } from "../../../grammar/vocabulary/index.ts";
import type { Keyword } from "../../../grammar/vocabulary/types.ts";

const match = (keyword: Keyword | undefined, line: string) => {
  if (keyword === undefined) throw new Error(`no keyword for ${line}`);
  const words = line.split(" ");
  const { values, next, missing } = matchArguments(keyword, words, 1);
  return {
    read: values.map(({ argument, index }) => `${argument.name}=${words[index]}`).join(" "),
    rest: words.slice(next).join(" "),
    ...(missing === undefined ? {} : { missing: missing.name }),
  };
};

test("arguments come in order, and surplus words stay", () => {
  expect(match(lookup("vrrp_instance", "priority"), "priority 100 please")).toEqual({ read: "priority=100", rest: "please" });
  expect(match(lookup("vrrp_instance", "priority"), "priority")).toEqual({ read: "", rest: "", missing: "priority" });
  expect(match(lookup("vrrp_script", "weight"), "weight -20 reverse")).toEqual({ read: "weight=-20 reverse=reverse", rest: "" });
  expect(match(lookup("vrrp_script", "weight"), "weight -20 backwards").read).toBe("weight=-20 reverse=backwards");
});

test("optional words before a required one are told by their form", () => {
  expect(match(lookup("static_routes", "via"), "via 10.0.0.1 dev eth0")).toEqual({ read: "address=10.0.0.1", rest: "dev eth0" });
  expect(match(lookup("static_routes", "via"), "via inet6 fe80::1 dev eth0")).toEqual({
    read: "family=inet6 address=fe80::1",
    rest: "dev eth0",
  });
  expect(match(lookup("static_routes", "mtu"), "mtu lock 1400 table 5")).toEqual({ read: "lock=lock value=1400", rest: "table 5" });
});

test("in a list line an option leaves the next option alone", () =>
  expect(match(lookup("vrrp_instance/track_script", "weight"), "weight 10 dev")).toEqual({ read: "weight=10", rest: "dev" }));

test("pairs come in any order behind the positional words", () => {
  const sync = lookup("global_defs", "lvs_sync_daemon");
  expect(match(sync, "lvs_sync_daemon eth0 id 7 inst VI_1 ttl 3")).toEqual({ read: "interface=eth0 id=7 instance=VI_1 ttl=3", rest: "" });
  expect(match(sync, "lvs_sync_daemon eth0 id")).toEqual({ read: "interface=eth0", rest: "", missing: "id" });
  const kind = lookup("virtual_server", "lb_kind");
  expect(match(kind, "lb_kind TUN type gue port 5555 nocsum").read).toBe("kind=TUN type=gue port=5555 checksum=nocsum");
  expect(match(kind, "lb_kind DR").read).toBe("kind=DR");
  expect(match(lookup("global_defs", "lvs_timeouts"), "lvs_timeouts udp 30 tcp 900").read).toBe("udp=30 tcp=900");
});

test("words in any order go to the argument they fit", () => {
  expect(match(lookup("vrrp_instance", "use_vmac"), "use_vmac 02:00:5e:00:01:33 vrrp.51 netlink_notify_msg").read).toBe(
    "mac=02:00:5e:00:01:33 name=vrrp.51 option=netlink_notify_msg",
  );
  expect(match(lookup("vrrp_instance", "garp_extra_if"), "garp_extra_if 100 all").read).toBe("seconds=100 all=all");
});

test("repeated arguments take the rest of the line", () => {
  const members = context("vrrp_sync_group/group")?.entry;
  if (members === undefined) throw new Error("no entry");
  expect(matchArguments(members, ["VI_1", "VI_2", "VI_3"]).values).toHaveLength(3);
});
