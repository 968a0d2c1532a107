/** The shell's own commands, as far as they change what a script does. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import { type Argument, baseOf, type Invocation, read } from "./commands.ts";
import { emit, runEffect } from "./emit.ts";
import { runArithmetic } from "./interpret.ts";
import { assignedIn } from "./words.ts";
import { maybe } from "./known.ts";
import { secondsIn } from "./options.ts";
import { setOptions } from "./options-of-shell.ts";
import { POSITIONS, setPositionals } from "./positionals.ts";
import { makeReadonly, trySetting } from "./readonly.ts";
import { sourceFile } from "./sourcing.ts";
import { type Builtin, type Run, type State, switchesOf, variable } from "./state.ts";
import * as status from "./statuses.ts";
import { judgedTest } from "./tests.ts";
import { trapOf } from "./traps.ts";
import { textValue, UNKNOWN, UNSET } from "./values.ts";

/** `exit N`, `exit`, `exit $?`, `exit $status` where the variable holds the status of a command. */
const givenStatus = (run: Run, state: State, given: Argument | undefined): status.Statuses => {
  // Inside of a trap a bare `exit` is that of the command before the trap.
  if (given === undefined) return run.atExit.entered ?? state.status;
  if (given.text !== undefined) {
    if (!/^-?[0-9]{1,9}$/u.test(given.text)) return [{ status: 2 }, { status: 128 }, { status: 255 }, {}];
    const value = status.exactly(Number(given.text));
    // dash takes no number below 0, and ends with 2.
    return given.text.startsWith("-") && run.dialect !== "bash" ? [...value, { status: 2 }] : value;
  }
  const outer = given.word?.parts.length === 1 ? given.word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  if (part?.kind !== "parameter" || part.operator !== undefined || part.prefix !== undefined || part.index !== undefined) return status.ANY;
  const value = variable(run, state, part.name);
  return value?.kind === "unknown" && value.status !== undefined ? value.status : status.ANY;
};

const leave =
  (how: "exit" | "return"): Builtin =>
  (run, state, invocation) => {
    const [given, ...more] = invocation.arguments;
    // bash 5.2 complains of a second word, and goes on.
    if (more.length > 0 && run.dialect === "bash") {
      state.status = status.FAILURE;
      return true;
    }
    const by = { site: invocation.site, command: how, path: state.path };
    const value = status.withHow(status.decidedBy(givenStatus(run, state, given), by), "exit");
    emit(run, { ...baseOf(invocation), kind: "exit", how, status: maybe(status.onlyStatus(value), given?.site ?? invocation.site) });
    if (how === "return" && state.calls === 0) {
      // Outside of functions dash ends the script; bash 5.2 complains, and goes on with status 2.
      if (run.dialect !== "bash") state.exits.push(value);
      state.status = status.exactly(2);
      return true;
    }
    if (how === "exit") state.exits.push(value);
    else state.returns.push({ status: value, switches: switchesOf(state) });
    state.status = value;
    state.ended = how;
    return true;
  };

