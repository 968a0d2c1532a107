import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, counted } from "../../analysis/wording.ts";
import type { Checker, RealServer } from "../../model/node/model.ts";
import { isFirewallMarkOnly } from "../../model/node/virtual-servers.ts";

export default defineRule({
  id: "checker-port-differs",
  summary: "The checker asks another port than the one that is served.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_api.c:257", "keepalived v2.4.3 keepalived/check/check_api.c:133"],
  subject: "virtualServer",

  *check(virtualServer, { node }) {
    const { realServers, service, item } = virtualServer;
    if (node.configuration === undefined || isFirewallMarkOnly(node.configuration, service)) return;
    const found = realServers.flatMap((server) => {
      const checker = strayChecker(server);
      return checker === undefined ? [] : [{ server, checker }];
    });
    const [first] = found;
    if (first === undefined) return;
    const { server, checker } = first;
    yield {
      at: checker.connectPort!.site,
      message: `${checker.type.value} of ${blockTitle(server.item)} asks port ${checker.connectPort!.value}: when port ${server.port!.value} does not answer, nobody notices`,
      notes: [
        { message: "the served port", at: server.port!.site },
        ...(found.length > 1 ? [{ message: `so for ${counted(found.length, "server")} of ${blockTitle(item)}` }] : []),
      ],
    };
  },
});

/** A checker of another port, when no other checker asks the served one. */
const strayChecker = ({ port, checkers }: RealServer): Checker | undefined => {
  if (port?.value === undefined || port.value === 0) return undefined;
  const asked = checkers.map((checker) => (checker.connectPort === undefined ? port.value : checker.connectPort.value));
  if (checkers.length === 0 || asked.includes(port.value) || asked.includes(undefined)) return undefined;
  return checkers[0];
};
