import { dialectOf } from "../../../grammar/shell/dialect.ts";
import type { Site } from "../../../grammar/text.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import { alwaysSucceeds, type Check, checkOf } from "../../model/cluster/checks.ts";
import type { Ending } from "../../model/effects/script-facts.ts";

/** They succeed whether what they read or tell of failed or not. */
const FILTERS = new Set(["tee", "cat", "awk", "gawk", "mawk", "sed", "head", "tail", "wc", "cut", "tr", "sort", "uniq", "logger", "xargs"]);
const TELLING = new Set(["logger", "mail", "mailx", "sendmail", "mutt", "echo", "printf", "date", "touch", "sleep", "wall", "tee", "rm"]);

export default defineRule({
  id: "check-exit-masked",
  summary: "A check ends with the status of a log line or of a filter, not of what it asked.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1351",
    "measured: bash and dash end with the status of the last command, of a pipeline with that of its last member",
  ],
  subject: "linkedScript",
  fix: "review",

  *check(linked, { node }) {
    const check = checkOf(linked, node);
    if (check === undefined || alwaysSucceeds(check) || check.stopsKeepalived) return;
    const { endings } = check;
    // A path that can end with a failure of its own is what the check fails by.
    if (!endings.every(isSilent)) return;
    const last = endings.findLast(({ status }) => status !== 0)!;
    yield last.hides === undefined ? toldOnly(check, last) : piped(check, last);
  },
});

/** An ending that says nothing of what was asked. */
const isSilent = ({ status, command, hides, how }: Ending): boolean =>
  status === 0 || (how === "end" && command !== undefined && (hides === undefined ? TELLING : FILTERS).has(command));

const ranBy = ({ linked }: Check): NonNullable<RuleFinding["notes"]>[number] => ({
  message: `${linked.command.item.keyword.value} runs it and looks at nothing but the exit status`,
  at: linked.path.site,
});

const toldOnly = (check: Check, { site, command }: Ending): RuleFinding => ({
  at: site,
  message: `${check.name} ends with the status of ${command!}, which succeeds: the check does not fail here`,
  notes: [ranBy(check)],
  fixes: [
    {
      title: "End with 1 behind it",
      safety: "review",
      edits: [{ at: { ...site, span: { start: site.span.end, end: site.span.end } }, replacement: "; exit 1" }],
    },
  ],
});

const piped = (check: Check, { site, command, hides }: Ending): RuleFinding => {
  const { script, textAt } = check;
  const textOf = (hidden: Site): string => shown((textAt(hidden) ?? "a command").split(/\s/u)[0]!);
  const shebang = script?.script.shebang;
  return {
    at: site,
    message: `${check.name} ends with the status of ${command!}: whether ${list((hides ?? []).map(textOf), "or")} failed is lost in the pipeline`,
    notes: [ranBy(check)],
    fixes:
      script !== undefined && shebang !== undefined && dialectOf(shebang) === "bash"
        ? [
            {
              title: "Let a pipeline fail with any of its commands",
              safety: "review",
              edits: [
                { at: { file: script.file, span: { start: shebang.span.end, end: shebang.span.end } }, replacement: "\nset -o pipefail" },
              ],
            },
          ]
        : [],
  };
};
