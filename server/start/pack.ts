/**
 * Many texts in one compressed file: alike as they are, they take a third less room together than each by itself. The first
 * line names them and their lengths; all of it is ASCII where a chunk of code is concerned, else UTF-8.
 */
import { brotliDecompressSync } from "node:zlib";

/** The texts of a pack by name. Throws when it is none. */
export const unpack = (bytes: Uint8Array, encoding: "latin1" | "utf8"): ReadonlyMap<string, string> => {
  const whole = brotliDecompressSync(bytes);
  const end = whole.indexOf(0x0a);
  const entries = JSON.parse(whole.toString("utf8", 0, end)) as readonly (readonly [name: string, length: number])[];
  const texts = new Map<string, string>();
  let at = end + 1;
  for (const [name, length] of entries) texts.set(name, whole.toString(encoding, at, (at += length)));
  return texts;
};
