/** What expansion knows while it reads, and its bounds. */
import { siteOf, type Site, type Span } from "../text.ts";
import type { Version } from "../vocabulary/types.ts";
import type { Dialect } from "./dialect.ts";
import type {
  Condition,
  ConfigFiles,
  Definition,
  DefinitionUse,
  ExpandProblem,
  ExpandProblemKind,
  Include,
  IncludeFailure,
} from "./expansion.ts";
import { lenient, type Strictness } from "./include.ts";
import { collectLines, type Line } from "./lines.ts";
import type { Replacer, StoredDefinition } from "./replace.ts";

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
export interface Frame {
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

export interface OpenInclude {
  readonly variant: Include["variant"];
  readonly site: Site;
  /** Files that are still to be read. */
  readonly rest: string[];
  readonly unreadable: { file: string; reason: string }[];
  readonly failures: IncludeFailure[];
  readonly strictness: Strictness;
}

/** Where lines come from before the file goes on: the innermost is asked first. */
export interface Pending {
  readonly next: () => Line | undefined;
}

export interface State {
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

export const newState = (files: ConfigFiles, configId: string | undefined, dialect: Dialect, effort: Effort): State => {
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

export const problem = (state: State, kind: ExpandProblemKind, site: Site, detail: string): void =>
  void state.problems.push({ kind, site, detail });

export const siteOfLine = (line: Line, span: Span = { start: 0, end: line.text.length }): Site => siteOf(line, span);

/** Lines that come before whatever would be read next. */
export const pushLines = (state: State, lines: readonly Line[]): void => {
  let index = 0;
  state.pending.push({ next: () => lines[index++] });
};
