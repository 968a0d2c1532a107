/**
 * What keepalived does differently from some version on with the same configuration, and no rule is about. A record is a
 * fact: when it began, whom it concerns, what was and what is, what to do, and where in keepalived's source it stands.
 * Keywords that come and go are in the vocabulary, faults of versions in the rule known-version-bug.
 */
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { adverts } from "./adverts.ts";
import type { VersionChange } from "./change.ts";
import { elections } from "./elections.ts";
import { programs } from "./programs.ts";

/** In the order of the versions that brought them. */
export const versionChanges: readonly VersionChange[] = [...elections, ...adverts, ...programs].toSorted((one, other) =>
  compareVersions(one.since, other.since),
);

const does = ({ since }: VersionChange, version: Version): boolean => compareVersions(version, since) >= 0;

/** Those that lie between two versions; the same ones in either direction. */
export const changesBetween = (from: Version, to: Version): readonly VersionChange[] =>
  versionChanges.filter((change) => {
    const older = compareVersions(from, to) < 0 ? from : to;
    return does(change, from) !== does(change, to) && (change.beforeSince === undefined || compareVersions(older, change.beforeSince) >= 0);
  });
