/** Files in memory: for tests, specs, the text of open editors and the playground. */
import type { FileText } from "../../grammar/keepalived/expand.ts";
import type { FolderEntry, ProjectFiles } from "../model/cluster/files.ts";

export interface MemoryFile {
  readonly text: string;
  readonly mode?: number;
}

export const memoryFiles = (contents: Readonly<Record<string, string | MemoryFile>>): ProjectFiles => {
  const files = new Map(Object.entries(contents).map(([name, file]) => [name, typeof file === "string" ? { text: file } : file]));
  return {
    read: (file): FileText => {
      const found = files.get(file);
      return found === undefined ? { kind: "unreadable", reason: "there is no such file" } : { kind: "text", text: found.text };
    },
    list: (folder) => listing([...files.keys()], folder),
    mode: (file) => files.get(file)?.mode,
  };
};

const listing = (names: readonly string[], folder: string): readonly FolderEntry[] => {
  const prefix = folder === "" ? "" : folder.endsWith("/") ? folder : `${folder}/`;
  const found = new Map<string, FolderEntry>();
  for (const name of names) {
    if (!name.startsWith(prefix) || (prefix === "" && name.startsWith("/"))) continue;
    const [first, ...rest] = name.slice(prefix.length).split("/");
    if (first === undefined || first === "") continue;
    found.set(first, { name: first, kind: rest.length === 0 ? "file" : "folder" });
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** Files of one place with some of them replaced: what an editor has open goes before what the disk says. */
export const overlay = (base: ProjectFiles, open: ReadonlyMap<string, string>): ProjectFiles => ({
  read: (file) => {
    const text = open.get(file);
    return text === undefined ? base.read(file) : { kind: "text", text };
  },
  list: (folder) => {
    const listed = base.list(folder);
    const extra = listing([...open.keys()], folder).filter(({ name }) => !listed.some((entry) => entry.name === name));
    return extra.length === 0 ? listed : [...listed, ...extra].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  },
  mode: base.mode,
  ...(base.formats === undefined ? {} : { formats: base.formats }),
});
