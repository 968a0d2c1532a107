/** Files in memory: for tests, specs, the text of open editors and the playground. */
import type { FileText } from "../../grammar/keepalived/expand.ts";
import type { FolderEntry, ProjectFiles } from "../model/cluster/files.ts";

export interface MemoryFile {
  readonly text: string;
  readonly mode?: number;
}

export const memoryFiles = (contents: Readonly<Record<string, string | MemoryFile>>): ProjectFiles => {
  const texts = new Map(
    Object.entries(contents).map(([name, file]): [string, FileText] => [
      name,
      { kind: "text", text: typeof file === "string" ? file : file.text },
    ]),
  );
  return {
    read: (file) => texts.get(file) ?? { kind: "unreadable", reason: "there is no such file" },
    list: listing([...texts.keys()]),
    mode: (file) => {
      const found = contents[file];
      return typeof found === "object" ? found.mode : undefined;
    },
  };
};

/** What the folders of these files hold, sorted by name. The folders are put together at the first question. */
const listing = (names: readonly string[]): ((folder: string) => readonly FolderEntry[]) => {
  let folders: Map<string, Map<string, FolderEntry>> | undefined;
  const known = new Map<string, readonly FolderEntry[]>();
  return (folder) => {
    folders ??= foldersOf(names);
    const key = folder !== "/" && folder.endsWith("/") ? folder.slice(0, -1) : folder;
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const entries = [...(folders.get(key)?.values() ?? [])].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    known.set(key, entries);
    return entries;
  };
};

const foldersOf = (names: readonly string[]): Map<string, Map<string, FolderEntry>> => {
  const folders = new Map<string, Map<string, FolderEntry>>();
  for (const name of names) {
    const isAbsolute = name.startsWith("/");
    const parts = name.split("/").filter((part) => part !== "");
    let folder = isAbsolute ? "/" : "";
    for (const [index, part] of parts.entries()) {
      const entries = folders.get(folder) ?? new Map<string, FolderEntry>();
      folders.set(folder, entries);
      entries.set(part, { name: part, kind: index === parts.length - 1 ? "file" : "folder" });
      folder = folder === "" || folder === "/" ? `${folder}${part}` : `${folder}/${part}`;
    }
  }
  return folders;
};

/** Files of one place with some of them replaced: what an editor has open goes before what the disk says. */
export const overlay = (base: ProjectFiles, open: ReadonlyMap<string, string>): ProjectFiles =>
  overlaid(base, new Map([...open].map(([file, text]) => [file, { kind: "text", text }])), listing([...open.keys()]));

const overlaid = (
  base: ProjectFiles,
  open: ReadonlyMap<string, FileText>,
  listOpen: (folder: string) => readonly FolderEntry[],
): ProjectFiles => ({
  read: (file) => open.get(file) ?? base.read(file),
  list: (folder) => {
    const listed = base.list(folder);
    const extra = listOpen(folder).filter(({ name }) => !listed.some((entry) => entry.name === name));
    return extra.length === 0 ? listed : [...listed, ...extra].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  },
  mode: base.mode,
  ...(base.formats === undefined ? {} : { formats: base.formats }),
});
