/** The patterns of `include` lines: `*`, `?`, `[…]` and `{a,b}`, matched against a folder listing, never against a disk. */
import { joinPath, type ProjectFiles } from "./files.ts";

export const hasWildcard = (pattern: string): boolean => /[*?[{]/u.test(pattern);

const limits = { alternatives: 64, matches: 5000 };

/** Files that a pattern names below `folder`, in sorted order. */
export const globFiles = (files: ProjectFiles, folder: string, pattern: string): readonly string[] => {
  const found = new Set<string>();
  for (const alternative of braceAlternatives(pattern)) {
    for (const file of matchParts(
      files,
      folder,
      alternative.split("/").filter((part) => part !== ""),
    )) {
      if (found.size < limits.matches) found.add(file);
    }
  }
  return [...found];
};

/** `a{b,c}d` as `abd`, `acd`; at most a bounded number. */
export const braceAlternatives = (pattern: string): readonly string[] => {
  let results = [""];
  let rest = pattern;
  for (let open = rest.indexOf("{"); open >= 0; open = rest.indexOf("{")) {
    const close = rest.indexOf("}", open);
    if (close < 0) break;
    const before = rest.slice(0, open);
    const options = rest.slice(open + 1, close).split(",");
    results = results.flatMap((start) => options.map((option) => start + before + option)).slice(0, limits.alternatives);
    rest = rest.slice(close + 1);
  }
  return results.map((start) => start + rest);
};

const matchParts = (files: ProjectFiles, folder: string, parts: readonly string[]): readonly string[] => {
  const [part, ...rest] = parts;
  if (part === undefined) return [];
  if (!hasWildcard(part) && rest.length > 0) return matchParts(files, joinPath(folder, part), rest);
  const wanted = rest.length === 0 ? "file" : "folder";
  const names = files
    .list(folder)
    .filter(({ name, kind }) => kind === wanted && matchName(name, part))
    .map(({ name }) => name);
  if (rest.length === 0) return names.map((name) => joinPath(folder, name));
  return names.flatMap((name) => matchParts(files, joinPath(folder, name), rest));
};

/** One name against one pattern without `/`. A leading dot must be written. Linear with one backtracking point, as usual for globs. */
export const matchName = (name: string, pattern: string): boolean => {
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  let n = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (n < name.length) {
    const set = pattern[p] === "[" ? matchSet(name[n]!, pattern, p) : undefined;
    if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      mark = n;
    } else if (set !== undefined ? set.matches : p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
      p = set === undefined ? p + 1 : set.next;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
};

const matchSet = (c: string, pattern: string, open: number): { readonly matches: boolean; readonly next: number } | undefined => {
  const negated = pattern[open + 1] === "!" || pattern[open + 1] === "^";
  const start = open + (negated ? 2 : 1);
  const close = pattern.indexOf("]", start + 1);
  if (close < 0) return undefined;
  let matches = false;
  for (let at = start; at < close; at++) {
    if (pattern[at + 1] === "-" && at + 2 < close) {
      if (c >= pattern[at]! && c <= pattern[at + 2]!) matches = true;
      at += 2;
    } else if (pattern[at] === c) matches = true;
  }
  return { matches: matches !== negated, next: close + 1 };
};
