/**
 * Where the files of a project lie, and what they are called: the workspace folders together, the folder of files that
 * were opened by themselves, or one text that is in no file yet. Nothing outside of a place is read.
 */
import path from "node:path";
import { openDisk } from "../host/disk.ts";
import { memoryFiles } from "../host/memory.ts";
import type { ProjectFiles } from "../model/cluster/files.ts";
import { pathOfUri, uriOfPath } from "./convert.ts";

export interface Place {
  readonly key: string;
  /** What is there without open editors. */
  readonly files: ProjectFiles;
  /** Folders that are searched, by name. Without any, only open files are judged and reported. */
  readonly folders: readonly string[];
  /** The name of a file; undefined when it lies elsewhere. */
  readonly nameOf: (uri: string) => string | undefined;
  readonly uriOf: (name: string) => string;
  /** Lets more folders be read: those that a kalint.toml states. Absent where none is looked for. */
  readonly allow?: (folders: readonly string[]) => void;
  /** The file or folder is different now, so it must be read again. "" is everything. */
  readonly forget: (name: string) => void;
}

/** All workspace folders as one project: the nodes of a cluster may be folders of their own. */
export const foldersPlace = (folders: readonly string[]): Place => {
  const root = folders.length === 1 ? folders[0]! : commonParent(folders);
  const disk = openDisk({ cwd: root, allow: folders, allowCwd: false });
  return {
    ...diskPlace(root, (file) => folders.some((folder) => isWithin(file, folder))),
    key: "folders",
    files: disk,
    folders: folders.map((folder) => nameIn(root, folder)),
    allow: disk.allow,
    forget: disk.forget,
  };
};

/** A file outside of the workspace, with what lies beside it. */
export const loosePlace = (folder: string): Place => {
  const disk = openDisk({ cwd: folder, allow: [] });
  return { ...diskPlace(folder, (file) => isWithin(file, folder)), key: folder, files: disk, folders: [], forget: disk.forget };
};

/** A text that has not been saved yet: it is judged by itself. */
export const unsavedPlace = (uri: string): Place => ({
  key: uri,
  files: memoryFiles({}),
  folders: [],
  nameOf: (other) => (other === uri ? unsavedName : undefined),
  uriOf: () => uri,
  forget: () => undefined,
});

const unsavedName = "keepalived.conf";

const diskPlace = (root: string, holds: (file: string) => boolean): Pick<Place, "nameOf" | "uriOf"> => ({
  nameOf: (uri) => {
    const file = pathOfUri(uri);
    return file !== undefined && holds(file) ? nameIn(root, file) : undefined;
  },
  uriOf: (name) => uriOfPath(path.resolve(root, name)),
});

const nameIn = (root: string, file: string): string => path.relative(root, file).split(path.sep).join("/");

const isWithin = (file: string, folder: string): boolean => {
  const way = path.relative(folder, file);
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
};

const commonParent = (folders: readonly string[]): string => {
  let parent = path.dirname(folders[0] ?? path.sep);
  while (parent !== path.dirname(parent) && !folders.every((folder) => isWithin(folder, parent))) parent = path.dirname(parent);
  return parent;
};
