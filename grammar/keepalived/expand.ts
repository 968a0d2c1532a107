/**
 * Expansion: one entry file with everything the daemon puts in its place (included files, `$definitions`, `@id`
 * lines, `~SEQ`/`~LST` rounds), as one mapped text. The order of steps for a line is the daemon's (keepalived v2.4.3
 * lib/parser.c:2624, read_line): comment, `@id`, `$NAME=…`, `~SEQ`/`~LST`, replacement, `include`.
 *
 * Nothing here touches a disk: files come through `ConfigFiles`. Every loop is bounded by `limits`.
 */
import { literalText, siteOf, type MappedText, type Site, type Span } from "../text.ts";
import { collectLines, commentStart, fileLine, joinLines, replacedLine, sliceLine, type Line } from "./lines.ts";
import { readSequence, type SequenceRound } from "./sequence.ts";

/** How expansion reaches files. Names are whatever the caller's files are called; they come back in sites. */
export interface ConfigFiles {
  /** The text of a file, or why there is none. */
  readonly read: (file: string) => FileText;
  /** What an include pattern names, seen from the folder of the including file, in the daemon's (sorted) order. */
  readonly find: (pattern: string, from: string) => IncludeMatches;
}

export type FileText = { readonly kind: "text"; readonly text: string } | { readonly kind: "unreadable"; readonly reason: string };

export interface IncludeMatches {
  readonly files: readonly string[];
  /** The pattern has `*`, `?`, `[` or `{`. */
  readonly wildcard: boolean;
  /** Why nothing was looked up, when the pattern leads out of what may be read. */
  readonly outside?: true;
}

export type IncludeVariant = "include" | "includer" | "includem" | "includew" | "includeb" | "includea";

export interface Include {
  readonly variant: IncludeVariant;
  readonly pattern: string;
  readonly site: Site;
  readonly matches: IncludeMatches;
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

export interface Definition {
  readonly name: string;
  readonly value: string;
  /** The name as written, without `$`. */
  readonly site: Site;
  readonly valueSite: Site;
  readonly multiline: boolean;
}

export interface DefinitionUse {
  readonly name: string;
  readonly site: Site;
  /** Undefined when the daemon leaves the text as it is. */
  readonly definition?: Definition;
}

/** An `@id` or `@^id` prefix. */
export interface Condition {
  readonly id: string;
  readonly negated: boolean;
  readonly site: Site;
  readonly kept: boolean;
}

export interface ExpandProblem {
  readonly kind:
    "include-cycle" | "include-depth" | "definition-loop" | "line-limit" | "sequence-invalid" | "sequence-limit" | "file-limit";
  readonly site: Site;
  readonly detail: string;
}

/** One node's expanded configuration: an entry file read with one configuration id. */
export interface Expansion {
  readonly entry: string;
  readonly configId?: string;
  readonly text: MappedText;
  /** Every file that was read, the entry first, each once. */
  readonly files: readonly string[];
  readonly includes: readonly Include[];
  readonly definitions: readonly Definition[];
  readonly uses: readonly DefinitionUse[];
  readonly conditions: readonly Condition[];
  readonly problems: readonly ExpandProblem[];
}

const limits = { includeDepth: 50, files: 2000, lines: 200_000, replacements: 200, lineLength: 65_536, sequenceRounds: 10_000 };

/** Whether a text holds anything that expansion would change; a text without is its own expansion. */
const needsExpansion = (text: string): boolean => text.includes("$") || /^[ \t]*(?:[@~]|include)/mu.test(text);

const includePattern = /^include([rmwba]?)[ \t]+(?=\S)/u;
const conditionPattern = /^@(\^?)([^ \t]*)/u;
const definitionPattern = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*/u;
/** `${NAME}`, `${NAME params}`, or `$NAME` before a space, comma, closing parenthesis or the end of the line. */
const usePattern = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)((?:[ \t]+[A-Za-z0-9_]+)*)\}|([A-Za-z_][A-Za-z0-9_]*)(?=[ \t,)]|$))/gu;

/** Names the daemon defines itself (parser.c:2266); their text is not known here, except of the first three. */
const predefined = new Set(["_PWD", "_INSTANCE", "_RANDOM", "_HASH", "_BANG", "_ENV"]);

