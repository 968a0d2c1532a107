/** From the commands of a configuration to the scripts of the machine. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import { effectsOf } from "../effects/script.ts";
import { type Command, commandOf } from "../node/command.ts";
import { walkItems } from "../node/items.ts";
import type { Configuration } from "../node/model.ts";
import type { Entry } from "./discover.ts";
import { baseName, folderOf, joinPath, type ProjectFiles } from "./files.ts";
import type { LinkedScript, ScriptFile, ScriptResolution, ScriptUse } from "./model.ts";

const uses: Readonly<Record<string, ScriptUse>> = {
  script: "check",
  misc_path: "misc-check",
  quorum_up: "quorum",
  quorum_down: "quorum",
  notify_up: "server-notify",
  notify_down: "server-notify",
  notify: "notify",
  notify_master: "notify",
  notify_backup: "notify",
  notify_fault: "notify",
  notify_stop: "notify",
  notify_deleted: "notify",
  notify_master_rx_lower_pri: "notify",
  startup_script: "other",
  shutdown_script: "other",
};

/** Arguments the daemon appends to the command of `notify`: TYPE, NAME, STATE, PRIORITY; their values are not known. */
const appended = (keyword: string): readonly undefined[] => (keyword === "notify" ? [undefined, undefined, undefined, undefined] : []);

/** Every command of a configuration with the file it names, in the order they are written. */
export const linkedScripts = (
  files: ProjectFiles,
  entry: Entry,
  configuration: Configuration,
  searched: readonly string[],
): readonly LinkedScript[] => {
  const found: LinkedScript[] = [];
  for (const item of walkItems(configuration.tree.items)) {
    const use = item.kind === "statement" ? uses[item.keyword.value] : undefined;
    if (use === undefined) continue;
    const command = commandOf(item);
    const path = command?.program;
    if (command === undefined || path?.value === undefined || path.value.startsWith("<")) continue;
    found.push({ command, use, path: { value: path.value, site: path.site }, resolution: resolve(files, entry, command, path.value, searched) });
  }
  return found;
};

/** Looked up in the machine's root, then by the same base name beside the configuration, then anywhere in the tree. */
const resolve = (files: ProjectFiles, entry: Entry, command: Command, path: string, searched: readonly string[]): ScriptResolution => {
  if (!path.startsWith("/")) return { kind: "unknown" };
  const name = baseName(path);
  const inRoot = entry.root === undefined ? [] : [joinPath(entry.root, path)];
  const beside = joinPath(folderOf(entry.file), name);
  for (const file of [...inRoot, beside]) {
    const script = readScript(files, file, command);
    if (script !== undefined) return script;
  }
  const near = searched.filter((file) => baseName(file) === name);
  const [only] = near;
  if (entry.root === undefined && near.length === 1 && only !== undefined) {
    const script = readScript(files, only, command);
    if (script !== undefined) return script;
  }
  if (entry.root === undefined) return { kind: "unknown" };
  return { kind: "missing", looked: inRoot, ...(only === undefined ? {} : { near: only }) };
};

const readScript = (files: ProjectFiles, file: string, command: Command): ScriptResolution | undefined => {
  const got = files.read(file);
  if (got.kind !== "text") return undefined;
  const mode = files.mode(file);
  const script = isShell(file, got.text) ? scriptFile(file, got.text, [...command.arguments.map(({ value }) => value), ...appended(command.item.keyword.value)]) : undefined;
  return { kind: "found", file, ...(script === undefined ? {} : { script }), ...(mode === undefined ? {} : { mode }) };
};

const shellShebang = /^#![ \t]*\/(?:[^\s/]+\/)*(?:env[ \t]+(?:-\S+[ \t]+)*)?(?:ba|da|a|k|z)?sh\b/u;

/** Whether a text is a shell script: by its shebang, else by its name. */
export const isShell = (file: string, text: string): boolean =>
  text.startsWith("#!") ? shellShebang.test(text) : /\.(?:sh|bash)$/u.test(file) || /(?:^|\/)(?:rc\.local|init\.d\/[^/]+)$/u.test(file);

/** Parses a script and interprets it; without arguments nothing is known of `$1`. */
export const scriptFile = (file: string, text: string, args?: readonly (string | undefined)[]): ScriptFile => {
  const script = parseShell(text);
  return { file, text, script, effects: effectsOf(script, { file, ...(args === undefined ? {} : { arguments: args }) }) };
};
