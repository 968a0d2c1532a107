import { defineRule } from "../../analysis/rule.ts";
import { alwaysSucceeds, checkOf, type Printed, printedStatuses } from "../../model/cluster/checks.ts";

export default defineRule({
  id: "check-prints-instead-of-exit",
  summary: "A check prints 0 or 1 where it should end with it: keepalived does not read output, so the check always succeeds.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1351"],
  subject: "linkedScript",
  fix: "review",

  *check(linked, { node }) {
    const check = checkOf(linked, node);
    if (check === undefined || !alwaysSucceeds(check)) return;
    const isWritten = ({ ending: { site, command } }: Printed): boolean => check.textAt(site)?.startsWith(`${command!} `) === true;
    const prints = printedStatuses(check);
    // An `echo 0` alone may be for whoever runs the script by hand; a check that can also print a failure means it.
    const [failing] = prints.filter(({ printed }) => printed !== "0");
    if (failing === undefined) return;
    const name = failing.ending.command!;
    yield {
      at: failing.ending.site,
      message: `${check.name} prints ${failing.printed} instead of ending with it: keepalived reads no output, and the check always succeeds`,
      notes: [{ message: `${linked.command.item.keyword.value} runs it and looks at nothing but the exit status`, at: linked.path.site }],
      fixes: isWritten(failing)
        ? [
            {
              title: `Write exit instead of ${name}`,
              safety: "review",
              edits: prints.filter(isWritten).map(({ ending: { site, command } }) => ({
                at: { ...site, span: { start: site.span.start, end: site.span.start + command!.length } },
                replacement: "exit",
              })),
            },
          ]
        : [],
    };
  },
});
