/** `kalint doctor`: what was found and how kalint understood it, without judging anything. */
import { newestVersion } from "../../grammar/vocabulary/index.ts";
import type { Settings } from "../analysis/settings/read.ts";
import type { ClusterModel, LinkedScript, NodeModel } from "../model/cluster/model.ts";
import { readProject, type Project } from "../model/cluster/project.ts";
import { printable, wrapped } from "../reporters/cells.ts";
import { notChecked } from "../reporters/coverage.ts";
import { peersInWords, plural, withKeepalived } from "../reporters/words.ts";
import type { DoctorRequest } from "./invocation.ts";
import { openProject, type OpenProject } from "./project.ts";
import { terminalWidth, type Terminal } from "./terminal.ts";

/** Exit status: 0, also when nothing was found, since nothing is judged; 2 for a path that cannot be read. */
export const doctor = async (request: DoctorRequest, cwd: string, terminal: Terminal): Promise<number> => {
  const opened = await openProject(request, cwd);
  if (opened.kind === "refused") {
    for (const line of opened.lines) terminal.complain(line);
    return 2;
  }
  const { version, shown } = opened;
  const project = readProject(opened.request);
  const lines = [
    ...heading(project, opened, request),
    ...list("Settings", opened.settings?.read.map((settings) => settingsLine(settings, shown)) ?? []),
    ...project.clusters.flatMap(clusterLines),
    ...list(
      "Left out",
      project.skipped.map(({ file, reason }) => `${shown(file)}: ${reason}`),
    ),
    ...list("Cannot be checked", notChecked({ project: { ...project, skipped: [] }, shown, version: version ?? newestVersion })),
  ];
  terminal.print(`${lines.map(printable).flatMap(fitting(terminalWidth())).join("\n")}\n`);
  return 0;
};

/** A line that is too long goes on below, further in. */
const fitting =
  (width: number | undefined) =>
  (line: string): readonly string[] => {
    if (width === undefined) return [line];
    const indent = /^ */u.exec(line)![0];
    // A path that fits on no line stays behind its label.
    if (
      line
        .trim()
        .split(" ")
        .some((word) => word.length > width - indent.length - 4)
    )
      return [line];
    const [first = "", ...rest] = wrapped(line.slice(indent.length), width - indent.length - 4);
    return [indent + first, ...rest.map((more) => `${indent}    ${more}`)];
  };

const heading = ({ clusters, files, skipped }: Project, { version }: OpenProject, asked: DoctorRequest): readonly string[] => {
  const nodes = clusters.flatMap((cluster) => cluster.nodes);
  const groups = clusters.filter((cluster) => cluster.nodes.length > 1).length;
  return [
    clusters.length === 0
      ? "no keepalived configuration"
      : `${plural(nodes.length, "node")}, ${plural(groups, "cluster")} of two or more, ${plural(files.length, "file")} read, ${skipped.length} left out`,
    `judged for keepalived ${version === undefined ? `${newestVersion}, the newest known (--keepalived-version says another)` : `${version}, stated ${asked.version === undefined ? "in kalint.toml" : "on the command line"}`}`,
  ];
};

/** What one kalint.toml states. */
const settingsLine = ({ file, version, distro, rules, paths, clusters, overrides }: Settings, shown: OpenProject["shown"]): string => {
  const nodes = clusters.flatMap((cluster) => cluster.nodes);
  const says = [
    ...(version === undefined ? [] : [`keepalived ${version}${distro === undefined ? "" : ` of ${distro}`}`]),
    ...(rules.size === 0 ? [] : [`the severity of ${plural(rules.size, "rule")}`]),
    ...(paths.length === 0 ? [] : [plural(paths.length, "path")]),
    ...(clusters.length === 0 ? [] : [`${plural(clusters.length, "cluster")} of ${plural(nodes.length, "node")}`]),
    ...(overrides.length === 0 ? [] : [plural(overrides.length, "override")]),
  ];
  return `${shown(file)}: ${says.length === 0 ? "states nothing" : `states ${says.join(", ")}`}`;
};

