/** Which parsers a project needs beside those that every project needs: they are loaded before it is read. */
import { type ProjectFiles, walkFiles } from "./files.ts";

export const isNetplan = (path: string): boolean => /(?:^|\/)netplan\/[^/]+\.ya?ml$/u.test(path);

/** The same files, with a parser for each format that occurs below these folders. */
export const withFormats = async <F extends ProjectFiles>(files: F, folders: readonly string[]): Promise<F> => {
  const found = folders.some((folder) => walkFiles(files, folder === "/" ? "/etc/netplan" : folder).some(isNetplan));
  if (!found) return files;
  const { readNetplan } = await import("../effects/netplan.ts");
  return { ...files, formats: { netplan: readNetplan } };
};
