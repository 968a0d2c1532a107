/** Patterns over whole names: every part as in a shell, and `**` for any number of folders. */
import { joinPath, walkFiles, type ProjectFiles } from "./files.ts";
import { braceAlternatives, hasWildcard, matchName } from "./glob.ts";

/** Whether a pattern covers a file. Names and patterns are separated by `/`; one backtracking point, as for names. */
export const matchesPath = (file: string, pattern: string): boolean =>
  braceAlternatives(pattern).some((alternative) => matchesParts(file.split("/"), alternative.split("/")));

const matchesParts = (names: readonly string[], parts: readonly string[]): boolean => {
  let n = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (n < names.length) {
    if (parts[p] === "**") {
      star = p++;
      mark = n;
    } else if (p < parts.length && matchName(names[n]!, parts[p]!)) {
      n++;
      p++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (parts[p] === "**") p++;
  return p === parts.length;
};

/** The files that a pattern names, sorted. A pattern without wildcards names one file, or all files of a folder. */
export const filesMatching = (files: ProjectFiles, pattern: string): readonly string[] => {
  if (!hasWildcard(pattern)) {
    const below = walkFiles(files, pattern);
    return below.length > 0 ? below : [pattern];
  }
  const found = braceAlternatives(pattern).flatMap((alternative) => {
    const parts = alternative.split("/");
    const first = parts.findIndex(hasWildcard);
    if (first < 0) return filesMatching(files, alternative);
    const start = joinPath(parts.slice(0, first).join("/") || (alternative.startsWith("/") ? "/" : ""), "");
    return walkFiles(files, start).filter((file) => matchesParts(file.split("/"), parts));
  });
  return [...new Set(found)].toSorted();
};
