import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { filesRun, isCheck, runNotes } from "../../analysis/scripts.ts";
import { baseName } from "../../model/cluster/files.ts";
import type { LinkedScript } from "../../model/cluster/model.ts";
import { firstLine } from "../../model/cluster/shebang.ts";

export default defineRule({
  id: "script-bad-shebang",
  summary: "The first line of a script was meant as a #! line, but the kernel cannot use it: the script does not run.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: a check that ends with `exit 1` under `#/bin/bash` counts as success for ever with 2.2.7, and runs under sh with 2.4.3",
    "measured: a check whose interpreter does not exist counts as success for ever with 2.2.7 and 2.4.3",
    "measured: `#!/usr/bin/env bash -e` ends with status 127",
    "keepalived v2.4.3 lib/notify.c:268",
    "keepalived v2.4.3 lib/notify.c:303",
  ],
  subject: "node",
  fix: "review",

  *check(node) {
    for (const { file, uses } of filesRun(node, true)) {
      const { resolution } = uses[0];
      if (resolution.kind !== "found" || resolution.text === undefined) continue;
      const line = firstLine(resolution.text);
      if (line.kind !== "wrong") continue;
      const at = { file, span: line.span };
      yield {
        at,
        message: `the first line of ${baseName(file)} ${line.why}: ${consequence(uses, line.starts === true)}`.replace(
          "the first line of",
          line.span.start > 0 ? "the #! line of" : "the first line of",
        ),
        notes: runNotes(uses, at),
        fixes: line.right === undefined ? [] : fixWith(`Write ${line.right}`, "review", [{ at, replacement: line.right }]),
      };
    }
  },
});

/** Of what cannot be started the daemon's child ends with 0: "script errors aren't server errors". */
const consequence = (uses: readonly LinkedScript[], starts: boolean): string => {
  if (!uses.some(isCheck)) return "nothing runs when it is called";
  return starts ? "every run fails with status 127" : "keepalived cannot start the check, and takes every run for a success";
};
