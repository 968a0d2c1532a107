/** `. FILE`: a file of the tree is followed, another may do and end anything. */
import { type Argument, argument, baseOf, type Invocation } from "./commands.ts";
import { emit } from "./emit.ts";
import { blurSwitches, type Builtin, type Run, type State } from "./state.ts";
import * as status from "./statuses.ts";

const MAX_SOURCED = 16;

/** The functions of the init scripts are known not to end a script. */
const isHarmless = (path: string | undefined): boolean =>
  path !== undefined && /\/(?:init\.d\/functions|lsb\/init-functions|rc\.d\/init\.d\/functions)$/u.test(path);

/** `"$0"` is the script itself, by whatever name it was called. */
const isScript = ({ word }: Argument): boolean => {
  const [part, ...more] = word?.parts ?? [];
  const [inner, ...others] = part?.kind === "double-quoted" ? part.parts : [part];
  return more.length === 0 && others.length === 0 && inner?.kind === "parameter" && inner.name === "0" && inner.operator === undefined;
};

/** Where the daemon runs a script, a path that begins without `/` may lead elsewhere. dash ends there, bash goes on. */
const mayBeMissed = (run: Run, state: State, invocation: Invocation): void => {
  if (run.dialect === "bash") state.status = status.union(state.status, status.FAILURE);
  else state.exits.push([{ status: 2, site: invocation.site, how: "exit", path: state.path }]);
};

export const sourceFile: Builtin = (run, state, invocation) => {
  const [file] = invocation.arguments;
  if (file === undefined) return false;
  const found = file.text === undefined || run.sourcing.length >= MAX_SOURCED ? undefined : run.sourced?.(file.text);
  const cycle = found === undefined ? isScript(file) : run.sourcing.includes(found.file);
  emit(run, { ...baseOf(invocation), kind: "source", target: argument(file), ...(cycle ? { cycle: true } : {}) });
  if (found === undefined || cycle) {
    if (!isHarmless(file.text)) {
      state.exits.push([{ site: invocation.site, how: "source", path: state.path }]);
      // It may set any variable.
      state.again = true;
    }
    state.status = status.ANY;
    return true;
  }
  const nested: Run = {
    ...run,
    mapSite: (span) => ({ file: found.file, span }),
    sourcing: [...run.sourcing, found.file],
  };
  const { returns } = state;
  state.returns = [];
  state.calls++;
  if (found.script.body.length === 0) state.status = status.SUCCESS;
  run.count.depth += 5;
  run.statements(nested, state, found.script.body);
  run.count.depth -= 5;
  state.calls--;
  blurSwitches(state, state.returns);
  if (state.ended === "return" || (state.ended === "exit" && state.returns.length > 0)) {
    state.ended = undefined;
    state.status = status.union(...state.returns.map((one) => one.status), []);
  } else if (state.ended === undefined) state.status = status.union(...state.returns.map((one) => one.status), state.status);
  state.returns = returns;
  if (!file.text!.startsWith("/")) mayBeMissed(run, state, invocation);
  return true;
};
