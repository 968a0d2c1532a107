/** Commands that run another one: sudo, timeout, `sh -c`, su, xargs. */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { SimpleCommand } from "../../../grammar/shell/tree.ts";
import { type Argument, argument, type Invocation, read } from "./commands.ts";
import { known } from "./known.ts";
import { optionsIn, switchOption } from "./options-of-shell.ts";
import { hasOption, optionValue, readOptions, secondsIn } from "./options.ts";
import { setPositionals } from "./positionals.ts";
import { type Run, type Setting, type State, subshell } from "./state.ts";
import * as status from "./statuses.ts";

interface Wrapper {
  /** Options that take a word. */
  readonly valued: ReadonlySet<string>;
  /** How many words of its own stand before the command. */
  readonly own: number;
  /** It runs the command or fails itself; without it only the command can. */
  readonly mayFail: boolean;
}

const wrapper = (valued: readonly string[], own = 0, mayFail = false): Wrapper => ({ valued: new Set(valued), own, mayFail });

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ["sudo", wrapper(["-u", "-g", "-C", "-h", "-p", "-r", "-t", "-U", "--user", "--group"], 0, true)],
  ["doas", wrapper(["-u", "-C"], 0, true)],
  ["nohup", wrapper([])],
  ["setsid", wrapper([])],
  ["command", wrapper([])],
  ["builtin", wrapper([])],
  ["exec", wrapper(["-a"])],
  ["nice", wrapper(["-n"])],
  ["ionice", wrapper(["-c", "-n"])],
  ["env", wrapper(["-u", "-C"])],
  ["timeout", wrapper(["-s", "-k", "--signal", "--kill-after"], 1)],
  ["flock", wrapper(["-w", "--wait", "--timeout", "-E"], 1, true)],
  ["busybox", wrapper([])],
  ["daemon", wrapper(["--user", "--pidfile"], 0, true)],
  ["stdbuf", wrapper(["-i", "-o", "-e"])],
  ["chrt", wrapper(["-T", "-P", "-D"], 1)],
  ["xargs", wrapper(["-n", "-P", "-I", "-d", "-E", "-L", "-s", "-a", "-i"], 0, true)],
]);

/** What stands behind a wrapper's options, assignments and own words; undefined where that cannot be told. */
const unwrapped = (words: readonly Argument[], { valued, own }: Wrapper): readonly Argument[] | undefined => {
  let left = own;
  let i = 0;
  for (; i < words.length; i++) {
    const { text } = words[i]!;
    if (text === undefined) return undefined;
    if (text === "-v" || text === "-V") return undefined;
    if (text.startsWith("-")) {
      if (valued.has(text)) i++;
    } else if (/^[A-Za-z_]\w*=/u.test(text)) continue;
    else if (left > 0) left--;
    else break;
  }
  return words.slice(i);
};

const settingOf = (name: string, words: readonly Argument[], site: Invocation["command"]): Setting => {
  if (name === "timeout") {
    const { operands } = readOptions(words, { valued: "sk", long: ["signal", "kill-after"] });
    return operands[0] === undefined ? {} : { timeLimit: read(operands[0], secondsIn) };
  }
  if (name === "sudo" || name === "doas") {
    const user = optionValue(readOptions(words, { valued: "ugChprtU", long: ["user", "group"] }), "-u", "--user");
    return { user: user === undefined ? known("root", site) : argument(user) };
  }
  return {};
};

