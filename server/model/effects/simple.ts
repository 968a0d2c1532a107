/** A simple command: its redirections, its assignments, and each of the readings of its words. */
import type { SimpleCommand } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import { assignedValue, expandFor, variantsOf } from "./expand.ts";
import { trySetting } from "./readonly.ts";
import { runRedirections } from "./redirections.ts";
import { type Ended, endedBy, type Run, type State, variable } from "./state.ts";
import * as status from "./statuses.ts";
import type { BranchStep } from "./types.ts";
import { both, compatible, onlyText, textValue, UNKNOWN } from "./values.ts";

/** Whether all of the variables could be set. */
const assign = (run: Run, state: State, command: SimpleCommand): boolean => {
  const source = run.source(run, state);
  for (const { name, value, append, index, indexParts } of command.assignments) {
    if (indexParts !== undefined) expandFor(indexParts, source);
    if (trySetting(run, state, name.text, run.mapSite(command.span), "assignment") === "refused") return false;
    if (value.kind === "array") {
      const items = value.elements.flatMap((word): readonly (string | undefined)[] => {
        const [only, ...rest] = variantsOf(word, source);
        return only === undefined || rest.length > 0 ? [undefined] : only.fields;
      });
      const before = append ? variable(run, state, name.text) : undefined;
      state.environment.own.set(
        name.text,
        append && before?.kind !== "list" ? UNKNOWN : { kind: "list", items: [...(before?.kind === "list" ? before.items : []), ...items] },
      );
      continue;
    }
    const given = assignedValue(value, source);
    if (index !== undefined) state.environment.own.set(name.text, UNKNOWN);
    else if (append) {
      const before = onlyText(variable(run, state, name.text));
      const added = onlyText(given);
      state.environment.own.set(
        name.text,
        before === undefined || added === undefined || before.length > 10_000 ? UNKNOWN : textValue(before + added),
      );
    } else state.environment.own.set(name.text, given);
  }
  return true;
};

const MAX_VARIANTS = 16;

export const runSimple = (run: Run, state: State, command: SimpleCommand): void => {
  const before = state.status;
  state.substituted = undefined;
  const source = run.source(run, state);
  const mayRefuse = runRedirections(run, state, command, command.redirections);
  if (command.words.length === 0) {
    state.printed = undefined;
    state.output = undefined;
    if (!assign(run, state, command)) return;
    state.status = status.union(state.substituted ?? status.SUCCESS, mayRefuse);
    return;
  }
  let variants: readonly { readonly words: Argument[]; readonly under: readonly BranchStep[] }[] = [{ words: [], under: [] }];
  for (const word of command.words) {
    const site = run.mapSite(word.span);
    const readings = variantsOf(word, source);
    const [only] = readings;
    if (readings.length === 1 && only!.under.length === 0) {
      for (const { words } of variants) for (const text of only!.fields) words.push({ text, site, word });
      continue;
    }
    const next = variants.flatMap(({ words, under }) =>
      readings.flatMap((reading) => {
        const together = both(under, reading.under);
        return together === undefined
          ? []
          : [{ words: [...words, ...reading.fields.map((text) => ({ text, site, word }))], under: together }];
      }),
    );
    variants =
      next.length === 0 || next.length > MAX_VARIANTS
        ? variants.map(({ words, under }) => ({ words: [...words, { text: undefined, site, word }], under }))
        : next;
  }
  if (run.dialect !== "bash")
    for (const { name } of command.assignments) trySetting(run, state, name.text, run.mapSite(command.span), "command");
  // A variable that is not set has ended the shell.
  if (state.ended !== undefined) return;
  const possible = variants.filter(({ under }) => compatible(state.path, under));
  const results: status.Statuses[] = [];
  const { path } = state;
  state.status = before;
  const ends: (Ended | undefined)[] = [];
  // Each variant is a way of its own: that one of them ends the script says nothing of the others.
  for (const { words, under } of possible) {
    if (words.length === 0) continue;
    state.ended = undefined;
    state.path = [...path, ...under.filter((step) => !path.some((other) => other.kind === "branch" && other.branch === step.branch))];
    state.status = before;
    run.invoke(run, state, command, words);
    results.push(state.status);
    ends.push(state.ended);
  }
  state.path = path;
  state.ended = ends.length === 0 ? undefined : endedBy(ends);
  if (state.ended === undefined && ends.some((reason) => reason !== undefined && reason !== "exit")) state.dropped = true;
  const going = results.filter((_, index) => ends[index] === undefined);
  const answered =
    results.length === 0 ? (state.substituted ?? status.SUCCESS) : status.union(...(going.length === 0 ? results : going), []);
  if (mayRefuse.length === 0) state.status = answered;
  else if (endsWithoutFile(run, command.words[0]!.text)) {
    state.exits.push(status.withHow(mayRefuse, "exit"));
    state.status = answered;
  } else {
    state.status = status.union(answered, mayRefuse);
    // Without its file the command that would have ended the script does not run.
    if (state.ended !== undefined && mayRefuse.some(({ incidental }) => incidental === undefined)) {
      state.ended = undefined;
      state.dropped = true;
      state.status = mayRefuse;
    }
  }
};

/** A special builtin that cannot redirect ends the shell; bash goes on behind it, `exec` included. */
const endsWithoutFile = (run: Run, name: string): boolean => run.dialect !== "bash" && SPECIAL.has(name);

const SPECIAL = new Set([
  ":",
  ".",
  "break",
  "continue",
  "eval",
  "exec",
  "exit",
  "export",
  "readonly",
  "return",
  "set",
  "shift",
  "times",
  "trap",
  "unset",
]);
