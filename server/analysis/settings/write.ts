/** The kalint.toml that says what was found, for `kalint init`: what is certain as statements, the rest as comments. */
import { newestVersion } from "../../../grammar/vocabulary/releases.ts";
import { folderOf } from "../../model/cluster/files.ts";
import type { ClusterModel, LinkedScript, NodeModel, PeerReason } from "../../model/cluster/model.ts";
import type { Project } from "../../model/cluster/project.ts";
import { isSystemPath } from "../../model/cluster/scripts.ts";

export interface Target {
  readonly key: "keepalived-version" | "distro";
  readonly value: string;
}

/** The clusters that the file states: those of several nodes, but for other versions of one of them. */
export const clustersToState = (project: Project): readonly ClusterModel[] => {
  const several = severalNodes(project);
  const twins = twinsOf(several);
  return several.filter((cluster) => !twins.has(cluster));
};

/** The whole file. Read again, it groups the nodes as they were found. `target`: the version that was asked for. */
export const settingsText = (project: Project, target?: Target): string => {
  const several = severalNodes(project);
  const twins = twinsOf(several);
  const alone = project.clusters.filter((cluster) => configured(cluster).length === 1).flatMap(configured);
  const sections = [
    [
      "# What kalint cannot see by itself. It uses this file when it runs in this",
      "# folder or below; everything in it is optional.",
      "# docs/configuration.md describes every key.",
    ],
    [
      `# The keepalived that runs here. Without it, the newest version known`,
      `# (${newestVersion}) is meant.`,
      ...(target === undefined ? ['# keepalived-version = "2.2.8"', '# distro = "debian12"'] : [`${target.key} = ${quoted(target.value)}`]),
    ],
    ["# Severities of rules: off, style, info, warning, error; `kalint rules` lists", "# the rules.", "[rules]", '# default-vrid = "off"'],
    pathLines(project),
    ...several.flatMap((cluster) => {
      const twin = twins.get(cluster);
      return twin === undefined ? clusterLines(cluster) : commentedOut(cluster, twin);
    }),
    ...(alone.length === 0
      ? []
      : [
          [
            "# Nodes without a peer. Two that belong together: state them as nodes of one cluster.",
            ...alone.map(({ name, configuration }) => `#   ${plain(name)}: ${plain(configuration!.file)}`),
          ],
        ]),
    ["# Other severities for some files.", "# [[override]]", '# paths = ["legacy/**"]', '# rules = { removed-keyword = "info" }'],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
};

const configured = ({ nodes }: ClusterModel): readonly NodeModel[] => nodes.filter(({ configuration }) => configuration !== undefined);

const severalNodes = ({ clusters }: Project): readonly ClusterModel[] => clusters.filter((cluster) => configured(cluster).length > 1);

interface Twin {
  readonly cluster: ClusterModel;
  readonly address: string;
}

/** Clusters with an address that one before them has as well: versions of it, or the same addresses at another site. */
const twinsOf = (clusters: readonly ClusterModel[]): ReadonlyMap<ClusterModel, Twin> => {
  const first = new Map<string, ClusterModel>();
  const twins = new Map<ClusterModel, Twin>();
  for (const cluster of clusters)
    for (const instance of cluster.nodes.flatMap(({ configuration }) => configuration?.instances ?? []))
      for (const { address } of [...instance.virtualAddresses, ...instance.excludedAddresses]) {
        if (address === undefined) continue;
        const other = first.get(address);
        if (other === undefined) first.set(address, cluster);
        else if (other !== cluster && !twins.has(cluster)) twins.set(cluster, { cluster: other, address });
      }
  return twins;
};

/** Stated, both would be said to run at the same time; without a statement they are found as before. */
const commentedOut = (cluster: ClusterModel, twin: Twin): readonly (readonly string[])[] =>
  [
    [
      `# ${plain(cluster.name)} lists ${twin.address},`,
      `# as ${plain(twin.cluster.name)} does:`,
      "# two versions of one cluster, or two sites.",
      "# State it as well when both run in one network.",
    ],
    ...clusterLines(cluster),
  ].map((lines) => lines.map((line) => (line.startsWith("#") ? line : `# ${line}`)));

const clusterLines = (cluster: ClusterModel): readonly (readonly string[])[] => [
  [`# ${plain(whyTogether(cluster))}`, "[[cluster]]", ...(cluster.name === "." ? ['# name = "NAME"'] : [`name = ${quoted(cluster.name)}`])],
  ...cluster.nodes.map(nodeLines),
];

const whyTogether = ({ links, nodes }: ClusterModel): string => {
  const names = nodes.filter(({ configuration }) => configuration !== undefined).map(({ name }) => name);
  const who = names.length === 2 ? names.join(" and ") : `${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}`;
  const reason = links[0]?.reason;
  return reason === undefined ? who : `${who} were taken for peers: ${reasonWords(reason)}.`;
};

const reasonWords = (reason: PeerReason): string => {
  switch (reason.kind) {
    case "stated":
      return "they are stated";
    case "shared-address":
      return `they share ${reason.address}`;
    case "unicast-peers":
      return "they list each other as unicast peers";
    case "same-vrid":
      return `they use virtual_router_id ${reason.vrid} and lie side by side; this is a guess, remove the cluster if it is wrong`;
  }
};

const nodeLines = (node: NodeModel): readonly string[] => {
  const { name, configuration, root, companions } = node;
  const own = companions.filter(({ shared }) => !shared).map(({ file }) => file);
  return [
    "[[cluster.node]]",
    `name = ${quoted(name)}`,
    ...(configuration === undefined ? [] : [`config = ${quoted(configuration.file)}`]),
    ...(configuration?.configId === undefined ? [] : [`config-id = ${quoted(configuration.configId)}`]),
    ...(root === undefined ? [] : [`root = ${quoted(root === "" ? "." : root)}`]),
    ...(root !== undefined || own.length === 0 ? [] : [`# files = [${own.map(quoted).join(", ")}]`]),
    ...interfaceLine(node),
  ];
};

/** As a comment: nobody knows here whether these are all of them. */
const interfaceLine = ({ configuration, addresses }: NodeModel): readonly string[] => {
  const devices = new Map<string, string[]>();
  for (const { interface: device } of configuration?.instances ?? []) if (device?.value !== undefined) devices.set(device.value, []);
  for (const { device, address, prefix } of addresses) {
    if (device === undefined) continue;
    const list = devices.get(device) ?? [];
    devices.set(device, [...list, prefix === undefined ? address : `${address}/${prefix}`]);
  }
  if (devices.size === 0) return [];
  const stated = [...devices].map(
    ([device, list]) =>
      `${/^[\w-]+$/u.test(device) ? device : quoted(device)} = [${(list.length === 0 ? ["ADDRESS/PREFIX"] : list).map(quoted).join(", ")}]`,
  );
  return [`# interfaces = { ${stated.join(", ")} }`];
};

/** Folders of the hosts that scripts lie in: stated where all of them were found in one folder of the tree, else asked for. */
const pathLines = ({ clusters }: Project): readonly string[] => {
  const folders = new Map<string, Set<string | undefined>>();
  for (const { root, linkedScripts } of clusters.flatMap(({ nodes }) => nodes)) {
    if (root !== undefined) continue;
    for (const script of linkedScripts) {
      const path = (script.interpreted ?? script.path).value;
      if (!path.startsWith("/") || isSystemPath(path)) continue;
      folders.set(folderOf(path), (folders.get(folderOf(path)) ?? new Set()).add(foundIn(script)));
    }
  }
  const lines = [...folders]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([from, found]) => {
      const [to, ...others] = found;
      if (others.length > 0 && [...found].filter((folder) => folder !== undefined).length > 1) return [];
      const place = to ?? others.find((folder) => folder !== undefined);
      const line = `${quoted(from)} = ${quoted(place === undefined ? "FOLDER" : place === "" ? "." : place)}`;
      return found.size === 1 && place !== undefined ? [line] : [`# ${line}`];
    });
  return [
    "# Where absolute paths of the hosts lie in this tree: scripts, includes and",
    "# host files are looked up there.",
    "[paths]",
    ...(lines.length === 0 ? ['# "/usr/local/bin" = "scripts"'] : lines),
  ];
};

const foundIn = ({ resolution }: LinkedScript): string | undefined => (resolution.kind === "found" ? folderOf(resolution.file) : undefined);

/** A TOML string. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** For comments, which end with their line. */
const plain = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]/gu, "?");
