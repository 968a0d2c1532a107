/** From the commands of a configuration to the scripts of the machine. */
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import type { Sited } from "../../../grammar/text.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { effectsOf } from "../effects/script.ts";
import type { ScriptContext } from "../effects/script-facts.ts";
import { type Command, commandOf } from "../node/command.ts";
import { type ConfigItem, walkItems } from "../node/items.ts";
import type { Configuration } from "../node/model.ts";
import type { Collected } from "./collected.ts";
import type { Entry } from "./discover.ts";
import { baseName, folderOf, isBelow, joinPath, type ProjectFiles } from "./files.ts";
import { effectsOfCommand, inlineScript } from "./inline.ts";
import type { FileIndex } from "./layout.ts";
import type { LinkedScript, ScriptArgument, ScriptFile, ScriptResolution, ScriptUse } from "./model.ts";
import { sourcedFrom } from "./sourced.ts";
import { mappedPath, type PathMap } from "./stated.ts";
import { madeName, templateEndings } from "./templates.ts";
import { treeOf } from "./trees.ts";

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

/** What the daemon appends to the command of `notify`: TYPE, NAME, STATE and PRIORITY (keepalived v2.4.3 vrrp_notify.c:160). */
const appended = (item: ConfigItem): readonly ScriptArgument[] => {
  if (item.keyword.value !== "notify") return [];
  const block = item.parent;
  const isGroup = block?.keyword.value === "vrrp_sync_group";
  const name = block?.args[0]?.value;
  const known = name === undefined || isUnexpanded(name) ? undefined : name;
  // An instance that a reload removes is told as FAULT, unless notify_deleted asks for its own word.
  const deleted = block?.items.some(({ keyword }) => keyword.value === "notify_deleted") === true ? ["DELETED"] : [];
  return [isGroup ? "GROUP" : "INSTANCE", known, ["MASTER", "BACKUP", "FAULT", "STOP", ...deleted], undefined];
};

/** Where scripts are looked for. */
export interface ScriptPlaces {
  /** The files of the project. */
  readonly searched: FileIndex;
  /** `[paths]` of kalint.toml. */
  readonly paths: readonly PathMap[];
  /** What `kalint collect` says of the paths on the machine. */
  readonly collected: Collected;
  /** The configuration is a template: so may its scripts be, under the name of the template. */
  readonly isTemplate: boolean;
}

/** Every command of a configuration with the file it names, in the order they are written. */
export const linkedScripts = (
  files: ProjectFiles,
  entry: Entry,
  configuration: Configuration,
  places: ScriptPlaces,
): readonly LinkedScript[] => {
  const found: LinkedScript[] = [];
  // The instances of a configuration often run one script with the same arguments.
  const known = new Map<string, ScriptResolution>();
  const resolved = (path: string, args: readonly ScriptArgument[]): ScriptResolution => {
    const key = JSON.stringify([path, args]);
    const resolution = known.get(key) ?? asCollected(resolveMade(files, entry, path, args, places), path, places.collected);
    known.set(key, resolution);
    return resolution;
  };
  for (const item of walkItems(configuration.tree.items)) {
    const use = item.kind === "statement" ? uses[item.keyword.value] : undefined;
    if (use === undefined) continue;
    const command = commandOf(item);
    const path = command?.program;
    if (command === undefined || path?.value === undefined || path.value.startsWith("<")) continue;
    const interpreted = interpretedScript(command);
    const target = interpreted ?? { path: path.value, args: command.arguments };
    const args = [...target.args.map(({ value }) => value), ...appended(item)];
    const resolution = resolved(target.path, args);
    const script = resolution.kind === "found" ? resolution.script : undefined;
    const inline = interpreted === undefined ? inlineScript(command) : undefined;
    found.push({
      command,
      use,
      path: { value: path.value, site: path.site },
      ...(interpreted === undefined ? {} : { interpreted: interpreted.script }),
      passed: args,
      ...(interpreted?.launchedBy === undefined ? {} : { launchedBy: interpreted.launchedBy }),
      resolution,
      ...(inline === undefined ? {} : { inline }),
      effects: script === undefined ? effectsOfCommand(command) : script.effects,
    });
  }
  return found;
};

