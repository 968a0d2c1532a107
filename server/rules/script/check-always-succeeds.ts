import { defineRule } from "../../analysis/rule.ts";
import { alwaysSucceeds, checkOf, printedStatuses } from "../../model/cluster/checks.ts";

export default defineRule({
  id: "check-always-succeeds",
  summary: "A check ends with status 0 on every path: it can never fail.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1351",
    "keepalived v2.4.3 keepalived/check/check_misc.c:363",
    "measured: the predicted statuses of generated scripts against those of bash and dash (test/host/shell-status.test.ts)",
  ],
  subject: "linkedScript",

  *check(linked, { node }) {
    const check = checkOf(linked, node);
    if (check === undefined || !alwaysSucceeds(check) || check.stopsKeepalived || printedStatuses(check).length > 0) return;
    const { endings, name } = check;
    const last = endings[endings.length - 1]!;
    const keyword = linked.command.item.keyword;
    const by =
      last.how === "trap"
        ? ": its trap of EXIT ends it with 0"
        : last.how === "exit"
          ? ""
          : last.command === undefined
            ? ""
            : `: ${last.command} at its end succeeds whatever came before`;
    yield {
      at: last.site,
      message: `${name} ends with 0 on every path, so this check never fails${by}`,
      notes: [
        { message: `${keyword.value} runs it and looks at nothing but the exit status`, at: linked.path.site },
        ...endings
          .slice(0, -1)
          .slice(-3)
          .map(({ site }) => ({ message: "ends with 0 here as well", at: site })),
      ],
    };
  },
});
