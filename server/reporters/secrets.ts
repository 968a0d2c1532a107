/**
 * What must not be shown: passwords in configurations and scripts. The tree says where they stand; patterns find those
 * in lines that no tree understands: misspelt keywords, comments, scripts, host files.
 */
import type { Site, Span } from "../../grammar/text.ts";
import { contextsOf, lookup } from "../../grammar/vocabulary/index.ts";
import type { Edit, Finding } from "../analysis/finding.ts";
import { mask } from "../analysis/mask.ts";
import type { Project } from "../model/cluster/project.ts";
import { walkItems } from "../model/node/items.ts";
import { linesOf, type Lines, type Report } from "./report.ts";
import { secretsInLine, secretsInProse } from "./secret-patterns.ts";

export interface Secrets {
  /** The secret parts of a line of a file: offsets in the line, sorted, not overlapping. */
  readonly inLine: (file: string, line: number) => readonly Span[];
  /** A text that speaks about a finding, without the secrets of the lines it points at. */
  readonly maskIn: (text: string, finding: Finding) => string;
  readonly isSecretEdit: (edit: Edit) => boolean;
}

export const secretsOf = (project: Project, textOf: Report["textOf"]): Secrets => {
  const lines = linesOf(textOf);
  let collected: ReadonlyMap<string, SpansByLine> | undefined;
  const known = (file: string, line: number): readonly Span[] =>
    (collected ??= knownSecrets(project, textOf, lines)).get(file)?.get(line) ?? [];
  const shown = new Map<string, readonly Span[]>();
  // A line of which hundreds of findings speak is searched once.
  const inLine = (file: string, line: number): readonly Span[] => {
    const key = `${line} ${file}`;
    const earlier = shown.get(key);
    if (earlier !== undefined) return earlier;
    const found = searchLine(file, line);
    shown.set(key, found);
    return found;
  };
  const searchLine = (file: string, line: number): readonly Span[] => {
    const text = lines.text(file, line);
    const start = lines.start(file, line);
    const fromTree = known(file, line).map((span) => ({
      start: Math.max(0, span.start - start),
      end: Math.min(text.length, span.end - start),
    }));
    return united([...fromTree, ...secretsInLine(text)]);
  };
  const valuesAt = (file: string, offset: number): readonly string[] => {
    const { line } = lines.position(file, offset);
    const text = lines.text(file, line);
    // What stands behind a comment sign is masked where the line is shown, but its words are words.
    return inLine(file, line).flatMap(({ start, end }) => (/^[^\s][^#!]*/u.exec(text.slice(start, end))?.[0] ?? "").split(/[\s"']+/u));
  };
  const isOnSecret = ({ file, span }: Site): boolean => {
    const { line } = lines.position(file, span.start);
    const start = span.start - lines.start(file, line);
    const end = start + (span.end - span.start);
    return inLine(file, line).some((secret) => secret.start <= end && start < secret.end);
  };
  return {
    inLine,
    maskIn: (text, { at, notes, fixes }) => {
      // An edit of the line end of a password's line says nothing about the password.
      const edited = fixes.flatMap(({ edits }) => edits.map((edit) => edit.at)).filter(isOnSecret);
      const sites = [at, ...notes.flatMap((note) => note.at ?? []), ...edited];
      const values = new Set(sites.flatMap(({ file, span }) => valuesAt(file, span.start)).filter((value) => value !== ""));
      return maskWords(maskProse(text), values);
    },
    isSecretEdit: (edit) => {
      if (edit.replacement.trim() === "") return false;
      if (edit.secret === true || secretsInLine(edit.replacement).length > 0) return true;
      const { file, span } = edit.at;
      return known(file, lines.position(file, span.start).line).some(({ start, end }) => start < span.end && span.start < end);
    },
  };
};

/** Spans in the file, by the lines they stand on, counted from 1. */
type SpansByLine = Map<number, Span[]>;

/** Where the trees know a secret: every word behind a keyword from its password on, and the definitions they came from. */
const knownSecrets = (project: Project, textOf: Report["textOf"], lines: Lines): ReadonlyMap<string, SpansByLine> => {
  const found = new Map<string, SpansByLine>();
  const add = (file: string, span: Span): void => {
    const byLine = found.get(file) ?? new Map<number, Span[]>();
    found.set(file, byLine);
    const last = lines.position(file, span.end).line;
    for (let { line } = lines.position(file, span.start); line <= last; line++) byLine.set(line, [...(byLine.get(line) ?? []), span]);
  };
  const words = new Map<string, number | undefined>();
  for (const { nodes } of project.clusters) {
    for (const { configuration } of nodes) {
      if (configuration === undefined) continue;
      if (!configuration.expansion.files.some((file) => /auth|pass|key/iu.test(textOf(file) ?? ""))) continue;
      const values = new Map(configuration.expansion.definitions.map(({ name, valueSite }) => [name, valueSite]));
      for (const { keyword, args } of walkItems(configuration.tree.items)) {
        if (!words.has(keyword.value)) words.set(keyword.value, passwordIndex(keyword.value));
        const index = words.get(keyword.value);
        if (index === undefined) continue;
        for (const { site } of args.slice(index)) {
          add(site.file, site.span);
          const value = site.via === undefined ? undefined : values.get(site.via.name);
          if (value !== undefined) add(value.file, value.span);
        }
      }
    }
  }
  return found;
};

/** Which argument of a keyword is a password, in whatever block it stands; undefined for most. */
const passwordIndex = (word: string): number | undefined => {
  for (const id of contextsOf(word)) {
    const index = lookup(id, word)?.args.findIndex(({ type }) => type === "password") ?? -1;
    if (index >= 0) return index;
  }
  return undefined;
};

const united = (spans: readonly Span[]): readonly Span[] => {
  const result: Span[] = [];
  for (const span of spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else result.push(span);
  }
  return result;
};

/** A text that is no line of a file, without the secrets that its own words tell. */
export const maskProse = (text: string): string => maskSpans(text, secretsInProse(text));

/** Spans in any order; they may overlap. */
export const maskSpans = (text: string, spans: readonly Span[]): string => {
  let result = text;
  for (const { start, end } of united(spans).toReversed()) result = result.slice(0, start) + mask + result.slice(end);
  return result;
};

/** Replaces the values where they stand as whole words. */
const maskWords = (text: string, values: ReadonlySet<string>): string => {
  if (values.size === 0) return text;
  return text.replace(/[^\s"'`,;:()=]+/gu, (word) => (values.has(word) || values.has(word.replace(/[.?!]$/u, "")) ? mask : word));
};
