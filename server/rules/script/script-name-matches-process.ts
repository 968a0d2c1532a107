import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { shown } from "../../analysis/wording.ts";
import { processEntry, type ProcessEntry } from "../../model/cluster/command-lines.ts";
import { valueOf } from "../../model/effects/known.ts";
import { processSearches, type ProcessSearch } from "../../model/effects/process-search.ts";
import type { Effect } from "../../model/effects/types.ts";

export default defineRule({
  id: "script-name-matches-process",
  summary: "A script looks for a process by a word of its own name or command line: it finds itself.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: in check_ngxx.sh, started by its #! line, `pgrep ngxx`, `pgrep -f ngxx`, `pkill -0 ngxx` and `ps -ef | grep ngxx | grep -v grep` find the script itself; `pgrep -x`, `pidof`, `killall -0` and `ps -C` do not",
  ],
  subject: "linkedScript",

  *check(linked) {
    const entry = processEntry(linked);
    const script = linked.resolution.kind === "found" ? linked.resolution.script : undefined;
    if (entry === undefined || script === undefined) return;
    const found: { readonly at: Site; readonly what: string; readonly word: string; readonly kills: boolean }[] = [];
    for (const effect of linked.effects.effects) {
      const hit = searchedBy(effect, entry);
      if (hit !== undefined) found.push({ at: effect.site, ...hit });
    }
    for (const search of processSearches(script.script, script.text)) {
      const { file } = script;
      const line = search.commandLines ? entry.commandLine : entry.name;
      if (matches(search, line)) found.push({ at: { file, span: search.span }, what: "ps", word: search.pattern, kills: false });
    }
    const told = new Set<number>();
    for (const { at, what, word, kills } of found) {
      if (told.has(at.span.start)) continue;
      told.add(at.span.start);
      yield {
        at,
        message: kills
          ? `${what} ${shown(word)} ends this script as well: it runs as ${shown(entry.commandLine)}`
          : `${what} finds this script when it looks for ${shown(word)}: it runs as ${shown(entry.commandLine)}${
              isCheck(linked) ? ", and the check never fails" : ""
            }`,
        notes: [...runNotes([linked], at), { message: `pgrep -x ${shown(word)} compares the whole name` }],
      };
    }
  },
});

const searchedBy = (
  effect: Effect,
  entry: ProcessEntry,
): { readonly what: string; readonly word: string; readonly kills: boolean } | undefined => {
  if (effect.kind !== "kill" && (effect.kind !== "lookup" || effect.how !== "pgrep")) return undefined;
  const [program, ...words] = (effect.words ?? []).map((each) => valueOf(each)?.replace(/^\/\S*\//u, ""));
  const what = effect.kind === "kill" ? "pkill" : "pgrep";
  if (program !== what || words.includes(undefined)) return undefined;
  const flags = words.filter((word) => /^-[A-Za-z]+$/u.test(word!)).join("");
  const word = words.findLast((one) => !one!.startsWith("-"));
  if (word === undefined || flags.includes("x") || /[PFugtU]/u.test(flags)) return undefined;
  const line = flags.includes("f") ? entry.commandLine : entry.name;
  return isPlain(word) && line.includes(word) ? { what, word, kills: effect.kind === "kill" && valueOf(effect.signal) !== "0" } : undefined;
};

/** A pattern without operators is found where it stands. */
const isPlain = (pattern: string): boolean => /^[\w ./:@-]+$/u.test(pattern);

/** The grep's own line is another matter; the script's counts where nothing keeps it out and its number would change the answer. */
const matches = ({ pattern, excluded, counts, comparisons }: ProcessSearch, line: string): boolean => {
  const word = pattern.replace(/^\[(?<first>\w)\]/u, "$<first>");
  if (!isPlain(word) || !line.includes(word)) return false;
  // Without `grep -v grep` the grep itself is found first.
  if (excluded.length === 0 && word === pattern) return false;
  if (excluded.some((one) => one === undefined || line.includes(one))) return false;
  return (
    !counts ||
    comparisons.some(({ operator, number }) => number === 0 && /^(?:-eq|-ne|==?|!=|-gt|>|-le|<=)$/u.test(operator)) ||
    comparisons.some(({ operator, number }) => number === 1 && /^(?:-lt|-ge|<|>=)$/u.test(operator))
  );
};
