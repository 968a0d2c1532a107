/**
 * Standard output without Node's streams: loading them takes longer than judging a small cluster. Node itself writes to
 * files, pipes and terminals in the same way, and waits until all is written.
 */
import { fstatSync, statSync, writeSync } from "node:fs";

const output = 1;

/** What was not written, and why: `EAGAIN` when it can be written later. */
export interface Unwritten {
  readonly rest: Uint8Array;
  readonly code: string;
}

/** Writes to standard output. Undefined when all is written. */
export const writeOut = (bytes: Uint8Array): Unwritten | undefined => {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(output, rest));
    return undefined;
  } catch (error) {
    return { rest, code: (error as NodeJS.ErrnoException).code ?? "unknown reason" };
  }
};

/** False where standard output is surely no terminal: a file, a pipe, /dev/null. */
export const mayBeTerminal = (): boolean => {
  try {
    const there = fstatSync(output);
    return there.isCharacterDevice() && there.rdev !== statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
  } catch {
    // A closed one, or a system that does not tell: the stream knows.
    return true;
  }
};