interface StoredDefinition extends Definition {
  /** The lines of a multi-line definition, or the one line of a simple one, with their origin. */
  readonly lines: readonly Line[];
  readonly sequence?: true;
}

interface State {
  readonly files: ConfigFiles;
  readonly configId: string | undefined;
  readonly out: ReturnType<typeof collectLines>;
  readonly read: string[];
  readonly includes: Include[];
  readonly definitions: Map<string, StoredDefinition>;
  readonly allDefinitions: Definition[];
  readonly uses: DefinitionUse[];
  readonly conditions: Condition[];
  readonly problems: ExpandProblem[];
  /** Including files, outermost first. */
  readonly stack: string[];
  /** Lines that definitions and sequences made: they can multiply each other. */
  steps: number;
  /** The multi-line definition that is being read. */
  open: { readonly name: string; readonly site: Site; readonly valueSite: Site; readonly lines: Line[] } | undefined;
}

/** Expands an entry file for one configuration id (`@id` lines; without an id no `@id` line is kept). Never throws. */
export const expand = (entry: string, files: ConfigFiles, configId?: string): Expansion => {
  const got = files.read(entry);
  const text = got.kind === "text" ? got.text : "";
  const base = { entry, ...(configId === undefined ? {} : { configId }) };
  if (!needsExpansion(text))
    return {
      ...base,
      text: literalText(entry, text),
      files: [entry],
      includes: [],
      definitions: [],
      uses: [],
      conditions: [],
      problems: [],
    };
  const state: State = {
    files,
    configId,
    out: collectLines(),
    read: [],
    includes: [],
    definitions: new Map(),
    allDefinitions: [],
    uses: [],
    conditions: [],
    problems: [],
    stack: [],
    steps: 0,
    open: undefined,
  };
  readFile(state, entry, text);
  closeDefinition(state);
  return {
    ...base,
    text: state.out.finish(),
    files: [...new Set(state.read)],
    includes: state.includes,
    definitions: state.allDefinitions,
    uses: state.uses,
    conditions: state.conditions,
    problems: state.problems,
  };
};

const readFile = (state: State, file: string, text: string): void => {
  state.read.push(file);
  state.stack.push(file);
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    let contentEnd = end;
    while (contentEnd > start && text.charCodeAt(contentEnd - 1) === 0x0d) contentEnd--;
    physicalLine(state, fileLine(file, text.slice(start, contentEnd), start));
    if (feed < 0) break;
    start = feed + 1;
  }
  state.stack.pop();
};

/** A line as it stands in a file: the comment goes with it, so that the text keeps it, but nothing in it is replaced. */
const physicalLine = (state: State, line: Line): void => {
  const cut = commentStart(line.text);
  const code = cut === line.text.length ? line : sliceLine(line, 0, cut);
  if (state.open !== undefined) return continueDefinition(state, trimmed(code));
  if (code.text.trim() === "") return emit(state, line);
  const produced = logicalLine(state, trimmed(code), 0);
  if (produced === "unchanged") emit(state, line);
};

const emit = (state: State, line: Line): void => state.out.add(line);

const mayGoOn = (state: State, line: Line): boolean => {
  state.steps++;
  if (state.steps === limits.lines) problem(state, "line-limit", line, String(limits.lines));
  return state.steps < limits.lines;
};

const problem = (state: State, kind: ExpandProblem["kind"], line: Line, detail: string, span?: Span): void =>
  void state.problems.push({ kind, site: siteOf(line, span ?? { start: 0, end: line.text.length }), detail });

const trimmed = (line: Line): Line => {
  const start = line.text.length - line.text.replace(/^[ \t]+/u, "").length;
  let end = line.text.length;
  while (end > start && (line.text[end - 1] === " " || line.text[end - 1] === "\t")) end--;
  return sliceLine(line, start, end);
};

/**
 * One line through the daemon's steps. Emits what comes of it; "unchanged" leaves the caller to emit the line as it
 * stands. `depth` counts definitions and sequences that lead here.
 */
