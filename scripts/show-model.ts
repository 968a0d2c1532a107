/** `npm run -s show-model -- PATH…` prints what kalint holds of a project: clusters, nodes, what each would run, and the facts of its files. */
import path from "node:path";
import { lineIndex, positionAt, type Site } from "../grammar/text.ts";
import { openDisk } from "../server/host/disk.ts";
import type { ClusterModel, NodeModel } from "../server/model/cluster/model.ts";
import { readProject } from "../server/model/cluster/project.ts";
import type { Effect } from "../server/model/effects/types.ts";
import type { ConfigItem } from "../server/model/node/items.ts";
import { printable } from "../server/reporters/cells.ts";
import { mask } from "../server/analysis/mask.ts";
import { peersInWords } from "../server/reporters/words.ts";

const given = process.argv.slice(2);
const disk = openDisk({ cwd: process.cwd(), allow: given.flatMap((each) => [each, path.dirname(each)]) });

const out = (depth: number, text: string): void => console.log("  ".repeat(depth) + printable(text));

const where = ({ file, span, via }: Site): string => {
  const got = disk.read(file);
  const { line, column } = got.kind === "text" ? positionAt(lineIndex(got.text), span.start) : { line: 0, column: 0 };
  return `${path.basename(file)}:${line}:${column}${via === undefined ? "" : ` via ${via.name}`}`;
};

const isSite = (value: object): value is Site => "file" in value && "span" in value;
const isItem = (value: object): value is ConfigItem => "keyword" in value && "args" in value;

/**
 * A value of the model on one line where it fits: sited values with their place, known ones as they are. Items of the tree
 * are left out, they are where the values come from.
 */
const inline = (value: unknown): string | undefined => {
  if (value === undefined) return "(unknown)";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isSite(value)) return `@${where(value)}`;
  if (Array.isArray(value)) {
    const parts = value.map(inline);
    return parts.every((part) => part !== undefined) ? `[${parts.join(", ")}]` : undefined;
  }
  const fields = Object.entries(value).filter(([, field]) => typeof field !== "object" || field === null || !isItem(field));
  const names = fields.map(([name]) => name);
  if (names.includes("site") && names.every((name) => ["site", "value", "kind", "written", "literal", "quoted", "item"].includes(name))) {
    const sited = value as { readonly value?: unknown; readonly kind?: string; readonly site: Site };
    return `${sited.kind === "unknown" ? "(unknown)" : inline(sited.value)} @${where(sited.site)}`;
  }
  return undefined;
};

const show = (depth: number, label: string, value: unknown): void => {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
  if (label === "password") return out(depth, `${label}: ${mask}`);
  const short = inline(value);
  if (short !== undefined) return out(depth, `${label}: ${short}`);
  if (Array.isArray(value)) return value.forEach((each, index) => show(depth, `${label}[${index}]`, each));
  const fields = Object.entries(value as object).filter(
    ([name, field]) => name !== "item" && !(typeof field === "object" && field !== null && isItem(field)),
  );
  const kind = fields.find(([name]) => name === "kind")?.[1];
  out(depth, `${label}:${typeof kind === "string" ? ` ${kind}` : ""}`);
  for (const [name, field] of fields) if (name !== "kind") show(depth + 1, name, field);
};

/** Without the words of the command, among which a password may be. */
const showEffect = (depth: number, { kind, site, command: _command, words: _words, path: steps, ...fields }: Effect): void => {
  const said = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${briefly(value)}`]));
  const under = steps.map((step) => (step.kind === "branch" ? step.text : `${step.variable}=${step.value}`));
  out(depth, `${kind} ${said.join(" ")}${under.length === 0 ? "" : ` when ${under.join(", ")}`} @${where(site)}`);
};

/** A field of an effect without its sites. */
const briefly = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(briefly).join(",")}]`;
  const { kind, value: known, site: _site, ...rest } = value as Readonly<Record<string, unknown>>;
  if (kind === "unknown") return "?";
  if (kind === "known") return briefly(known);
  const fields = Object.entries({ ...(kind === undefined ? {} : { kind }), ...(known === undefined ? {} : { value: known }), ...rest });
  return `{${fields.map(([name, field]) => `${name}=${briefly(field)}`).join(" ")}}`;
};

const showNode = ({ name, configuration, root, version, addresses, linkedScripts, companions }: NodeModel): void => {
  out(1, `node ${name}${configuration === undefined ? " (without keepalived)" : ""}`);
  show(2, "root", root);
  show(2, "version", version);
  for (const { address, device, prefix, site } of addresses)
    out(2, `address ${address}${prefix === undefined ? "" : `/${prefix}`}${device === undefined ? "" : ` on ${device}`} @${where(site)}`);
  if (configuration !== undefined) {
    out(2, `configuration ${configuration.file}${configuration.configId === undefined ? "" : ` @${configuration.configId}`}`);
    show(3, "global", configuration.global);
    for (const instance of configuration.instances) show(3, "instance", instance);
    for (const group of configuration.syncGroups) show(3, "sync group", group);
    for (const script of configuration.scripts) show(3, "script", script);
    for (const server of configuration.virtualServers) show(3, "virtual server", server);
    for (const group of configuration.virtualServerGroups) show(3, "virtual server group", group);
  }
  for (const { command, use, path: written, resolution } of linkedScripts) {
    out(2, `${use} ${command.text}: ${resolution.kind}${resolution.kind === "found" ? ` ${resolution.file}` : ""} @${where(written.site)}`);
    if (resolution.kind === "found" && resolution.script !== undefined) showEffects(resolution.script.effects);
  }
  for (const { kind, file, shared, effects, script } of companions) {
    out(2, `${kind} ${file}${shared ? " (shared)" : ""}`);
    if (script !== undefined) showEffects(script.effects);
    else for (const effect of effects) showEffect(3, effect);
  }
};

const showEffects = ({
  effects,
  exitStatuses,
  complete,
}: {
  readonly effects: readonly Effect[];
  readonly exitStatuses: { readonly known: readonly number[]; readonly unknown: boolean };
  readonly complete: boolean;
}): void => {
  for (const effect of effects) showEffect(3, effect);
  out(3, `ends with ${[...exitStatuses.known, ...(exitStatuses.unknown ? ["?"] : [])].join(", ")}${complete ? "" : ", read in part only"}`);
};

const showCluster = (cluster: ClusterModel): void => {
  out(0, `cluster ${cluster.name}`);
  for (const line of peersInWords(cluster)) out(1, `peers: ${line}`);
  for (const { members, reason } of cluster.virtualRouters)
    out(
      1,
      `virtual router (${reason}): ${members.map(({ node, instance }) => `${node.name} ${instance.name.value} vrid ${instance.virtualRouterId?.value ?? "?"}`).join(", ")}`,
    );
  for (const node of cluster.nodes) showNode(node);
};

const missing = given.find((each) => disk.kind(each) === "missing");
if (given.length === 0 || missing !== undefined) {
  console.error(
    missing === undefined ? "usage: npm run -s show-model -- PATH..." : `show-model: ${missing}: there is no such file or folder`,
  );
  process.exitCode = 2;
} else {
  const { clusters, skipped } = readProject({ files: disk, paths: given.map((each) => disk.nameOf(each)) });
  for (const cluster of clusters) showCluster(cluster);
  for (const { file, reason } of skipped) out(0, `left out ${file}: ${reason}`);
}
