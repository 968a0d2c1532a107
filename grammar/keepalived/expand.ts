/**
 * Expansion: one entry file with everything the daemon puts in its place (included files, `$definitions`, `@id`
 * lines, `~SEQ`/`~LST` rounds), as one mapped text. The order of steps for a line, and where the next line comes from, are
 * the daemon's (keepalived v2.4.3 lib/parser.c:2624, read_line): comment, `@id`, `$NAME=…`, `~SEQ`/`~LST`, replacement,
 * `include`, braces. Lines of definitions and rounds of sequences come before those of a file that was just included.
 *
 * Nothing here touches a disk: files come through `ConfigFiles`. Every loop is bounded by `limits`.
 */
import { literalText, siteOf, type Site, type Span } from "../text.ts";
import type { Version } from "../vocabulary/types.ts";
import { dialectOf, type Dialect } from "./dialect.ts";
import type {
  Condition,
  ConfigFiles,
  Definition,
  DefinitionUse,
  Expansion,
  ExpandProblem,
  ExpandProblemKind,
  Include,
  IncludeFailure,
} from "./expansion.ts";
import { includeFailures, lenient, readInclude, readIncludeCheck, unreadableFailure, type Strictness } from "./include.ts";
import { collectLines, commentStart, endsInBackslash, fileLine, joinLines, sliceLine, trimmed, type Line } from "./lines.ts";
import { directiveSearch, hasLongLine, isContinuedComment, physicalLine } from "./physical.ts";
import { replaceUses, type DefinitionPart, type Replacer, type StoredDefinition } from "./replace.ts";
import { readSequence, type SequenceRound } from "./sequence.ts";

export type * from "./expansion.ts";

/** kalint's own bounds. The daemon has none but its memory and its file descriptors (about 1,000 files deep). */
export const limits = {
  includeDepth: 50,
  files: 2000,
  /** Lines that definitions and sequences make: they can multiply each other. */
  lines: 200_000,
  /** Characters that replacement copies: so many, and so many more for each character that is read. */
  copied: 20_000_000,
  copiedPerCharacter: 128,
  /** Characters of the whole text. */
  length: 64 * 1024 * 1024,
  sequenceRounds: 10_000,
} as const;

/** What a caller of `expand` may watch: how often something was done. For tests of cost. */
export interface Effort {
  readonly line?: () => void;
  readonly replacement?: (length: number) => void;
}

export interface ExpandOptions {
  /** Lines behind `@id` are kept for this id only; without an id, no such line is kept. */
  readonly configId?: string | undefined;
  /** Reads as that version of the daemon does; the newest known when nobody says. */
  readonly version?: Version | undefined;
  readonly effort?: Effort;
}

/** A file that is being read, with those that follow it through the same include. */
interface Frame {
  readonly file: string;
  readonly text: string;
  /** Where the next line begins; undefined at the end. */
  at: number | undefined;
  readonly search: RegExp;
  /** Where the next line to look at begins; found once for all lines before it. */
  nextDirective: number;
  readonly long: boolean;
  readonly including: OpenInclude | undefined;
  readonly strictness: Strictness;
}

interface OpenInclude {
  readonly variant: Include["variant"];
  readonly site: Site;
  /** Files that are still to be read. */
  readonly rest: string[];
  readonly unreadable: { file: string; reason: string }[];
  readonly failures: IncludeFailure[];
  readonly strictness: Strictness;
}

/** Where lines come from before the file goes on: the innermost is asked first. */
interface Pending {
  readonly next: () => Line | undefined;
}

interface State {
  readonly files: ConfigFiles;
  readonly configId: string | undefined;
  readonly dialect: Dialect;
  readonly effort: Effort;
  readonly out: ReturnType<typeof collectLines>;
  readonly read: Set<string>;
  reads: number;
  readonly includes: Include[];
  readonly definitions: Map<string, StoredDefinition>;
  readonly allDefinitions: Definition[];
  readonly uses: DefinitionUse[];
  /** The last use told of each name: a definition of many lines uses a name at one place many times. */
  readonly lastUses: Map<string, DefinitionUse>;
  readonly conditions: Condition[];
  readonly problems: ExpandProblem[];
  /** Definitions that never end or fill a line, each told once. */
  readonly defective: Set<string>;
  /** Including files, outermost first. */
  readonly frames: Frame[];
  readonly pending: Pending[];
  readonly replacer: Replacer;
  /** What `include_check` asks for. */
  strictness: Strictness;
  made: number;
  /** Characters that replacement may still copy. */
  budget: number;
  /** `~LST` lines the daemon refused: each makes it count one sequence too few, and the next one is never run. */
  miscounted: number;
  /** The multi-line definition that is being read. */
  open: { readonly name: string; readonly site: Site; readonly valueSite: Site; readonly lines: Line[] } | undefined;
}

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

