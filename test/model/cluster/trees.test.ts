/** A script is parsed once, whoever runs it, and read again when it says something else. */
import { expect, test } from "vitest";
import { memoryFiles } from "../../../server/host/memory.ts";
import { createMemo } from "../../../server/model/cluster/memo.ts";
import { readProject } from "../../../server/model/cluster/project.ts";

const configuration = `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 51
    notify_master "/etc/keepalived/notify.sh MASTER"
    notify_backup "/etc/keepalived/notify.sh BACKUP"
    notify_fault "/etc/keepalived/notify.sh MASTER"
}
`;

const files = (script: string) => memoryFiles({ "keepalived.conf": configuration, "notify.sh": script });

const scriptsOf = (script: string, memo = createMemo()) => {
  const linked = readProject({ files: files(script), paths: [""], memo }).clusters[0]!.nodes[0]!.linkedScripts;
  return linked.map(({ resolution }) => (resolution.kind === "found" ? resolution.script : undefined));
};

test("commands that run one script have its tree in common, and with the same arguments what it does", () => {
  const [master, backup, fault] = scriptsOf('#!/bin/sh\n[ "$1" = MASTER ] && ip link set eth1 up\n');
  expect(master!.script).toBe(backup!.script);
  expect(master!.effects).toBe(fault!.effects);
  expect(master!.effects.effects).not.toEqual(backup!.effects.effects);
});

test("a script that was changed is parsed again", () => {
  const memo = createMemo();
  const [before] = scriptsOf("#!/bin/sh\nexit 0\n", memo);
  const [after] = scriptsOf("#!/bin/sh\nexit 1\n", memo);
  expect(after!.script).not.toBe(before!.script);
  expect(after!.text).toContain("exit 1");
});
