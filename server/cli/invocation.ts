/** What the command line can ask for. */
import type { Distro } from "../../grammar/vocabulary/releases.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { Severity } from "../analysis/finding.ts";
import type { UpgradeRequest } from "./upgrade.ts";
import type { Target } from "../analysis/settings/write.ts";

export type FormatName = "pretty" | "json" | "jsonl" | "sarif" | "github" | "gitlab" | "checkstyle" | "junit" | "rdjson" | "gcc";

export type RulesFormat = "pretty" | "json";

/** A format with the file it goes to; without one it goes to standard output. */
export interface Output {
  readonly format: FormatName;
  readonly file?: string;
}

export type FailOn = "error" | "warning" | "info" | "never";

/** What is read, and as what. */
export interface ReadRequest {
  /** As written; empty means the working directory, "-" standard input. */
  readonly paths: readonly string[];
  /** Stated with --keepalived-version or --distro. */
  readonly version?: Version;
  /** Stated with --distro. */
  readonly distro?: Distro;
  readonly configId?: string;
  /** A kalint.toml instead of the nearest one. */
  readonly config?: string;
  readonly stdinName?: string;
}

export interface CheckRequest extends ReadRequest {
  readonly kind: "check";
  readonly outputs: readonly Output[];
  readonly failOn: FailOn;
  /** By rule or group of rules. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  /** A file of findings to leave out. */
  readonly baseline?: string;
  /** Writes the baseline instead of reading it. */
  readonly updateBaseline?: true;
  /** Stated with --color or --no-color. */
  readonly color?: boolean;
  /** What is to be changed in the files; nothing when absent. */
  readonly changes?: Changes;
}

/** What a check changes in the files. */
export interface Changes {
  /** Which fixes are applied. */
  readonly fix: "none" | "safe" | "review";
  /** The reason of comments that agree to what is left; none are added when absent. */
  readonly ignore?: string;
  /** Prints what would be changed and writes nothing. */
  readonly diff: boolean;
}

export interface DoctorRequest extends ReadRequest {
  readonly kind: "doctor";
}

export type FailoverFormat = "table" | "json" | "markdown";

export interface FailoverRequest extends ReadRequest {
  readonly kind: "failover";
  readonly format: FailoverFormat;
  /** A file of steps; without it every single failure is tried. */
  readonly scenario?: string;
  /** Stated with --color or --no-color. */
  readonly color?: boolean;
}

export interface FmtRequest extends ReadRequest {
  readonly kind: "fmt";
  readonly check: boolean;
  /** One step of indentation. */
  readonly indent: string;
}

export type GraphFormat = "svg" | "mermaid" | "dot";

export interface GraphRequest extends ReadRequest {
  readonly kind: "graph";
  readonly format: GraphFormat;
  /** Nobody named the format. */
  readonly unasked?: true;
  /** Where it goes; without one to standard output. */
  readonly file?: string;
}

export interface InitRequest {
  readonly kind: "init";
  /** What was stated of the version. */
  readonly target?: Target;
  /** The settings into kalint.toml or onto standard output, or the schema of such files there. */
  readonly output: "file" | "text" | "schema";
}

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

export type Invocation =
  | InitRequest
  | UpgradeRequest
  | CheckRequest
  | DoctorRequest
  | FailoverRequest
  | FmtRequest
  | GraphRequest
  | { readonly kind: "rules"; readonly format: RulesFormat }
  | { readonly kind: "explain"; readonly subject: string; readonly color?: boolean }
  | { readonly kind: "collect" }
  | { readonly kind: "lsp" }
  | { readonly kind: "completion"; readonly shell: Shell }
  | { readonly kind: "version" }
  /** Text for standard output: help. */
  | { readonly kind: "text"; readonly text: string }
  /** Wrong use; one line without the name of the program. */
  | { readonly kind: "refused"; readonly line: string };
