import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { stateTests } from "../../model/effects/state-tests.ts";

export default defineRule({
  id: "notify-wrong-arg-index",
  summary: "A notify script looks for the state in an argument that holds something else: no branch is ever taken.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_notify.c:120",
    "measured: the script of `notify` is called with INSTANCE, the name, the state and the priority, behind its own arguments (2.2.7 and 2.4.3)",
  ],
  subject: "linkedScript",
  fix: "review",

  *check(linked) {
    const { resolution, command, use } = linked;
    const script = resolution.kind === "found" ? resolution.script : undefined;
    if (use !== "notify" || script === undefined || script.text.includes("$#")) return;
    const keyword = command.item.keyword.value;
    const own = command.arguments.slice(linked.interpreted === undefined ? 0 : 1).map(({ value }) => value);
    const right = keyword === "notify" ? own.length + 3 : own.findIndex((value) => value !== undefined && isState(value)) + 1;
    const tests = stateTests(script.script) ?? [];
    if (right === 0 || tests.some(({ index }) => index === right)) return;
    const wrong = tests.find(({ index }) => own[index - 1] === undefined || index > own.length);
    if (wrong === undefined) return;
    const at = { file: script.file, span: wrong.site };
    yield {
      at,
      message: `$${wrong.index} is ${held(keyword, wrong.index - own.length)} when ${keyword} runs this script: the state is in $${right}`,
      notes: [...runNotes([linked], at), ...(keyword === "notify" ? [{ message: calledWith(own.length) }] : [])],
      fixes:
        wrong.digit === undefined || right > 9
          ? []
          : fixWith(`Read $${right}`, "review", [{ at: { file: script.file, span: wrong.digit }, replacement: String(right) }]),
    };
  },
});

const isState = (value: string): boolean => /^(?:MASTER|BACKUP|FAULT|STOP)$/iu.test(value);

/** What the daemon appends, counted from 1. */
const held = (keyword: string, position: number): string =>
  keyword !== "notify"
    ? "empty"
    : position === 1
      ? "INSTANCE or GROUP"
      : position === 2
        ? "the name of the instance or group"
        : position === 4
          ? "the priority"
          : "empty";

const calledWith = (own: number): string => {
  const names = ["INSTANCE or GROUP", "the name", "MASTER, BACKUP, FAULT, STOP or DELETED", "the priority"];
  return `keepalived appends ${names.map((name, index) => `$${own + index + 1}: ${name}`).join("; ")}`;
};
