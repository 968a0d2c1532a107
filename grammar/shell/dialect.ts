/** Which shell a script is for. */
import type { Shebang } from "./tree.ts";

/** `sh`: the shell of POSIX, which is dash on Debian and bash on Red Hat. `other`: a shell whose grammar is not read here. */
export type Dialect = "sh" | "bash" | "other";

const BY_NAME: Readonly<Record<string, Dialect>> = { sh: "sh", dash: "sh", ash: "sh", bash: "bash" };

/** The name of the program that runs the script: "bash" of `/usr/bin/env -S bash -e`; undefined without a shebang. */
export const interpreterName = (shebang: Shebang | undefined): string | undefined => {
  if (shebang === undefined) return undefined;
  const base = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  const first = base(shebang.interpreter);
  if (first !== "env" && first !== "busybox") return first;
  const words = (shebang.argument ?? "").split(/[ \t]+/u).filter((word) => word !== "" && !word.startsWith("-") && !word.includes("="));
  return words[0] === undefined ? first : base(words[0]);
};

/** Without a shebang the daemon's sh runs it, as execvp does. */
export const dialectOf = (shebang: Shebang | undefined): Dialect => {
  const name = interpreterName(shebang);
  if (name === undefined) return "sh";
  return Object.hasOwn(BY_NAME, name) ? BY_NAME[name]! : "other";
};
