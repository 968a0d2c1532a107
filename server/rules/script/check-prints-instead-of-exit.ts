import { defineRule } from "../../analysis/rule.ts";
import { baseName } from "../../model/cluster/files.ts";
import { alwaysSucceeds, checkOf, printedStatuses } from "../../model/cluster/checks.ts";

export default defineRule({
  id: "check-prints-instead-of-exit",
  summary: "A check prints 0 or 1 where it should end with it: keepalived does not read output, so the check always succeeds.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1351"],
  subject: "linkedScript",
  fix: "review",

  *check(linked) {
    const check = checkOf(linked);
    if (check === undefined || !alwaysSucceeds(check)) return;
    const { script } = check;
    const prints = printedStatuses(check);
    // An `echo 0` alone may be for whoever runs the script by hand; a check that can also print a failure means it.
    const [failing] = prints.filter(({ printed }) => printed !== "0");
    if (failing === undefined) return;
    const { start } = failing.ending.site.span;
    const name = failing.ending.command!;
    yield {
      at: failing.ending.site,
      message: `${baseName(script.file)} prints ${failing.printed} instead of ending with it: keepalived reads no output, and the check always succeeds`,
      notes: [{ message: `${linked.command.item.keyword.value} runs it and looks at nothing but the exit status`, at: linked.path.site }],
      fixes: script.text.startsWith(`${name} `, start)
        ? [
            {
              title: `Write exit instead of ${name}`,
              safety: "review",
              edits: prints
                .filter(({ ending: { site, command } }) => script.text.startsWith(`${command!} `, site.span.start))
                .map(({ ending: { site, command } }) => ({
                  at: { ...site, span: { start: site.span.start, end: site.span.start + command!.length } },
                  replacement: "exit",
                })),
            },
          ]
        : [],
    };
  },
});
