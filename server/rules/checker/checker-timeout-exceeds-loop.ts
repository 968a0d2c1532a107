import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, counted } from "../../analysis/wording.ts";
import { connects, isKept, rhythmReader } from "../../model/node/checkers.ts";
import { isSampleService } from "../../model/node/sample.ts";

export default defineRule({
  id: "checker-timeout-exceeds-loop",
  summary: "The attempts of a check take longer than delay_loop: a silent server is noticed later than it looks.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_tcp.c:127", "keepalived v2.4.3 keepalived/check/check_data.c:1350"],
  subject: "virtualServer",

  *check(virtualServer) {
    // What the sample brought has a finding of its own.
    if (isSampleService(virtualServer)) return;
    const rhythm = rhythmReader(virtualServer);
    const slow = virtualServer.realServers.filter(isKept).flatMap((server) =>
      server.checkers.flatMap((checker) => {
        // A time nobody wrote is nobody's mistake.
        if (!connects(checker) || checker.connectTimeout?.value === undefined) return [];
        const own = rhythm(server, checker);
        return own === undefined || own.timeout * (own.retries + 1) <= own.loop ? [] : [{ server, checker, ...own }];
      }),
    );
    const [first] = slow;
    if (first === undefined) return;
    const { server, checker, timeout, retries, loop, pause } = first;
    const total = Number((timeout * (retries + 1) + pause * retries).toFixed(3));
    const between = retries > 0 && pause > 0 ? `, ${pause} s between them` : "";
    yield {
      at: checker.connectTimeout!.site,
      message: `${checker.type.value} of ${blockTitle(server.item)} needs ${total} s to give a silent server up (${counted(retries + 1, "attempt")} of ${timeout} s${between}), and delay_loop is ${loop} s`,
      notes: [
        { message: "a round begins delay_loop after the end of the one before: nothing overlaps, but a failure is noticed late" },
        ...(slow.length > 1 ? [{ message: `so for ${counted(slow.length, "checker")} of ${blockTitle(virtualServer.item)}` }] : []),
      ],
    };
  },
});
