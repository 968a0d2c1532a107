import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, logNote, shown } from "../../analysis/wording.ts";
import { serviceFamily } from "../../model/node/service-families.ts";

export default defineRule({
  id: "sorry-server-family",
  summary: "A sorry server of another address family than its service is skipped.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:186"],
  subject: "virtualServer",

  *check(virtualServer) {
    const { family, by, sorry } = serviceFamily(virtualServer);
    if (sorry === undefined) return;
    yield {
      at: sorry.site,
      message: `sorry_server ${shown(sorry.address)} is skipped: it is IPv${sorry.family}, and ${blockTitle(virtualServer.item)} is IPv${family}`,
      notes: [...(by === undefined ? [] : [{ message: `this makes the service IPv${family}`, at: by }]), ...logNote(virtualServer)],
    };
  },
});
