/** What two nodes contradict each other in is silenced at either of them, and nowhere else. */
import { describe, expect, it } from "vitest";
import { judge } from "../judge.ts";

const node = (vrid: string, more = ""): string => `${more}vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${vrid}
    priority 100
    virtual_ipaddress {
        10.0.0.9/24
    }
}
`;
const comment = " # kalint-ignore peer-vrid-mismatch: one of them is retired tomorrow";
const only = ["peer-vrid-mismatch", "unused-suppression"];
const rulesOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  judge(files, { only }).findings.map(({ rule, at }) => `${rule} ${at.file}`);

describe("a comment about a contradiction", () => {
  it("counts at the node where it stands and at the one that its note names", () => {
    expect(rulesOf({ "db1/keepalived.conf": node("61"), "db2/keepalived.conf": node("62") })).toEqual([
      "peer-vrid-mismatch db2/keepalived.conf",
    ]);
    expect(rulesOf({ "db1/keepalived.conf": node("61"), "db2/keepalived.conf": node(`62${comment}`) })).toEqual([]);
    expect(rulesOf({ "db1/keepalived.conf": node(`61${comment}`), "db2/keepalived.conf": node("62") })).toEqual([]);
    expect(rulesOf({ "db1/keepalived.conf": node(`61${comment}`), "db2/keepalived.conf": node(`62${comment}`) })).toEqual([]);
  });

  it("does not count at another line of the other node, and is of no use there", () => {
    const elsewhere = node("61", "# kalint-ignore peer-vrid-mismatch: misplaced\n");
    expect(rulesOf({ "db1/keepalived.conf": elsewhere, "db2/keepalived.conf": node("62") })).toEqual([
      "unused-suppression db1/keepalived.conf",
      "peer-vrid-mismatch db2/keepalived.conf",
    ]);
  });
});
