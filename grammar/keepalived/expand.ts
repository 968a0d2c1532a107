/**
 * Expansion: one entry file with everything the daemon puts in its place (included files, `$definitions`, `@id`
 * lines, `~SEQ`/`~LST` rounds), as one mapped text. The order of steps for a line, and where the next line comes from, are
 * the daemon's (keepalived v2.4.3 lib/parser.c:2624, read_line): comment, `@id`, `$NAME=…`, `~SEQ`/`~LST`, replacement,
 * `include`, braces. Lines of definitions and rounds of sequences come before those of a file that was just included.
 *
 * Nothing here touches a disk: files come through `ConfigFiles`. Every loop is bounded by `limits`.
 */
import { literalText } from "../text.ts";
import { closeDefinition, continueDefinition, defineFrom, startSequence } from "./define.ts";
import { dialectOf } from "./dialect.ts";
import type { ConfigFiles, Expansion } from "./expansion.ts";
import { endFile, include, openFile } from "./frames.ts";
import { readInclude, readIncludeCheck } from "./include.ts";
import { commentStart, endsInBackslash, fileLine, joinLines, sliceLine, trimmed, type Line } from "./lines.ts";
import { directiveSearch, hasLongLine, isContinuedComment, physicalLine } from "./physical.ts";
import { replaceUses } from "./replace.ts";
import { limits, newState, problem, pushLines, siteOfLine, type ExpandOptions, type Frame, type State } from "./state.ts";

export type * from "./expansion.ts";
export type { ExpandOptions } from "./state.ts";

/** Expands an entry file. Never throws: what cannot be read is a problem or an include's failure. */
export const expand = (entry: string, files: ConfigFiles, options: ExpandOptions | string = {}): Expansion => {
  const { configId, version, effort = {} } = typeof options === "string" ? { configId: options, version: undefined } : options;
  const got = files.read(entry);
  const text = got.kind === "text" ? got.text : "";
  const dialect = dialectOf(version);
  const base = { entry, ...(configId === undefined ? {} : { configId }) };
  if (!directiveSearch(dialect).test(text) && !hasLongLine(text)) {
    const nothing = { includes: [], definitions: [], uses: [], conditions: [], problems: [] };
    return { ...base, text: literalText(entry, text), files: [entry], ...nothing };
  }
  const state = newState(files, configId, dialect, effort);
  openFile(state, entry, text, undefined);
  run(state);
  closeDefinition(state);
  return {
    ...base,
    text: state.out.finish(),
    files: [...state.read],
    includes: state.includes,
    definitions: state.allDefinitions,
    uses: state.uses,
    conditions: state.conditions,
    problems: state.problems,
  };
};

/** Takes lines from wherever the next one comes from, until there are none. */
const run = (state: State): void => {
  for (;;) {
    const source = state.pending.at(-1);
    if (source !== undefined) {
      const line = source.next();
      if (line === undefined) state.pending.pop();
      else if (mayGoOn(state, line)) oneLine(state, line, undefined, false);
      else state.pending.length = 0;
      continue;
    }
    const frame = state.frames.at(-1);
    if (frame === undefined) return;
    if (frame.at === undefined) endFile(state, frame);
    else nextFromFile(state, frame, frame.at);
  }
};

/** Whether definitions and sequences may make one line more. */
const mayGoOn = (state: State, line: Line): boolean => {
  state.effort.line?.();
  state.made++;
  const within = state.made < limits.lines && state.budget > 0 && state.out.length() < limits.length;
  if (!within && !state.problems.some(({ kind }) => kind === "line-limit"))
    problem(state, "line-limit", siteOfLine(line), String(limits.lines));
  return within;
};

/** Whole runs of lines without anything to expand are taken over at once. */
const nextFromFile = (state: State, frame: Frame, start: number): void => {
  const { text, file } = frame;
  if (state.open === undefined && !frame.long) {
    const directive = directiveLine(frame, start);
    if (directive > start) {
      state.effort.line?.();
      const end = directive > text.length ? text.length : directive - 1;
      if (end > start) state.out.addLiteral(file, text.slice(start, end), start);
      frame.at = directive > text.length ? undefined : directive;
      return;
    }
  }
  state.effort.line?.();
  const line = physicalLine(text, start, state.dialect);
  frame.at = line.next;
  const { problem: found } = line;
  if (found !== undefined) {
    const detail = found.kind === "line-too-long" ? "1022" : "NUL";
    problem(state, found.kind, { file, span: { start: found.start, end: found.end } }, detail);
  }
  if (line.end > line.start) fromFile(state, fileLine(file, text.slice(line.start, line.end), line.start));
  else closeDefinition(state);
};

/** Where the next line begins, from `start` on, that has to be looked at; behind the text when there is none. */
const directiveLine = (frame: Frame, start: number): number => {
  if (frame.nextDirective >= start) return frame.nextDirective;
  frame.search.lastIndex = start;
  const found = frame.search.exec(frame.text);
  frame.nextDirective = found === null ? frame.text.length + 1 : Math.max(start, frame.text.lastIndexOf("\n", found.index - 1) + 1);
  return frame.nextDirective;
};