const newState = (files: ConfigFiles, configId: string | undefined, dialect: Dialect, effort: Effort): State => {
  const definitions = new Map<string, StoredDefinition>();
  const state: State = {
    files,
    configId,
    dialect,
    effort,
    out: collectLines(),
    read: new Set(),
    reads: 0,
    includes: [],
    definitions,
    allDefinitions: [],
    uses: [],
    lastUses: new Map(),
    conditions: [],
    problems: [],
    defective: new Set(),
    frames: [],
    pending: [],
    strictness: lenient,
    made: 0,
    budget: limits.copied,
    miscounted: 0,
    open: undefined,
    replacer: {
      dialect,
      definitions,
      predefined: (name) => predefinedText(state, name),
      use: (use) => tellUse(state, use),
      problem: (kind, site, detail) => {
        // One definition fills, or never ends, every line it is used in.
        if (state.defective.has(`${kind} ${detail}`)) return;
        if (kind === "definition-loop" || kind === "line-full") state.defective.add(`${kind} ${detail}`);
        problem(state, kind, site, detail);
      },
      isEndless: (name) => state.defective.has(`definition-loop ${name}`),
      allowed: (length) => {
        state.effort.replacement?.(length);
        state.budget -= length + 64;
        return state.budget > 0;
      },
    },
  };
  return state;
};

const tellUse = (state: State, use: DefinitionUse): void => {
  const last = state.lastUses.get(use.name);
  const again =
    last !== undefined &&
    last.definition === use.definition &&
    last.left === use.left &&
    last.site.span.start === use.site.span.start &&
    last.site.file === use.site.file;
  if (again) return;
  state.lastUses.set(use.name, use);
  state.uses.push(use);
};

const predefinedText = ({ configId, files, frames }: State, name: string): string | undefined => {
  if (name === "_HASH") return "#";
  if (name === "_BANG") return "!";
  if (name === "_INSTANCE") return configId;
  return name === "_PWD" ? files.folder?.(frames.at(-1)?.file ?? "") : undefined;
};

const problem = (state: State, kind: ExpandProblemKind, site: Site, detail: string): void =>
  void state.problems.push({ kind, site, detail });

const siteOfLine = (line: Line, span: Span = { start: 0, end: line.text.length }): Site => siteOf(line, span);

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

// Files

const openFile = (state: State, file: string, text: string, including: OpenInclude | undefined): void => {
  state.read.add(file);
  state.reads++;
  state.budget += text.length * limits.copiedPerCharacter;
  state.frames.push({
    file,
    text,
    at: 0,
    search: directiveSearch(state.dialect),
    nextDirective: -1,
    long: hasLongLine(text),
    including,
    strictness: state.strictness,
  });
};

