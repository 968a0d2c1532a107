import type { LinkedScript, NodeModel, ScriptUse } from "../../model/cluster/model.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "script-not-found",
  summary: "A script that the configuration runs is not on the machine: keepalived goes on without it.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:911",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:202",
    "keepalived v2.4.3 keepalived/check/check_misc.c:248",
    "measured: a track script that is missing is not tracked, and the instance counts as healthy",
  ],
  subject: "node",

  *check(node) {
    const byPath = new Map<string, LinkedScript[]>();
    for (const linked of node.linkedScripts) {
      if (linked.resolution.kind !== "missing") continue;
      const path = fileOf(linked).value;
      byPath.set(path, [...(byPath.get(path) ?? []), linked]);
    }
    for (const [path, uses] of byPath) {
      // Statements of a group that the daemon removes would not run it anyway: the script is missed elsewhere first.
      const [first, ...others] = [...uses.filter((use) => !isRemoved(node, use)), ...uses.filter((use) => isRemoved(node, use))];
      if (first === undefined || first.resolution.kind !== "missing") continue;
      const { near, looked } = first.resolution;
      const where = node.root === "/" ? "on this host" : `among the files of ${node.name}`;
      yield {
        at: fileOf(first).site,
        message: `${path} is not ${where}: ${consequence(first)}`,
        notes: [
          ...(node.root === "/" ? [] : [{ message: `looked for ${looked.join(", ")}` }]),
          ...(near === undefined ? [] : [{ message: `a file of this name is ${near}`, at: { file: near, span: { start: 0, end: 0 } } }]),
          ...others.map((other) => ({ message: `${other.command.item.keyword.value} runs it as well`, at: fileOf(other).site })),
        ],
      };
    }
  },
});

const fileOf = ({ interpreted, path }: LinkedScript): LinkedScript["path"] => interpreted ?? path;

const consequences: Readonly<Record<ScriptUse, string>> = {
  check: "the daemon drops the check, and nothing is tracked",
  notify: "nothing runs when the state changes",
  "misc-check": "the daemon drops the check, and a dead real server stays in the pool",
  quorum: "nothing runs when the quorum changes",
  "server-notify": "nothing runs when the real server changes",
  other: "it never runs",
};

const consequence = (linked: LinkedScript): string => {
  const keyword = linked.command.item.keyword.value;
  // The interpreter is there and fails, so the daemon takes the check for a failed one.
  if (linked.interpreted !== undefined && (linked.use === "check" || linked.use === "misc-check")) return "every run of the check fails";
  return linked.use === "check" || linked.use === "misc-check"
    ? consequences[linked.use]
    : `${keyword} does nothing, so ${consequences[linked.use]}`;
};

/** Whether the statement stands in a sync group without a single member that exists: the daemon removes such a group. */
const isRemoved = ({ configuration }: NodeModel, { command }: LinkedScript): boolean => {
  const group = configuration?.syncGroups.find(({ item }) => item === command.item.parent);
  return (
    group !== undefined &&
    !group.members.some(({ value }) => value === undefined || configuration!.instances.some(({ name }) => name.value === value))
  );
};
