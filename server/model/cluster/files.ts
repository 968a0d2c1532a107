/**
 * How the model reaches files, and the arithmetic of their names. Names are relative to the working directory with
 * `/`, or absolute; nothing here touches a disk.
 */
import type { FileText } from "../../../grammar/keepalived/expand.ts";
import type { InterfaceConfig } from "../effects/ifcfg.ts";

export interface ProjectFiles {
  /** Text of a file, or one clause why there is none. */
  readonly read: (file: string) => FileText;
  /** What a folder holds, sorted by name; empty when it cannot be read. */
  readonly list: (folder: string) => readonly FolderEntry[];
  /** Permission bits, when the file system tells them. */
  readonly mode: (file: string) => number | undefined;
  /** Readers of formats whose parser is loaded only where such files are; without one its files say nothing. */
  readonly formats?: FileFormats;
}

export interface FileFormats {
  readonly netplan?: (text: string, file: string) => readonly InterfaceConfig[];
}

export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "folder";
}

/** The folder of a file; "" for a file at the top of the working directory, "/" for one at the root. */
export const folderOf = (file: string): string => {
  const slash = file.lastIndexOf("/");
  return slash < 0 ? "" : slash === 0 ? "/" : file.slice(0, slash);
};

export const baseName = (file: string): string => file.slice(file.lastIndexOf("/") + 1);

/** Joins and normalises: "." disappears, ".." goes up. A `path` that begins with `/` is joined below `folder` all the same. */
export const joinPath = (folder: string, path: string): string => {
  const absolute = folder.startsWith("/");
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !absolute) parts.push(part);
  }
  return (absolute ? "/" : "") + parts.join("/");
};

/** Whether a file lies in a folder or below it. "" is the working directory. */
export const isBelow = (file: string, folder: string): boolean => {
  if (folder === "") return !file.startsWith("/") && !file.startsWith("../");
  return folder === "/" ? file.startsWith("/") : file.startsWith(`${folder}/`);
};

const partsOf = (path: string): readonly string[] => path.split("/").filter((part) => part !== "");

/** The deepest folder above all of them. */
export const commonFolder = (folders: readonly string[]): string => {
  const [first, ...rest] = folders;
  if (first === undefined) return "";
  const parts = partsOf(first);
  let length = parts.length;
  for (const folder of rest) {
    const other = partsOf(folder);
    let same = 0;
    while (same < length && same < other.length && other[same] === parts[same]) same++;
    length = same;
  }
  return (first.startsWith("/") ? "/" : "") + parts.slice(0, length).join("/");
};

/** Steps up and down between two folders. */
export const treeDistance = (a: string, b: string): number => {
  const left = partsOf(a);
  const right = partsOf(b);
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same++;
  return left.length + right.length - 2 * same;
};

const walkLimits = { depth: 24, entries: 200_000 };
const skippedFolders = new Set([".git", ".hg", ".svn", "node_modules"]);

/** Every file below a folder, sorted, without version control and node_modules. Bounded. */
export const walkFiles = (files: ProjectFiles, folder: string): readonly string[] => {
  const found: string[] = [];
  const visit = (at: string, depth: number): void => {
    for (const { name, kind } of files.list(at)) {
      if (found.length >= walkLimits.entries) return;
      const path = at === "" ? name : at === "/" ? `/${name}` : `${at}/${name}`;
      if (kind === "file") found.push(path);
      else if (depth < walkLimits.depth && !skippedFolders.has(name)) visit(path, depth + 1);
    }
  };
  visit(folder, 0);
  return found;
};
