/**
 * Writing to the disk: a file through a temporary one and a rename, so that nobody ever sees half of it; a device or a
 * pipe (`/dev/stdout`, `>(program)`) as what it is, since a rename would put a file in its place.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, openSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

export interface Sink {
  /** Writes a whole file, keeping the mode of one that is there; one line why not when it cannot be written. */
  readonly write: (file: string, bytes: Uint8Array) => string | undefined;
}

/** `judged`: files that nothing may take the place of, since a report is about them. */
export const openSink = (cwd: string, judged: readonly string[] = []): Sink => ({
  write: (file, bytes) => {
    const path = resolve(cwd, file);
    try {
      const there = statSync(path, { throwIfNoEntry: false });
      if (there?.isDirectory() === true) return `${file}: it is a folder`;
      if (there?.isFile() === true && judged.some((each) => isSame(there, resolve(cwd, each))))
        return `${file}: it is one of the files that are judged; nothing is written over it`;
      if (there === undefined || there.isFile()) replace(there === undefined ? path : realpathSync(path), bytes, there?.mode);
      else writeInto(path, "w", bytes);
      return undefined;
    } catch (error) {
      return `${file}: it cannot be written (${whyNotWritten(error)})`;
    }
  },
});

/** Whether a path leads to this very file, by whatever name. */
const isSame = ({ dev, ino }: { readonly dev: number; readonly ino: number }, path: string): boolean => {
  const other = statSync(path, { throwIfNoEntry: false });
  return other !== undefined && other.dev === dev && other.ino === ino;
};

/** `target` is no link: what a link leads to is replaced, not the link. */
const replace = (target: string, bytes: Uint8Array, mode: number | undefined): void => {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}`);
  try {
    writeInto(temporary, "wx", bytes);
    if (mode !== undefined) chmodSync(temporary, mode & 0o7777);
    renameSync(temporary, target);
  } catch (error) {
    remove(temporary);
    throw error;
  }
};

const writeInto = (path: string, flags: "w" | "wx", bytes: Uint8Array): void => {
  const descriptor = openSync(path, flags);
  try {
    writeFileSync(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
};

/** Why writing failed, as a clause. */
export const whyNotWritten = (error: unknown): string => {
  const { code } = error as { readonly code?: string };
  if (code === "ENOENT") return "there is no such folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EROFS") return "the file system is read-only";
  return code === "ENOSPC" ? "no space is left" : (code ?? "unknown reason");
};

const remove = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
};
