/** What keepalived does differently from a version on: every fact with a configuration that meets it and a near twin that does not. */
import { describe, expect, it, test } from "vitest";
import { changesBetween, versionChanges } from "../../server/analysis/version-changes.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import type { Configuration } from "../../server/model/node/model.ts";

const configurationOf = (text: string): Configuration => {
  const files = memoryFiles({ "keepalived.conf": text });
  const configuration = readProject({ files, paths: [""] }).clusters[0]?.nodes[0]?.configuration;
  if (configuration === undefined) throw new Error("no configuration was read");
  return configuration;
};

const instance = (...lines: readonly string[]): string => `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 7
    ${lines.join("\n    ")}
}
`;
const addresses = "virtual_ipaddress {\n 10.0.0.9/24\n }";
const unicast = "unicast_src_ip 10.0.0.2\n unicast_peer {\n 10.0.0.3\n }";
const checked = (check: string): string => `virtual_server 10.0.0.9 80 {
    real_server 10.0.0.4 80 {
        ${check}
    }
}
`;

interface Pair {
  readonly meets: string;
  readonly twin: string;
}

/** One row for each fact; the test below fails where one has no row. */
const pairs: Readonly<Record<string, Pair>> = {
  "tcp-check-retries": { meets: checked("TCP_CHECK {\n }"), twin: checked("TCP_CHECK {\n retry 0\n }") },
  "master-without-priority-is-owner": {
    meets: instance("state MASTER", addresses),
    twin: instance("state MASTER", "priority 150", addresses),
  },
  "scripts-run-as-keepalived-script": {
    meets: instance('notify_master "/opt/up.sh"', addresses),
    twin: instance('notify_master "/opt/up.sh" root', addresses),
  },
  "unicast-v3-checksum": {
    meets: instance("version 3", unicast, addresses),
    twin: instance("version 2", unicast, addresses),
  },
  "master-waits-at-start": {
    meets: instance("state MASTER", "priority 150", addresses),
    twin: instance("state MASTER", "priority 255", addresses),
  },
  "master-clears-nopreempt": {
    meets: instance("state MASTER", "priority 150", "nopreempt", addresses),
    twin: instance("state BACKUP", "priority 150", "nopreempt", addresses),
  },
  "master-clears-preempt-delay": {
    meets: instance("state MASTER", "priority 150", "preempt_delay 60", addresses),
    twin: instance("state BACKUP", "priority 150", "preempt_delay 60", addresses),
  },
  "cast-is-checked": { meets: instance(unicast, addresses), twin: instance(addresses) },
  "other-address-counts-are-taken": { meets: instance(addresses), twin: instance("priority 100") },
  "address-twice-counts-once": {
    meets: instance("virtual_ipaddress {\n 10.0.0.9/24\n 10.0.0.9/24\n }"),
    twin: instance("virtual_ipaddress {\n 10.0.0.9/24\n 10.0.0.8/24\n }"),
  },
  "unicast-source-need-not-be-there": {
    meets: instance(unicast, addresses),
    twin: instance("unicast_peer {\n 10.0.0.3\n }", addresses),
  },
};

describe("every fact", () => {
  test.each(versionChanges)("$id is met by its configuration and not by the twin", ({ id, where }) => {
    const pair = pairs[id];
    expect(pair, "a row in this table").toBeDefined();
    expect(where(configurationOf(pair!.meets))).not.toEqual([]);
    expect(where(configurationOf(pair!.twin))).toEqual([]);
  });

  it("has an id of its own", () => {
    expect(new Set(versionChanges.map(({ id }) => id)).size).toBe(versionChanges.length);
  });
});

describe("between two versions", () => {
  const edges = versionChanges.flatMap(({ since, beforeSince }) => [since, ...(beforeSince === undefined ? [] : [beforeSince])]);
  const versions = [...new Set(["1.2.1", "1.3.5", "2.2.7", "2.4.3", ...edges])];

  test.each(versions)("%s and itself nothing changes", (version) => {
    expect(changesBetween(version, version)).toEqual([]);
  });

  it("the same facts are told in either direction, and each of them begins between the two", () => {
    for (const from of versions)
      for (const to of versions) {
        const told = changesBetween(from, to);
        expect(changesBetween(to, from)).toEqual(told);
        const [older, newer] = compareVersions(from, to) < 0 ? [from, to] : [to, from];
        for (const { since, beforeSince } of told) {
          expect(compareVersions(older, since)).toBeLessThan(0);
          expect(compareVersions(newer, since)).toBeGreaterThanOrEqual(0);
          if (beforeSince !== undefined) expect(compareVersions(older, beforeSince)).toBeGreaterThanOrEqual(0);
        }
      }
  });

  test.each(versionChanges)("$id is told from the version before it", ({ id, since, beforeSince }) => {
    const older = beforeSince ?? "1.2.1";
    expect(changesBetween(older, since).map((change) => change.id)).toContain(id);
  });
});
