/** Kernel settings: `sysctl -w name=value`, and writing to /proc/sys. */
import { type Argument, baseOf, type Interpreter, type Invocation } from "./commands.ts";
import { known, maybe, unknown } from "./known.ts";
import { sysctlName } from "./numbers.ts";
import type { Effect, SysctlEffect } from "./types.ts";

/** `sysctl [-w] name=value …`; asking and loading files are no settings. */
export const sysctl: Interpreter = (call) => {
  if (call.arguments.some(({ text }) => text === "-a" || text === "--all")) return undefined;
  const writes = call.arguments.some(({ text }) => text === "-w" || text === "--write");
  const effects: Effect[] = [];
  for (const one of call.arguments) {
    if (one.text === undefined) {
      if (writes) effects.push({ ...baseOf(call), kind: "sysctl", name: unknown(one.site), value: unknown(one.site) });
      continue;
    }
    const equals = one.text.indexOf("=");
    if (one.text.startsWith("-") || equals <= 0) continue;
    const value = one.text.slice(equals + 1).trim();
    effects.push({
      ...baseOf(call),
      kind: "sysctl",
      name: known(sysctlName(one.text.slice(0, equals).trim()), one.site),
      value: known(value, one.site),
    });
  }
  return effects.length > 0 ? effects : undefined;
};

/** Whether a file is a kernel setting. */
export const isSysctlFile = (text: string | undefined): text is string => text?.startsWith("/proc/sys/") === true;

/** What writing `words` into a file below /proc/sys sets; the options of echo do not count. */
export const written = (
  call: Invocation,
  file: Argument & { readonly text: string },
  words: readonly Argument[] | undefined,
): SysctlEffect => {
  const content =
    call.name === "printf" && words !== undefined
      ? formatted(words)
      : words?.filter(({ text }, index) => !(index === 0 && text !== undefined && /^-[neE]+$/u.test(text)));
  const value =
    content === undefined || content.some(({ text }) => text === undefined)
      ? undefined
      : content
          .map(({ text }) => text)
          .join(" ")
          .replace(/\\n$/u, "")
          .trim();
  const site = content?.[0]?.site ?? call.site;
  return { ...baseOf(call), kind: "sysctl", name: known(sysctlName(file.text), file.site), value: maybe(value, site) };
};

/** What printf makes of a text alone, or of one placeholder and its word. */
const formatted = ([format, ...words]: readonly Argument[]): readonly Argument[] | undefined => {
  if (format?.text === undefined) return undefined;
  if (!format.text.includes("%")) return [format];
  return /^%[sdi](?:\\n|\n)?$/u.test(format.text) && words.length === 1 ? words : undefined;
};
