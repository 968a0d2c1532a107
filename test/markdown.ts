/**
 * Reads Markdown specs and pages: a heading is a case, a fence is a file, a line `path/of/file`: before a fence names it,
 * a comment line of carets below a line is an expected finding (taken out before kalint reads the file), a fence marked
 * `fixed` is the text after the fix, one marked `mode=0640` has these permission bits, one marked `crlf` has lines that end in CR LF, a quoted line must occur in a message, and `keepalived-version: V` targets a version.
 */
import type { MemoryFile } from "../server/host/memory.ts";

export interface Expectation {
  readonly rule: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Exclusive. */
  readonly endColumn: number;
  readonly severity?: string;
}

export interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Permission bits of files that state them. */
  readonly modes: Readonly<Record<string, number>>;
  readonly fixed: Readonly<Record<string, string>>;
  readonly expected: readonly Expectation[];
  readonly messages: readonly string[];
  readonly version?: string;
}

const defaultNames: Readonly<Record<string, string>> = { keepalived: "keepalived.conf", sh: "script.sh", bash: "script.sh" };

/** `#   ^^^^ rule-id (warning), other-rule`; carets right behind the `#` count the `#`'s own column too. */
const caretLine =
  /^(?<lead>[ \t]*)#(?<gap>[ \t]*)(?<carets>\^+)[ \t]+(?<rules>[a-z0-9-]+(?:[ \t]*\([a-z]+\))?(?:,[ \t]*[a-z0-9-]+(?:[ \t]*\([a-z]+\))?)*)[ \t]*$/u;

export const readCases = (markdown: string): readonly Case[] => {
  const cases: Case[] = [];
  let current:
    | {
        title: string;
        files: Record<string, string>;
        modes: Record<string, number>;
        fixed: Record<string, string>;
        expected: Expectation[];
        messages: string[];
        version?: string;
      }
    | undefined;
  let pendingPath: string | undefined;
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const heading = /^##+ (?<title>.*)$/u.exec(line);
    if (heading?.groups !== undefined) {
      current = { title: heading.groups["title"]!, files: {}, modes: {}, fixed: {}, expected: [], messages: [] };
      cases.push(current);
      pendingPath = undefined;
      continue;
    }
    const path = /^`(?<path>[^`\s]+)`:?\s*$/u.exec(line);
    if (path?.groups !== undefined) pendingPath = path.groups["path"]!;
    const version = /^keepalived-version: `?(?<version>[0-9.]+)`?/u.exec(line);
    if (version?.groups !== undefined && current !== undefined) current.version = version.groups["version"]!;
    const quote = /^> (?<text>.+)$/u.exec(line);
    if (quote?.groups !== undefined) current?.messages.push(quote.groups["text"]!);
    const fence = /^```(?<info>.*)$/u.exec(line);
    if (fence?.groups === undefined) continue;
    const end = lines.findIndex((text, index) => index > at && text.startsWith("```"));
    if (end < 0) throw new Error(`line ${at + 1}: the fence is not closed`);
    const [language = "", ...marks] = fence.groups["info"]!.trim().split(/\s+/u);
    const name = pendingPath ?? defaultNames[language];
    pendingPath = undefined;
    const body = lines.slice(at + 1, end);
    at = end;
    if (current === undefined || name === undefined) continue;
    if (marks.includes("fixed")) current.fixed[name] = `${body.join("\n")}\n`;
    else {
      const text = takeExpectations(name, body, current.expected);
      const mode = marks.find((mark) => mark.startsWith("mode="));
      if (mode !== undefined) current.modes[name] = Number.parseInt(mode.slice("mode=".length), 8);
      current.files[name] = marks.includes("crlf") ? text.replaceAll("\n", "\r\n") : text;
    }
  }
  return cases;
};

/** The files of a case as a machine has them. */
export const filesOf = ({ files, modes }: Case): Readonly<Record<string, MemoryFile>> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, { text, ...(name in modes ? { mode: modes[name]! } : {}) }]));

const takeExpectations = (file: string, body: readonly string[], into: Expectation[]): string => {
  const kept: string[] = [];
  for (const line of body) {
    const found = caretLine.exec(line)?.groups;
    if (found === undefined) {
      kept.push(line);
      continue;
    }
    const lead = found["lead"]!.length;
    const gap = found["gap"]!.length;
    const column = gap === 0 ? lead + 1 : lead + gap + 2;
    const endColumn = lead + gap + 2 + found["carets"]!.length;
    for (const part of found["rules"]!.split(",")) {
      const [, rule, severity] = /^\s*([a-z0-9-]+)(?:\s*\(([a-z]+)\))?/u.exec(part)!;
      into.push({ rule: rule!, file, line: kept.length, column, endColumn, ...(severity === undefined ? {} : { severity }) });
    }
  }
  return `${kept.join("\n")}\n`;
};
