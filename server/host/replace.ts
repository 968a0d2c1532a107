/**
 * Replacing files that were read, judged and changed. All new texts are written beside their files first; only when every
 * one of them is on the disk are they put into place, each by a rename. So a full disk or a missing permission changes
 * nothing, and no file is ever half of one and half of the other.
 */
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { whyNotWritten } from "./sink.ts";

export interface Replacement {
  /** Relative to the working directory, or absolute. */
  readonly file: string;
  /** What was read: a file that says something else by now is left alone. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Replaces all of the files or none; one line for each that cannot be. */
export const replaceFiles = (cwd: string, replacements: readonly Replacement[]): readonly string[] => {
  const prepared: Prepared[] = [];
  const problems: string[] = [];
  for (const replacement of replacements) {
    const made = prepare(cwd, replacement);
    if (typeof made === "string") problems.push(made);
    else prepared.push(made);
  }
  if (problems.length === 0) {
    for (const { temporary, target, file } of prepared) {
      try {
        renameSync(temporary, target);
        syncFolder(dirname(target));
      } catch (error) {
        problems.push(`${file}: it cannot be written (${whyNotWritten(error)})`);
      }
    }
  }
  for (const { temporary } of prepared) remove(temporary);
  return problems;
};

interface Prepared {
  readonly file: string;
  /** No link: what a link leads to is replaced, not the link. */
  readonly target: string;
  /** In the same folder, whole, with the mode and owner of the target. */
  readonly temporary: string;
}

const prepare = (cwd: string, { file, before, after }: Replacement): Prepared | string => {
  let temporary: string | undefined;
  let descriptor: number | undefined;
  try {
    const target = realpathSync(resolve(cwd, file));
    // A rename needs no permission on the file itself; whoever took it away meant something by it.
    accessSync(target, constants.W_OK);
    const source = openSync(target, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(source);
      if (!stat.isFile()) return `${file}: it is no regular file any more; nothing is written`;
      if (!readFileSync(source).equals(before)) return `${file}: it was changed while kalint read it; nothing is written`;
      const beside = join(dirname(target), `.${basename(target).slice(0, 200)}.${randomBytes(6).toString("hex")}`);
      descriptor = openSync(beside, "wx", 0o600);
      temporary = beside;
      writeFileSync(descriptor, after);
      const own = fstatSync(descriptor);
      if (own.uid !== stat.uid || own.gid !== stat.gid) chownSync(beside, stat.uid, stat.gid);
      fchmodSync(descriptor, stat.mode & 0o7777);
      fsyncSync(descriptor);
      return { file, target, temporary };
    } finally {
      closeSync(source);
    }
  } catch (error) {
    if (temporary !== undefined) remove(temporary);
    const { code } = error as { readonly code?: string };
    return code === "ENOENT"
      ? `${file}: it has gone while kalint read it; nothing is written`
      : `${file}: it cannot be written (${whyNotWritten(error)}); nothing is written`;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

/** So that the new name is on the disk too. Some file systems cannot; then the kernel does it when it likes. */
const syncFolder = (folder: string): void => {
  try {
    const descriptor = openSync(folder, constants.O_RDONLY);
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The file is whole in any case.
  }
};

const remove = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It has been renamed, or was never made.
  }
};
