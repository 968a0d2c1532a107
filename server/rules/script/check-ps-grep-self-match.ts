import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { expectsOneMore, processSearches, type ProcessSearch } from "../../model/effects/process-search.ts";

export default defineRule({
  id: "check-ps-grep-self-match",
  summary: "`ps | grep NAME` finds the grep itself: the process seems to run when it does not.",
  severity: "warning",
  since: "0.1.0",
  sources: ["measured: `ps -ef | grep zzqq | wc -l` prints 1 where nothing of that name runs, in four of five runs or more"],
  subject: "script",
  fix: "review",

  *check({ file, text, script, uses }) {
    if (!uses.some(isCheck)) return;
    for (const search of processSearches(script, text)) {
      if (!findsItself(search)) continue;
      const at = { file, span: search.span };
      const plain = /^[\w-]{2,15}$/u.test(search.pattern);
      yield {
        at,
        message: `grep ${search.pattern} finds its own line in the output of ps, so that one is counted when nothing of that name runs`,
        notes: [...runNotes(uses, at), { message: "pgrep does not list itself; nor does `ps -C NAME`" }],
        fixes: plain
          ? fixWith("Ask pgrep", "review", [{ at, replacement: `pgrep ${search.counts ? "-cx" : "-x"} ${search.pattern}` }])
          : [],
      };
    }
  },
});

/** Only command lines have the word of the grep in them; brackets in the pattern, and `grep -v`, keep it out. */
const findsItself = ({ commandLines, pattern, excluded, counts, comparisons }: ProcessSearch): boolean => {
  if (!commandLines || /[[\]\\^$*?]/u.test(pattern) || excluded.length > 0) return false;
  return !counts || comparisons.some((comparison) => !expectsOneMore(comparison));
};
