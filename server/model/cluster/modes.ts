/** What the permission bits of a machine's files say, where the tree holds them at their real paths. */
import { folderOf, isBelow, type ProjectFiles } from "./files.ts";

/**
 * Files that every account of the machine may read: the bit is set, and every known folder between the root and the file
 * may be entered. A file that may be executed is left out: the daemon refuses it as configuration, and a link whose
 * target is not in the tree shows all bits.
 */
export const readableByAll = (files: ProjectFiles, root: string, candidates: readonly string[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const file of candidates) {
    const mode = files.mode(file);
    if (mode === undefined || (mode & 0o004) === 0 || (mode & 0o111) !== 0) continue;
    if (isBelow(file, root) && mayBeEntered(files, root, folderOf(file))) found.set(file, mode);
  }
  return found;
};

const mayBeEntered = (files: ProjectFiles, root: string, folder: string): boolean => {
  for (let at = folder; at !== root && at !== "" && at !== "/"; at = folderOf(at)) {
    const mode = files.mode(at);
    if (mode !== undefined && (mode & 0o001) === 0) return false;
  }
  return true;
};
