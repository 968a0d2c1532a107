/** The pages that the npm package has in compressed form. */
import { brotliDecompressSync, constants } from "node:zlib";
import { unpack } from "./pack.ts";

/** The texts of a pack by name; none when it is not there. */
export const readPack = (file: string): ReadonlyMap<string, string> => {
  try {
    return unpack({ brotliDecompressSync, constants }, file, "utf8");
  } catch {
    return new Map();
  }
};