const logicalLine = (state: State, input: Line, depth: number): "unchanged" | "done" => {
  if (depth > 0 && !mayGoOn(state, input)) return "done";
  let line = input;
  if (line.text.startsWith("@")) {
    const condition = conditionPattern.exec(line.text)!;
    const id = condition[2]!;
    const negated = condition[1] === "^";
    const prefix = condition[0].length;
    const rest = trimmed(sliceLine(line, prefix));
    const kept = rest.text !== "" && (state.configId !== undefined && id === state.configId) !== negated;
    state.conditions.push({ id, negated, kept, site: siteOf(line, { start: 0, end: prefix }) });
    if (!kept) return "done";
    line = rest;
  }
  if (line.text.startsWith("$") && defineFrom(state, line)) return "done";
  if (line.text.startsWith("~SEQ") || line.text.startsWith("~LST")) {
    runSequence(state, line, depth);
    return "done";
  }
  if (line.text.includes("$") && !line.text.startsWith("~")) {
    const replaced = replaceUses(state, line, depth);
    if (replaced !== undefined) {
      const [first, ...more] = replaced;
      if (first !== undefined) finishLine(state, withoutComment(first));
      for (const next of more) {
        if (logicalLine(state, trimmed(next), depth + 1) === "unchanged") emit(state, next);
      }
      return "done";
    }
  }
  if (includePattern.test(line.text)) {
    finishLine(state, line);
    return "done";
  }
  if (line === input) return "unchanged";
  emit(state, line);
  return "done";
};

/** A replaced line is searched for comments again: a definition may have brought one in (`_HASH`). */
const withoutComment = (line: Line): Line => trimmed(sliceLine(line, 0, commentStart(line.text)));

/** The last step: an include, or a line of the text. */
const finishLine = (state: State, line: Line): void => {
  const found = includePattern.exec(line.text);
  if (found === null) return emit(state, line);
  const variant = `include${found[1] ?? ""}` as IncludeVariant;
  const patternSpan = { start: found[0].length, end: line.text.length };
  const pattern = line.text.slice(patternSpan.start);
  const from = state.stack.at(-1) ?? "";
  const matches = state.files.find(pattern, from);
  const unreadable: { file: string; reason: string }[] = [];
  state.includes.push({ variant, pattern, matches, unreadable, site: siteOf(line, patternSpan) });
  if (state.stack.length >= limits.includeDepth) return problem(state, "include-depth", line, String(limits.includeDepth));
  for (const file of matches.files) {
    if (state.stack.includes(file)) {
      problem(state, "include-cycle", line, file, patternSpan);
      continue;
    }
    if (state.read.length >= limits.files) return problem(state, "file-limit", line, String(limits.files));
    const got = state.files.read(file);
    if (got.kind === "text") readFile(state, file, got.text);
    else unreadable.push({ file, reason: got.reason });
  }
};

/** `$NAME=text`: the value runs to the end of the line, or over several lines that end in `\`. */
const defineFrom = (state: State, line: Line): boolean => {
  const found = definitionPattern.exec(line.text);
  if (found === null) return false;
  const name = found[1]!;
  const site = siteOf(line, { start: 1, end: 1 + name.length });
  const value = sliceLine(line, found[0].length);
  const valueSite = siteOf(line, { start: found[0].length, end: line.text.length });
  if (value.text.endsWith("\\")) {
    const first = trimmed(sliceLine(value, 0, value.text.length - 1));
    state.open = { name, site, valueSite, lines: first.text === "" ? [] : [first] };
  } else store(state, { name, value: value.text, site, valueSite, multiline: false, lines: [value] });
  return true;
};

const continueDefinition = (state: State, line: Line): void => {
  const more = line.text.endsWith("\\");
  const content = more ? trimmed(sliceLine(line, 0, line.text.length - 1)) : line;
  if (content.text !== "") state.open!.lines.push(content);
  if (!more) closeDefinition(state);
};

const closeDefinition = (state: State): void => {
  const { open } = state;
  if (open === undefined) return;
  state.open = undefined;
  const lines = open.lines.length === 0 ? [replacedLine("", open.site, undefined)] : open.lines;
  store(state, { ...open, lines, value: lines.map((line) => line.text).join("\n"), multiline: open.lines.length > 0 });
};

const store = (state: State, definition: StoredDefinition): void => {
  state.definitions.set(definition.name, definition);
  const { lines: _lines, sequence: _sequence, ...told } = definition;
  state.allDefinitions.push(told);
};

