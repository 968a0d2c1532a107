/**
 * The sample configurations that come with Debian's keepalived: people begin with them, so an error that is none would
 * be the first thing they see. What kalint calls an error there is listed with its reason (docs/daemon.md has the rest).
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { judge } from "../judge.ts";

const folder = "/usr/share/doc/keepalived/samples";

/** Rule ids of the errors, in the order of the text. */
const known: Readonly<Record<string, readonly string[]>> = {
  // Two nodes in one file: 170 without eth2, which weighs 20, is still above the 105 of the other.
  "keepalived.conf.conditional_conf": ["weight-too-small-for-failover"],
  // 192.168.200.18 is listed a second time at the end of the list.
  "keepalived.conf.vrrp": ["duplicate-vip"],
  // The members of the sync group stand in it directly, without `group { }`: no instance is in the group.
  "keepalived.conf.vrrp.lvs_syncd": ["unknown-keyword", "unknown-keyword"],
  // `192.168.100./24` and `192.168.200./24` lack their last number; the daemon refuses both as well.
  "keepalived.conf.vrrp.rules": ["invalid-ip", "invalid-ip"],
};

// An image without documentation has none of them.
const samples = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("keepalived.conf.")) : [];

describe.skipIf(samples.length === 0)("the samples of Debian's keepalived", () => {
  test.each(samples)("%s", (name) => {
    const text = readFileSync(path.join(folder, name), "utf8");
    for (const version of ["2.2.7", "2.4.3"]) {
      const errors = judge({ "keepalived.conf": text }, { version }).findings.filter(({ severity }) => severity === "error");
      expect(errors.map(({ rule }) => rule)).toEqual(known[name] ?? []);
    }
  });

  test("they are read as configurations", () => {
    const read = samples.filter((name) => {
      const { project } = judge({ "keepalived.conf": readFileSync(path.join(folder, name), "utf8") }, { only: [] });
      return project.clusters.some(({ nodes }) => nodes.some(({ configuration }) => (configuration?.tree.items.length ?? 0) > 0));
    });
    expect(read).toEqual(samples);
  });
});