/** `NAME=value` arguments of export, local, declare, readonly. */
const declare: Builtin = (run, state, invocation) => {
  const { name: builtin } = invocation;
  const options = invocation.arguments.filter(({ text }) => text?.startsWith("-")).map(({ text }) => text!);
  const fixes =
    builtin === "readonly" || (run.dialect === "bash" && builtin !== "export" && options.some((text) => /^-[A-Za-z]*r/u.test(text)));
  if (run.dialect !== "bash" && builtin !== "local" && refusesName(invocation)) return endsDash(state, invocation);
  // Where sh is another shell than dash, what stands behind such a `local` is reached.
  if (run.dialect !== "bash" && builtin === "local" && state.calls === 0) state.exits.push(dashRefuses(state, invocation));
  let refused = false;
  for (const { text, word } of invocation.arguments) {
    const target = /^([A-Za-z_]\w*)(\+?=|$)/u.exec(text ?? (word?.parts[0]?.kind === "literal" ? word.parts[0].value : ""));
    // dash makes `local x` a new variable, and gives it the value of the old.
    const sets = target !== null && (target[2] !== "" || builtin === "local");
    if (sets && trySetting(run, state, target[1]!, invocation.site, "command") === "refused") {
      refused = true;
      if (state.ended !== undefined) return true;
      continue;
    }
    const literal = word?.parts[0]?.kind === "literal" ? /^([A-Za-z_]\w*)\+?=/u.exec(word.parts[0].value) : null;
    const named = text === undefined ? null : /^([A-Za-z_]\w*)=(.*)$/su.exec(text);
    if (named !== null && !(word?.text.includes("=(") ?? false)) state.environment.own.set(named[1]!, textValue(named[2]!));
    else if (literal !== null) state.environment.own.set(literal[1]!, UNKNOWN);
    // `local x` hides what a caller has; `export x` changes nothing.
    else if (text !== undefined && invocation.name === "local" && /^[A-Za-z_]\w*$/u.test(text))
      state.environment.own.set(text, run.dialect === "bash" ? UNSET : { ...UNKNOWN, unset: "perhaps" });
    if (target !== null && fixes) makeReadonly(state, target[1]!);
  }
  emit(run, runEffect(invocation));
  // The status of a substitution is lost behind `local` and its kin. Outside of functions `local` is an error.
  state.status = refused || (builtin === "local" && state.calls === 0) ? status.FAILURE : status.SUCCESS;
  return true;
};

/** Whether one of the words is surely no name of a variable. */
const refusesName = ({ arguments: words }: Invocation): boolean =>
  words.some(({ text }) => text !== undefined && !/^-|^[A-Za-z_]\w*(?:=|$)/u.test(text));

const dashRefuses = ({ path }: State, { site }: Invocation): status.Statuses => [{ status: 2, site, how: "exit", path }];

/** What a special builtin does in dash with a word that it cannot take. */
const endsDash = (state: State, invocation: Invocation): true => {
  state.exits.push(dashRefuses(state, invocation));
  state.ended = "exit";
  return true;
};

const test: Builtin = (run, state, invocation) => {
  const bracket = invocation.name === "[";
  const words = bracket ? invocation.arguments.slice(0, -1) : invocation.arguments;
  if (bracket && invocation.arguments.at(-1)?.text !== "]") state.status = [{ status: 2 }, ...status.EITHER];
  else state.status = judgedTest(words, run.dialect);
  return true;
};

const waits =
  (seconds: boolean): Builtin =>
  (run, state, invocation) => {
    const [first] = invocation.arguments;
    const total = seconds && invocation.arguments.length === 1 && first !== undefined ? { seconds: read(first, secondsIn) } : {};
    emit(run, { ...baseOf(invocation), kind: "wait", ...total });
    state.status = seconds && first?.text !== undefined && secondsIn(first.text) !== undefined ? status.SUCCESS : status.ANY;
    return true;
  };

const shift: Builtin = (run, state, invocation) => {
  const all = variable(run, state, "@");
  const count = invocation.arguments.length === 0 ? 1 : Number(invocation.arguments[0]!.text);
  state.status = status.ANY;
  if (all?.kind === "list" && Number.isInteger(count) && count >= 0 && !all.items.slice(0, count).includes(undefined)) {
    const certain = !all.items.includes(undefined);
    if (count <= all.items.length) {
      setPositionals(state, all.items.slice(count));
      state.status = status.SUCCESS;
    } else if (certain && run.dialect !== "bash") {
      // dash ends a script that shifts too far.
      state.exits.push([{ status: 2, site: invocation.site, how: "exit", path: state.path }]);
      state.status = status.FAILURE;
    } else state.status = certain ? status.FAILURE : status.ANY;
  } else {
    for (const name of POSITIONS) state.environment.own.set(name, UNKNOWN);
    if (run.dialect !== "bash") state.exits.push([{ status: 2, site: invocation.site, how: "exit", path: state.path }]);
  }
  return true;
};

