/** The first line of a script, as the kernel reads it when keepalived starts the file. */
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { Span } from "../../../grammar/text.ts";

export type FirstLine =
  | { readonly kind: "interpreter" }
  /** Nothing that looks like a `#!` line. */
  | { readonly kind: "none" }
  /** It was meant as one; `why` is a clause, `right` the line that would do. `starts`: the kernel starts something, which then fails. */
  | { readonly kind: "wrong"; readonly why: string; readonly span: Span; readonly right?: string; readonly starts?: true };

const interpreters =
  "sh bash dash ash ksh ksh93 mksh zsh csh tcsh fish busybox env perl python python2 python3 ruby php node nodejs lua awk gawk mawk sed expect tclsh wish java Rscript pwsh make".split(
    " ",
  );

const folders = ["/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin"];

/** The first lines are searched for a `#!` that is not at the very beginning. */
const searched = 5;

export const firstLine = (text: string): FirstLine => {
  const end = text.indexOf("\n");
  const line = (end < 0 ? text : text.slice(0, end)).replace(/\r$/u, "").slice(0, 1000);
  const span = { start: 0, end: line.length };
  if (line.startsWith("#!")) return judged(line, span);
  if (/\{\{|\{%|<%/u.test(line)) return { kind: "interpreter" };
  const meant = nearMiss(line);
  if (meant !== undefined) return { kind: "wrong", span, right: `#!${meant.interpreter}`, why: meant.why };
  return later(text) ?? { kind: "none" };
};

const judged = (line: string, span: Span): FirstLine => {
  const [, path, argument] = /^#![ \t]*(\S*)[ \t]*(.*?)[ \t]*$/u.exec(line)!;
  if (path === undefined || path === "") return { kind: "wrong", span, why: "names no interpreter" };
  if (/[{}<>$%]/u.test(path)) return { kind: "interpreter" };
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash);
  const name = path.slice(slash + 1);
  if (slash < 0)
    return { kind: "wrong", span, right: `#!/bin/${name}`, why: `names ${path} without its folder, and the kernel searches no PATH` };
  if (name === "env") return envJudged(path, argument ?? "", span);
  if (/^(?:python|perl|ruby|php|lua|node)[\d.]+$/u.test(name) || interpreters.includes(name)) {
    const near = folders.includes(folder) || !path.startsWith("/") ? undefined : nearestWord(folder, folders);
    return near === undefined || folder.startsWith("/opt")
      ? { kind: "interpreter" }
      : { kind: "wrong", span, right: `#!${near}/${name}`, why: `names ${path}, a misspelt ${near}/${name}` };
  }
  const meant = folders.includes(folder) && name.length > 2 ? nearestWord(name, interpreters) : undefined;
  return meant === undefined
    ? { kind: "interpreter" }
    : { kind: "wrong", span, right: `#!${folder}/${meant}`, why: `names ${path}, a misspelt ${folder}/${meant}` };
};

const envJudged = (path: string, argument: string, span: Span): FirstLine => {
  if (argument === "") return { kind: "wrong", span, starts: true, why: `runs ${path} without a program` };
  if (argument.startsWith("-") || !/[ \t]/u.test(argument)) return { kind: "interpreter" };
  return {
    kind: "wrong",
    span,
    starts: true,
    right: `#!${path} -S ${argument}`,
    why: `makes ${path} look for one program called "${argument}": the kernel hands it everything behind the blank as one word`,
  };
};

/** `#/bin/bash`, `# !/bin/sh`, `!#/bin/sh`, `//bin/bash` do not count as `#!`. */
const nearMiss = (line: string): { readonly interpreter: string; readonly why: string } | undefined => {
  const found = /^(?<sign>\uFEFF?#[ \t]*!?|!#?|#！|\/)[ \t]*(?<path>\/(?:usr\/)?(?:local\/)?s?bin\/(?:env[ \t]+)?\w+)\b/u.exec(
    line,
  )?.groups;
  if (found === undefined) return undefined;
  const sign = found["sign"]!;
  const why = sign.startsWith("\uFEFF")
    ? "begins with a byte order mark, an invisible character before the #!"
    : `begins with ${sign.trim()}, not with #!`;
  return { interpreter: found["path"]!, why };
};

/** A `#!` line behind blanks or empty lines and comments: to the kernel it is a comment. */
const later = (text: string): FirstLine | undefined => {
  const lines = text.slice(0, 2000).split("\n", searched);
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const found = /^[ \t]*(?<whole>#![ \t]*\/\S*)/u.exec(line)?.groups;
    if (found !== undefined) {
      const blanks = line.length - line.trimStart().length;
      return {
        kind: "wrong",
        span: { start: start + blanks, end: start + line.trimEnd().length },
        why: index === 0 ? "begins with a blank, so that it is a comment" : `stands on line ${index + 1}, where it is a comment`,
      };
    }
    if (!/^[ \t\r]*(?:#|$)/u.test(line)) return undefined;
    start += line.length + 1;
  }
  return undefined;
};
