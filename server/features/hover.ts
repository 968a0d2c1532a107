/** What an editor says about the word under the cursor, as Markdown. */
import type { Span } from "../../grammar/text.ts";
import type { LinkedScript } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { addressSaid, electionSaid, markSaid, vridSaid } from "./across-cluster.ts";
import { argumentHelp, keywordHelp } from "./keyword-help.ts";
import { shownValue } from "./secret-definitions.ts";
import { type Target, targetsAt } from "./target.ts";

export interface Hover {
  readonly markdown: string;
  readonly span: Span;
}

/** Of several readings each thing is said once. Undefined where nothing is known. */
export const hoverAt = (project: Project, file: string, offset: number): Hover | undefined => {
  const targets = targetsAt(project, file, offset);
  const [first] = targets;
  if (first === undefined) return undefined;
  const parts = new Set(targets.flatMap((target) => said(target, project)));
  return parts.size === 0 ? undefined : { markdown: [...parts].join("\n\n---\n\n"), span: first.span };
};

const said = (target: Target, project: Project): readonly string[] => {
  switch (target.kind) {
    case "keyword":
      return [keywordHelp(target.keyword)];
    case "argument":
      return [argumentHelp(target.keyword, target.argument), ...acrossCluster(target, project)];
    case "name":
      return nameSaid(target);
    case "definition":
      return definitionSaid(target);
    case "command":
      return [keywordHelp(target.keyword), scriptSaid(target.script)];
    case "condition":
      return [conditionSaid(target)];
    case "include":
      return [
        target.files.length === 0
          ? "No file here has this name; keepalived would pass it over in silence."
          : `Reads ${list(target.files)}.`,
      ];
  }
};

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** For the number of a virtual router, an address or a mark: who else in the cluster has it. */
const acrossCluster = (
  { node, keyword, item, argument, word }: Extract<Target, { kind: "argument" }>,
  project: Project,
): readonly string[] => {
  const cluster = project.clusters.find(({ nodes }) => nodes.includes(node));
  if (cluster === undefined) return [];
  if (keyword.name === "virtual_router_id") return vridSaid(cluster, word.value);
  if (keyword.name === "priority") {
    const own = node.configuration?.instances.find((instance) => instance.item === item.parent);
    return own === undefined ? [] : electionSaid(cluster, node, own);
  }
  if (keyword.name === "fwmark") return markSaid(cluster, Number(word.value));
  return argument.type.startsWith("address") ? addressSaid(cluster, word.value) : [];
};

const nameSaid = ({ symbol, name, configuration }: Extract<Target, { kind: "name" }>): readonly string[] => {
  if (symbol === "script") {
    const script = configuration.scripts.find((each) => each.name.value === name);
    if (script === undefined) return [`No vrrp_script \`${name}\` is defined: it is not tracked.`];
    const facts = [
      script.command === undefined ? undefined : `runs \`${script.command.text}\``,
      `every ${script.interval?.value ?? 1} s`,
      `down after ${script.fall?.value ?? 1}, up after ${script.rise?.value ?? 1}`,
      weightSaid(script.weight?.value ?? 0),
    ];
    return [`**vrrp_script ${name}** ${facts.filter(Boolean).join("; ")}`];
  }
  const defined = configuration.symbols.definitions.filter((each) => each.kind === symbol && each.name.value === name);
  const used = configuration.symbols.references.filter((each) => each.kind === symbol && each.name.value === name);
  const [first] = defined;
  return [
    first === undefined
      ? `\`${name}\` is defined nowhere in this configuration.`
      : `**${first.item.keyword.value} ${name}**, used ${used.length === 1 ? "once" : `${used.length} times`} in this configuration.`,
  ];
};

const weightSaid = (weight: number): string =>
  weight === 0
    ? "weight 0: a failure puts the instance into FAULT"
    : weight < 0
      ? `a failure takes ${-weight} off the priority`
      : `success adds ${weight} to the priority`;

const definitionSaid = ({ name, configuration }: Extract<Target, { kind: "definition" }>): readonly string[] => {
  const all = configuration.expansion.definitions.filter((each) => each.name === name);
  if (all.length === 0) return [`\`$${name}\` is not defined here: keepalived leaves the text as it is, without a word.`];
  const value = shownValue(configuration, name, all.at(-1)!.value);
  return [`\`$${name}\`${all.length > 1 ? `, defined ${all.length} times; last` : ""}:\n\n\`\`\`keepalived\n${value}\n\`\`\``];
};

const scriptSaid = ({ resolution, path }: LinkedScript): string => {
  if (resolution.kind === "missing") return `\`${path.value}\` is not among the files of this node.`;
  if (resolution.kind === "unknown" || resolution.script === undefined) return `\`${path.value}\``;
  const { known, unknown } = resolution.script.effects.exitStatuses;
  const statuses = [...known.map(String), ...(unknown ? ["others that cannot be known"] : [])];
  return `\`${resolution.file}\` can end with ${statuses.length === 0 ? "nothing kalint can tell" : statuses.join(", ")}.`;
};

const conditionSaid = ({ id, configuration }: Extract<Target, { kind: "condition" }>): string =>
  `Only for the configuration id \`${id}\`${configuration.configId === undefined ? "" : `; read here as \`${configuration.configId}\``}. Without \`-i\` the id is the host name up to its first dot.`;
