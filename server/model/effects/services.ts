/** Starting, stopping and asking services. */
import { baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { known } from "./known.ts";
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
  kill: "stop",
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

/** `/etc/init.d/NAME VERB`, which is a command by its path. */
export const initScript = (call: Invocation): readonly Effect[] | undefined => {
  const name = /\/(?:init|rc)\.d\/([^/]+)$/u.exec(call.written)?.[1];
  const verb = call.arguments[0]?.text;
  if (name !== undefined && verb === "status") return [asked(call, known(name, call.command))];
  if (name === undefined || verb === undefined || !Object.hasOwn(VERBS, verb)) return undefined;
  return [effect(call, VERBS[verb]!, known(name, call.command))];
};