/** `/bin/bash /etc/keepalived/check.sh ARGUMENTS`: the file that is read is the interpreter's first argument. */
const interpretedScript = (
  command: Command,
):
  | { readonly path: string; readonly script: Sited<string>; readonly args: Command["arguments"]; readonly launchedBy?: string }
  | undefined => {
  let [program, ...words]: readonly (Sited<string | undefined> | undefined)[] = [command.program, ...command.arguments];
  // `/usr/bin/env NAME=value bash FILE`, `/usr/bin/sudo FILE`.
  const viaEnv = /(?:^|\/)(?:env|sudo)$/u.test(program?.value ?? "");
  if (viaEnv) {
    const at = words.findIndex((word) => word?.value === undefined || !/^(?:-|[A-Za-z_]\w*=)/u.test(word.value));
    [program, ...words] = words.slice(at < 0 ? words.length : at);
    if (program?.value?.startsWith("/") === true && !interpreters.test(program.value) && !isSystemPath(program.value))
      return {
        path: program.value,
        script: { value: program.value, site: program.site },
        args: known(words),
        launchedBy: baseName(command.program.value ?? ""),
      };
  }
  if (!interpreters.test(program?.value ?? "")) return undefined;
  // `sh -x FILE`; behind -c stands no file.
  const from = words.findIndex((word) => word?.value === undefined || !/^-[a-bd-z]+$/u.test(word.value));
  const [first, ...args] = words.slice(Math.max(0, from));
  if (first?.value?.startsWith("/") !== true) return undefined;
  return { path: first.value, script: { value: first.value, site: first.site }, args: known(args) };
};

const interpreters = /(?:^|\/)(?:(?:ba|da|a|k|z)?sh|python[\d.]*|perl|php|ruby)$/u;

const known = (words: readonly (Sited<string | undefined> | undefined)[]): Command["arguments"] => words.flatMap((word) => word ?? []);

/** Folders that hold the distribution's programs. */
export const isSystemPath = (path: string): boolean => /^\/(?:usr\/)?(?:s?bin|lib(?:32|64|exec)?|share)\//u.test(path);

/**
 * Looked up in the machine's root, then where `[paths]` says, then by the same base name beside the configuration, then
 * anywhere in the tree. Where `[paths]` says where the folder lies, a file of this name elsewhere is another file.
 */
const resolve = (
  files: ProjectFiles,
  entry: Entry,
  path: string,
  args: readonly ScriptArgument[],
  { searched, paths }: ScriptPlaces,
): ScriptResolution => {
  if (!path.startsWith("/")) return { kind: "unknown" };
  const name = baseName(path);
  const { root } = entry;
  const context = { path, arguments: args };
  const inRoot = root === undefined ? undefined : joinPath(root, path);
  const mapped = mappedPath(paths, path);
  if (mapped !== undefined) {
    for (const file of inRoot === undefined ? [mapped] : [inRoot, mapped]) {
      const script = readScript(files, file, context, root);
      if (script !== undefined) return script;
    }
    if (isAbsent(files, mapped, "")) {
      const other = [joinPath(folderOf(entry.file), name), ...searched.named(name)].find((file) => exists(files, file));
      return {
        kind: "missing",
        looked: inRoot === undefined ? [mapped] : [inRoot, mapped],
        ...(other === undefined ? {} : { near: other }),
      };
    }
  }
  for (const file of [...(inRoot === undefined ? [] : [inRoot]), joinPath(folderOf(entry.file), name)]) {
    const script = readScript(files, file, context, root);
    if (script !== undefined) return script;
  }
  const near = searched.named(name);
  if (inRoot === undefined || root === undefined) {
    // Without a root only the name can tell; of two files with one name nobody knows which is meant.
    const [only] = near;
    const script = near.length === 1 && only !== undefined ? readScript(files, only, context, root) : undefined;
    return script ?? { kind: "unknown" };
  }
  // A copy of a host in a tree never holds the distribution's programs.
  if (root !== "/" && isSystemPath(path)) return { kind: "unknown" };
  if (!isAbsent(files, inRoot, root)) return { kind: "unknown" };
  const nearest = near.find((file) => isBelow(file, root)) ?? near[0];
  return { kind: "missing", looked: [inRoot], ...(nearest === undefined ? {} : { near: nearest }) };
};

