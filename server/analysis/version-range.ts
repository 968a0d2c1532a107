/** Claims that hold from some version on: for a stated version they are true or not, else the message names the range. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";
import type { Given } from "./rule.ts";

/** Whether the targeted version is `first` or newer. Without a stated version the newest is meant. */
export const isFrom = ({ version }: Pick<Given, "version">, first: Version): boolean => compareVersions(version, first) >= 0;

/** Whether somebody stated a version within the range, both ends included. */
export const isStatedWithin = (
  { version, versionStated }: Pick<Given, "version" | "versionStated">,
  first: Version,
  last: Version,
): boolean => versionStated && compareVersions(version, first) >= 0 && compareVersions(version, last) <= 0;

/** "from 2.3.0 " when nobody stated a version, else nothing: the beginning of a message. */
export const fromVersion = ({ versionStated }: Pick<Given, "versionStated">, first: Version): string =>
  versionStated ? "" : `from ${first} on `;