const evaluated = (run: Run, state: State, invocation: Invocation): boolean => {
  const texts = invocation.arguments.map(({ text }) => text);
  if (texts.includes(undefined) || run.count.depth > 20) return false;
  const nested: Run = { ...run, mapSite: () => invocation.site };
  const script = parseShell(texts.join(" "));
  run.count.depth += 5;
  if (script.body.length === 0) state.status = status.SUCCESS;
  run.statements(nested, state, script.body);
  run.count.depth -= 5;
  if (script.problems.length > 0) {
    state.status = status.ANY;
    if (run.dialect !== "bash") state.exits.push([{ status: 2, site: invocation.site, how: "exit", path: state.path }]);
  }
  return true;
};

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["exit", leave("exit")],
  ["return", leave("return")],
  ["[", test],
  ["test", test],
  ["export", declare],
  ["local", declare],
  ["declare", declare],
  ["typeset", declare],
  ["readonly", declare],
  ...(["break", "continue"] as const).map((name): [string, Builtin] => [
    name,
    (run, state, invocation) => {
      state.status = status.SUCCESS;
      // Outside of a loop it does nothing.
      if (state.loops === 0) return true;
      const given = invocation.arguments.length === 0 ? "1" : invocation.arguments[0]!.text;
      const known = given !== undefined && /^[1-9][0-9]{0,3}$/u.test(given);
      if (!known) run.count.complete = false;
      // More than there are means all of them.
      const levels = known ? Math.min(Number(given), state.loops) : 1;
      state.ended = levels > 1 ? "outer" : name;
      const by = { site: invocation.site, command: name, path: state.path };
      state.leaves.push({ how: name, levels, status: status.decidedBy(status.SUCCESS, by), switches: switchesOf(state) });
      return true;
    },
  ]),
  [".", sourceFile],
  ["source", sourceFile],
  [
    "set",
    (run, state, invocation) => {
      for (const effect of setOptions(state, invocation)) emit(run, effect);
      const dashes = invocation.arguments.findIndex(({ text }) => text === "--");
      const first = invocation.arguments.findIndex(({ text }) => text === undefined || !/^[-+]/u.test(text));
      const from = dashes >= 0 ? dashes + 1 : first > 0 && invocation.arguments[first - 1]!.text?.endsWith("o") === true ? -1 : first;
      if (from >= 0)
        setPositionals(
          state,
          invocation.arguments.slice(from).map(({ text }) => text),
        );
      state.status = status.SUCCESS;
      return true;
    },
  ],
  ["shift", shift],
  [
    "read",
    (run, state, invocation) => {
      for (const name of assignedIn(invocation.arguments)) state.environment.own.set(name, UNKNOWN);
      emit(run, runEffect(invocation));
      state.status = status.ANY;
      return true;
    },
  ],
  [
    "unset",
    (run, state, invocation) => {
      if (invocation.arguments[0]?.text === "-f") {
        for (const name of assignedIn(invocation.arguments.slice(1))) run.functions.delete(name);
        state.status = status.SUCCESS;
        return true;
      }
      if (run.dialect !== "bash" && refusesName(invocation)) return endsDash(state, invocation);
      // What is not known may be no name.
      if (run.dialect !== "bash" && invocation.arguments.some(({ text }) => text === undefined))
        state.exits.push(dashRefuses(state, invocation));
      let refused = false;
      for (const name of assignedIn(invocation.arguments)) {
        if (trySetting(run, state, name, invocation.site, "command") === "refused") refused = true;
        else state.environment.own.set(name, UNSET);
        if (state.ended !== undefined) return true;
      }
      state.status = refused ? status.FAILURE : status.SUCCESS;
      return true;
    },
  ],
  [
    "let",
    (run, state, invocation) => {
      for (const { text } of invocation.arguments) if (text !== undefined) runArithmetic(run, state, text, invocation.site);
      if (invocation.arguments.length !== 1) state.status = status.ANY;
      return true;
    },
  ],
  ["trap", trapOf(evaluated)],
  ["wait", waits(false)],
  ["sleep", waits(true)],
  ["eval", evaluated],
]);

/** `printf -v NAME`, `mapfile NAME`, `getopts`: what they leave behind is not known. */
export const forgotten = (invocation: Invocation): readonly string[] => {
  const { name, arguments: words } = invocation;
  if (name === "printf" && words[0]?.text === "-v") return words[1]?.text === undefined ? [] : [words[1].text];
  if (name === "mapfile" || name === "readarray") return [...assignedIn(words), "MAPFILE"];
  if (name === "getopts") return [...assignedIn(words.slice(1)), "OPTARG", "OPTIND"];
  return [];
};
