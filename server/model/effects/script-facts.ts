/** What is known of a script as a whole: what it does, how it can end, and what the reading of it was told. */
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import type { Site, Span } from "../../../grammar/text.ts";
import type { Effect, PathStep } from "./types.ts";

/** One way in which a script ends. */
export interface Ending {
  /** Absent: what the deciding command ends with cannot be known. */
  readonly status?: number;
  /** The command that decides: an `exit`, the last command of a path, the last member of a pipeline. */
  readonly site: Site;
  /** `end`: the last command of the script, whose status is passed on. `errexit`: a command whose failure `set -e` passes on. */
  readonly how: "exit" | "end" | "errexit" | "exec" | "source" | "trap";
  /** Base name of the deciding command; absent for an `exit` with a number, and where it is not known. */
  readonly command?: string;
  /** Earlier members of a pipeline that may fail, which nobody sees: the last member decides. */
  readonly hides?: readonly Site[];
  /** It only ends so when its output cannot be written: a full disk, a folder that is not there. */
  readonly incidental?: true;
  readonly path: readonly PathStep[];
}

/** The statuses a script can end with; those that only a full disk brings about are left out. */
export interface ExitStatuses {
  /** Sorted, without repetition. */
  readonly known: readonly number[];
  /** Whether it can also end with one that depends on what cannot be seen, and where that is decided. */
  readonly unknown: boolean;
}

export interface UnsetVariable {
  readonly name: string;
  /** The use in an argument of a command. */
  readonly site: Site;
}

export interface ScriptEffects {
  readonly effects: readonly Effect[];
  /** Variables that are used as a command's argument and are assigned nowhere in the script. */
  readonly unsetVariables: readonly UnsetVariable[];
  readonly exitStatuses: ExitStatuses;
  /** How it can end, in the order of the script; empty when the reading was cut short. */
  readonly endings: readonly Ending[];
  /** False when a bound (rounds, depth, number of effects) ended the reading early. */
  readonly complete: boolean;
  /** The bound that did, when the script is long or runs in long loops. */
  readonly limit?: Limit;
}

/** A bound of the reading: "the script runs more than 20000 commands". */
export interface Limit {
  readonly what: string;
  readonly site: Site;
}

/** A file that a script reads in. */
export interface SourcedFile {
  /** Where it lies in the tree: what the sites of its effects name. */
  readonly file: string;
  readonly script: ShellScript;
}

export interface ScriptContext {
  readonly file: string;
  /** What $0 is: the path by which the script is called. */
  readonly path?: string;
  /** What $1, $2, … are, where that is known: a text, or one of several; undefined for one that is not. Without the field nothing is known of them. */
  readonly arguments?: readonly (string | readonly string[] | undefined)[];
  /** The text and path of a file that the script reads in (`.`); undefined where there is none. Without it they are not followed. */
  readonly sourced?: (path: string) => SourcedFile | undefined;
  /** Where a span of the script was written, for scripts that stand inside another text (`sh -c '…'`). */
  readonly mapSite?: (span: Span) => Site;
}