/** The same for a template's scripts, which may be templates as well: `check.sh` is made of `check.sh.j2`, beside it or alone of its name. */
const resolveMade = (
  files: ProjectFiles,
  entry: Entry,
  path: string,
  args: readonly ScriptArgument[],
  places: ScriptPlaces,
): ScriptResolution => {
  const found = resolve(files, entry, path, args, places);
  if (!places.isTemplate || found.kind === "found") return found;
  const named = templateEndings.flatMap((ending) => places.searched.named(baseName(path) + ending));
  const beside = named.find((file) => folderOf(file) === folderOf(entry.file));
  const only = beside ?? (named.length === 1 ? named[0] : undefined);
  const script = only === undefined ? undefined : readScript(files, only, { path, arguments: args }, entry.root);
  // The template has the modes of a template, and who makes the script gives it its own.
  if (script?.kind !== "found") return { kind: "unknown" };
  return {
    kind: "found",
    file: script.file,
    ...(script.script === undefined ? {} : { script: script.script }),
    ...(script.text === undefined ? {} : { text: script.text }),
  };
};

/** The machine itself knows better what is there and with which mode: a copy of a tree loses bits, and holds no programs. */
const asCollected = (found: ScriptResolution, path: string, { paths }: Collected): ScriptResolution => {
  const told = paths.get(path);
  if (told === undefined) return found;
  if (told.kind === "missing") return found.kind === "missing" ? found : { kind: "missing", looked: [path] };
  return found.kind === "found" ? { ...found, ...(told.mode === undefined ? {} : { mode: told.mode }) } : { kind: "unknown" };
};

const readScript = (
  files: ProjectFiles,
  file: string,
  context: Omit<ScriptContext, "file">,
  root: string | undefined,
): ScriptResolution | undefined => {
  const got = files.read(file);
  if (got.kind !== "text") return exists(files, file) ? { kind: "found", file, ...modeOf(files, file) } : undefined;
  const script = isShell(file, got.text)
    ? scriptFile(file, got.text, treeOf(got), { ...context, sourced: sourcedFrom(files, file, root) })
    : undefined;
  return { kind: "found", file, text: got.text, ...(script === undefined ? {} : { script }), ...modeOf(files, file) };
};

const modeOf = (files: ProjectFiles, file: string): { readonly mode?: number } => {
  const mode = files.mode(file);
  return mode === undefined ? {} : { mode };
};

/** A program or another file that cannot be read as text is there all the same. */
const exists = (files: ProjectFiles, file: string): boolean =>
  files.list(folderOf(file)).some(({ name, kind }) => kind === "file" && name === baseName(file)) || files.mode(file) !== undefined;

/**
 * Whether a file is certainly not there: the nearest folder above it that is there can be listed, and its list goes on
 * to nothing on the way to the file. A folder that may not be read says nothing.
 */
const isAbsent = (files: ProjectFiles, file: string, root: string): boolean => {
  for (let missing = file, folder = folderOf(file); ; missing = folder, folder = folderOf(folder)) {
    const listed = files.list(folder);
    if (listed.length > 0) return !listed.some(({ name }) => name === baseName(missing)) && files.mode(missing) === undefined;
    if (folder === root || folder === "/" || folder === "") return false;
  }
};

const shellShebang = /^#![ \t]*\/(?:[^\s/]+\/)*(?:env[ \t]+(?:-\S+[ \t]+)*)?(?:ba|da|a|k|z)?sh\b/u;

/** Whether a text is a shell script: by its shebang, else by its name. */
export const isShell = (file: string, text: string): boolean =>
  text.startsWith("#!")
    ? shellShebang.test(text)
    : /\.(?:sh|bash)$/u.test(madeName(file) ?? file) || /(?:^|\/)(?:rc\.local|init\.d\/[^/]+)$/u.test(file);

/** Interprets a script; without arguments nothing is known of `$1`. */
export const scriptFile = (file: string, text: string, script: ShellScript, context: Omit<ScriptContext, "file"> = {}): ScriptFile => ({
  file,
  text,
  script,
  effects: effectsOf(script, { file, ...context }),
});
