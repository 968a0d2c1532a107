/** Virtual routers with who takes part in them, and the addresses they carry. */
import type { ClusterModel, Member, VirtualRouter } from "../../model/cluster/model.ts";
import {
  advertInterval,
  basePriority,
  effectiveAuthentication,
  effectiveNopreempt,
  initialState,
  vrrpVersion,
} from "../../model/node/defaults.ts";
import { addEdge, addRow, boxFor, type Draft, type DraftBox } from "./draft.ts";
import { placeOf } from "./machines.ts";

/** Whether an instance of a node is master when all nodes have started. */
export type IsMaster = (node: string, instance: string) => boolean;

export const addRouters = (draft: Draft, { virtualRouters }: ClusterModel, isMaster: IsMaster): void => {
  for (const [index, router] of virtualRouters.entries()) addRouter(draft, router, index, isMaster);
};

const addRouter = (draft: Draft, { members }: VirtualRouter, index: number, isMaster: IsMaster): void => {
  const names = distinct(members.map(({ instance }) => instance.name.value));
  const vrids = distinct(members.map(({ instance }) => vridText(instance.virtualRouterId)));
  const title = `${names.length === 1 ? `${names[0]}: ` : ""}VRID ${vrids.join(" ≠ ")}`;
  const box = boxFor(draft, "router", String(index), title);
  for (const row of propertiesOf(members)) addRow(box, row);
  for (const member of members) {
    const { node, instance } = member;
    box.sites.push(instance.item.site);
    addEdge(draft, boxFor(draft, "machine", node.name, node.name), box, {
      kind: "member",
      label: `${names.length === 1 ? "" : `${instance.name.value}: `}${standing(member)}`,
      active: isMaster(node.name, instance.name.value),
      place: placeOf(instance.item, node),
    });
    addAddresses(draft, box, member);
  }
};

const vridText = (vrid: Member["instance"]["virtualRouterId"]): string => (vrid === undefined ? "not set" : `${vrid.value ?? "?"}`);

/** "MASTER 150, nopreempt" */
const standing = ({ configuration, instance }: Member): string => {
  const nopreempt = effectiveNopreempt(configuration, instance) === true ? ", nopreempt" : "";
  return `${initialState(instance) ?? "state ?"} ${basePriority(instance) ?? "?"}${nopreempt}`;
};

/** What the members ought to agree on; where they do not, both values stand there. */
const propertiesOf = (members: readonly Member[]): readonly string[] => {
  const of = (value: (member: Member) => string): readonly string[] => distinct(members.map(value));
  const interfaces = of(({ instance }) => (instance.interface === undefined ? "no interface" : (instance.interface.value ?? "?")));
  const versions = of(({ configuration, instance }) => `VRRPv${vrrpVersion(configuration, instance) ?? "?"}`);
  const adverts = of(({ configuration, instance }) => `${advertInterval(configuration, instance) ?? "?"} s`);
  const authentications = of(authenticationText);
  const unicast = of(({ instance }) => (instance.unicastPeers.length > 0 ? "unicast" : "multicast"));
  return [
    `${interfaces.join(", ")}, ${versions.join(" ≠ ")}, advert ${adverts.join(" ≠ ")}`,
    `${unicast.join(" ≠ ")}, ${authentications.join(" ≠ ")}`,
  ];
};

const authenticationText = ({ configuration, instance }: Member): string => {
  const { kind } = effectiveAuthentication(configuration, instance);
  return kind === "none" ? "no authentication" : kind === "unknown" ? "authentication ?" : `auth ${kind}`;
};

const addAddresses = (draft: Draft, router: DraftBox, { node, instance }: Member): void => {
  const lists = [
    { entries: instance.virtualAddresses, label: "" },
    { entries: instance.excludedAddresses, label: "excluded" },
  ];
  for (const { entries, label } of lists) {
    for (const { address, text, item, device } of entries) {
      const place = placeOf(item, node);
      const box = boxFor(draft, "address", address ?? text, text, place);
      if (device !== undefined) addRow(box, `dev ${device.value}`);
      addEdge(draft, router, box, { kind: "holds", label, place });
    }
  }
};

export const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