/** Whether the command is a wrapper whose inside has been run. */
export const callWrapped = (run: Run, state: State, command: SimpleCommand, invocation: Invocation, written: string): boolean => {
  const { name, arguments: words } = invocation;
  if (name === "su" || name === "runuser") return callAs(run, state, command, invocation);
  const kind = WRAPPERS.get(name);
  if (kind === undefined) return false;
  if (written === "exec" && words.length === 0) {
    // Only redirections; one that fails ends the shell.
    state.status = status.SUCCESS;
    return true;
  }
  const inner = unwrapped(words, kind);
  if (inner === undefined || inner.length === 0) return false;
  const extra = name === "xargs" ? [{ text: undefined, site: invocation.site }] : [];
  const { setting } = state;
  state.setting = { ...setting, ...settingOf(name, words, invocation.command) };
  run.invoke(run, state, command, [...inner, ...extra]);
  state.setting = setting;
  if (kind.mayFail) state.status = status.ANY;
  if (name === "timeout") state.status = status.union(state.status, [{ status: 124 }]);
  if (written === "exec" && state.ended === undefined) {
    state.exits.push(status.withHow(state.status, "exec"));
    state.ended = "exit";
  }
  return true;
};

/** `su - USER -c 'commands'`, `runuser -u USER -- command` */
const callAs = (run: Run, state: State, command: SimpleCommand, invocation: Invocation): boolean => {
  const words = readOptions(invocation.arguments, { valued: "cgGsuw", long: ["command", "user", "group", "shell"] });
  const user = optionValue(words, "-u", "--user");
  const script = optionValue(words, "-c", "--command");
  const operands = words.operands.filter(({ text }) => text !== "-");
  const who = user ?? operands[0];
  const { setting } = state;
  state.setting = { ...setting, user: who === undefined ? known("root", invocation.command) : argument(who) };
  const ran = script === undefined ? false : runText(run, state, script, []);
  if (!ran && user !== undefined && operands.length > 0) run.invoke(run, state, command, operands);
  state.setting = setting;
  state.status = status.ANY;
  return ran || (user !== undefined && operands.length > 0);
};

/** `sh -c 'commands' NAME ARGUMENTS`, when the commands are known. */
export const runInline = (run: Run, state: State, words: readonly Argument[]): boolean => {
  const at = words.findIndex(({ text }) => text !== undefined && /^-[a-z]*c$/u.test(text));
  const script = at < 0 || words.slice(0, at).some(({ text }) => text === undefined || !/^[-+]/u.test(text)) ? undefined : words[at + 1];
  const options = readOptions(words.slice(0, at + 1), { valued: "oO" });
  if (script === undefined || hasOption(options, "-n")) return false;
  return runText(run, state, script, words.slice(at + 3), optionsIn(words.slice(0, at + 1).map(({ text }) => text)));
};

const runText = (
  run: Run,
  state: State,
  script: Argument,
  given: readonly Argument[],
  options: ReturnType<typeof optionsIn> = [],
): boolean => {
  if (script.text === undefined || run.count.depth > 20) return false;
  const part = script.word?.parts.length === 1 ? script.word.parts[0] : undefined;
  const inner = part?.kind === "double-quoted" && part.parts.length === 1 ? part.parts[0] : part;
  // Where every character is written as it is meant, the inside has exact places; else all of it stands where the word does.
  const start = inner?.kind === "single-quoted" ? inner.span.start + 1 : inner?.kind === "literal" ? inner.span.start : undefined;
  const end = inner === undefined ? 0 : inner.kind === "single-quoted" ? inner.span.end - 1 : inner.span.end;
  const exact = start !== undefined && end - start === script.text.length;
  const child = subshell(state, { errexit: "off", pipefail: "off", caught: false, trapPasses: false, calls: 0 });
  for (const { name, on } of options) switchOption(child, name, on);
  const nested: Run = {
    ...run,
    functions: new Map(),
    mapSite: exact ? (span) => run.mapSite({ start: span.start + start, end: span.end + start }) : () => script.site,
  };
  setPositionals(
    child,
    given.map(({ text }) => text),
  );
  const parsed = parseShell(script.text);
  run.count.depth += 5;
  child.status = status.SUCCESS;
  run.statements(nested, child, parsed.body);
  run.count.depth -= 5;
  state.status = parsed.problems.length > 0 ? status.ANY : child.result();
  return true;
};
