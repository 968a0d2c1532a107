/** Folders that tests make and remove again. */
import { rmSync } from "node:fs";

const asleep = new Int32Array(new SharedArrayBuffer(4));

/**
 * Removes a folder and all in it, also while a process that a test has ended is still writing there: an editor does not wait for
 * its language server, which keeps its compiled code in the user's cache when it ends. (`maxRetries` of rmSync repeats only the
 * last step, and what came into the folder meanwhile stays.)
 */
export const removeFolder = (folder: string): void => {
  for (let left = 100; ; left -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
      Atomics.wait(asleep, 0, 0, 100);
    }
  }
};
