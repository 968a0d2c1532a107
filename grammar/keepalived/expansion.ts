/** What expansion is asked for and what comes of it. */
import type { MappedText, Site } from "../text.ts";

/** How expansion reaches files. Names are whatever the caller's files are called; they come back in sites. */
export interface ConfigFiles {
  /** The text of a file, or why there is none. */
  readonly read: (file: string) => FileText;
  /** What an include pattern names, seen from the folder of the including file, in the daemon's (sorted) order. */
  readonly find: (pattern: string, from: string) => IncludeMatches;
  /** The folder of a file as the daemon on its machine would call it (`${_PWD}`); undefined when that cannot be known. */
  readonly folder?: (file: string) => string | undefined;
  /** Whether a file is executable: the daemon refuses to read such a one. */
  readonly executable?: (file: string) => boolean;
}

export type FileText = { readonly kind: "text"; readonly text: string } | { readonly kind: "unreadable"; readonly reason: string };

export interface IncludeMatches {
  readonly files: readonly string[];
  /** The pattern has `*`, `?`, `[` or `{`. */
  readonly wildcard: boolean;
  /** Alternatives of `{a,b}` without wildcards of their own that name no file. */
  readonly missing?: readonly string[];
  /** Why nothing was looked up, when the pattern leads out of what may be read. */
  readonly outside?: true;
}

export type IncludeVariant = "include" | "includer" | "includem" | "includew" | "includeb" | "includea";

/** What can go wrong with an include (grammar facts 10.3). */
export type IncludeFailureKind =
  /** A matched file cannot be read, is no regular file, or is executable. */
  | "unreadable"
  /** A plain name that does not exist. */
  | "missing"
  /** A wildcard that matches nothing. */
  | "no-match"
  /** Some of the `{a,b}` alternatives do not exist. */
  | "alternative-missing";

export interface IncludeFailure {
  readonly kind: IncludeFailureKind;
  /** The include's letter, or an `include_check` before it, makes this an error: the daemon ends after the first pass. */
  readonly enforced: boolean;
  /** The daemon prints it, enforced or not. */
  readonly printed: boolean;
  /** The files it is about, or the pattern. */
  readonly names: readonly string[];
}

export interface Include {
  readonly variant: IncludeVariant;
  readonly pattern: string;
  /** Of the pattern. */
  readonly site: Site;
  readonly matches: IncludeMatches;
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
  readonly failures: readonly IncludeFailure[];
  /**
   * The include does not stand at the start of its line: an `@id`, a definition, a sequence or a brace comes before it.
   * From 2.2.0 on the parent process overlooks such a one when it copies the configuration, so that all other processes
   * read the file twice.
   */
  readonly readTwice: boolean;
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
  /** Undefined when the daemon leaves the text as it is because nobody defined the name. */
  readonly definition?: Definition;
  /** Why the text stays although the name is defined: a multi-line definition that is not the end of its line, parameters that it does not take. */
  readonly left?: "multi-line" | "parameters";
}

/** An `@id` or `@^id` prefix. */
export interface Condition {
  readonly id: string;
  readonly negated: boolean;
  readonly site: Site;
  readonly kept: boolean;
}

export type ExpandProblemKind =
  /** `_HASH` or `_BANG` inside a word, outside quotes: the character begins a comment, as if it had been written there. */
  | "comment-made"
  /** A file includes itself, directly or through others; the daemon reads it until it has no file descriptors left (about 1,000 times). */
  | "include-cycle"
  /** A definition is replaced by itself for ever: the daemon hangs. */
  | "definition-loop"
  /** Replacement stopped because the line would exceed 1,023 bytes; the daemon goes on with what it has. */
  | "line-full"
  /** A predefined name with parameters it does not take: the daemon reports it and leaves the text. */
  | "definition-parameters"
  /** `${_ENV}` without a name: the daemon crashes. */
  | "environment-name-missing"
  /** A `~SEQ` or `~LST` line that the daemon reports and drops. */
  | "sequence-invalid"
  /** A sequence that the daemon never runs, because it miscounts after an invalid `~LST`. It is read here all the same. */
  | "sequence-lost"
  /** More than 1,022 bytes: the daemon reports it and drops the marked beginning, or splits the line there (before 2.4.0). */
  | "line-too-long"
  /** A NUL: the daemon reports it and drops the line, or what follows (before 2.4.0). */
  | "nul-in-line"
  /** A comment that ends in a backslash: before 2.4.0 the backslash stays as a line of its own. */
  | "comment-backslash"
  /** A line whose first character is an escaped comment character: in the daemon's copy it is taken for a mark of its own. */
  | "escaped-at-line-start"
  /** kalint's own bounds: what lies behind them is not read. `detail` is the bound. */
  | "include-depth"
  | "file-limit"
  | "line-limit"
  | "sequence-limit";

export interface ExpandProblem {
  readonly kind: ExpandProblemKind;
  readonly site: Site;
  readonly detail: string;
  /** For `include-cycle`: the files of the circle, from the one that is included again to the one that includes it. */
  readonly files?: readonly string[];
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
