/** Killing processes, and asking whether they run. */
import type { Command, Word } from "../../../grammar/shell/tree.ts";
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known, unknown } from "./known.ts";
import { hasOption, optionValue, readOptions } from "./options.ts";
import type { Effect, Known, LookupEffect } from "./types.ts";

const SIGNALS: Readonly<Record<string, string>> = {
  "1": "HUP",
  "2": "INT",
  "3": "QUIT",
  "9": "KILL",
  "10": "USR1",
  "12": "USR2",
  "15": "TERM",
};

export const signalName = (text: string): string => {
  const name = text.toUpperCase().replace(/^SIG/u, "");
  return Object.hasOwn(SIGNALS, name) ? SIGNALS[name]! : name;
};

interface Targets {
  readonly signal: Known<string>;
  readonly targets: readonly Argument[];
}

/** `-9`, `-KILL`, `-s KILL`, `--signal KILL`, and what is not an option; `valued` are the other options that take a word. */
const targetsOf = (call: Invocation, valued: ReadonlySet<string>): Targets => {
  let signal: Known<string> = known("TERM", call.site);
  const targets: Argument[] = [];
  for (let i = 0; i < call.arguments.length; i++) {
    const one = call.arguments[i]!;
    const { text } = one;
    const next = call.arguments[i + 1];
    if (text === "-s" || text === "--signal" || (text === "-n" && call.name === "kill")) {
      if (next !== undefined) signal = read(next, signalName);
      i++;
    } else if (text !== undefined && text.startsWith("--signal=")) signal = known(signalName(text.slice(9)), one.site);
    else if (text !== undefined && valued.has(text)) i++;
    else if (text === "--") continue;
    else if (text !== undefined && /^-(?:[0-9]+|SIG[A-Z0-9]+|HUP|INT|QUIT|KILL|USR1|USR2|TERM|STOP|CONT)$/u.test(text))
      signal = known(signalName(text.slice(1)), one.site);
    else if (text === undefined || !text.startsWith("-")) targets.push(one);
  }
  return { signal, targets };
};

const KILLALL_VALUED = new Set(["-u", "--user", "-o", "-y", "-n", "--ns", "-Z"]);
const PKILL_VALUED = new Set(["-u", "-U", "-g", "-G", "-P", "-t", "-s", "--euid", "--uid", "--parent", "-F", "--pidfile"]);