const endFile = (state: State, frame: Frame): void => {
  state.frames.pop();
  state.strictness = frame.strictness;
  if (frame.including !== undefined) nextIncluded(state, frame.including);
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

// Steps of a line

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
    line = trimmed(sliceLine(replaced.line, 0, commentStart(replaced.line.text, false)));
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

/** Opens the files that an include names; they are read when no lines of definitions and sequences are left. */
const include = (state: State, line: Line, found: NonNullable<ReturnType<typeof readInclude>>, plain: boolean): void => {
  const span = { start: found.start, end: line.text.length };
  const site = siteOfLine(line, span);
  const pattern = line.text.slice(span.start);
  const matches = state.files.find(pattern, state.frames.at(-1)?.file ?? "");
  const failures = includeFailures(found.variant, pattern, matches, state.strictness);
  const unreadable: { file: string; reason: string }[] = [];
  const { variant } = found;
  state.includes.push({ variant, pattern, matches, unreadable, failures, site, readTwice: !plain && state.dialect.copied });
  // An alternative that must exist and does not keeps the others from being read.
  if (failures.some(({ kind, enforced }) => kind === "alternative-missing" && enforced)) return;
  if (state.frames.length >= limits.includeDepth) return problem(state, "include-depth", site, String(limits.includeDepth));
  nextIncluded(state, { variant, site, rest: matches.files.toReversed(), unreadable, failures, strictness: state.strictness });
};

const nextIncluded = (state: State, including: OpenInclude): void => {
  const { site, rest, unreadable, failures, strictness, variant } = including;
  for (let file = rest.pop(); file !== undefined; file = rest.pop()) {
    const from = state.frames.findIndex((frame) => frame.file === file);
    if (from >= 0) {
      const files = state.frames.slice(from).map((frame) => frame.file);
      state.problems.push({ kind: "include-cycle", site, detail: file, files });
      continue;
    }
    if (state.reads >= limits.files || state.out.length() >= limits.length) return problem(state, "file-limit", site, String(limits.files));
    const got = state.files.read(file);
    const reason = got.kind === "unreadable" ? got.reason : state.files.executable?.(file) === true ? "it is executable" : undefined;
    if (reason !== undefined) {
      unreadable.push({ file, reason });
      failures.push(unreadableFailure(variant, strictness, file));
    }
    if (got.kind === "text") return openFile(state, file, got.text, including);
  }
};

// Definitions

const definitionPattern = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/u;

/** `$NAME=text`: the value runs to the end of the line, or over several lines that end in `\`. */
const defineFrom = (state: State, line: Line): boolean => {
  const found = definitionPattern.exec(line.text);
  if (found === null) return false;
  const name = found[1]!;
  const site = siteOfLine(line, { start: 1, end: 1 + name.length });
  const value = sliceLine(line, found[0].length);
  const valueSite = siteOfLine(line, { start: found[0].length, end: line.text.length });
  if (endsInBackslash(value.text)) {
    const first = trimmed(sliceLine(value, 0, value.text.length - 1));
    state.open = { name, site, valueSite, lines: first.text === "" ? [] : [first] };
    // The daemon has forgotten the earlier value by now.
    state.definitions.delete(name);
  } else store(state, { name, value: value.text, site, valueSite, multiline: false }, [value]);
  return true;
};

const continueDefinition = (state: State, line: Line): void => {
  const more = endsInBackslash(line.text);
  const content = more ? trimmed(sliceLine(line, 0, line.text.length - 1)) : line;
  if (content.text !== "") state.open!.lines.push(content);
  if (!more) closeDefinition(state);
};

const closeDefinition = (state: State): void => {
  const { open } = state;
  if (open === undefined) return;
  state.open = undefined;
  const { name, site, valueSite, lines } = open;
  store(state, { name, site, valueSite, value: lines.map((line) => line.text).join("\n"), multiline: lines.length > 0 }, lines);
};

const store = (state: State, definition: Definition, lines: readonly Line[]): void => {
  const { name, valueSite } = definition;
  const parts = (lines.length === 0 ? [undefined] : lines).map((line): DefinitionPart => {
    const site = line === undefined || line.text === "" ? valueSite : siteOfLine(line);
    return { text: line?.text ?? "", via: { kind: "definition", name, site } };
  });
  state.definitions.set(name, { ...definition, parts });
  state.allDefinitions.push(definition);
};

const pushLines = (state: State, lines: readonly Line[]): void => {
  let index = 0;
  state.pending.push({ next: () => lines[index++] });
};

// Sequences

/** `~SEQ(…) text` and `~LST(…) text`: the text once for every round, with the variables defined. */
const startSequence = (state: State, line: Line): void => {
  const resolve = (text: string): string | undefined => {
    const at = line.text.indexOf(text);
    const replaced = replaceUses(state.replacer, sliceLine(line, at, at + text.length), 64);
    return replaced === undefined ? text : replaced.following.length > 0 ? undefined : replaced.line.text;
  };
  const sequence = readSequence(line.text, limits.sequenceRounds, resolve, state.dialect.lists);
  if (sequence.kind === "invalid") {
    if (line.text.startsWith("~LST")) state.miscounted++;
    return problem(state, "sequence-invalid", siteOfLine(line), sequence.reason);
  }
  const site = siteOfLine(line, { start: 0, end: sequence.textStart });
  if (state.miscounted > 0) {
    state.miscounted--;
    problem(state, "sequence-lost", site, line.text.slice(0, 4));
  }
  if (sequence.truncated) problem(state, "sequence-limit", site, String(limits.sequenceRounds));
  const text = trimmed(sliceLine(line, sequence.textStart));
  if (text.text === "") return;
  let index = 0;
  state.pending.push({
    next: () => {
      if (index >= sequence.count) return undefined;
      defineRound(state, sequence.round(index++), site);
      return text;
    },
  });
};

const defineRound = (state: State, round: SequenceRound, site: Site): void => {
  for (const [name, value] of round) {
    const parts: readonly DefinitionPart[] = [{ text: value, via: { kind: "sequence", name, site } }];
    state.definitions.set(name, { name, value, site, valueSite: site, multiline: false, sequence: true, parts });
  }
};