const list = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];

const clusterLines = (cluster: ClusterModel): readonly string[] => {
  const single = withKeepalived(cluster).length < 2;
  return [
    "",
    `${cluster.template !== undefined ? "Template in" : single ? "Single node in" : "Cluster"} ${cluster.name}`,
    ...templateLines(cluster),
    ...(cluster.template !== undefined ? [] : single ? ["  peers: none found"] : peersInWords(cluster).map((line) => `  peers: ${line}`)),
    ...cluster.virtualRouters
      .filter(({ members }) => members.length > 1)
      .map(({ members, reason }) => {
        const who = members.map(({ node, instance }) => `${instance.name.value} on ${node.name}`).join(", ");
        return `  virtual router: ${who} (${reason === "vrid" ? "the same virtual_router_id" : "a common address"})`;
      }),
    ...cluster.nodes.flatMap(nodeLines),
  ];
};

const templateLines = ({ template }: ClusterModel): readonly string[] =>
  template === undefined
    ? []
    : [
        ...[...template.templates.byFile].map(([file, { marks, broken }]) =>
          broken
            ? `  ${file}: its marks do not close one another, so nothing in it is judged`
            : `  ${file}: ${plural(marks.length, "mark")}, judged around them`,
        ),
        ...(template.worlds.length < 2 ? [] : [`  read in ${template.worlds.length + 1} ways through its branches; it is nobody's peer`]),
      ];

const nodeLines = (node: NodeModel): readonly string[] => {
  const { configuration, root, addresses, linkedScripts, companions, version } = node;
  const about = (label: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`    ${label}: ${values.join(", ")}`];
  const included = configuration?.expansion.files.slice(1) ?? [];
  return [
    `  ${node.name}${configuration === undefined ? ", without keepalived" : ""}`,
    ...about(
      "configuration",
      configuration === undefined
        ? []
        : [configuration.file + (configuration.configId === undefined ? "" : ` read as @${configuration.configId}`)],
    ),
    ...about("includes", included),
    ...about("root", root === undefined ? [] : [root === "" ? "." : root]),
    ...about("version", version === undefined ? [] : [version]),
    ...about("own addresses", [
      ...new Set(addresses.map(({ address, device }) => (device === undefined ? address : `${address} on ${device}`))),
    ]),
    ...about(
      "interfaces stated",
      [...(node.interfaces ?? [])].map(([name, { segment }]) => (segment === name ? name : `${name} on segment ${segment}`)),
    ),
    ...about("holds", contents(node)),
    ...linkedScripts.map((script) => `    ${script.command.item.keyword.value}: ${scriptWords(script)}`),
    ...companions.map(
      ({ kind, file, shared, effects }) =>
        `    ${kind}: ${file}${effects.length === 0 ? "" : `, ${plural(effects.length, "fact")}`}${shared ? ", shared with the nodes beside it" : ""}`,
    ),
  ];
};

const contents = ({ configuration }: NodeModel): readonly string[] => {
  if (configuration === undefined) return [];
  const { instances, syncGroups, scripts, virtualServers } = configuration;
  const counted = [
    [instances.length, "vrrp_instance"],
    [syncGroups.length, "vrrp_sync_group"],
    [scripts.length, "vrrp_script"],
    [virtualServers.length, "virtual_server"],
  ] as const;
  return counted.flatMap(([count, name]) => (count === 0 ? [] : [`${count} ${name}`]));
};

const scriptWords = ({ path, resolution, inline }: LinkedScript): string => {
  if (inline !== undefined) return `${path.value}, a script in the configuration`;
  switch (resolution.kind) {
    case "found":
      return `${path.value}, ${resolution.file === path.value ? "read" : `read from ${resolution.file}`}${resolution.script === undefined ? ", no shell script" : ""}`;
    case "missing":
      return `${path.value}, not among the files${resolution.near === undefined ? "" : ` (${resolution.near} has its name)`}`;
    case "unknown":
      return `${path.value}, nothing says what it does`;
  }
};
