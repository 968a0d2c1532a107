/** Packs of texts, as scripts/build.mjs --packed writes them. */
import { readFileSync } from "node:fs";
import { unpack } from "../start/pack.ts";

/** The texts of a pack by name; none when it is not there. */
export const readPack = (file: string): ReadonlyMap<string, string> => {
  try {
    return unpack(readFileSync(file), "utf8");
  } catch {
    return new Map();
  }
};
