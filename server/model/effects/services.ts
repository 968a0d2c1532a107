/** Starting, stopping and asking services. */
import { baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known } from "./known.ts";
import { hasOption, optionValue, readOptions } from "./options.ts";
import { signalName } from "./processes.ts";
import type { Effect, Known, LookupEffect, ServiceEffect } from "./types.ts";

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
};

const unitName = (text: string): string => text.replace(/\.service$/u, "");

const effect = (call: Invocation, action: ServiceEffect["action"], unit: Known<string>): ServiceEffect => ({
  ...baseOf(call),
  kind: "service",
  action,
  unit,
});

const asked = (call: Invocation, process: Known<string>): LookupEffect => ({
  ...baseOf(call),
  kind: "lookup",
  how: "status",
  process,
  wholeLine: false,
});

/** Options of systemctl that take a word. */
const VALUED = {
  valued: "tpPsHMno",
  long: ["type", "state", "property", "signal", "host", "machine", "lines", "output", "kill-whom", "kill-who", "root", "job-mode", "what"],
};

/** `systemctl [options] VERB UNIT…` */
export const systemctl: Interpreter = (call) => {
  const options = readOptions(call.arguments, VALUED);
  const words = options.operands;
  const verb = words[0]?.text;
  // Another machine's services are none of this one's.
  if (verb === undefined || words.length < 2 || hasOption(options, "-H", "--host", "-M", "--machine")) return undefined;
  if (verb === "kill") {
    const signal = optionValue(options, "-s", "--signal");
    return words.slice(1).map((word) => ({
      ...baseOf(call),
      kind: "kill",
      process: read(word, unitName),
      signal: signal === undefined ? known("TERM", call.site) : read(signal, signalName),
    }));
  }
  const units = words.slice(1).map((word) => read(word, unitName));
  if (verb === "enable" || verb === "disable" || verb === "mask") {
    const action = verb === "enable" ? "enable" : "disable";
    const now = call.arguments.some(({ text }) => text === "--now");
    return units.flatMap((unit) => [
      effect(call, action, unit),
      ...(now ? [effect(call, action === "enable" ? "start" : "stop", unit)] : []),
    ]);
  }
  if (verb === "is-active" || verb === "status") return units.map((process) => asked(call, process));
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
  if (verb.text === "status") return [asked(call, read(unit, unitName))];
  return Object.hasOwn(VERBS, verb.text) ? [effect(call, VERBS[verb.text]!, read(unit, unitName))] : undefined;
};

/** Upstart's `initctl VERB JOB`; words behind the job are its variables. */
export const initctl: Interpreter = (call) => {
  const [verb, job] = call.arguments.filter(({ text }) => text?.startsWith("-") !== true);
  if (verb?.text === undefined || job === undefined) return undefined;
  if (verb.text === "status") return [asked(call, read(job, unitName))];
  return Object.hasOwn(VERBS, verb.text) ? [effect(call, VERBS[verb.text]!, read(job, unitName))] : undefined;
};

/** `/etc/init.d/NAME VERB`, which is a command by its path; also `sh /etc/init.d/NAME VERB`. */
export const initScript = (call: Invocation): readonly Effect[] | undefined => {
  const throughShell = /^(?:ba|da)?sh$/u.test(call.name);
  const [path, verb] = throughShell ? call.arguments.map(({ text }) => text) : [call.written, call.arguments[0]?.text];
  const name = /\/(?:init|rc)\.d\/([^/]+)$/u.exec(path ?? "")?.[1];
  if (name !== undefined && verb === "status") return [asked(call, known(name, call.command))];
  if (name === undefined || verb === undefined || !Object.hasOwn(VERBS, verb)) return undefined;
  return [effect(call, VERBS[verb]!, known(name, call.command))];
};
