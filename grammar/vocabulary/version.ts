/**
 * keepalived versions: reading, ordering, and which keywords a version knows.
 */
import type { Keyword, Version } from "./types.ts";

const FORM = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/u;

/** Reads "2.2.8", "v2.2.8" or "2.2" (kept as "2.2", which compares like "2.2.0"); undefined for anything else. */
export const parseVersion = (text: string): Version | undefined => {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch] = match;
  const parts = patch === undefined ? [major, minor] : [major, minor, patch];
  return parts.map(Number).join(".");
};

/** Negative when `a` is older than `b`, 0 when they are equal, positive when it is newer. Missing parts count as 0. */
export const compareVersions = (a: Version, b: Version): number => rankOf(a) - rankOf(b);

/** Every row of the vocabulary is compared with the targeted version again and again; there are few versions. */
const ranks = new Map<Version, number>();

/** A number that is greater for newer versions: a part has four digits. */
const rankOf = (version: Version): number => {
  const known = ranks.get(version);
  if (known !== undefined) return known;
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const rank = (major * 10_000 + minor) * 10_000 + patch;
  ranks.set(version, rank);
  return rank;
};

/** Whether that version of keepalived knows the keyword. */
export const knownIn = (keyword: Pick<Keyword, "since" | "removed">, version: Version): boolean =>
  (keyword.since === undefined || compareVersions(keyword.since, version) <= 0) &&
  (keyword.removed === undefined || compareVersions(version, keyword.removed) < 0);
