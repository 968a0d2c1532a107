/** Starting and stopping services, and killing processes. */
import type { Word } from "../../../grammar/shell/tree.ts";
import { type Argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known, unknown } from "./known.ts";
import type { Effect, Known, ServiceEffect } from "./types.ts";

const VERBS: Readonly<Record<string, ServiceEffect["action"]>> = {
  start: "start",
  stop: "stop",
  restart: "restart",
  reload: "reload",
  "force-reload": "reload",
  condrestart: "restart",
  "try-restart": "restart",
  "reload-or-restart": "restart",
  "try-reload-or-restart": "restart",
  "force-stop": "stop",
  faststop: "stop",
  faststart: "start",
  kill: "stop",
};

const unitName = (text: string): string => text.replace(/\.service$/u, "");

const effect = (call: Invocation, action: ServiceEffect["action"], unit: Known<string>): ServiceEffect => ({
  ...baseOf(call),
  kind: "service",
  action,
  unit,
});

/** `systemctl [options] VERB UNIT…` */
export const systemctl: Interpreter = (call) => {
  const words = call.arguments.filter(({ text }) => text === undefined || !text.startsWith("-"));
  const verb = words[0]?.text;
  if (verb === undefined || words.length < 2) return undefined;
  const units = words.slice(1).map((word) => read(word, unitName));
  if (verb === "enable" || verb === "disable" || verb === "mask") {
    const action = verb === "enable" ? "enable" : "disable";
    const now = call.arguments.some(({ text }) => text === "--now");
    return units.flatMap((unit) => [
      effect(call, action, unit),
      ...(now ? [effect(call, action === "enable" ? "start" : "stop", unit)] : []),
    ]);
  }
  if (!Object.hasOwn(VERBS, verb)) return undefined;
  return units.map((unit) => effect(call, VERBS[verb]!, unit));
};

/** `service UNIT VERB`, `rc-service UNIT VERB`, `invoke-rc.d UNIT VERB`, `chkconfig UNIT on|off` */
export const service: Interpreter = (call) => {
  const words = call.arguments.filter(({ text }) => text === undefined || !text.startsWith("-"));
  const [unit, verb] = words;
  if (unit === undefined || verb?.text === undefined) return undefined;
  if (call.name === "chkconfig")
    return verb.text === "on" || verb.text === "off"
      ? [effect(call, verb.text === "on" ? "enable" : "disable", read(unit, unitName))]
      : undefined;
  return Object.hasOwn(VERBS, verb.text) ? [effect(call, VERBS[verb.text]!, read(unit, unitName))] : undefined;
};

/** `/etc/init.d/NAME VERB`, which is a command by its path. */
export const initScript = (call: Invocation): readonly Effect[] | undefined => {
  const name = /\/(?:init|rc)\.d\/([^/]+)$/u.exec(call.written)?.[1];
  const verb = call.arguments[0]?.text;
  if (name === undefined || verb === undefined || !Object.hasOwn(VERBS, verb)) return undefined;
  return [effect(call, VERBS[verb]!, known(name, call.command))];
};

const SIGNALS: Readonly<Record<string, string>> = {
  "1": "HUP",
  "2": "INT",
  "3": "QUIT",
  "9": "KILL",
  "10": "USR1",
  "12": "USR2",
  "15": "TERM",
};

const signalName = (text: string): string => {
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
