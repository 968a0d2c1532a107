import type { Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { baseName } from "../../model/cluster/files.ts";
import type { LinkedScript } from "../../model/cluster/model.ts";

export default defineRule({
  id: "script-crlf",
  summary: "The lines of a script end in CR LF: the kernel looks for an interpreter with the CR in its name.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: a check whose #! line ends in CR LF counts as success for ever with 2.2.7 and 2.4.3",
    "measured: execve of a script whose first line ends in CR LF fails, and a shell reads the CR as part of the last word",
  ],
  subject: "script",
  fix: "safe",

  *check({ file, text, uses }) {
    const sites = [...text.matchAll(/\r(?=\n)/gu)].map(({ index }): Site => ({ file, span: { start: index, end: index + 1 } }));
    const [first] = sites;
    if (first === undefined) return;
    const direct = uses.filter(({ interpreted }) => interpreted === undefined);
    yield {
      at: first,
      message: /^#![^\n]*\r\n/u.test(text)
        ? `the first line of ${baseName(file)} ends in CR LF, and the kernel finds no interpreter with a CR in its name: ${consequence(direct)}`
        : `${sites.length === 1 ? "a line" : `${sites.length} lines`} of ${baseName(file)} end in CR LF: the shell takes the CR for part of the last word`,
      notes: runNotes(uses, first),
      fixes: fixWith(
        "End the lines in LF",
        "safe",
        sites.map((at) => ({ at, replacement: "" })),
      ),
    };
  },
});

const consequence = (uses: readonly LinkedScript[]): string =>
  uses.some(isCheck) ? "keepalived takes every run of the check for a success" : "the script does not start";
