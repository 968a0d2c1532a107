/** The shell scripts that Debian's packages brought onto the machine, maintainer scripts included. */
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import path from "node:path";

const DPKG = "/var/lib/dpkg/info";

const firstBytes = (file: string): string => {
  let descriptor: number;
  try {
    if (!statSync(file).isFile()) return "";
    descriptor = openSync(file, "r");
  } catch {
    return "";
  }
  try {
    const bytes = Buffer.alloc(128);
    return bytes.toString("latin1", 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
};

const isShell = (file: string): boolean =>
  /^#![ \t]*(?:\/\S*\/)?(?:env[ \t]+(?:-S[ \t]+)?)?(?:ba|da|a)?sh(?:[ \t\r]|$)/mu.test(firstBytes(file).split("\n", 1)[0]!);

/** Absolute paths, sorted. */
export const packagedScripts = (): readonly string[] => {
  const found = new Set<string>();
  let entries: readonly string[];
  try {
    entries = readdirSync(DPKG);
  } catch {
    return [];
  }
  for (const entry of entries) {
    const file = path.join(DPKG, entry);
    if (/\.(?:config|postinst|postrm|preinst|prerm)$/u.test(entry)) found.add(file);
    else if (entry.endsWith(".list"))
      for (const line of readFileSync(file, "utf8").split("\n")) if (/^\/(?:usr|etc|bin|sbin|lib)\//u.test(line)) found.add(line);
  }
  return [...found].filter(isShell).toSorted();
};
