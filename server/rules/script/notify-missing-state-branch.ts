import type { Fix } from "../../analysis/finding.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { nameOf, runNotes } from "../../analysis/scripts.ts";
import { list } from "../../analysis/wording.ts";
import type { LinkedScript } from "../../model/cluster/model.ts";
import { stateTests, type StateTest } from "../../model/effects/state-tests.ts";

export default defineRule({
  id: "notify-missing-state-branch",
  summary: "A notify script has no branch for a state that keepalived tells it: what it did before stays as it is.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:135",
    "measured: `notify` is called with FAULT when a check fails, and with STOP when keepalived is stopped (2.2.7 and 2.4.3)",
  ],
  subject: "linkedScript",
  fix: "review",

  *check(linked) {
    const script = linked.resolution.kind === "found" ? linked.resolution.script : undefined;
    if (linked.use !== "notify" || script === undefined) return;
    const own = linked.command.arguments.slice(linked.interpreted === undefined ? 0 : 1).map(({ value }) => value);
    const told = toldBy(linked, own);
    if (told === undefined) return;
    const tests = (stateTests(script.script) ?? []).filter(({ index }) => index === told.index);
    const main = tests.find(({ form, patterns }) => form === "case" && patterns.some(({ word }) => /^master$/iu.test(word)));
    if (main === undefined || main.otherwise === "acts") return;
    const handled = new Set(tests.flatMap(({ states, patterns }) => [...states, ...patterns.map(({ word }) => word)]));
    const missing = told.states.filter((state) => !handled.has(state));
    if (missing.length === 0) return;
    const at = { file: script.file, span: main.site };
    const lower = missing.filter((state) => [...handled].some((word) => word !== state && word.toUpperCase() === state.toUpperCase()));
    yield {
      at,
      ...(missing.every((state) => state === "STOP") ? { severity: "info" as const } : {}),
      message:
        lower.length > 0
          ? `no branch takes ${list(lower)}: ${nameOf(linked)} writes the state in ${lower[0] === lower[0]!.toUpperCase() ? "capitals" : "small letters"}, and the patterns do not`
          : `the script does nothing about ${list(missing)}: ${consequence(missing)}`,
      notes: runNotes([linked], at),
      fixes: lower.length > 0 ? [] : addTo(main, missing, script.file),
    };
  },
});

/** Which states reach the script, and in which parameter; undefined when that is not known. */
const toldBy = (
  { command: { item } }: LinkedScript,
  own: readonly (string | undefined)[],
): { readonly index: number; readonly states: readonly string[] } | undefined => {
  const { keyword, parent } = item;
  if (keyword.value === "notify") {
    // What other statements of the block run for a state need not be done here.
    const others = new Set(parent?.items.map((each) => each.keyword.value));
    const states = ["MASTER", "BACKUP", "FAULT", "STOP"].filter((state) => !others.has(`notify_${state.toLowerCase()}`));
    return { index: own.length + 3, states };
  }
  const state = /^notify_(?<state>master|backup|fault|stop)$/u.exec(keyword.value)?.groups?.["state"];
  const index = own.findIndex((value) => value !== undefined && value.toLowerCase() === state);
  return state === undefined || index < 0 ? undefined : { index: index + 1, states: [own[index]!] };
};

const consequence = (missing: readonly string[]): string =>
  missing.some((state) => /^fault$/iu.test(state))
    ? "a master whose check fails gives the address up, and what the script did for MASTER stays"
    : missing.every((state) => /^stop$/iu.test(state))
      ? "when keepalived is stopped on the master, what the script did for MASTER stays"
      : "it is called for that, and leaves";

/** FAULT and STOP are treated like BACKUP. */
const addTo = ({ patterns }: StateTest, missing: readonly string[], file: string): readonly Fix[] => {
  const backup = patterns.find(({ word }) => word === "BACKUP" || word === "backup");
  if (backup === undefined || missing.some((state) => !/^(?:FAULT|STOP)$/iu.test(state))) return [];
  const at = { file, span: { start: backup.span.end, end: backup.span.end } };
  return fixWith(`Treat ${list(missing)} like ${backup.word}`, "review", [
    { at, replacement: missing.map((state) => `|${state}`).join("") },
  ]);
};
