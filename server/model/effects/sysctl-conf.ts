/** sysctl.conf and the files of sysctl.d: `name = value`, `#` and `;` begin comments, `-name` does not mind failing. */
import { known } from "./known.ts";
import { linesOf } from "./lines.ts";
import { sysctlName } from "./numbers.ts";
import type { SysctlEffect } from "./types.ts";

/** The settings in the order of the file, repeated names included: the last one holds. */
export const effectsOfSysctlConf = (text: string, file: string): readonly SysctlEffect[] => {
  const effects: SysctlEffect[] = [];
  for (const line of linesOf(text)) {
    const hit = /^([ \t]*-?[ \t]*)([^=#;\s][^=]*)=(.*)$/u.exec(line.text);
    if (hit === null) continue;
    const name = hit[2]!.trimEnd();
    const value = hit[3]!.trim();
    const nameStart = line.start + hit[1]!.length;
    const valueStart = nameStart + hit[2]!.length + 1 + (hit[3]!.length - hit[3]!.trimStart().length);
    const command = { file, span: { start: nameStart, end: nameStart + name.length } };
    const valueSite = { file, span: { start: valueStart, end: valueStart + value.length } };
    const site = { file, span: { start: nameStart, end: Math.max(valueSite.span.end, command.span.end) } };
    effects.push({ kind: "sysctl", site, command, path: [], name: known(sysctlName(name), command), value: known(value, valueSite) });
  }
  return effects;
};
