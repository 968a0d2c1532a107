import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { filesRun, isCheck, runNotes } from "../../analysis/scripts.ts";
import { isStatedWithin } from "../../analysis/version-range.ts";
import { newestVersion } from "../../../grammar/vocabulary/index.ts";
import { baseName } from "../../model/cluster/files.ts";
import { firstLine } from "../../model/cluster/shebang.ts";

export default defineRule({
  id: "script-missing-shebang",
  summary: "A script without a #! line: keepalived up to 2.2 cannot start it, and takes every run of a check for a success.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: a check without #! line that ends with `exit 1` counts as success for ever with 2.2.7; 2.4.3 runs it under sh and logs `Please add a #! shebang`",
    "keepalived v2.4.3 lib/notify.c:268",
    "keepalived v2.4.3 lib/notify.c:303",
  ],
  subject: "node",
  fix: "review",

  *check(node, given) {
    const runsIt = isStatedWithin(given, "2.4.0", newestVersion);
    for (const { file, uses } of filesRun(node, true)) {
      const { resolution } = uses[0];
      if (resolution.kind !== "found" || resolution.text === undefined || resolution.text.trim() === "") continue;
      if (firstLine(resolution.text).kind !== "none") continue;
      const at = { file, span: { start: 0, end: endOfLine(resolution.text) } };
      const isShell = resolution.script !== undefined || /(?:^|\n)[ \t]*(?:fi|done|esac)\b/u.test(resolution.text);
      yield {
        at,
        ...(runsIt ? { severity: "warning" as const } : {}),
        message: runsIt
          ? `${baseName(file)} has no #! line: keepalived starts it through sh, whatever it is written for`
          : uses.some(isCheck)
            ? `${baseName(file)} has no #! line: keepalived up to 2.2 cannot start the check, and takes every run for a success`
            : `${baseName(file)} has no #! line: keepalived up to 2.2 cannot start it, and nothing runs`,
        notes: [
          ...(runsIt ? [] : [{ message: "keepalived 2.4, where it is built with libmagic, runs it under sh" }]),
          ...runNotes(uses, at),
        ],
        fixes: isShell ? fixWith("Add a #! line", "review", [insertAt(file, 0, `#!${shellFor(resolution.text)}\n`)]) : [],
      };
    }
  },
});

const endOfLine = (text: string): number => {
  const end = text.indexOf("\n");
  return (end < 0 ? text : text.slice(0, end)).trimEnd().length;
};

/** bash where the script uses what only bash has. */
const shellFor = (text: string): string => (/\[\[|^[ \t]*function[ \t]|\w=\(|<\(|&>|\$\{\w+\[/mu.test(text) ? "/bin/bash" : "/bin/sh");
