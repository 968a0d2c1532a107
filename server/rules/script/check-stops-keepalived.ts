import { defineRule } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { endsKeepalived } from "../../model/effects/side-effects.ts";

export default defineRule({
  id: "check-stops-keepalived",
  summary: "A check that stops keepalived: the address moves, and never comes back by itself.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "measured: a check that ends keepalived moves the address in 0.6 s; the node takes no part in any failover until keepalived is started by hand (2.2.7 and 2.4.3)",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_scheduler.c:1251",
  ],
  subject: "linkedScript",

  *check(linked) {
    if (!isCheck(linked)) return;
    const [first, ...more] = linked.effects.effects.flatMap((effect) => {
      const how = endsKeepalived(effect);
      return how === undefined ? [] : [{ effect, how }];
    });
    if (first === undefined) return;
    const at = first.effect.site;
    yield {
      at,
      message:
        first.how === "restarts"
          ? "the check restarts keepalived: the addresses leave this node, and the restart begins again as long as the check fails"
          : `the check ${first.how} keepalived: nothing on this node is left to see that the service works again, and the address stays away until somebody starts keepalived`,
      notes: [
        ...runNotes([linked], at),
        ...more
          .filter(({ effect }) => effect.site.span.start !== at.span.start)
          .slice(0, 3)
          .map(({ effect }) => ({ message: "and here", at: effect.site })),
        { message: "a check that ends with a status other than 0 moves the address, and brings it back when it succeeds" },
      ],
    };
  },
});