export const killall: Interpreter = (call) => {
  const { signal, targets } = targetsOf(call, KILLALL_VALUED);
  return targets.map((target) => ({ ...baseOf(call), kind: "kill", process: read(target, (text) => text.replace(/^.*\//u, "")), signal }));
};

/** pkill takes a regular expression; one without operators, and with anchors at most, is the name. */
export const pkill: Interpreter = (call) => {
  const { signal, targets } = targetsOf(call, PKILL_VALUED);
  const name = (text: string): string | undefined => {
    const plain = text.replace(/^\^|\$$/gu, "").replace(/^.*\//u, "");
    return /^[\w.@-]+$/u.test(plain) ? plain : undefined;
  };
  return targets.map((target) => ({ ...baseOf(call), kind: "kill", process: read(target, name), signal }));
};

/** `kill PID…`: the process is known when the id comes from a pid file, pidof or pgrep. */
export const kill: Interpreter = (call) => {
  if (call.arguments.some(({ text }) => text === "-l" || text === "-L")) return undefined;
  const { signal, targets } = targetsOf(call, new Set());
  return targets.map((target) => ({ ...baseOf(call), kind: "kill", process: ownerOf(target), signal }));
};

const ownerOf = (target: Argument): Known<string> => {
  const name = target.word === undefined ? undefined : processIn(target.word);
  return name === undefined ? unknown(target.site) : known(name, target.site);
};

/** Whose id `$(cat /var/run/keepalived.pid)`, `$(pidof keepalived)` or `$(</run/keepalived.pid)` is. */
export const processIn = (word: Word): string | undefined => {
  const outer = word.parts[0];
  const part = outer?.kind === "double-quoted" ? outer.parts[0] : outer;
  if (part?.kind !== "command-substitution") return undefined;
  const command = part.body[0]?.command;
  if (command?.kind !== "simple" || part.body.length !== 1) return undefined;
  const texts = command.words.map(({ parts: [only, second] }) =>
    second === undefined && (only?.kind === "literal" || only?.kind === "single-quoted") ? only.value : undefined,
  );
  const pidFile = (text: string | undefined): string | undefined => /([^/]+)\.pid$/u.exec(text ?? "")?.[1];
  const last = texts[texts.length - 1];
  if (texts.length === 0) return pidFile(command.redirections[0]?.target.text);
  if (texts[0] === "cat" || texts[0] === "head") return pidFile(last);
  return /^(?:pidof|pgrep)$/u.test(texts[0]?.replace(/^.*\//u, "") ?? "") && texts.length > 1 ? last : undefined;
};

const lookup = (call: Invocation, how: LookupEffect["how"], process: Known<string>, wholeLine: boolean): LookupEffect => ({
  ...baseOf(call),
  kind: "lookup",
  how,
  process,
  wholeLine,
});

/** `killproc [-p PIDFILE] NAME [-SIGNAL]` of the init scripts' functions. */
export const killproc: Interpreter = (call) => {
  const { signal, targets } = targetsOf(call, new Set(["-p", "-d", "-b"]));
  const [target] = targets;
  return target === undefined ? undefined : [{ ...baseOf(call), kind: "kill", process: read(target, baseName), signal }];
};

/** `start-stop-daemon --stop --exec PROGRAM | --name NAME | --pidfile FILE` */
export const startStopDaemon: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    valued: "xnpusagcRPNdr",
    long: ["exec", "name", "pidfile", "user", "signal", "startas", "group", "chuid", "retry", "chdir", "nicelevel"],
  });
  if (!hasOption(words, "-K", "--stop")) return undefined;
  const signal = optionValue(words, "-s", "--signal");
  const by = optionValue(words, "-n", "--name", "-x", "--exec", "-a", "--startas") ?? optionValue(words, "-p", "--pidfile");
  const process = by === undefined ? unknown<string>(call.site) : read(by, (text) => baseName(text).replace(/\.pid$/u, ""));
  return [{ ...baseOf(call), kind: "kill", process, signal: signal === undefined ? known("TERM", call.site) : read(signal, signalName) }];
};

/** `pidof NAME…`; paths count by their base name. */
export const pidof: Interpreter = (call) => {
  const { operands } = readOptions(call.arguments, { valued: "oSt" });
  return operands.length === 0 ? undefined : operands.map((name) => lookup(call, "pidof", read(name, baseName), false));
};

const baseName = (text: string): string => text.replace(/^.*\//u, "");

/** `pgrep [-f] PATTERN` */
export const pgrep: Interpreter = (call) => {
  const { operands, options } = readOptions(call.arguments, {
    valued: "dgGPstuUFO",
    long: ["parent", "pidfile", "euid", "uid", "terminal"],
  });
  const [pattern] = operands;
  return pattern === undefined
    ? undefined
    : [
        lookup(
          call,
          "pgrep",
          argument(pattern),
          options.some(({ name }) => name === "-f" || name === "--full"),
        ),
      ];
};

/** `ps … | grep NAME | grep -v grep`: what the greps of a pipeline behind ps look for. */
export const psPipeline = (commands: readonly Command[], call: Invocation, reading: (word: Word) => Argument): Effect | undefined => {
  const words = commands.map((command) => (command.kind === "simple" ? command.words : []));
  const name = (at: number): string => baseName(words[at]?.[0]?.text ?? "");
  if (name(0) !== "ps") return undefined;
  let process: Known<string> | undefined;
  let excludes = false;
  for (let at = 1; at < words.length; at++) {
    if (!/^[ef]?grep$/u.test(name(at))) continue;
    const list = words[at]!.slice(1).map(reading);
    const { operands, options } = readOptions(list, { valued: "eABCmf" });
    const pattern = options.findLast(({ name: option, value }) => option === "-e" && value !== undefined)?.value ?? operands[0];
    if (pattern === undefined) continue;
    if (options.some(({ name: option }) => option === "-v" || option === "--invert-match"))
      excludes ||= pattern.text?.includes("grep") ?? false;
    else if (process === undefined) {
      process = argument(pattern);
      excludes ||= /^\^|\[.\]/u.test(pattern.text ?? "");
    }
  }
  return process === undefined ? undefined : { ...lookup(call, "ps", process, true), excludesItself: excludes };
};
