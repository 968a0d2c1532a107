/** What clusters are called: as stated, else after the folder that holds their nodes. No two of a project share a name. */
import type { Entry } from "./discover.ts";
import { baseName, commonFolder, folderOf } from "./files.ts";
import { folderParts } from "./names.ts";

export interface Untitled {
  readonly stated?: string;
  readonly entries: readonly Entry[];
  /** The names of its nodes. */
  readonly nodes: readonly string[];
}

/** In the order of the clusters. */
export const clusterTitles = (clusters: readonly Untitled[]): readonly string[] => {
  const plain = clusters.map(({ stated, entries }) => stated ?? folderTitle(entries));
  const count = new Map<string, number>();
  for (const title of plain) count.set(title, (count.get(title) ?? 0) + 1);
  const told = clusters.map(({ nodes }, index) => {
    const title = plain[index]!;
    if (count.get(title) === 1) return title;
    const who = `${nodes.slice(0, shown).join(", ")}${nodes.length > shown ? ", …" : ""}`;
    return title === "." ? who : `${title}: ${who}`;
  });
  const taken = new Map<string, number>();
  return told.map((title) => {
    const before = taken.get(title) ?? 0;
    taken.set(title, before + 1);
    return before === 0 ? title : `${title} (${before + 1})`;
  });
};

const shown = 3;

const folderTitle = (entries: readonly Entry[]): string => {
  const folder = commonFolder(entries.map(({ file }) => folderOf(file)));
  const [only] = entries;
  if (folder !== "") return folder;
  return entries.length === 1 && only !== undefined ? (folderParts(only).at(-1) ?? baseName(only.file)) : ".";
};
