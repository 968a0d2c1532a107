/** What a command family's interpreter is given and gives back. */
import type { Site } from "../../../grammar/text.ts";
import type { Word } from "../../../grammar/shell/tree.ts";
import type { Document } from "./document.ts";
import type { Setting } from "./state.ts";
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
  readonly setting?: Setting;
  /** What it reads from its standard input, as far as that is known. */
  readonly input?: Document;
  /** The file its standard input is. */
  readonly inputFile?: Argument;
  /** A variable of its environment, as far as the script sets it: before the command, behind `env`, or earlier. */
  readonly environment?: (name: string) => Argument | undefined;
}

/** undefined: the command does nothing this family describes. */
export type Interpreter = (call: Invocation) => readonly Effect[] | undefined;

export interface CommandBase extends Setting {
  readonly site: Site;
  readonly command: Site;
  readonly path: readonly PathStep[];
  readonly words?: readonly Known<string>[];
}

export const baseOf = (call: Invocation): CommandBase => ({
  ...call.setting,
  site: call.site,
  command: call.command,
  path: call.path,
  words: [argument({ text: call.written === "" ? undefined : call.written, site: call.command }), ...call.arguments.map(argument)],
});

export const argument = (from: Argument): Known<string> =>
  from.text === undefined ? { kind: "unknown", site: from.site } : { kind: "known", value: from.text, site: from.site };

/** Applies a reading to a known value; what cannot be read becomes unknown. */
export const read = <T>(from: Argument, reading: (text: string) => T | undefined): Known<T> => {
  const value = from.text === undefined ? undefined : reading(from.text);
  return value === undefined ? { kind: "unknown", site: from.site } : { kind: "known", value, site: from.site };
};

/** The word behind the first of the names. */
export const wordAfter = (list: readonly Argument[], ...names: readonly string[]): Argument | undefined => {
  const at = list.findIndex(({ text }) => text !== undefined && names.includes(text));
  return at < 0 ? undefined : list[at + 1];
};

/** iproute2 takes any beginning of a word. */
export const abbreviates = (text: string | undefined, word: string): boolean =>
  text !== undefined && text.length > 0 && word.startsWith(text);

/** `lo` of `lo:0`. */
export const deviceOf = (name: Argument): Known<string> => read(name, (text) => text.split(":")[0]!.split("@")[0]!);
