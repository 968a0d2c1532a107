import { describe, expect, test } from "vitest";
import { fixAll, suppression } from "../../server/features/code-actions.ts";
import { sharedValueActions } from "../../server/features/everywhere.ts";
import { missingBlocks, type Proposal } from "../../server/features/missing-blocks.ts";
import { renameAt } from "../../server/features/names.ts";
import { shownFindings } from "../../server/features/shown.ts";
import { applyFix } from "../../server/analysis/fix.ts";
import type { Edit } from "../../server/analysis/finding.ts";
import { rules } from "../../server/rules/index.ts";
import { createWorkspace } from "../../server/workspace.ts";
import { editing, type Editing } from "./editing.ts";

const after = ({ file, text, textOf }: Editing, edits: readonly Edit[], of = file): string => {
  const texts = new Map([...new Set([file, ...edits.map(({ at }) => at.file)])].map((name) => [name, textOf(name) ?? text]));
  return applyFix(texts, [{ title: "", safety: "review", edits }]).get(of)!;
};

const instance = (lines: string, more = ""): string =>
  `${more}vrrp_instance VI_1 {
    interface eth0
${lines}
    virtual_ipaddress {
        10.0.0.100/24
    }
}
`;

const missing = (it: Editing): readonly Proposal[] => missingBlocks(it.project, it.file, it.offset, it.textOf);
const titles = (proposals: readonly Proposal[]): readonly string[] => proposals.map(({ title }) => title);

describe("what must be equal on all nodes", () => {
  const nodes = (own: string, peer: string): Editing =>
    editing({ "a/keepalived.conf": instance(own), "b/keepalived.conf": instance(peer) });
  const actions = (it: Editing): readonly Proposal[] => sharedValueActions(it.project, it.file, it.offset);

  test("the number of a virtual router goes to its peers, or all get one that is free", () => {
    const it = nodes("    virtual_router_id 5|0\n    priority 100", "    virtual_router_id 52\n    priority 90");
    expect(titles(actions(it))).toEqual([
      "Use virtual_router_id 50 on b as well",
      // 51 is that of every example, and 52 is taken.
      "Give VI_1 virtual_router_id 53, which nobody here uses, on a and b",
    ]);
    expect(after(it, actions(it)[0]!.edits, "b/keepalived.conf")).toContain("virtual_router_id 50");
    expect(after(it, actions(it)[1]!.edits)).toContain("virtual_router_id 53");
    expect(after(it, actions(it)[1]!.edits, "b/keepalived.conf")).toContain("virtual_router_id 53");
  });

  test("a password goes to the peers, and no title shows it", () => {
    const auth = (password: string): string =>
      `    virtual_router_id 50\n    authentication {\n        auth_type PASS\n        auth_pass ${password}\n    }`;
    const it = nodes(auth("s3c|ret"), auth("other"));
    expect(titles(actions(it))).toEqual(["Use this auth_pass on b as well"]);
    expect(actions(it)[0]!.edits.every(({ secret }) => secret === true)).toBe(true);
    expect(after(it, actions(it)[0]!.edits, "b/keepalived.conf")).toContain("auth_pass s3cret");
    const renamed = renameAt(it.project, it.file, it.offset, it.textOf, "n3w");
    expect(renamed).toMatchObject({ kind: "edits", edits: [{ text: "n3w" }, { text: "n3w" }] });
  });

  test("rename asks for a number that there is, and is refused where it came through a definition", () => {
    const it = nodes("    virtual_router_id 5|0", "    virtual_router_id 50");
    expect(renameAt(it.project, it.file, it.offset, it.textOf)).toMatchObject({ kind: "edits", name: "50" });
    expect(renameAt(it.project, it.file, it.offset, it.textOf, "60")).toMatchObject({ edits: [{ text: "60" }, { text: "60" }] });
    for (const wrong of ["0", "256", "abc"])
      expect(renameAt(it.project, it.file, it.offset, it.textOf, wrong)).toMatchObject({ kind: "refused" });
    const defined = editing({
      "a/keepalived.conf": instance("    virtual_router_id 5|0"),
      "b/keepalived.conf": instance("    virtual_router_id $ID", "$ID=50\n"),
    });
    expect(renameAt(defined.project, defined.file, defined.offset, defined.textOf, "60").kind).toBe("refused");
    expect(actions(defined)).toEqual([]);
  });
});

