/** Who else has what stands under the cursor: the number of a virtual router, an address, a mark. As Markdown. */
import { canonicalAddress } from "../../grammar/vocabulary/values.ts";
import { valueOf } from "../model/effects/known.ts";
import { marksOf } from "../model/cluster/marks.ts";
import type { ClusterModel, NodeModel } from "../model/cluster/model.ts";
import { basePriority } from "../model/node/defaults.ts";
import type { Configuration, ServiceAddress, VirtualServer, VrrpInstance } from "../model/node/model.ts";
import { effectWords } from "./effect-words.ts";

/** Every instance with this virtual_router_id. */
export const vridSaid = (cluster: ClusterModel, vrid: string): readonly string[] =>
  listed(
    `VRID ${vrid} in this cluster:`,
    instancesOf(cluster).flatMap(({ node, instance }) =>
      instance.virtualRouterId?.value === Number(vrid) ? [memberLine(node, instance)] : [],
    ),
  );

/** The members of the virtual router of an instance, the highest priority first. */
export const electionSaid = (cluster: ClusterModel, node: NodeModel, instance: VrrpInstance): readonly string[] => {
  const router = cluster.virtualRouters.find(({ members }) =>
    members.some((member) => member.node === node && member.instance === instance),
  );
  if (router === undefined || router.members.length < 2) return [];
  const sorted = router.members.toSorted((a, b) => (basePriority(b.instance) ?? 0) - (basePriority(a.instance) ?? 0));
  return listed(
    "This virtual router, before scripts and interfaces change anything:",
    sorted.map((member) => memberLine(member.node, member.instance)),
  );
};

/** Instances that hold an address, services that are reached under it, and the machine whose own it is. */
export const addressSaid = (cluster: ClusterModel, written: string): readonly string[] => {
  const address = canonicalAddress(written.replace(/\/.*$/u, ""));
  const holders = instancesOf(cluster).flatMap(({ node, instance }) =>
    [...instance.virtualAddresses, ...instance.excludedAddresses].some((each) => each.address === address)
      ? [memberLine(node, instance)]
      : [],
  );
  const services = servicesOf(cluster, (each) => each.kind === "address" && canonicalAddress(each.address.value ?? "") === address);
  const owners = new Set(
    cluster.nodes.filter(({ addresses }) => addresses.some((each) => each.address === address)).map(({ name }) => `**${name}**`),
  );
  return [
    ...listed(`${address} in this cluster:`, [...holders, ...services]),
    ...(owners.size === 0 ? [] : [`${address} is an address of ${[...owners].join(" and ")}.`]),
  ];
};

/** The services of a mark, and on every node that has one what gives packets the mark. */
export const markSaid = (cluster: ClusterModel, mark: number): readonly string[] => {
  const setters = cluster.nodes.flatMap((node) => {
    const { rules, complete, filterKnown } = marksOf(node);
    const lines = rules.flatMap(({ effect, file }) =>
      valueOf(effect.mark) === mark ? [`- **${node.name}** \`${file.file}\`: ${effectWords(effect)}`] : [],
    );
    if (lines.length > 0 || serviceLines(node, marks(mark)).length === 0) return lines;
    return [
      `- **${node.name}**: ${complete && filterKnown.size > 0 ? "nothing in its files sets it" : "its files do not say what sets it"}`,
    ];
  });
  return [...markUses(cluster, mark), ...listed("Packets get it from:", [...new Set(setters)])];
};

/** The services of a mark. */
export const markUses = (cluster: ClusterModel, mark: number): readonly string[] =>
  listed(`Mark ${mark} in this cluster:`, servicesOf(cluster, marks(mark)));

const marks =
  (mark: number) =>
  (service: ServiceAddress): boolean =>
    service.kind === "fwmark" && service.mark?.value === mark;

const listed = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${heading}\n\n${lines.join("\n")}`];

const instancesOf = ({ nodes }: ClusterModel): readonly { readonly node: NodeModel; readonly instance: VrrpInstance }[] =>
  nodes.flatMap((node) => node.configuration?.instances.map((instance) => ({ node, instance })) ?? []);

const memberLine = (node: NodeModel, instance: VrrpInstance): string => {
  const priority = basePriority(instance);
  return `- **${node.name}** \`${instance.name.value}\`${priority === undefined ? "" : `, priority ${priority}`}`;
};

const servicesOf = ({ nodes }: ClusterModel, matches: (service: ServiceAddress) => boolean): readonly string[] =>
  nodes.flatMap((node) => serviceLines(node, matches));

const serviceLines = (node: NodeModel, matches: (service: ServiceAddress) => boolean): readonly string[] => {
  const { configuration } = node;
  if (configuration === undefined) return [];
  const lines = configuration.virtualServers
    .filter((server) => addressesOf(server, configuration).some(matches))
    .map(({ item }) => `- **${node.name}** \`${[item.keyword, ...item.args].map(({ value }) => value).join(" ")}\``);
  return [...new Set(lines)];
};

/** Those of its group for a service that names one. */
const addressesOf = ({ service }: VirtualServer, { virtualServerGroups }: Configuration): readonly ServiceAddress[] =>
  service.kind === "group"
    ? virtualServerGroups.flatMap(({ name, entries }) => (name.value === service.name?.value ? entries : []))
    : [service];
