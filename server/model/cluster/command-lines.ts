/** How a script that keepalived runs looks in the list of processes. */
import type { LinkedScript } from "./model.ts";
import { baseName } from "./files.ts";

export interface ProcessEntry {
  /** The kernel keeps the first 15 characters of the file's name. */
  readonly name: string;
  /** What `ps -ef` and `pgrep -f` see. */
  readonly commandLine: string;
}

/** A script that is started by its #! line carries its own name, one that an interpreter reads carries the interpreter's. */
export const processEntry = ({ command, path, interpreted, resolution }: LinkedScript): ProcessEntry | undefined => {
  if (resolution.kind !== "found") return undefined;
  const shebang = resolution.script?.script.shebang;
  if (interpreted !== undefined) return { name: baseName(path.value).slice(0, 15), commandLine: command.text };
  const interpreter =
    shebang === undefined ? "/bin/sh" : [shebang.interpreter, shebang.argument].filter((word) => word !== undefined).join(" ");
  return { name: baseName(path.value).slice(0, 15), commandLine: `${interpreter} ${command.text}` };
};
