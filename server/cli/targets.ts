/** The paths of the command line: what is read because of them, and whose findings are reported. */
import path from "node:path";
import { openDisk, type Disk, maxFileSize } from "../host/disk.ts";
import { memoryFiles, overlay } from "../host/memory.ts";
import { decode, looksBinary } from "../host/text.ts";
import { rootOf } from "../model/cluster/discover.ts";
import { folderOf, isBelow, type ProjectFiles } from "../model/cluster/files.ts";
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import { commandNames } from "./plain.ts";
import { readInput } from "./terminal.ts";

/** Where kalint stands: names are relative to `base`, the folder of kalint.toml or the working directory. Both are absolute. */
export interface Standpoint {
  readonly cwd: string;
  readonly base: string;
  readonly hasSettings: boolean;
}

export interface Targets {
  readonly kind: "targets";
  readonly files: ProjectFiles;
  /** Absent when nothing of the disk is read. */
  readonly disk?: Disk;
  /** Given folders, by name. */
  readonly folders: readonly string[];
  /** Given files, by name and as the user wrote them. */
  readonly single: readonly { readonly name: string; readonly word: string }[];
  /** Whether findings of a file are reported. */
  readonly reports: (file: string) => boolean;
}

/** One line for each thing that cannot be used. */
export interface Refused {
  readonly kind: "refused";
  readonly lines: readonly string[];
}

export const standardInput = "-";

/** Looks the paths up. Without any, the working directory is meant. */
export const targetsOf = async (paths: readonly string[], from: Standpoint, stdinName?: string): Promise<Targets | Refused> => {
  if (paths.includes(standardInput)) return inputTarget(paths, from, stdinName);
  if (stdinName !== undefined) return { kind: "refused", lines: ["--stdin-filename goes with - (standard input)"] };
  const asked = paths.length === 0 ? ["."] : paths;
  const disk = openDisk({ cwd: from.base, allow: [] });
  const nameOf = naming(disk, asked, from);
  const named = asked.map((word) => ({ name: nameOf(word), word }));
  disk.allow(named.flatMap(({ name }) => (disk.kind(name) === "folder" ? [...(isLive(name) ? ["/"] : []), name] : allowedFor(name))));
  const lines = named.flatMap(({ name, word }) => problemOf(disk, word, name));
  if (lines.length > 0) return { kind: "refused", lines: [...new Set(lines)] };
  return targets(
    disk,
    disk,
    named.filter(({ name }) => disk.kind(name) === "folder").map(({ name }) => name),
    named.filter(({ name }) => disk.kind(name) !== "folder"),
  );
};

const inputTarget = async (paths: readonly string[], from: Standpoint, stdinName: string | undefined): Promise<Targets | Refused> => {
  if (paths.length > 1) return { kind: "refused", lines: ["- (standard input) stands alone"] };
  const bytes = await readInput(maxFileSize);
  if (bytes === undefined) return { kind: "refused", lines: [`standard input: it is larger than ${maxFileSize / 1024 / 1024} MB`] };
  if (looksBinary(bytes)) return { kind: "refused", lines: ["standard input: it is binary data"] };
  const text = decode(bytes);
  // Without a name nothing on the disk is its neighbour.
  if (stdinName === undefined)
    return targets(memoryFiles({ "<stdin>": text }), undefined, [], [{ name: "<stdin>", word: "standard input" }]);
  const disk = openDisk({ cwd: from.base, allow: [] });
  const name = naming(disk, [stdinName], from)(stdinName);
  disk.allow(allowedFor(name));
  return targets(overlay(disk, new Map([[name, text]])), disk, [], [{ name, word: stdinName }]);
};

const targets = (files: ProjectFiles, disk: Disk | undefined, folders: readonly string[], single: Targets["single"]): Targets => {
  const names = new Set(single.map(({ name }) => name));
  return {
    kind: "targets",
    files,
    ...(disk === undefined ? {} : { disk }),
    folders,
    single,
    reports: (file) => names.has(file) || folders.some((folder) => isBelow(file, folder)),
  };
};

/** A path of the command line as the disk takes it, which counts from `base`. */
const placed = (word: string, { cwd, base }: Standpoint): string => (cwd === base ? word : path.resolve(cwd, word));

/**
 * What the paths of the command line are called. On the machine itself, from whatever folder it is asked about, every file
 * has its absolute name: nothing less tells that the machine's `/` is the disk's own. Beside a kalint.toml, which says where roots lie, names count from it.
 */
const naming = (disk: Disk, words: readonly string[], from: Standpoint): ((word: string) => string) => {
  const whole = (word: string): string => path.resolve(from.cwd, word);
  if (!from.hasSettings && words.some((word) => isLive(whole(word)))) return whole;
  return (word) => disk.nameOf(placed(word, from));
};

const liveFolders: readonly string[] = ["/etc/keepalived", "/usr/local/etc/keepalived"];

/** Whether a path lies in the folder that the daemon reads on this machine, or holds it. */
const isLive = (name: string): boolean => liveFolders.some((folder) => name === folder || isBelow(name, folder) || isBelow(folder, name));

/** What may be read because of a given file: its folder, or the machine's root with what stands beside it: the peers. */
const allowedFor = (name: string): string[] => {
  if (isLive(name)) return ["/"];
  const root = rootOf(name);
  if (root === undefined) return [folderOf(name) === "" ? "." : folderOf(name)];
  return [root === "" ? "." : `${root}/..`];
};

const problemOf = (disk: Disk, word: string, name: string): string[] => {
  if (word === "") return ["a path is empty"];
  const kind = disk.kind(name);
  if (kind === "folder") return [];
  if (kind === "missing") {
    const command = nearestWord(word, commandNames);
    return [`${word}: there is no such file or folder${command === undefined ? "" : `, did you mean kalint ${command}?`}`];
  }
  if (kind === "other") return [`${word}: it is neither a file nor a folder`];
  const got = disk.read(name);
  return got.kind === "text" ? [] : [`${word}: ${got.reason}`];
};
