/**
 * The door to the disk. Only regular files below the allowed folders are opened, no link is followed out of them, no
 * device or pipe is read, and a file is read once: the snapshot does not change while it is judged.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FileText } from "../../grammar/keepalived/expand.ts";
import type { FolderEntry, ProjectFiles } from "../model/cluster/files.ts";
import { decode, isUtf16, looksBinary } from "./text.ts";

export interface Disk extends ProjectFiles {
  /** What a path given by the user is. */
  readonly kind: (path: string) => "file" | "folder" | "other" | "missing";
  /** The name a path has in findings: relative to the working directory, with `/`. */
  readonly nameOf: (path: string) => string;
  /** Lets more folders be read; what could not be read before is tried again. */
  readonly allow: (paths: readonly string[]) => void;
  /** Forgets what was read of a file, or of a folder and everything below it ("" for all), so that the next read sees its change. */
  readonly forget: (path: string) => void;
}

/** A tree takes about a hundred times the size of its text: more than this would not fit into the memory Node takes by default. */
export const maxFileSize = 16 * 1024 * 1024;

export interface DiskOptions {
  /** The working directory, absolute. */
  readonly cwd: string;
  /** Paths that may be read below, besides the working directory; relative to it or absolute. */
  readonly allow: readonly string[];
  /** Whether the working directory itself may be read, not only `allow`. */
  readonly allowCwd?: boolean;
}

export const openDisk = ({ cwd, allow, allowCwd = true }: DiskOptions): Disk => {
  const roots = [...(allowCwd ? [cwd] : []), ...allow.map((path) => resolve(cwd, path))].map(realPath);
  const texts = new Map<string, FileText>();
  const folders = new Map<string, readonly FolderEntry[]>();
  const absolute = (path: string): string => resolve(cwd, path === "" ? "." : path);

  const isAllowed = (real: string): boolean =>
    roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep));
  const allowed = (path: string): boolean => isAllowed(realPath(path));
  const realFolder = realFolders();

  const read = (file: string): FileText => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const path = absolute(file);
    const plain = isAllowed(realFolder.of(dirname(path))) ? readPlain(path) : undefined;
    const text = plain ?? readText(path, allowed);
    texts.set(file, text);
    return text;
  };

  const list = (folder: string): readonly FolderEntry[] => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const path = absolute(folder);
    let entries: readonly FolderEntry[] = [];
    if (isAllowed(realFolder.of(path))) {
      try {
        entries = readdirSync(path, { withFileTypes: true })
          .flatMap((entry): FolderEntry[] => {
            if (entry.isFile()) return [{ name: entry.name, kind: "file" }];
            if (entry.isDirectory()) return [{ name: entry.name, kind: "folder" }];
            return entry.isSymbolicLink() && isLinkToFile(join(path, entry.name)) ? [{ name: entry.name, kind: "file" }] : [];
          })
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        entries = [];
      }
    }
    folders.set(folder, entries);
    return entries;
  };

  return {
    read,
    list,
    mode: (file) => {
      try {
        const path = absolute(file);
        const own = lstatSync(path);
        // What counts for a link is the file it leads to, unless that is none of ours.
        return (own.isSymbolicLink() && allowed(path) ? (statSync(path, { throwIfNoEntry: false }) ?? own) : own).mode & 0o7777;
      } catch {
        return undefined;
      }
    },
    kind: (path) => {
      try {
        const stat = lstatSync(realPath(absolute(path)));
        return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
      } catch {
        return "missing";
      }
    },
    nameOf: (path) => {
      const full = absolute(path);
      const name = relative(cwd, full).split(sep).join("/");
      // Far away from the working directory an absolute name says more than a row of "..".
      return name.startsWith("../../../") || isAbsolute(name) || (name.startsWith("..") && isAbsolute(path))
        ? full.split(sep).join("/")
        : name;
    },
    allow: (paths) => {
      roots.push(...paths.map((path) => realPath(absolute(path))));
      for (const [file, { kind }] of texts) if (kind === "unreadable") texts.delete(file);
      for (const [folder, entries] of folders) if (entries.length === 0) folders.delete(folder);
    },
    forget: (path) => {
      const below = path.endsWith("/") ? path : `${path}/`;
      const touched = (known: string): boolean => path === "" || known === path || known.startsWith(below);
      for (const file of texts.keys()) if (touched(file)) texts.delete(file);
      // What holds the path may list it newly or no longer.
      for (const folder of folders.keys()) if (touched(folder) || holds(folder, path)) folders.delete(folder);
      realFolder.forget();
    },
  };
};

/** The nearest file of this name, in a folder or above it; its absolute path. */
export const findUpward = (folder: string, name: string): string | undefined => {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    if (dirname(at) === at) return undefined;
  }
};

/** Whether a folder lies above a path; "" is above every relative one. */
const holds = (folder: string, path: string): boolean => folder === "" || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** A link to a file is listed as one, also where it may not be read: then reading says why. A link to a folder is not walked, so there are no cycles. */
const isLinkToFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** Where folders really lie. Each is looked at once: those of a tree share the folders above them. */
const realFolders = () => {
  const known = new Map<string, string>();
  const of = (folder: string): string => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const above = dirname(folder);
    const path = above === folder ? folder : join(of(above), basename(folder));
    try {
      const real = lstatSync(path).isSymbolicLink() ? realpathSync(path) : path;
      known.set(folder, real);
      return real;
    } catch {
      return path;
    }
  };
  return { of, forget: () => known.clear() };
};

/** What is no link needs no second look at where it leads; undefined for a link, and where the system cannot tell. */
const readPlain = (path: string): FileText | undefined => {
  if (constants.O_NOFOLLOW === undefined) return undefined;
  const text = readOpened(path, constants.O_NOFOLLOW);
  return text === "link" ? undefined : text;
};

const readText = (path: string, allowed: (path: string) => boolean): FileText => {
  const text = allowed(path) ? readOpened(path, 0) : undefined;
  if (text === undefined) return { kind: "unreadable", reason: whyOutside(path) };
  return text === "link" ? { kind: "unreadable", reason: "its links lead in a circle" } : text;
};

const readOpened = (path: string, flags: number): FileText | "link" => {
  let descriptor: number | undefined;
  try {
    // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { kind: "unreadable", reason: "it is a folder" };
    if (!stat.isFile()) return { kind: "unreadable", reason: "it is not a regular file" };
    if (stat.size > maxFileSize) return { kind: "unreadable", reason: `it is larger than ${maxFileSize / 1024 / 1024} MB` };
    const bytes = readFileSync(descriptor);
    if (looksBinary(bytes)) return { kind: "unreadable", reason: isUtf16(bytes) ? "it is in UTF-16" : "it is a binary file" };
    return { kind: "text", text: decode(bytes) };
  } catch (error) {
    return (error as { readonly code?: string }).code === "ELOOP" ? "link" : { kind: "unreadable", reason: whyUnreadable(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

const whyOutside = (path: string): string =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? "it is a link that leads outside the folders that may be read"
    : "it lies outside the folders that may be read";

const whyUnreadable = (error: unknown): string => {
  const code = (error as { readonly code?: string }).code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return code === undefined ? "it cannot be read" : `it cannot be read (${code})`;
};
