/** What keepalived does differently from a version on: every fact with a configuration that meets it and a near twin that does not. */
import { describe, expect, it, test } from "vitest";
import { changesBetween, versionChanges } from "../../server/analysis/version-changes/index.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { pairs } from "./version-change-pairs.ts";
import type { Configuration } from "../../server/model/node/model.ts";

const configurationOf = (text: string): Configuration => {
  const files = memoryFiles({ "keepalived.conf": text });
  const configuration = readProject({ files, paths: [""] }).clusters[0]?.nodes[0]?.configuration;
  if (configuration === undefined) throw new Error("no configuration was read");
  return configuration;
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
