import type { Site } from "../../../grammar/text.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { baseName } from "../../model/cluster/files.ts";
import type { VrrpScript } from "../../model/node/model.ts";
import { all, isUnknownWord } from "../../model/node/settings.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";

export default defineRule({
  id: "track-config-drift",
  summary: "A check of one name that is defined otherwise on the peer: another weight, interval, count, user or command.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1775", "test/observed/weight-positive"],
  subject: "cluster",

  *check(cluster) {
    const first = new Map<string, Defined>();
    for (const { node, script } of definedIn(cluster)) {
      const other = first.get(script.name.value);
      if (other === undefined) first.set(script.name.value, { node, script });
      if (other === undefined || other.node === node || other.script.item === script.item) continue;
      const differences = differencesBetween(script, other.script);
      const [difference] = differences;
      if (difference === undefined) continue;
      yield {
        at: difference.at,
        message: `vrrp_script ${shown(script.name.value)} of ${node.name} differs from that of ${other.node.name}: ${list(differences.map(({ text }) => text))}`,
        notes: differences.map(({ name, there }) => ({ message: `${name} on ${other.node.name}`, at: there })),
        nodes: [other.node, node],
      };
    }
  },
});

interface Defined {
  readonly node: NodeModel;
  readonly script: VrrpScript;
}

const definedIn = ({ nodes }: ClusterModel): readonly Defined[] =>
  nodes.flatMap((node) => (node.configuration?.scripts ?? []).map((script) => ({ node, script })));

interface Difference {
  readonly name: string;
  readonly text: string;
  readonly at: Site;
  readonly there: Site;
}

/** Values that count when nothing is written. A check's user is the default one then, and no difference by itself. */
const numbers = [
  ["interval", 1],
  ["weight", 0],
  ["rise", 1],
  ["fall", 1],
  ["timeout", undefined],
] as const;

const differencesBetween = (mine: VrrpScript, theirs: VrrpScript): readonly Difference[] => {
  const found: Difference[] = [];
  for (const [name, otherwise] of numbers) {
    // A line that is refused or cannot be read says nothing.
    if (isUnclear(mine, name) || isUnclear(theirs, name)) continue;
    const [here, there] = [mine[name], theirs[name]];
    const [value, expected] = [here?.value ?? otherwise, there?.value ?? otherwise];
    if (value === expected || value === undefined || expected === undefined) continue;
    found.push({
      name,
      text: `${name} ${value} instead of ${expected}`,
      at: here?.site ?? mine.name.site,
      there: there?.site ?? theirs.name.site,
    });
  }
  if (mine.user !== undefined && theirs.user !== undefined && mine.user.value !== undefined && theirs.user.value !== undefined) {
    const [user, other] = [mine.user.value, theirs.user.value];
    if (user !== other)
      found.push({ name: "user", text: `user ${shown(user)} instead of ${shown(other)}`, at: mine.user.site, there: theirs.user.site });
  }
  return [...found, ...commandDifference(mine, theirs)];
};

const isUnclear = (script: VrrpScript, name: (typeof numbers)[number][0]): boolean => {
  const setting = script[name];
  if (script.item.items.some((line) => isUnknownWord(line, line.keyword))) return true;
  return setting === undefined ? all(script.item, name).length > 0 : setting.value === undefined;
};

/** Another program. Arguments may name the node, and paths may differ by its name or number. */
const commandDifference = (mine: VrrpScript, theirs: VrrpScript): readonly Difference[] => {
  const [here, there] = [mine.command, theirs.command];
  const [program, other] = [here?.program.value, there?.program.value];
  if (here === undefined || there === undefined || program === undefined || other === undefined) return [];
  if (alike(baseName(program)) === alike(baseName(other))) return [];
  return [
    { name: "script", text: `script ${shown(program)} instead of ${shown(other)}`, at: here.program.site, there: there.program.site },
  ];
};

const alike = (name: string): string =>
  name
    .toLowerCase()
    .replace(/master|backup|slave|primary|secondary|standby|node|host|left|right/gu, "")
    .replace(/[\d._-]+/gu, "");
