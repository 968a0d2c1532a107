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
export const compareVersions = (a: Version, b: Version): number => {
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < 3; i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Whether that version of keepalived knows the keyword. */
export const knownIn = (keyword: Pick<Keyword, "since" | "removed">, version: Version): boolean =>
  (keyword.since === undefined || compareVersions(keyword.since, version) <= 0) &&
  (keyword.removed === undefined || compareVersions(version, keyword.removed) < 0);