/**
 * Replaces uses from left to right; replaced text is looked at again, so values expand at their use. Undefined when
 * the line has nothing to replace. A multi-line definition is replaced only as the last thing of its line; its further
 * lines follow as lines of their own.
 */
const replaceUses = (state: State, input: Line, depth: number): Line[] | undefined => {
  let line = input;
  let changed = false;
  const following: Line[] = [];
  usePattern.lastIndex = 0;
  for (let count = 0; ; count++) {
    const found = usePattern.exec(line.text);
    if (found === null) break;
    const name = found[1] ?? found[3]!;
    const span = { start: found.index, end: found.index + found[0].length };
    const use = siteOf(line, span);
    const definition = state.definitions.get(name);
    const builtin = definition === undefined ? builtinValue(state, name) : undefined;
    const atEnd = span.end === line.text.length;
    if (definition === undefined ? builtin === undefined : definition.multiline && !atEnd) {
      if (!predefined.has(name)) state.uses.push({ name, site: use, ...(definition === undefined ? {} : { definition }) });
      usePattern.lastIndex = found.index + 1;
      continue;
    }
    const parts = definition?.lines ?? [replacedLine(builtin!, use, undefined)];
    const sequence = definition?.sequence === true;
    if (definition !== undefined && !sequence) state.uses.push({ name, site: use, definition });
    const kind = sequence ? "sequence" : "definition";
    const asUse = (part: Line): Line =>
      replacedLine(
        part.text,
        { file: use.file, span: use.span },
        {
          kind,
          name,
          ...(definition === undefined
            ? {}
            : { site: part.text === "" ? definition.valueSite : siteOf(part, { start: 0, end: part.text.length }) }),
        },
      );
    if (count >= limits.replacements || line.text.length > limits.lineLength || depth > limits.includeDepth) {
      problem(state, "definition-loop", line, name, span);
      break;
    }
    const first = parts[0] ?? replacedLine("", use, undefined);
    line = joinLines([sliceLine(line, 0, span.start), asUse(first), sliceLine(line, span.end)]);
    following.unshift(...parts.slice(1).map(asUse));
    changed = true;
    usePattern.lastIndex = span.start;
  }
  return changed ? [line, ...following] : undefined;
};

const builtinValue = (state: State, name: string): string | undefined => {
  if (name === "_HASH") return "#";
  if (name === "_BANG") return "!";
  if (name === "_INSTANCE") return state.configId;
  return undefined;
};

/** `~SEQ(…) text` and `~LST(…) text`: the text once for every round, with the variables defined. */
const runSequence = (state: State, line: Line, depth: number): void => {
  const resolved = resolveInParentheses(state, line, depth);
  const sequence = readSequence(resolved.text, limits.sequenceRounds);
  if (sequence.kind === "invalid") return problem(state, "sequence-invalid", line, sequence.reason);
  if (sequence.truncated) problem(state, "sequence-limit", line, String(limits.sequenceRounds));
  const text = trimmed(sliceLine(resolved, sequence.textStart));
  if (depth > limits.includeDepth) return problem(state, "definition-loop", line, line.text.slice(0, 4));
  const site = siteOf(resolved, { start: 0, end: sequence.textStart });
  for (const round of sequence.rounds) {
    if (state.steps >= limits.lines) return;
    defineRound(state, round, site);
    if (logicalLine(state, text, depth + 1) === "unchanged") emit(state, text);
  }
};

/** Numbers of a sequence may be definitions: they are replaced in front of the text, which is left for the rounds. */
const resolveInParentheses = (state: State, line: Line, depth: number): Line => {
  const close = line.text.indexOf(")");
  if (close < 0 || !line.text.slice(0, close).includes("$")) return line;
  const replaced = replaceUses(state, sliceLine(line, 0, close + 1), depth);
  return replaced?.[0] === undefined ? line : joinLines([replaced[0], sliceLine(line, close + 1)]);
};

const defineRound = (state: State, round: SequenceRound, site: Site): void => {
  for (const [name, value] of round)
    state.definitions.set(name, {
      name,
      value,
      site,
      valueSite: site,
      multiline: false,
      sequence: true,
      lines: [replacedLine(value, site, undefined)],
    });
};
