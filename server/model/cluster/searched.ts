/**
 * What is read to judge the paths that were given: everything below a folder; for a single file what stands beside it
 * and may be its peer, but never hundreds of strangers.
 */
import { rootOf } from "./discover.ts";
import { baseName, folderOf, joinPath, type ProjectFiles, walkFiles } from "./files.ts";

/** More siblings than this are unrelated files of one folder, not the other half of a cluster. */
const maxSiblings = 24;

/** Files of the given folders, and those beside given files, sorted. */
export const searchedFiles = (files: ProjectFiles, paths: readonly string[], given: ReadonlySet<string>): readonly string[] => {
  const found = new Set<string>();
  for (const path of paths) {
    for (const file of given.has(path) ? [path, ...beside(files, path)] : walkFiles(files, path)) found.add(file);
  }
  return [...found].toSorted();
};

const beside = (files: ProjectFiles, file: string): readonly string[] => {
  const root = rootOf(file);
  // A live host has no neighbours on its own disk.
  if (root === "/") return [];
  // Roots of machines stand beside each other; so do folders that each hold a file of this name.
  if (root !== undefined && root !== "") return few(foldersIn(files, folderOf(root))).flatMap((folder) => walkFiles(files, folder));
  const folder = folderOf(file);
  const inFolder = few(filesIn(files, folder));
  if (folder === "" || folder === "/") return inFolder;
  const namesakes = few(foldersIn(files, folderOf(folder)))
    .map((other) => joinPath(other, baseName(file)))
    .filter((other) => files.read(other).kind === "text");
  return [...inFolder, ...namesakes];
};

const few = (paths: readonly string[]): readonly string[] => (paths.length <= maxSiblings ? paths : []);

const filesIn = (files: ProjectFiles, folder: string): readonly string[] =>
  files.list(folder).flatMap(({ name, kind }) => (kind === "file" ? [joinPath(folder, name)] : []));

const foldersIn = (files: ProjectFiles, folder: string): readonly string[] =>
  files.list(folder).flatMap(({ name, kind }) => (kind === "folder" ? [joinPath(folder, name)] : []));
