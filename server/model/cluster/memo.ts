/**
 * Remembering what was made of files for as long as they say the same. Whatever is made records what it read, what it
 * failed to read and which folders it listed; it is made again when one of these, or one of its inputs, is different.
 */
import type { FileText } from "../../../grammar/keepalived/expand.ts";
import type { FolderEntry, ProjectFiles } from "./files.ts";

export interface Memo {
  /**
   * The value kept under `key`, or a new one. `inputs` are compared by identity (strings by content); `make` must reach
   * files only through what it is handed, and a key must always stand for the same type.
   */
  readonly recall: <T>(key: string, inputs: readonly unknown[], files: ProjectFiles, make: (files: ProjectFiles) => T) => T;
}

/** Makes everything anew: for a run that reads a project once. */
export const noMemo: Memo = { recall: (_key, _inputs, files, make) => make(files) };

export interface KeptMemo extends Memo {
  /** Forgets what was not asked for since the last sweep. */
  readonly sweep: () => void;
}

interface Kept {
  readonly value: unknown;
  readonly inputs: readonly unknown[];
  readonly seen: Seen;
  round: number;
}

interface Seen {
  readonly texts: Map<string, FileText>;
  readonly folders: Map<string, readonly FolderEntry[]>;
  readonly modes: Map<string, number | undefined>;
}

export const createMemo = (): KeptMemo => {
  const kept = new Map<string, Kept>();
  let round = 0;
  return {
    recall: <T>(key: string, inputs: readonly unknown[], files: ProjectFiles, make: (files: ProjectFiles) => T): T => {
      const known = kept.get(key);
      if (known !== undefined && sameInputs(known.inputs, inputs) && unchanged(known.seen, files)) {
        known.round = round;
        return known.value as T;
      }
      const seen: Seen = { texts: new Map(), folders: new Map(), modes: new Map() };
      const value = make(watched(files, seen));
      kept.set(key, { value, inputs, seen, round });
      return value;
    },
    sweep: () => {
      for (const [key, { round: last }] of kept) if (last < round) kept.delete(key);
      round++;
    },
  };
};

const watched = (files: ProjectFiles, seen: Seen): ProjectFiles => ({
  read: (file) => {
    const text = files.read(file);
    seen.texts.set(file, text);
    return text;
  },
  list: (folder) => {
    const entries = files.list(folder);
    seen.folders.set(folder, entries);
    return entries;
  },
  mode: (file) => {
    const mode = files.mode(file);
    seen.modes.set(file, mode);
    return mode;
  },
  ...(files.formats === undefined ? {} : { formats: files.formats }),
});

const sameInputs = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

/** Asks through `files`, so that what encloses this records the same reads. */
const unchanged = ({ texts, folders, modes }: Seen, files: ProjectFiles): boolean => {
  for (const [file, text] of texts) if (!sameText(text, files.read(file))) return false;
  for (const [folder, entries] of folders) if (!sameEntries(entries, files.list(folder))) return false;
  for (const [file, mode] of modes) if (mode !== files.mode(file)) return false;
  return true;
};

const sameText = (a: FileText, b: FileText): boolean =>
  a === b || (a.kind === "text" ? b.kind === "text" && a.text === b.text : b.kind === "unreadable" && a.reason === b.reason);

const sameEntries = (a: readonly FolderEntry[], b: readonly FolderEntry[]): boolean =>
  a === b || (a.length === b.length && a.every((one, index) => one.name === b[index]!.name && one.kind === b[index]!.kind));
