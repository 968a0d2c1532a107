import { defineRule } from "../../analysis/rule.ts";
import { mayBeRoot, runSite } from "../../analysis/scripts.ts";
import type { LinkedScript, NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "script-world-writable-path",
  summary: "A script that root runs and others may replace: with enable_script_security keepalived refuses it, without it does not.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:717",
    "measured: a script in a world-writable folder runs without enable_script_security and is disabled with it; `keepalived -t` ends with status 6 (2.2.7 and 2.4.3)",
  ],
  subject: "node",

  *check(node) {
    const told = new Set<string>();
    const secure = node.configuration?.global.scriptSecurity?.value === true;
    for (const linked of node.linkedScripts) {
      const path = (linked.interpreted ?? linked.path).value;
      const reason = reasonFor(linked, path, node);
      if (reason === undefined || told.has(path) || !mayBeRoot(node, linked)) continue;
      told.add(path);
      // The daemon looks at the file it starts itself.
      const refused = secure && linked.interpreted === undefined;
      yield {
        at: runSite(linked),
        ...(reason.sure ? {} : { severity: "warning" as const }),
        message: `${path} ${reason.why}: ${refused ? "with enable_script_security keepalived disables it" : "keepalived runs as root whatever they put there"}`,
        notes: [{ message: "a script that root runs belongs to root, like every folder above it: /etc/keepalived, /usr/local/libexec" }],
      };
    }
  },
});

interface Reason {
  readonly why: string;
  readonly sure: boolean;
}

const reasonFor = ({ resolution }: LinkedScript, path: string, { root }: NodeModel): Reason | undefined => {
  const open = /^\/(?:tmp|var\/tmp|dev\/shm)\//u.exec(path)?.[0];
  if (open !== undefined)
    return { sure: true, why: `lies in ${open.slice(0, -1)}, where any user may put a file of that name once it is gone` };
  const mode = resolution.kind === "found" ? resolution.mode : undefined;
  if (mode !== undefined && root !== undefined && (mode & 0o002) !== 0 && (mode & 0o111) !== 0)
    return { sure: true, why: `may be written by every user (mode ${(mode & 0o777).toString(8)})` };
  const home = /^\/home\/(?<user>[^/]+)\/./u.exec(path)?.groups?.["user"];
  return home === undefined ? undefined : { sure: false, why: `lies in /home/${home}, which belongs to a user who is not root` };
};
