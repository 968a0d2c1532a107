/** The user's settings: `initializationOptions`, or the section `kalint` of the editor's configuration. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import { parseVersion } from "../../grammar/vocabulary/version.ts";
import { severities, type Severity } from "../analysis/finding.ts";

export interface Settings {
  readonly version?: Version;
  readonly rules: ReadonlyMap<string, Severity | "off">;
}

export const noSettings: Settings = { rules: new Map() };

/** Reads `{ keepalivedVersion?, rules? }`. What cannot be used is left out and told, one line each. */
export const readSettings = (
  value: unknown,
  known: ReadonlySet<string>,
): { readonly settings: Settings; readonly problems: readonly string[] } => {
  const problems: string[] = [];
  const { keepalivedVersion, rules: stated } = isObject(value) ? value : {};
  const rules = new Map<string, Severity | "off">();
  for (const [rule, severity] of isObject(stated) ? Object.entries(stated) : []) {
    if (!known.has(rule)) problems.push(`kalint.rules: there is no rule ${rule}`);
    else if (!isSeverity(severity)) problems.push(`kalint.rules: ${rule} takes ${["off", ...severities].join(", ")}`);
    else rules.set(rule, severity);
  }
  if (typeof keepalivedVersion !== "string" || keepalivedVersion === "") return { settings: { rules }, problems };
  const version = parseVersion(keepalivedVersion.trim());
  if (version !== undefined) return { settings: { version, rules }, problems };
  return { settings: { rules }, problems: [...problems, `kalint.keepalivedVersion: ${keepalivedVersion} is no version such as 2.2.7`] };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSeverity = (value: unknown): value is Severity | "off" => value === "off" || (severities as readonly unknown[]).includes(value);
