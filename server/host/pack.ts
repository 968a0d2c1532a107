/**
 * Many texts in one compressed file, as scripts/build.mjs --packed writes them: alike as they are, they take a third less room
 * together than each by itself. They come in sections, those that are needed most often first, and a section can be read
 * without those behind it. Its first line names its texts and their lengths.
 */
import { readFileSync } from "node:fs";
import type * as Zlib from "node:zlib";

/**
 * The texts of a pack by name: all of them, or those in the first so many bytes of the file, which must be whole sections.
 * latin1 is quicker, and enough for ASCII. Throws when the file is none. zlib is brought by whoever asks: most starts unpack
 * nothing, and it brings the streams along.
 */
export const unpack = (
  zlib: Pick<typeof Zlib, "brotliDecompressSync" | "constants">,
  file: string,
  encoding: "latin1" | "utf8",
  bytes?: number,
): ReadonlyMap<string, string> => {
  const { brotliDecompressSync, constants } = zlib;
  const whole = brotliDecompressSync(readFileSync(file).subarray(0, bytes), { finishFlush: constants.BROTLI_OPERATION_FLUSH });
  const texts = new Map<string, string>();
  for (let at = 0; at < whole.length;) {
    const end = whole.indexOf(0x0a, at);
    const entries = JSON.parse(whole.toString("utf8", at, end)) as readonly (readonly [name: string, length: number])[];
    at = end + 1;
    for (const [name, length] of entries) texts.set(name, whole.toString(encoding, at, (at += length)));
  }
  return texts;
};
