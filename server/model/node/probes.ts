/** Commands that ask whether a process runs: `killall -0 nginx`, `pidof nginx`, `pgrep -x nginx`. */
import { isShell } from "./shell-signs.ts";
import type { Command } from "./command.ts";

export interface ProcessProbe {
  /** killall, pidof, pgrep, pkill, systemctl. */
  readonly tool: string;
  /** Name of the process, or of the unit without `.service`. */
  readonly process: string;
  /** The whole command line is searched for the name (`pgrep -f`), not the name of the process. */
  readonly commandLine: boolean;
}

/** What a command asks for; undefined when it does anything else as well, or when it cannot be known. */
export const processProbe = (command: Command): ProcessProbe | undefined => {
  const words = [command.program.value, ...command.arguments.map(({ value }) => value)];
  if (words.some((word) => word === undefined)) return undefined;
  return probeIn(words as string[]) ?? probeInShell(words as string[]);
};

/** `sh -c 'killall -0 nginx'`, as long as the shell gets nothing else to do. */
const probeInShell = (words: readonly string[]): ProcessProbe | undefined => {
  const [program = "", option, text, ...rest] = words;
  if (!isShell(program) || option !== "-c" || text === undefined || rest.length > 0 || /[|&;<>$`'"()]/u.test(text)) return undefined;
  return probeIn(text.trim().split(/\s+/u));
};

const probeIn = ([program = "", ...args]: readonly string[]): ProcessProbe | undefined => {
  const tool = program.slice(program.lastIndexOf("/") + 1);
  const read = readers[tool];
  const found = read?.(args);
  return found === undefined || !/^[\w.+-]+$/u.test(found.process) ? undefined : { tool, ...found };
};

type Reader = (args: readonly string[]) => Omit<ProcessProbe, "tool"> | undefined;

/** One name, behind options of which each must be among the harmless ones. */
const named = (args: readonly string[], harmless: RegExp): string | undefined => {
  const names = args.filter((word) => !word.startsWith("-"));
  return names.length === 1 && args.every((word) => !word.startsWith("-") || harmless.test(word)) ? names[0] : undefined;
};

/** `-0`, `-s 0`, `--signal 0` send nothing; the rest of the words, or undefined when a signal is sent. */
const withoutSignal = (args: readonly string[]): readonly string[] | undefined => {
  const rest: string[] = [];
  let asks = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === "-0" || word === "-s0" || word === "--signal=0") asks = true;
    else if ((word === "-s" || word === "--signal") && args[at + 1] === "0") {
      asks = true;
      at++;
    } else rest.push(word);
  }
  return asks ? rest : undefined;
};

const plain = (process: string | undefined): ReturnType<Reader> => (process === undefined ? undefined : { process, commandLine: false });

const patternOf = (args: readonly string[]): ReturnType<Reader> => {
  const process = named(args, /^-[xfco]+$/u);
  return process === undefined ? undefined : { process, commandLine: args.some((word) => /^-\w*f/u.test(word)) };
};

const readers: Readonly<Record<string, Reader>> = {
  killall: (args) => plain(named(withoutSignal(args) ?? [], /^-[eq]+$|^--(?:exact|quiet)$/u)),
  pidof: (args) => plain(named(args, /^-[sqcn]+$/u)),
  pgrep: patternOf,
  pkill: (args) => patternOf(withoutSignal(args) ?? []),
  systemctl: (args) => {
    const words = args.filter((word) => word !== "-q" && word !== "--quiet");
    const unit = words.length === 2 && (words[0] === "is-active" || words[0] === "status") ? words[1] : undefined;
    return plain(unit?.replace(/\.service$/u, ""));
  },
};