describe("what the peers have and this node lacks", () => {
  const check = 'vrrp_script chk {\n    script "/etc/keepalived/check.sh"\n    interval 2\n}\n';
  const tracking = "    virtual_router_id 50\n    track_script {\n        chk\n    }";

  test("the definition of a script that is tracked", () => {
    const it = editing({ "a/keepalived.conf": instance(tracking.replace("chk", "c|hk")), "b/keepalived.conf": instance(tracking, check) });
    expect(titles(missing(it))).toEqual(["Define vrrp_script chk as b does"]);
    expect(after(it, missing(it)[0]!.edits)).toBe(`${check}\n${it.text}`);
  });

  test("the authentication, as a secret", () => {
    const auth = "    virtual_router_id 50\n    authentication {\n      auth_type PASS\n      auth_pass s3cret\n    }";
    const it = editing({ "a/keepalived.conf": instance("    virtual_router_id 5|0"), "b/keepalived.conf": instance(auth) });
    expect(titles(missing(it))).toEqual(["Add the authentication that b has"]);
    expect(missing(it)[0]!.edits.every(({ secret }) => secret === true)).toBe(true);
    const text = after(it, missing(it)[0]!.edits);
    expect(text).toContain("    }\n    authentication {\n      auth_type PASS\n      auth_pass s3cret\n    }\n}\n");
  });

  test("the way back to a unicast peer", () => {
    const unicast = (own: string, peers: string): string =>
      `    virtual_router_id 50\n    unicast_src_ip ${own}\n    unicast_peer {\n${peers}    }`;
    const it = editing({
      "a/keepalived.conf": instance(unicast("10.0.0.|1", "        10.0.0.3\n")),
      "b/keepalived.conf": instance(unicast("10.0.0.2", "        10.0.0.1\n        10.0.0.3\n")),
      "c/keepalived.conf": instance(unicast("10.0.0.3", "        10.0.0.1\n        10.0.0.2\n")),
    });
    expect(titles(missing(it))).toEqual(["Add 10.0.0.2 of b to unicast_peer"]);
    expect(after(it, missing(it)[0]!.edits)).toContain("unicast_peer {\n        10.0.0.3\n        10.0.0.2\n    }");
  });

  test("an address, with its options", () => {
    const own = "    virtual_router_id 5|0";
    const peer = instance("    virtual_router_id 50").replace("100/24\n", "100/24\n        10.0.0.101/24 dev eth1 label eth1:1\n");
    const it = editing({ "a/keepalived.conf": instance(own), "b/keepalived.conf": peer });
    expect(titles(missing(it))).toEqual(["Add 10.0.0.101 as on b"]);
    expect(after(it, missing(it)[0]!.edits)).toContain("        10.0.0.100/24\n        10.0.0.101/24 dev eth1 label eth1:1\n    }");
  });

  test("a notify_down", () => {
    const service = (server: string, down: string): string =>
      `${instance("    virtual_router_id 50")}virtual_server 10.0.0.100 3306 {\n    protocol TCP\n    real_server ${server} 3306 {\n        weight 1\n${down}    }\n}\n`;
    const it = editing({
      "a/keepalived.conf": service("10.0.0.|1", ""),
      "b/keepalived.conf": service("10.0.0.2", "        notify_down /data/sh/mysql.sh\n"),
    });
    expect(titles(missing(it))).toEqual(["Add the notify_down that a real_server of b has"]);
    expect(after(it, missing(it)[0]!.edits)).toContain("        weight 1\n        notify_down /data/sh/mysql.sh\n    }");
  });

  test("nothing where both are alike, and nothing that came through a definition", () => {
    const same = instance(tracking, check);
    expect(missing(editing({ "a/keepalived.conf": same.replace("eth0", "et|h0"), "b/keepalived.conf": same }))).toEqual([]);
    const composed = check.replace("vrrp_script chk", "$N=chk\nvrrp_script $N");
    const it = editing({
      "a/keepalived.conf": instance(tracking.replace("chk", "c|hk")),
      "b/keepalived.conf": instance(tracking, composed),
    });
    expect(missing(it)).toEqual([]);
  });
});

describe("about findings", () => {
  const judged = (it: Editing) => {
    const steps = createWorkspace(rules).judge({ files: it.files, folders: [""], open: [] });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return shownFindings(value, () => true).get(it.file) ?? [];
    }
  };
  const broken = instance("    state MASTER\n    nopreempt|\n    virtual_router_id 50");

  test("a comment agrees to one, and then it is gone", () => {
    const it = editing(broken);
    const shown = judged(it).find(({ finding }) => finding.rule === "nopreempt-with-master-state")!;
    const text = after(it, suppression(shown, it.text));
    expect(text).toContain("    # kalint-ignore nopreempt-with-master-state: TODO: say why\n    nopreempt\n");
    expect(judged(editing(`${text}|`)).map(({ finding }) => finding.rule)).not.toContain("nopreempt-with-master-state");
  });

  test("fix all takes every fix that keeps what the daemon does, and no other", () => {
    const it = editing(
      `${instance("    state SLA|VE\n    virtual_router_id 50")}$X=1\nvrrp_instance V {\n    state MASTER\n    nopreempt\n}\n`,
    );
    const text = after(it, fixAll(judged(it)));
    expect(text).toContain("    state BACKUP\n    virtual_router_id 50");
    expect(text).not.toContain("$X");
    // Taking nopreempt away, or starting as BACKUP, is for somebody to decide.
    expect(text).toContain("    state MASTER\n    nopreempt\n");
  });
});
