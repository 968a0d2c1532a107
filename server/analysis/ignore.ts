/**
 * Agreeing to findings in the files themselves: a kalint-ignore comment above the line of each, or for the whole file where no
 * comment can stand above it. Whether a comment does what it should is seen by judging again.
 */
import { lineIndex, positionAt, type LineIndex } from "../../grammar/text.ts";
import { insertAt } from "./edits.ts";
import type { Edit, Finding } from "./finding.ts";
import { applyFix } from "./fix.ts";

export interface IgnoreRequest {
  /** The findings to agree to. */
  readonly findings: readonly Finding[];
  readonly reason: string;
  readonly textOf: (file: string) => string | undefined;
  readonly mayEdit: (file: string) => boolean;
  /** What is still found with these texts. */
  readonly judge: (texts: ReadonlyMap<string, string>) => readonly Finding[];
}

export interface Ignoring {
  /** Files with new comments. */
  readonly texts: ReadonlyMap<string, string>;
  readonly comments: number;
  /** What no comment could silence. */
  readonly left: readonly Finding[];
}

type Scope = "line" | "file";

export const addIgnores = ({ findings, reason, textOf, mayEdit, judge }: IgnoreRequest): Ignoring => {
  const mine = findings.filter(({ at }) => mayEdit(at.file) && mayHoldComment(at.file));
  const wholeFile = new Set<string>();
  const scopeOf = (finding: Finding): Scope => (wholeFile.has(keyOf(finding)) ? "file" : "line");
  const loudAmong = (wanted: readonly Finding[]): readonly Finding[] => {
    const still = new Set(judge(withComments(wanted, scopeOf, reason, textOf).texts).map(keyOf));
    return wanted.filter((finding) => still.has(keyOf(finding)));
  };
  // What a comment above its line does not silence gets one for its file; what stays even so gets none.
  for (const finding of loudAmong(mine)) wholeFile.add(keyOf(finding));
  const hopeless = wholeFile.size === 0 ? [] : loudAmong(mine);
  const silenced = mine.filter((finding) => !hopeless.includes(finding));
  return { ...withComments(silenced, scopeOf, reason, textOf), left: findings.filter((finding) => !silenced.includes(finding)) };
};

/** The comment above the line of one finding, or for its file where none can stand there. Nothing where `#` begins no comment. */
export const ignoreEdits = (finding: Finding, text: string, reason: string): readonly Edit[] =>
  mayHoldComment(finding.at.file) ? commentEdits(finding.at.file, text, [finding], () => "line", reason) : [];

const keyOf = ({ rule, at }: Finding): string => `${rule}\n${at.file}`;

/** In XML and JSON `#` begins no comment. */
const mayHoldComment = (file: string): boolean => !/\.(?:xml|json)$/iu.test(file);

const withComments = (
  findings: readonly Finding[],
  scopeOf: (finding: Finding) => Scope,
  reason: string,
  textOf: IgnoreRequest["textOf"],
): { readonly texts: ReadonlyMap<string, string>; readonly comments: number } => {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) byFile.set(finding.at.file, [...(byFile.get(finding.at.file) ?? []), finding]);
  let comments = 0;
  const texts = new Map<string, string>();
  for (const [file, own] of byFile) {
    const text = textOf(file);
    if (text === undefined) continue;
    const edits = commentEdits(file, text, own, scopeOf, reason);
    comments += edits.length;
    const fixed = applyFix(new Map([[file, text]]), [{ title: "", safety: "safe", edits }]);
    texts.set(file, fixed.get(file)!);
  }
  return { texts, comments };
};

/** One comment a line, and one for the file behind its `#!`. */
const commentEdits = (
  file: string,
  text: string,
  findings: readonly Finding[],
  scopeOf: (finding: Finding) => Scope,
  reason: string,
): readonly Edit[] => {
  const lines = lineIndex(text);
  const inner = innerLines(text, lines);
  const above = new Map<number, Set<string>>();
  const whole = new Set<string>();
  for (const finding of findings) {
    const start = lines[positionAt(lines, Math.min(finding.at.span.start, text.length)).line - 1]!;
    if (scopeOf(finding) === "file" || inner.has(start)) whole.add(finding.rule);
    else above.set(start, (above.get(start) ?? new Set()).add(finding.rule));
  }
  const bom = text.startsWith("\ufeff") ? 1 : 0;
  const top = text.startsWith("#!") ? (lines[1] ?? text.length) : bom;
  const names = (rules: ReadonlySet<string>): string => [...rules].toSorted().join(", ");
  const fileComment = whole.size === 0 ? "" : `# kalint-ignore-file ${names(whole)}: ${reason}\n`;
  const separator = top > 0 && top === text.length && !text.endsWith("\n") ? "\n" : "";
  const edits = new Map<number, string>();
  if (fileComment !== "") edits.set(top, `${separator}${fileComment}`);
  for (const [start, rules] of above) {
    const at = Math.max(start, bom);
    const indentation = /^[ \t]*/u.exec(text.slice(at, at + 400))![0];
    edits.set(at, `${edits.get(at) ?? ""}${indentation}# kalint-ignore ${names(rules)}: ${reason}\n`);
  }
  return [...edits].map(([at, comment]) => insertAt(file, at, comment));
};

/** Offsets of lines before which no comment can stand: within quotes or a here-document, behind a continued line, `#!`. */
const innerLines = (text: string, lines: LineIndex): ReadonlySet<number> => {
  const shell = text.startsWith("#!");
  const found = new Set<number>(shell ? [0] : []);
  let double = 0;
  let single = 0;
  let inDocument = false;
  lines.forEach((start, index) => {
    const line = text.slice(start, lines[index + 1] ?? text.length);
    if (inDocument || double % 2 === 1 || (shell && single % 2 === 1)) found.add(start);
    if (/\\\r?\n$/u.test(line)) found.add(lines[index + 1] ?? text.length);
    if (/^[ \t]*[#!]/u.test(line)) return;
    double += line.split('"').length - 1;
    single += line.split("'").length - 1;
    // Where a here-document ends is not looked for.
    inDocument ||= shell && /<<-?[ \t]*["'\\]?\w/u.test(line);
  });
  return found;
};
