/**
 * `trap … ERR`: what bash runs where a command fails that nothing looks at. It is asked wherever `set -e` is, and before it;
 * functions and subshells know of it only behind `set -E`.
 */
import { branchOff, join, type Run, type State } from "./state.ts";
import * as status from "./statuses.ts";

/** Runs the trap where the last command may have failed. What it does is told where it is set; here only how it ends counts. */
export const springErrorTrap = (run: Run, state: State): void => {
  const trap = state.errorTrap;
  if (trap === undefined || state.trapPasses || state.ended !== undefined || !status.mayFail(state.status)) return;
  if (trap.kind === "unclear") return void state.exits.push([{ site: trap.site, how: "trap", path: state.path }]);
  const { path } = state;
  const before = state.status;
  const branch = run.count.branches++;
  const arm = (index: number, text: string, statuses: status.Statuses): State => {
    const one = branchOff(state, { kind: "branch", branch, arm: index, site: trap.site, text });
    one.path = path;
    one.status = statuses;
    return one;
  };
  // Of what decides it, `exit $?` in the trap must say itself.
  const failed = arm(
    0,
    "a command fails",
    status.failures(before).map(({ status: code }) => (code === undefined ? {} : { status: code })),
  );
  failed.errorTrap = undefined;
  const quiet: Run = { ...run, effects: [], traps: [], mapSite: () => trap.site };
  run.count.depth += 5;
  run.statements(quiet, failed, trap.script.body);
  run.count.depth -= 5;
  // The script goes on with the status of the command, whatever the trap ended with.
  failed.errorTrap = trap;
  failed.status = status.failures(before);
  if (!status.maySucceed(before)) return join(state, [failed]);
  join(state, [failed, arm(1, "no command fails", status.successes(before))]);
};
