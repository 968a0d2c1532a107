/** `kalint upgrade`: what one version of keepalived brings for a configuration and the other does not. */
import { describe, expect, it, test } from "vitest";
import { versionChanges } from "../../server/analysis/version-changes/index.ts";
import { pairs } from "../analysis/version-change-pairs.ts";
import { folder, kalint } from "./kalint.ts";

const configuration = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 7
    priority 100
    notify_deleted "/usr/bin/logger deleted"
    virtual_ipaddress {
        10.0.0.1/24
    }
}
virtual_server 10.0.0.1 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.0.0.2 80 {
        HTTP_GET {
            url {
                path /
                status_code 200
            }
            nb_get_retry 3
        }
    }
}
`;

interface Answer {
  readonly from: string;
  readonly to: string;
  readonly come: readonly { readonly rule: string; readonly message: string }[];
  readonly gone: readonly { readonly rule: string; readonly message: string }[];
}

const answer = (
  from: string,
  to: string,
  cwd = folder({ "keepalived.conf": configuration }),
): Answer & { readonly status: number | null } => {
  const run = kalint(["upgrade", "--from", from, "--to", to, "--format", "json"], { cwd });
  return { ...(JSON.parse(run.stdout) as Answer), status: run.status };
};

describe("kalint upgrade", () => {
  it("tells what is deprecated from then on, and what is understood from then on", () => {
    const { come, gone, status } = answer("1.3.5", "2.2.8");
    expect(come.map(({ rule }) => rule)).toEqual(["deprecated-keyword"]);
    expect(gone.map(({ message }) => message)).toEqual(["notify_deleted needs keepalived 2.1.0: 1.3.5 does not know it"]);
    expect(status).toBe(1);
  });

  it("tells the other way round what a step back loses", () => {
    const { come, gone } = answer("2.2.8", "1.3.5");
    expect(come.map(({ rule }) => rule)).toEqual(["keyword-needs-newer-version"]);
    expect(gone.map(({ rule }) => rule)).toEqual(["deprecated-keyword"]);
  });

  it("says nothing of what both versions lack, nor when nothing changes", () => {
    const newer = folder({ "keepalived.conf": configuration.replace("notify_deleted", "auth_hmac k1\n    notify_deleted") });
    expect(answer("2.2.7", "2.2.8", newer)).toMatchObject({ come: [], gone: [], status: 0 });
    expect(kalint(["upgrade", "--from", "2.2.7", "--to", "2.2.8"], { cwd: folder({ "keepalived.conf": configuration }) })).toMatchObject({
      status: 0,
      stdout: "nothing that kalint knows of changes for this configuration between 2.2.7 and 2.2.8\n",
    });
  });

  it("is told apart for people", () => {
    const { stdout } = kalint(["upgrade", "--from", "1.3.5", "--to", "2.2.8"], { cwd: folder({ "keepalived.conf": configuration }) });
    expect(stdout).toMatch(
      /^What 2\.2\.8 brings\n[^]*deprecated-keyword[^]*What only 1\.3\.5 has\n[^]*notify_deleted[^]*1 finding more, 1 finding less\nkalint explain RULE says [^\n]*\n$/u,
    );
    // What was looked at is the same for both versions, and no part of the answer.
    expect(stdout).not.toContain("Not checked");
  });

  it("goes before the version that kalint.toml states for a node", () => {
    const toml = '[[cluster]]\n[[cluster.node]]\nconfig = "keepalived.conf"\nkeepalived-version = "2.0.0"\n';
    expect(answer("1.3.5", "2.2.8", folder({ "keepalived.conf": configuration, "kalint.toml": toml })).come).toHaveLength(1);
  });

  it("wants two versions and something to read", () => {
    expect(kalint(["upgrade", "--from", "2.2.7"]).stderr).toBe("kalint: which versions? kalint upgrade --from VERSION --to VERSION\n");
    expect(kalint(["upgrade", "--from", "2.2.7", "--to", "x"]).status).toBe(2);
    expect(kalint(["upgrade", "--from", "2.2.7", "--to", "2.2.8"], { cwd: folder({ "a.txt": "" }) }).status).toBe(2);
  });
});

/** Meets every change of behaviour that kalint knows. */
const old = `vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 7
    priority 100
    nopreempt
    unicast_src_ip 10.0.0.2
    unicast_peer {
        10.0.0.3
    }
    virtual_ipaddress {
        10.0.0.9/24
    }
}
vrrp_instance VI_2 {
    state MASTER
    interface eth0
    virtual_router_id 8
    priority 100
    preempt_delay 60
    virtual_ipaddress {
        10.0.0.8/24
    }
}
virtual_server 10.0.0.9 80 {
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 10.0.0.4 80 {
        TCP_CHECK {
            connect_timeout 3
        }
    }
}
`;

interface Change {
  readonly id: string;
  readonly since: string;
  readonly was: string;
  readonly is: string;
  readonly todo?: string;
  readonly places: readonly { readonly file: string; readonly line: number }[];
}

const changes = (from: string, to: string, text = old): readonly Change[] =>
  (
    JSON.parse(
      kalint(["upgrade", "--from", from, "--to", to, "--format", "json"], { cwd: folder({ "keepalived.conf": text }) }).stdout,
    ) as { readonly changes: readonly Change[] }
  ).changes;

describe("every change of behaviour", () => {
  test.each(versionChanges)("$id is told of the configuration that meets it, and not of its twin", ({ id, since, beforeSince, todo }) => {
    const { meets, twin } = pairs[id]!;
    const run = kalint(["upgrade", "--from", beforeSince ?? "1.2.2", "--to", since, "--format", "json"], {
      cwd: folder({ "meets/keepalived.conf": meets, "twin/keepalived.conf": twin }),
    });
    const told = (JSON.parse(run.stdout) as { readonly changes: readonly Change[] }).changes.find((change) => change.id === id);
    expect(new Set(told?.places.map(({ file }) => file))).toEqual(new Set(["meets/keepalived.conf"]));
    expect(told).toMatchObject({ since, todo });
  });
});

describe("what behaves differently", () => {
  it("is told with its places and what to do", () => {
    const all = changes("1.2.13", "2.4.3");
    expect(all.find(({ id }) => id === "master-clears-nopreempt")).toMatchObject({ since: "2.0.0", places: [{ line: 6 }] });
    expect(all.find(({ id }) => id === "other-address-counts-are-taken")?.places.map(({ line }) => line)).toEqual([4, 18]);
    for (const { todo } of all) expect(todo).toMatch(/^\w/u);
  });

  it("is not known behind the newest version, and that is said", () => {
    const cwd = folder({ "keepalived.conf": configuration });
    const { stdout } = kalint(["upgrade", "--from", "2.2.7", "--to", "22.8"], { cwd });
    expect(stdout).toMatch(/\nwhat changed after [\d.]+, the newest known, is not known: 22\.8 is judged as that\n/u);
    expect(kalint(["upgrade", "--from", "2.2.7", "--to", "2.4.3"], { cwd }).stdout).not.toContain("the newest known");
  });

  it("is told of what was asked for, and not of its peers", () => {
    const cwd = folder({
      "db1/keepalived.conf": configuration,
      "db2/keepalived.conf": configuration.replace("priority 150", "priority 90"),
    });
    const { stdout } = kalint(["upgrade", "--from", "2.2.7", "--to", "2.4.3", "db1"], { cwd });
    expect(stdout).toContain("concerns db1/keepalived.conf:");
    expect(stdout).not.toContain("db2/keepalived.conf:");
  });

  it("is the same the other way round", () => {
    const [all, back] = [changes("1.2.13", "2.4.3"), changes("2.4.3", "1.2.13")];
    expect(back.map(({ id, was, is }) => [id, is, was])).toEqual(all.map(({ id, was, is }) => [id, was, is]));
  });

  it("is nothing between a version and itself, and each change lies at its own version", () => {
    expect(changes("2.2.7", "2.2.7")).toEqual([]);
    expect(changes("2.3.2", "2.3.3").map(({ id }) => id)).toEqual([
      "other-address-counts-are-taken",
      "unicast-source-need-not-be-there",
      "tcp-check-asks-a-dead-server-less",
    ]);
    expect(changes("2.3.3", "2.4.3")).toEqual([]);
  });

  it("does not concern who does not use it", () => {
    expect(changes("1.2.13", "2.4.3", configuration.replace("state BACKUP", "state BACKUP\n    nopreempt")).map(({ id }) => id)).toEqual([
      "scripts-run-as-keepalived-script",
      "other-address-counts-are-taken",
    ]);
  });

  it("stands in the text for people", () => {
    const { stdout } = kalint(["upgrade", "--from", "2.2.7", "--to", "2.4.3"], { cwd: folder({ "keepalived.conf": old }) });
    expect(stdout).toContain("What 2.4.3 does differently");
    expect(stdout).toContain("concerns keepalived.conf:4, keepalived.conf:18");
    expect(stdout).toMatch(/, 3 changes of behaviour\n$/u);
  });
});
