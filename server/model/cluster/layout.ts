/** Where things lie in a tree, asked by folder or by name and answered without looking at everything. */
import type { Entry } from "./discover.ts";
import { baseName, folderOf } from "./files.ts";

/** The entries of a project by place. */
export interface Layout {
  readonly count: number;
  readonly isEntry: (file: string) => boolean;
  /** Entries in a folder and below it. "" is the working directory. */
  readonly below: (folder: string) => readonly Entry[];
  /** Entries to which kalint.toml gives files. */
  readonly claiming: readonly Entry[];
}

/** The files of a project by place and by name. */
export interface FileIndex {
  /** Files of a base name, in order. */
  readonly named: (name: string) => readonly string[];
  /** Whether some file lies in a folder or below it. */
  readonly holds: (folder: string) => boolean;
}

export const layoutOf = (entries: readonly Entry[]): Layout => {
  const files = new Set<string>();
  const byFolder = new Map<string, Entry[]>();
  for (const entry of entries) {
    files.add(entry.file);
    for (const folder of foldersAbove(entry.file)) push(byFolder, folder, entry);
  }
  return {
    count: entries.length,
    isEntry: (file) => files.has(file),
    below: (folder) => byFolder.get(folder) ?? [],
    claiming: entries.filter(({ stated }) => stated !== undefined && stated.files.length > 0),
  };
};

export const indexFiles = (files: readonly string[]): FileIndex => {
  const byName = new Map<string, string[]>();
  const folders = new Set<string>();
  for (const file of files) {
    push(byName, baseName(file), file);
    for (const folder of foldersAbove(file)) {
      // Whoever was here before has entered the folders above as well.
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { named: (name) => byName.get(name) ?? [], holds: (folder) => folders.has(folder) };
};

/** Nearest first, up to "/" or to the working directory. What lies beside that directory (`../x`) is not below it. */
const foldersAbove = (file: string): readonly string[] => {
  const found: string[] = [];
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (folder !== "" || !file.startsWith("../")) found.push(folder);
    if (folder === "" || folder === "/") return found;
  }
};

const push = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};
