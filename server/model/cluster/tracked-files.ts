/** The numbers in files that `track_file` blocks name, as the daemon finds them when it starts. */
import type { Configuration } from "../node/model.ts";
import { one } from "../node/settings.ts";
import type { Entry } from "./discover.ts";
import { folderOf, joinPath, type ProjectFiles } from "./files.ts";
import { mappedPath, type PathMap } from "./stated.ts";

/** By name of the block. What is not among the files of the tree is not in it: nobody knows what such a file says. */
export const trackedFileNumbers = (
  files: ProjectFiles,
  entry: Entry,
  { tree }: Configuration,
  paths: readonly PathMap[],
): ReadonlyMap<string, number> => {
  const found = new Map<string, number>();
  for (const item of tree.items) {
    if (item.keyword.value !== "track_file" && item.keyword.value !== "vrrp_track_file") continue;
    const name = item.args[0]?.value;
    const path = one(item, "file")?.args[0]?.value;
    if (name === undefined || found.has(name) || path?.startsWith("/") !== true) continue;
    const number = placesOf(entry, path, paths)
      .map((place) => files.read(place))
      .flatMap((got) => (got.kind === "text" ? numberIn(got.text) : []))[0];
    if (number !== undefined) found.set(name, number);
  }
  return found;
};

const ownFolder = "/etc/keepalived/";

/** In the machine's root, where `[paths]` says, and where the folder of the configuration stands for /etc/keepalived. */
const placesOf = ({ file, root }: Entry, path: string, paths: readonly PathMap[]): readonly string[] => {
  const mapped = mappedPath(paths, path);
  return [
    ...(root === undefined ? [] : [joinPath(root, path)]),
    ...(mapped === undefined ? [] : [mapped]),
    ...(path.startsWith(ownFolder) ? [joinPath(folderOf(file), path.slice(ownFolder.length))] : []),
  ];
};

/** As strtol reads it: hexadecimal with 0x, octal with 0, and 0 for what is no number (trackers/track_file.c:793). */
const numberIn = (text: string): readonly number[] => {
  const [, sign, digits] = /^\s*([+-]?)(0[xX][\da-fA-F]+|\d+)/u.exec(text.slice(0, 127)) ?? [];
  if (digits === undefined) return [0];
  const octal = /^0[0-7]*/u.exec(digits)?.[0];
  const size = /^0x/iu.test(digits) ? Number.parseInt(digits, 16) : octal === undefined ? Number(digits) : Number.parseInt(octal, 8);
  return size > 2 ** 31 ? [] : [sign === "-" ? -size : size];
};