/** A line as it stands in a file: the comment goes with it, so that the text keeps it, but nothing in it is replaced. */
const fromFile = (state: State, line: Line): void => {
  const cut = commentStart(line.text);
  let code = trimmed(cut === line.text.length ? line : sliceLine(line, 0, cut));
  let whole: Line | undefined = line;
  if (state.dialect.commentBackslash && isContinuedComment(line.text)) {
    const backslash = sliceLine(line, line.text.length - 1);
    problem(state, "comment-backslash", siteOfLine(backslash), "\\");
    code = joinLines([code, backslash]);
    whole = undefined;
  }
  if (state.open !== undefined) return code.text === "" ? undefined : continueDefinition(state, code);
  // Blanks before a final backslash go: it becomes part of the last word.
  if (cut === line.text.length && /[ \t]\\$/u.test(code.text) && endsInBackslash(code.text)) {
    code = joinLines([trimmed(sliceLine(code, 0, code.text.length - 1)), sliceLine(code, code.text.length - 1)]);
    whole = undefined;
  }
  if (code.text === "") return state.out.add(line);
  if (/^\\[#!]/u.test(code.text) && state.dialect.copied)
    problem(state, "escaped-at-line-start", siteOfLine(code, { start: 0, end: 2 }), code.text.slice(0, 2));
  oneLine(state, code, whole, /^include[rmwba]?[ \t\r\v\f]/u.test(code.text));
};

/**
 * One line through the daemon's steps. `whole` is the line as it stands in its file, comment included, to be kept when
 * nothing of it changes; `plain` tells that the line began with `include` when it was read.
 */
const oneLine = (state: State, input: Line, whole: Line | undefined, plain: boolean): void => {
  if (state.open !== undefined) return continueDefinition(state, input);
  const { dialect } = state;
  let line = input;
  for (let again = true, rounds = 0; again && rounds < limits.includeDepth; rounds++) {
    again = false;
    if (line.text.startsWith("@") && dialect.conditions) {
      const rest = conditional(state, line);
      if (rest === undefined) return;
      line = rest;
    }
    if (line.text.startsWith("$") && dialect.definitions && defineFrom(state, line)) return;
    if (dialect.sequences && (line.text.startsWith("~SEQ") || (line.text.startsWith("~LST") && dialect.lists)))
      return startSequence(state, line);
    if (line.text.startsWith("~") || !line.text.includes("$") || !dialect.definitions) break;
    const replaced = replaceUses(state.replacer, line);
    if (replaced === undefined) break;
    // A replaced line is searched for comments again: a definition may have brought one in (`_HASH`).
    const comment = commentStart(replaced.line.text, false);
    tellCutWord(state, replaced.line, comment);
    line = trimmed(sliceLine(replaced.line, 0, comment));
    for (const lines of replaced.following) pushLines(state, lines);
    again = dialect.rechecks && (line.text.startsWith("@") || line.text.includes("$"));
  }
  if (line.text === "") return;
  const found = readInclude(line.text, dialect);
  if (found !== undefined) return include(state, line, found, plain);
  state.strictness = readIncludeCheck(line.text, state.strictness) ?? state.strictness;
  const rest = restBehindBrace(line.text);
  if (rest !== undefined) {
    state.out.add(sliceLine(line, 0, rest));
    return oneLine(state, trimmed(sliceLine(line, rest)), undefined, false);
  }
  state.out.add(line === input && whole !== undefined ? whole : line);
};

const directiveBehindBrace = /[{}][ \t]*(?:[@~]|include|\$[A-Za-z_][A-Za-z0-9_]*=)/u;
const directiveStart = /^(?:[@~]|include|\$[A-Za-z_][A-Za-z0-9_]*=)/u;

/** What stands behind a brace is a line of its own for the daemon: where one that has to be looked at begins. */
const restBehindBrace = (text: string): number | undefined => {
  if (!directiveBehindBrace.test(text)) return undefined;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    // A brace at the beginning is a line by itself.
    if (at === start && (c === "{" || c === "}")) {
      start = at + 1;
      while (text[start] === " " || text[start] === "\t") start++;
      if (directiveStart.test(text.slice(start, start + 70))) return start;
      at = start - 1;
    } else if (c === '"') {
      const close = text.indexOf('"', at + 1);
      if (close < 0) return undefined;
      at = close;
    } else if (c === "{" || c === "}") {
      start = at;
      at--;
    }
  }
  return undefined;
};

/** What stands behind an `@id`; undefined when the line is dropped. */
const conditional = (state: State, line: Line): Line | undefined => {
  const negated = line.text[1] === "^" && state.dialect.negatedConditions;
  const idStart = negated ? 2 : 1;
  let prefix = idStart;
  while (prefix < line.text.length && line.text[prefix] !== " " && line.text[prefix] !== "\t") prefix++;
  const id = line.text.slice(idStart, prefix);
  const rest = trimmed(sliceLine(line, prefix));
  const kept = rest.text !== "" && (state.configId !== undefined && id === state.configId) !== negated;
  state.conditions.push({ id, negated, kept, site: siteOfLine(line, { start: 0, end: prefix }) });
  return kept ? rest : undefined;
};

/** A `_HASH` or `_BANG` inside a word was meant as a character and begins a comment. */
const tellCutWord = (state: State, line: Line, comment: number): void => {
  if (comment === 0 || comment >= line.text.length || /\s/u.test(line.text[comment - 1]!)) return;
  const site = siteOfLine(line, { start: comment, end: comment + 1 });
  if (site.via?.kind === "definition" && /^_(?:HASH|BANG)$/u.test(site.via.name)) problem(state, "comment-made", site, site.via.name);
};
