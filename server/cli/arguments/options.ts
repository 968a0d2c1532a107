/** What the declarations of several commands share: refusing in one line, and the options that they have in common. */
import { type Argument, CommanderError, Option, type Command } from "commander";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { distros, type Distro } from "../../../grammar/vocabulary/releases.ts";
import { parseVersion } from "../../../grammar/vocabulary/version.ts";
import type { Invocation, ReadRequest } from "../invocation.ts";

/** A command: adds itself to the program and tells `ask` what is asked for when it is called. */
export type Declare = (kalint: Command, ask: (invocation: Invocation) => void) => void;

/** Ends the reading of the command line; `line` is what the user sees. */
export const refuse = (line: string): never => {
  throw new CommanderError(2, "kalint.refused", line);
};

export const suggestion = (word: string, names: Iterable<string>): string => {
  const near = nearestWord(word, names);
  return near === undefined ? "" : `, did you mean ${near}?`;
};

/** Behind what is not there: the nearest, and all that are. */
export const choiceOf = (word: string, names: readonly string[]): string => {
  const near = suggestion(word, names);
  return `${near === "" ? "; there" : `${near} There`} are ${names.join(", ")}`;
};

export const oneOf = <Name extends string>(names: readonly Name[], what: string, text: string): Name => {
  const found = names.find((name) => name === text);
  return found ?? refuse(`there is no ${what} "${text}"${choiceOf(text, names)}`);
};

/** An option whose value is one of some words. */
export const choice = (flags: string, description: string, names: readonly string[], what: string): Option =>
  withChoices(new Option(flags, description), names).argParser((text) => oneOf(names, what, text));

/** Tells the words that can stand behind an option to the completions of shells; the option judges them itself. */
export const withChoices = <Taken extends Option | Argument>(taken: Taken, names: readonly string[]): Taken => {
  taken.argChoices = [...names];
  return taken;
};

/** A format with the file it goes to; without one it goes to standard output. */
export interface FormatOutput<Name extends string> {
  readonly format: Name;
  readonly file?: string;
}

/** FORMAT or FORMAT=FILE. */
export const outputOf = <Name extends string>(names: readonly Name[], text: string): FormatOutput<Name> => {
  const equals = text.indexOf("=");
  const format = oneOf(names, "format", equals < 0 ? text : text.slice(0, equals));
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (file === "") return refuse(`--format ${text}: the name of the file is missing`);
  return file === undefined ? { format } : { format, file };
};

/** A version as it is written on the command line. */
export const keepalivedVersion = (text: string): string => {
  const version = parseVersion(text);
  if (version === undefined) return refuse(`"${text}" is no version of keepalived; write it like 2.2.8`);
  return version;
};

const distroNames = Object.keys(distros) as readonly Distro[];

/** What `reading` adds. */
export interface ReadOptions {
  readonly keepalivedVersion?: string;
  readonly distro?: Distro;
  readonly configId?: string;
  readonly config?: string;
}

export const readRequest = (
  paths: readonly string[],
  { keepalivedVersion: stated, distro: name, configId, config }: ReadOptions,
): ReadRequest => {
  const version = name === undefined ? stated : distros[name];
  return {
    paths,
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { distro: name }),
    ...(configId === undefined ? {} : { configId }),
    ...(config === undefined ? {} : { config }),
  };
};

/** Which keepalived is meant. */
export const targeting = (command: Command): Command =>
  command
    .option("--keepalived-version <VERSION>", "judge for this version of keepalived (default: the newest known)", keepalivedVersion)
    .addOption(
      choice(
        "--distro <NAME>",
        `judge for the keepalived of a distribution: ${distroNames.join(", ")}`,
        distroNames,
        "distribution",
      ).conflicts("keepalivedVersion"),
    );

/** Options of the commands that read configurations. */
export const reading = (command: Command): Command =>
  targeting(command)
    .option("--config <FILE>", "read this kalint.toml instead of the nearest one upward")
    .option("--config-id <ID>", "read the configurations with this id only (@id lines)", (text) =>
      text === "" ? refuse("--config-id wants a value: --config-id <ID>") : text,
    );

export const colouring = (command: Command): Command =>
  command.option("--color", "colour, also where the output is no terminal").option("--no-color", "no colour");
