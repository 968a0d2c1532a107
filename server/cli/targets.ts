/** The paths of the command line: what is read because of them, and whose findings are reported. */
import { openDisk, type Disk, maxFileSize } from "../host/disk.ts";
import { memoryFiles, overlay } from "../host/memory.ts";
import { decode, looksBinary } from "../host/text.ts";
import { rootOf } from "../model/cluster/discover.ts";
import { folderOf, isBelow, type ProjectFiles } from "../model/cluster/files.ts";
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import { pathsToRead } from "./context.ts";
import { commandNames } from "./plain.ts";
import { readInput } from "./terminal.ts";

export interface Targets {
  readonly kind: "targets";
  readonly files: ProjectFiles;
  /** What is read: folders and configurations, named as findings name them, sorted, each once. */
  readonly paths: readonly string[];
  /** Whether findings of a file are reported. */
  readonly reports: (file: string) => boolean;
}

/** One line for each path that cannot be used. */
export interface Refused {
  readonly kind: "refused";
  readonly lines: readonly string[];
}

export const standardInput = "-";

/** Looks the paths up. `cwd` is absolute; without paths it is read itself. */
export const targetsOf = async (paths: readonly string[], cwd: string, stdinName?: string): Promise<Targets | Refused> => {
  if (paths.includes(standardInput)) return inputTarget(paths, cwd, stdinName);
  if (stdinName !== undefined) return { kind: "refused", lines: ["--stdin-filename goes with - (standard input)"] };
  const asked = paths.length === 0 ? ["."] : paths;
  const disk = openDisk({ cwd, allow: asked.flatMap((path) => allowedFor(path)) });
  const lines = asked.flatMap((path) => problemOf(disk, path));
  if (lines.length > 0) return { kind: "refused", lines: [...new Set(lines)] };
  return targets(
    disk,
    asked.map((path) => disk.nameOf(path)),
    asked,
    (name) => disk.kind(name) === "folder",
  );
};

const inputTarget = async (paths: readonly string[], cwd: string, stdinName: string | undefined): Promise<Targets | Refused> => {
  if (paths.length > 1) return { kind: "refused", lines: ["- (standard input) stands alone"] };
  const bytes = await readInput(maxFileSize);
  if (bytes === undefined) return { kind: "refused", lines: [`standard input: it is larger than ${maxFileSize / 1024 / 1024} MB`] };
  if (looksBinary(bytes)) return { kind: "refused", lines: ["standard input: it is binary data"] };
  const text = decode(bytes);
  // Without a name nothing on the disk is its neighbour.
  if (stdinName === undefined) return targets(memoryFiles({ "<stdin>": text }), ["<stdin>"], ["standard input"], () => false);
  const disk = openDisk({ cwd, allow: allowedFor(stdinName) });
  const name = disk.nameOf(stdinName);
  return targets(overlay(disk, new Map([[name, text]])), [name], [stdinName], () => false);
};

/** `names` and `words`: the paths as findings name them and as the user wrote them. */
const targets = (
  files: ProjectFiles,
  names: readonly string[],
  words: readonly string[],
  isFolder: (name: string) => boolean,
): Targets | Refused => {
  const read: string[] = [];
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    // An empty folder has nothing to read.
    const paths = isFolder(name) ? (files.list(name).length === 0 ? [] : [name]) : pathsToRead(files, name);
    if (paths === undefined) lines.push(`${words[index]}: it is no keepalived configuration, and none near it uses it`);
    else read.push(...paths);
  }
  if (lines.length > 0) return { kind: "refused", lines };
  const folders = names.filter(isFolder);
  const single = new Set(names.filter((name) => !folders.includes(name)));
  return {
    kind: "targets",
    files,
    paths: [...new Set(read)].toSorted(),
    reports: (file) => single.has(file) || folders.some((folder) => isBelow(file, folder)),
  };
};

/** The folder of a given file, and the machine's root with what stands beside it: the peers. */
const allowedFor = (path: string): string[] => {
  const root = rootOf(path);
  if (root === undefined) return [path, folderOf(path) === "" ? "." : folderOf(path)];
  return root === "/" ? ["/"] : [path, root === "" ? "." : `${root}/..`];
};

const problemOf = (disk: Disk, path: string): string[] => {
  const kind = disk.kind(path);
  if (kind === "folder") return [];
  if (kind === "missing") {
    const command = nearestWord(path, commandNames);
    return [`${path}: there is no such file or folder${command === undefined ? "" : `, did you mean kalint ${command}?`}`];
  }
  if (kind === "other") return [`${path}: it is neither a file nor a folder`];
  const got = disk.read(disk.nameOf(path));
  return got.kind === "text" ? [] : [`${path}: ${got.reason}`];
};
