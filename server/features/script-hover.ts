/** What an editor says about a word of a linked shell script: who runs it, what an argument is, what a command does. */
import type { Parameter, ShellScript, WordPart } from "../../grammar/shell/tree.ts";
import type { Span } from "../../grammar/text.ts";
import { mask } from "../analysis/mask.ts";
import type { ClusterModel, LinkedScript, NodeModel, ScriptArgument, ScriptFile } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { valueOf } from "../model/effects/known.ts";
import type { Effect } from "../model/effects/types.ts";
import { visit } from "../model/effects/walk.ts";
import { addressSaid, markUses } from "./across-cluster.ts";
import { effectWords } from "./effect-words.ts";
import type { Hover } from "./hover.ts";

interface Use {
  readonly node: NodeModel;
  readonly linked: LinkedScript;
}

/** Undefined for files that are no script of the project, and where nothing is known. */
export const scriptHoverAt = (project: Project, file: string, offset: number): Hover | undefined => {
  const uses = usesOf(project, file);
  const scripts = scriptsAt(project, file, uses);
  const [first] = scripts;
  if (first === undefined) return undefined;
  const { shebang } = first.script;
  if (shebang !== undefined && holds(shebang.span, offset)) return { markdown: aboutScript(scripts, uses), span: shebang.span };
  const parameter = parameterAt(first.script, offset);
  if (parameter !== undefined) {
    const lines = uses.flatMap((use) => argumentLine(parameter.name, use) ?? []);
    return lines.length === 0 ? undefined : { markdown: [...new Set(lines)].join("\n"), span: parameter.span };
  }
  const found = scripts.flatMap(({ effects }) =>
    effects.effects.filter(({ command }) => command.file === file && command.via === undefined && holds(command.span, offset)),
  );
  const clusters = project.clusters.filter(({ nodes }) => uses.some(({ node }) => nodes.includes(node)));
  const words = new Set([
    ...found.flatMap((effect) => effectWords(effect) ?? []),
    ...found.flatMap((effect) => clusters.flatMap((cluster) => concerns(effect, cluster))),
  ]);
  return words.size === 0 ? undefined : { markdown: [...words].join("\n\n"), span: found[0]!.command.span };
};

/** What in the cluster has to do with the mark or the address that a command sets. */
const concerns = (effect: Effect, cluster: ClusterModel): readonly string[] => {
  if (effect.kind === "mark") return effect.mark.kind === "known" ? markUses(cluster, effect.mark.value) : [];
  const address = effect.kind === "address" || effect.kind === "announce" ? valueOf(effect.address) : undefined;
  return address === undefined ? [] : addressSaid(cluster, address);
};

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

const usesOf = ({ clusters }: Project, file: string): readonly Use[] =>
  clusters.flatMap(({ nodes }) =>
    nodes.flatMap((node) =>
      node.linkedScripts.flatMap((linked) =>
        linked.resolution.kind === "found" && linked.resolution.file === file ? [{ node, linked }] : [],
      ),
    ),
  );

/** The script as every use of it reads it, with the arguments it gets there; else as a file of a machine. */
const scriptsAt = ({ clusters }: Project, file: string, uses: readonly Use[]): readonly ScriptFile[] => {
  const linked = uses.flatMap(({ linked: { resolution } }) =>
    resolution.kind === "found" && resolution.script !== undefined ? [resolution.script] : [],
  );
  if (linked.length > 0) return linked;
  return clusters.flatMap(({ nodes }) =>
    nodes.flatMap(({ companions }) => companions.flatMap((companion) => (companion.file === file ? (companion.script ?? []) : []))),
  );
};

const aboutScript = (scripts: readonly ScriptFile[], uses: readonly Use[]): string => {
  const runners = uses.map((use) => `- ${whoRuns(use)}`);
  const known = [...new Set(scripts.flatMap(({ effects }) => effects.exitStatuses.known))].toSorted((a, b) => a - b);
  const more = scripts.some(({ effects }) => effects.exitStatuses.unknown);
  const ends = [...known.map(String), ...(more ? ["others that cannot be known"] : [])];
  return [
    runners.length === 0 ? "No configuration here runs this script." : `Run by keepalived:\n\n${[...new Set(runners)].join("\n")}`,
    ...(ends.length === 0 ? [] : [`Can end with ${ends.join(", ")}.`]),
    ...(uses.some(({ linked }) => linked.use === "check") ? ["For a vrrp_script 0 is success, everything else a failure."] : []),
  ].join("\n\n");
};

const whoRuns = ({ node, linked: { command } }: Use): string => {
  const { item } = command;
  const block = item.parent;
  const where = block === undefined ? "" : ` of ${[block.keyword, ...block.args.slice(0, 2)].map(({ value }) => value).join(" ")}`;
  return `\`${item.keyword.value}\`${where} on **${node.name}**`;
};

/** What one use passes as `$1`, `$@`, …; undefined where it says nothing of the parameter. */
const argumentLine = (name: string, use: Use): string | undefined => {
  const { passed, path, interpreted } = use.linked;
  const who = `from ${whoRuns(use)}`;
  if (name === "0") return `\`$0\` is \`${(interpreted ?? path).value}\` ${who}`;
  if (name === "#") return `- \`$#\` is ${passed.length} ${who}`;
  if (name === "@" || name === "*")
    return `- \`$${name}\` is ${passed.length === 0 ? "empty" : passed.map((_, at) => shownOf(passed, at)).join(", ")} ${who}`;
  const index = Number(name) - 1;
  return index < passed.length
    ? `- \`$${name}\` is ${shownOf(passed, index)} ${who}`
    : `- \`$${name}\` is empty ${who}: it passes ${passed.length === 0 ? "no arguments" : `${passed.length} arguments`}`;
};

const shown = (argument: ScriptArgument): string =>
  argument === undefined
    ? "something that cannot be known"
    : typeof argument === "string"
      ? `\`${argument}\``
      : argument.map((each) => `\`${each}\``).join(" or ");

/** What follows `-p` or `--password` is nobody's business but the script's. */
const shownOf = (passed: readonly ScriptArgument[], index: number): string => {
  const before = passed[index - 1];
  const own = passed[index];
  const isSecret = typeof before === "string" && /^--?p(?:w|ass\w*)?$/iu.test(before);
  return isSecret || (typeof own === "string" && /^--?pass\w*=/iu.test(own)) ? `\`${mask}\`` : shown(own);
};

const positional = /^(?:\d+|[@*#])$/u;

/** The positional parameter at an offset, outside of functions: these have arguments of their own. */
const parameterAt = ({ body }: ShellScript, offset: number): Parameter | undefined => {
  let found: Parameter | undefined;
  const functions: Span[] = [];
  const look = (part: WordPart): void => {
    if (part.kind === "double-quoted") part.parts.forEach(look);
    if (part.kind === "parameter" && positional.test(part.name) && holds(part.span, offset)) found ??= part;
  };
  visit(body, {
    command: (command) => {
      if (command.kind === "function") functions.push(command.span);
    },
    word: ({ parts }) => parts.forEach(look),
  });
  return functions.some((span) => holds(span, offset)) ? undefined : found;
};
