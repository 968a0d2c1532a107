/** Writing to the disk: through a temporary file and a rename, so that nobody ever sees half a file. */
import { chmodSync, closeSync, openSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, basename, join, resolve } from "node:path";

export interface Sink {
  /** Writes a whole file, keeping the mode of one that is there; one line why not when it cannot be written. */
  readonly write: (file: string, bytes: Uint8Array) => string | undefined;
}

export const openSink = (cwd: string): Sink => ({
  write: (file, bytes) => {
    const target = resolve(cwd, file);
    const temporary = join(dirname(target), `.${basename(target)}.${Date.now().toString(36)}`);
    try {
      const mode = modeOf(target);
      const descriptor = openSync(temporary, "wx");
      try {
        writeFileSync(descriptor, bytes);
      } finally {
        closeSync(descriptor);
      }
      if (mode !== undefined) chmodSync(temporary, mode);
      renameSync(temporary, target);
      return undefined;
    } catch (error) {
      remove(temporary);
      const { code } = error as { readonly code?: string };
      return `${file}: it cannot be written (${code === "ENOENT" ? "there is no such folder" : (code ?? "unknown reason")})`;
    }
  },
});

const modeOf = (path: string): number | undefined => {
  try {
    return statSync(path).mode & 0o7777;
  } catch {
    return undefined;
  }
};

const remove = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
};
