/** Files for the tests of expansion, and what comes of them. */
import { expand, type ConfigFiles, type ExpandOptions, type Expansion } from "../../../grammar/keepalived/expand.ts";

export type Contents = Readonly<Record<string, string>> | string;

/** Files by name; a pattern with `*` matches by prefix and suffix, `{a,b}` names alternatives; names are relative to nothing. */
export const filesOf = (contents: Contents, executable: readonly string[] = []): ConfigFiles => {
  const files: Readonly<Record<string, string>> = typeof contents === "string" ? { "main.conf": contents } : contents;
  return {
    read: (file) => {
      const text = files[file];
      return text === undefined ? { kind: "unreadable", reason: "there is no such file" } : { kind: "text", text };
    },
    find: (pattern) => {
      const braces = /^(.*)\{(.*)\}(.*)$/u.exec(pattern);
      if (braces !== null) {
        const names = braces[2]!.split(",").map((option) => braces[1]! + option + braces[3]!);
        return { wildcard: true, files: names.filter((name) => name in files), missing: names.filter((name) => !(name in files)) };
      }
      const [start, end] = pattern.split("*");
      const wildcard = end !== undefined;
      return {
        wildcard,
        files: Object.keys(files).filter((name) => (wildcard ? name.startsWith(start!) && name.endsWith(end) : name === pattern)),
      };
    },
    folder: () => "/etc/keepalived",
    executable: (file) => executable.includes(file),
  };
};

export const expanded = (contents: Contents, options: ExpandOptions = {}): Expansion => expand("main.conf", filesOf(contents), options);

/** The lines of the expansion without blank ends and without empty ones. */
export const linesOf = (contents: Contents, options: ExpandOptions = {}): readonly string[] =>
  expanded(contents, options)
    .text.text.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const problemsOf = (contents: Contents, options: ExpandOptions = {}): readonly string[] =>
  expanded(contents, options).problems.map(({ kind }) => kind);
