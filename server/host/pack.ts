/**
 * Many texts in one compressed file, as scripts/build.mjs --packed writes them: alike as they are, they take a third less room
 * together than each by itself. The first line names them and their lengths.
 */
import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";

/** The texts of a pack by name; latin1 is quicker, and enough for ASCII. Throws when the file is none. */
export const unpack = (file: string, encoding: "latin1" | "utf8"): ReadonlyMap<string, string> => {
  const whole = brotliDecompressSync(readFileSync(file));
  const end = whole.indexOf(0x0a);
  const entries = JSON.parse(whole.toString("utf8", 0, end)) as readonly (readonly [name: string, length: number])[];
  const texts = new Map<string, string>();
  let at = end + 1;
  for (const [name, length] of entries) texts.set(name, whole.toString(encoding, at, (at += length)));
  return texts;
};

/** The texts of a pack by name; none when it is not there. */
export const readPack = (file: string): ReadonlyMap<string, string> => {
  try {
    return unpack(file, "utf8");
  } catch {
    return new Map();
  }
};
