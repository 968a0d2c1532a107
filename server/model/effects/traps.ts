/** Traps: what they do, and with which status a script ends that has one for its end. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Site } from "../../../grammar/text.ts";
import { type Argument, baseOf, type Invocation, read } from "./commands.ts";
import { emit } from "./emit.ts";
import { valueOf } from "./known.ts";
import { POSITIONS } from "./positionals.ts";
import { mayBeReadonly } from "./readonly.ts";
import { signalName } from "./processes.ts";
import { branchOff, type Builtin, type Run, type State, subshell } from "./state.ts";
import * as status from "./statuses.ts";
import type { TrapEffect } from "./types.ts";
import { UNKNOWN } from "./values.ts";

/** How a trap's text is run: as `eval` does. */
type Evaluate = (run: Run, state: State, invocation: Invocation) => unknown;

export const trapOf =
  (evaluate: Evaluate): Builtin =>
  (run, state, invocation) => {
    const words = invocation.arguments.filter(({ text }) => text !== "--");
    const [action, ...signals] = words;
    state.status = status.SUCCESS;
    if (action === undefined || action.text === "-p" || action.text === "-l") return true;
    // `trap 15`, `trap INT TERM` without a command: as at the start.
    const resets = action.text === "-" || /^[0-9]+$/u.test(action.text ?? "") || signals.length === 0;
    const how: TrapEffect["action"] = action.text === "" ? "ignore" : resets ? "default" : "command";
    const named = (resets && action.text !== "-" ? words : signals).map((one) =>
      read(one, (text) => (text === "0" ? "EXIT" : signalName(text))),
    );
    emit(run, { ...baseOf(invocation), kind: "trap", action: how, signals: named });
    const names = named.map((signal) => (signal.kind === "known" ? signal.value : undefined));
    const ends = names.some((name) => name === undefined || name === "EXIT");
    // dash sets no trap for a signal that it does not know.
    if (names.includes("ERR") && run.dialect !== "bash") state.status = status.FAILURE;
    if (names.includes("ERR")) setErrorTrap(run, state, invocation.site, how === "command" ? action : undefined);
    if (ends) run.atExit.traps++;
    if (how !== "command") return true;
    const call = { ...invocation, arguments: [action] };
    const certain =
      action.text !== undefined &&
      !names.includes(undefined) &&
      (!names.includes("ERR") || run.dialect === "bash") &&
      isOutermost(run, state);
    if (ends && certain) run.atExit.statuses = (before) => statusesBehind(run, state, call, before, evaluate);
    // What a trap does at the end may end the script with another status.
    const mayExit = action.text === undefined || /\b(?:exit|return|exec|set|eval)\b|\$/u.test(action.text);
    const unclear = (): void => void state.exits.push([{ site: invocation.site, how: "trap", path: state.path }]);
    // That of a subshell comes when the subshell ends, and what its functions do then is not read.
    const inSubshell = state.exits !== run.atExit.exits && !/^(?::|true|rm [^;&|`$()]*)?$/u.test(action.text ?? "");
    if (ends && !certain && (mayExit || inSubshell)) unclear();
    if (action.text === undefined) return true;
    const at = subshell(state, { status: status.ANY, again: true, errorTrap: undefined });
    run.traps.push(() => {
      const branch = run.count.branches++;
      const text = `trap of ${names.map((name) => name ?? "a signal").join(", ")}`;
      const sprung = branchOff(at, { kind: "branch", branch, arm: 0, site: invocation.site, text });
      evaluate(run, sprung, { ...call, path: sprung.path });
      // The only trap, and certainly set: `statuses` knows better.
      if (ends && run.atExit.statuses === undefined && (at.exits.length > 0 || (certain && mayExit))) unclear();
    });
    return true;
  };

/** Only bash has one: dash knows no such signal, and what another shell makes of it is not known. */
const setErrorTrap = (run: Run, state: State, site: Site, action: Argument | undefined): void => {
  const script = action?.text === undefined || run.dialect !== "bash" ? undefined : parseShell(action.text);
  if (action === undefined) state.errorTrap = undefined;
  else if (script === undefined || script.problems.length > 0) state.errorTrap = { kind: "unclear", site };
  else state.errorTrap = { kind: "command", script, site };
};

/** Whether every run of the script comes by here, and none can have ended before. */
const isOutermost = (run: Run, state: State): boolean =>
  state.exits === run.atExit.exits && state.exits.length === 0 && state.path.length === 0;

/**
 * What the script ends with behind its trap, when it would have ended with `before`: an `exit` of the trap decides, and
 * without one it stays. What the trap does is told elsewhere; here the script's variables may hold anything by now.
 */
const statusesBehind = (run: Run, state: State, invocation: Invocation, before: status.Statuses, evaluate: Evaluate): status.Statuses => {
  // A program that `exec` puts in the shell's place knows of no trap.
  const passed = before.filter(({ how }) => how === "exec");
  const trapped = before.filter(({ how }) => how !== "exec");
  if (trapped.length === 0) return passed;
  // What was switched, set or made readonly on one of the ways to the end may be so here.
  const switched = (name: string): boolean => run.effects.some((effect) => effect.kind === "option" && effect.name === name);
  const watchesFailures = run.effects.some(
    (effect) => effect.kind === "trap" && effect.signals.some((signal) => valueOf(signal) === "ERR"),
  );
  const at = subshell(state, {
    path: [],
    status: trapped.map(({ status: code }) => (code === undefined ? {} : { status: code })),
    ended: undefined,
    errexit: switched("errexit") ? "maybe" : state.errexit,
    nounset: switched("nounset") ? "maybe" : state.nounset,
    errorTrap: watchesFailures ? { kind: "unclear", site: invocation.site } : undefined,
    calls: 0,
    again: true,
  });
  for (const name of POSITIONS) at.environment.own.set(name, UNKNOWN);
  for (const name of run.assigned) {
    at.environment.own.set(name, { ...UNKNOWN, unset: "perhaps" });
    mayBeReadonly(run, at, name);
  }
  const quiet: Run = { ...run, effects: [], traps: [], atExit: { ...run.atExit, entered: at.status } };
  evaluate(quiet, at, invocation);
  const decided = status.decidedBy(status.union(...at.exits, []), { site: invocation.site, path: [] });
  return status.union(
    passed,
    at.ended === "exit" ? [] : trapped,
    decided.map((one) => ({ ...one, site: invocation.site, how: "trap" as const })),
  );
};
