import type { Word } from "../../../grammar/shell/tree.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { visit } from "../../model/effects/walk.ts";

export default defineRule({
  id: "sigterm-ignored",
  summary: "A script that does not end at SIGTERM: a check that hangs is killed 2 s late, or counts as success.",
  severity: "info",
  since: "0.1.0",
  off: true,
  sources: [
    "test/observed/notify-overlap",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1290",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1340",
  ],
  subject: "script",

  *check({ file, script, uses }) {
    if (uses.length === 0) return;
    const found: { readonly start: number; readonly end: number; readonly succeeds: boolean }[] = [];
    visit(script.body, {
      command: (command) => {
        if (command.kind !== "simple" || command.words[0]?.text !== "trap") return;
        const [action, ...signals] = command.words.slice(1);
        if (action === undefined || !signals.some(({ text }) => /^(?:SIG)?TERM$|^15$/u.test(text))) return;
        const text = actionText(action);
        const succeeds = /\bexit[ \t]+0\b/u.test(text ?? "");
        if (text === "" || succeeds) found.push({ ...command.span, succeeds });
      },
      word: () => undefined,
    });
    for (const { start, end, succeeds } of found) {
      const at = { file, span: { start, end } };
      yield {
        at,
        message:
          succeeds && uses.some(isCheck)
            ? "at its timeout this check ends with 0, and the run that hung counts as success"
            : "this script does not end at SIGTERM: at a timeout, and when keepalived stops, it goes on until it is killed",
        notes: runNotes(uses, at),
      };
    }
  },
});

const actionText = (word: Word): string | undefined => {
  const [only, second] = word.parts;
  if (only === undefined) return undefined;
  if (second !== undefined) return undefined;
  if (only.kind === "single-quoted" || only.kind === "literal") return only.value;
  if (only.kind !== "double-quoted") return undefined;
  return only.parts.every((part) => part.kind === "literal")
    ? only.parts.map((part) => (part.kind === "literal" ? part.value : "")).join("")
    : undefined;
};
