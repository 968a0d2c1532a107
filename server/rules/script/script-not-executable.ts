import { defineRule } from "../../analysis/rule.ts";
import { filesRun, isCheck, nameOf, runSite, type RunFile } from "../../analysis/scripts.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "script-not-executable",
  summary: "A script without the execute bit: keepalived disables it and goes on without it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:951",
    "measured: a track script that is not executable is not tracked, and the instance counts as healthy; a notify script never runs (2.2.7 and 2.4.3)",
  ],
  subject: "node",

  *check(node, { cluster }) {
    for (const { file, uses: all } of filesRun(node)) {
      const uses = all.filter(({ interpreted, launchedBy }) => interpreted === undefined || launchedBy !== undefined);
      const [first] = uses;
      if (first === undefined) continue;
      const mode = first.resolution.kind === "found" ? first.resolution.mode : undefined;
      if (mode === undefined || (mode & 0o111) !== 0) continue;
      const trust = meaningOf(mode, file, node, cluster);
      if (trust === undefined) continue;
      const at = runSite(first);
      const path = (first.interpreted ?? first.path).value;
      const octal = (mode & 0o777).toString(8).padStart(3, "0");
      yield {
        at,
        ...(trust === "host" ? {} : { severity: "info" as const }),
        message:
          trust === "host"
            ? `${path} is not executable (mode ${octal}): ${consequence(first)}`
            : `${file} is not executable here (mode ${octal}): copied like this, ${consequence(first)}`,
        notes: [
          { message: `chmod 755 ${trust === "host" ? path : file}`, at: { file, span: { start: 0, end: 0 } } },
          ...uses.slice(1, 4).map((linked) => ({ message: `${nameOf(linked)} runs it as well`, at: runSite(linked) })),
        ],
      };
    }
  },
});

/**
 * What the mode of a file says. `host`: the file is the host's, or stands in a copy of its root. `tree`: in a repository it
 * is what the file is copied with, unless something sets modes when it is put on the hosts. Undefined where modes are lost: a
 * tree in which nothing may be written is an export.
 */
const meaningOf = (mode: number, file: string, { root }: NodeModel, { nodes }: ClusterModel): "host" | "tree" | undefined => {
  if (root === "/") return "host";
  if ((mode & 0o222) === 0 || mode === 0o666) return undefined;
  if (root !== undefined) return "host";
  if (/\.(?:j2|erb|tmpl|epp|tpl)$|(?:^|\/)(?:templates|files|roles|cookbooks|manifests|salt|charts)\//u.test(file)) return undefined;
  const keepsModes = nodes.some(({ linkedScripts }) =>
    linkedScripts.some(({ resolution }) => resolution.kind === "found" && ((resolution.mode ?? 0) & 0o111) !== 0),
  );
  return keepsModes ? "tree" : undefined;
};

const consequence = (linked: RunFile["uses"][0]): string =>
  linked.launchedBy !== undefined
    ? `${linked.launchedBy} cannot start it, and ${isCheck(linked) ? "every run of the check fails" : "nothing runs"}`
    : isCheck(linked)
      ? "keepalived disables the check, and nothing is tracked"
      : `keepalived disables it, and ${linked.command.item.keyword.value} runs nothing`;
