/**
 * How versions of keepalived differ in reading a text. Where a fact came in was looked up in the sources of all tags
 * (lib/parser.c, lib/notify.c); everything else about reading is the same from 1.4.0 to 2.4.3.
 */
import { newestVersion } from "../vocabulary/index.ts";
import type { Version } from "../vocabulary/types.ts";
import { compareVersions } from "../vocabulary/version.ts";

export interface Dialect {
  /** A line of more than 1,022 bytes: reported and its beginning dropped (from 2.4.0 on), or read as several lines in silence. */
  readonly longLines: "dropped" | "split";
  /** A line with a NUL: reported and dropped (from 2.4.0 on), or read up to the NUL in silence. */
  readonly nulLines: "dropped" | "cut";
  /** A line that still holds a `$` after replacement, or begins with `@`, goes through all steps again (before 2.4.0). */
  readonly rechecks: boolean;
  /** A comment that ends in a backslash leaves that backslash as a word (before 2.4.0). */
  readonly commentBackslash: boolean;
  /** Parameters of `${NAME …}` may only be digits, anything else is left as it is in silence (before 2.4.0). */
  readonly digitsOnly: boolean;
  readonly conditions: boolean;
  readonly negatedConditions: boolean;
  readonly definitions: boolean;
  readonly sequences: boolean;
  /** `~SEQx` and `~LST`. */
  readonly lists: boolean;
  /** `includer`, `includem`, `includew`, `includeb`, `includea`. */
  readonly includeLetters: boolean;
  /**
   * The parent process writes a copy of what it read for the others (from 2.2.0 on): comment characters it has unescaped
   * begin comments there, and an include it did not see at the start of its line is read a second time.
   */
  readonly copied: boolean;
  /** Escapes in commands are read in both splits, `\x` with any number of digits (before 2.3.2). */
  readonly escapesTwice: boolean;
  /** Names that the daemon defines, with the number of parameters they take. */
  readonly predefined: ReadonlyMap<string, { readonly least: number; readonly most: number; readonly numeric: boolean }>;
}

const predefinedSince = [
  ["_PWD", "1.4.3", 0, 0, false],
  ["_INSTANCE", "2.0.1", 0, 0, false],
  ["_RANDOM", "2.0.15", 0, 2, true],
  ["_HASH", "2.1.4", 0, 0, false],
  ["_BANG", "2.1.4", 0, 0, false],
  ["_ENV", "2.4.0", 1, 1, false],
] as const;

const known = new Map<Version, Dialect>();

export const dialectOf = (version: Version = newestVersion): Dialect => {
  const made = known.get(version);
  if (made !== undefined) return made;
  const from = (first: Version): boolean => compareVersions(first, version) <= 0;
  const strict = from("2.4.0");
  const dialect: Dialect = {
    longLines: strict ? "dropped" : "split",
    nulLines: strict ? "dropped" : "cut",
    rechecks: !strict,
    commentBackslash: !strict,
    digitsOnly: !strict,
    conditions: from("1.3.0"),
    negatedConditions: from("1.3.7"),
    definitions: from("1.4.0"),
    sequences: from("2.0.9"),
    lists: from("2.1.0"),
    includeLetters: from("2.2.0"),
    copied: from("2.2.0"),
    escapesTwice: !from("2.3.2"),
    predefined: new Map(
      predefinedSince.flatMap(([name, since, least, most, numeric]) => (from(since) ? [[name, { least, most, numeric }] as const] : [])),
    ),
  };
  known.set(version, dialect);
  return dialect;
};
