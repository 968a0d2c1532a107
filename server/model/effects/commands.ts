/** What a command family's interpreter is given and gives back. */
import type { Site } from "../../../grammar/text.ts";
import type { Word } from "../../../grammar/shell/tree.ts";
import type { Effect, Known, PathStep } from "./types.ts";

/** One argument; `text` is undefined when it cannot be known. */
export interface Argument {
  readonly text: string | undefined;
  readonly site: Site;
  /** The word of the script, if it comes from one. */
  readonly word?: Word;
}

/** A command with its evaluated arguments. */
export interface Invocation {
  /** The base name: "ifconfig" of /sbin/ifconfig. */
  readonly name: string;
  readonly written: string;
  readonly arguments: readonly Argument[];
  readonly site: Site;
  readonly command: Site;
  readonly path: readonly PathStep[];
}

/** undefined: the command does nothing this family describes. */
export type Interpreter = (call: Invocation) => readonly Effect[] | undefined;

export const baseOf = (call: Invocation): { readonly site: Site; readonly command: Site; readonly path: readonly PathStep[] } => ({
  site: call.site,
  command: call.command,
  path: call.path,
});

export const argument = (from: Argument): Known<string> =>
  from.text === undefined ? { kind: "unknown", site: from.site } : { kind: "known", value: from.text, site: from.site };

/** Applies a reading to a known value; what cannot be read becomes unknown. */
export const read = <T>(from: Argument, reading: (text: string) => T | undefined): Known<T> => {
  const value = from.text === undefined ? undefined : reading(from.text);
  return value === undefined ? { kind: "unknown", site: from.site } : { kind: "known", value, site: from.site };
};
