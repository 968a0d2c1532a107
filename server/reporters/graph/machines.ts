/** Machines: their own addresses, and as lines of their boxes what they track and run. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { baseName } from "../../model/cluster/files.ts";
import type { ClusterModel, LinkedScript, NodeModel } from "../../model/cluster/model.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, TrackEntry, VrrpScript } from "../../model/node/model.ts";
import { addEdge, addRow, boxFor, type Draft, type DraftBox, type Place, wholeFile } from "./draft.ts";
import { linkedAt } from "../../model/cluster/facts.ts";

const mostAddresses = 3;

/** The machines with keepalived; of the others, those that the services of the cluster do not show anyway. */
export const addMachines = (draft: Draft, { nodes }: ClusterModel, virtual: ReadonlySet<string>): void => {
  for (const node of nodes) if (node.configuration !== undefined) addMachine(draft, node, virtual);
};

const addMachine = (draft: Draft, node: NodeModel, virtual: ReadonlySet<string>): void => {
  const { configuration, name, version } = node;
  const box = boxFor(draft, "machine", name, name, ...places(configuration?.file, name).slice(0, 1));
  for (const file of configuration?.expansion.files.slice(1) ?? []) box.places.push(wholeFile(file, name));
  if (box.sites.length === 0) box.sites.push(...node.companions.slice(0, 1).map(({ file }) => wholeFile(file, name).site));
  addOwnAddresses(box, node, virtual);
  if (version !== undefined) addRow(box, `keepalived ${version}`);
  if (configuration === undefined) addRow(box, "without keepalived");
  else addTracked(box, node, configuration);
  addCommands(box, node);
  for (const { file } of node.companions) box.places.push(wholeFile(file, name));
};

const places = (file: string | undefined, node: string): readonly Place[] => (file === undefined ? [] : [wholeFile(file, node)]);

export const addOwnAddresses = (box: DraftBox, { name, addresses }: NodeModel, virtual: ReadonlySet<string>): void => {
  const own = new Map<string, { readonly text: string; readonly place: Place }>();
  for (const { address, prefix, device, site } of addresses) {
    if (virtual.has(address) || own.has(address)) continue;
    const text = `${address}${prefix === undefined ? "" : `/${prefix}`}${device === undefined ? "" : ` ${device}`}`;
    own.set(address, { text, place: { site, node: name } });
  }
  const list = [...own.values()];
  for (const { text, place } of list.slice(0, mostAddresses)) addRow(box, text, [place]);
  if (list.length > mostAddresses) addRow(box, `and ${list.length - mostAddresses} more addresses`);
};

const addTracked = (box: DraftBox, node: NodeModel, configuration: Configuration): void => {
  const { instances, syncGroups, scripts } = configuration;
  const users = [...instances, ...syncGroups];
  for (const group of syncGroups) {
    const members = group.members.flatMap(({ value }) => value ?? []);
    addRow(box, `sync group ${group.name.value}: ${members.join(", ")}`, [placeOf(group.item, node)]);
  }
  for (const script of scripts) {
    const entries = users.flatMap(({ trackScripts }) => trackScripts.filter(({ name }) => name.value === script.name.value));
    const linked = linkedAt(node, script.command?.item);
    const what = linked === undefined ? "" : ` (${programOf(linked)}${isMissing(linked) ? ", missing" : ""})`;
    const where = [placeOf(script.item, node), ...entries.map(({ item }) => placeOf(item, node)), ...fileOf(linked, node)];
    addRow(box, `${script.name.value}${what}, ${entries.length === 0 ? "not tracked" : effectOf(entries, script)}`, where);
  }
  const others = users.flatMap((user) => [
    ...user.trackInterfaces.map((entry) => ({ what: "interface", entry })),
    ...user.trackFiles.map((entry) => ({ what: "file", entry })),
    ...user.trackProcesses.map((entry) => ({ what: "process", entry })),
    ...user.trackBfds.map((entry) => ({ what: "bfd", entry })),
  ]);
  for (const { what, entry } of others)
    addRow(box, `tracks ${what} ${entry.name.value ?? "?"}${entry.weight === undefined ? "" : `, ${weightText(entry.weight.value)}`}`, [
      placeOf(entry.item, node),
    ]);
};

/** What a failure does; several instances may weigh one script differently. */
const effectOf = (entries: readonly TrackEntry[], script: VrrpScript): string => {
  const weights = entries.map(({ weight }) => weightText(weight === undefined ? (script.weight ?? { value: 0 }).value : weight.value));
  return [...new Set(weights)].join(" or ");
};

const weightText = (weight: number | undefined): string =>
  weight === undefined ? "weight unknown" : weight === 0 ? "FAULT on failure" : `weight ${weight < 0 ? `−${-weight}` : `+${weight}`}`;

const events: Readonly<Record<string, string>> = {
  notify: "every change",
  quorum_up: "quorum up",
  quorum_down: "quorum down",
  notify_up: "server up",
  notify_down: "server down",
  misc_path: "MISC_CHECK",
};

/** One line for each program, with all the occasions on which keepalived runs it. */
const addCommands = (box: DraftBox, node: NodeModel): void => {
  const byProgram = new Map<string, LinkedScript[]>();
  for (const script of node.linkedScripts) {
    if (script.use === "check") continue;
    const program = `${programOf(script)}${isMissing(script) ? " (missing)" : ""}`;
    byProgram.set(program, [...(byProgram.get(program) ?? []), script]);
  }
  for (const [program, scripts] of byProgram) {
    const keywords = [...new Set(scripts.map(({ command }) => command.item.keyword.value))];
    const when = keywords.map((keyword) => events[keyword] ?? keyword.replace(/^notify_/u, "").replaceAll("_", " "));
    addRow(
      box,
      `${program}: ${when.join(", ")}`,
      scripts.flatMap((script) => [placeOf(script.command.item, node), ...fileOf(script, node)]),
    );
  }
};

/** The name of what is run. Never its arguments, which may hold a password. */
const programOf = ({ path, interpreted }: LinkedScript): string => baseName((interpreted ?? path).value);

const isMissing = ({ resolution }: LinkedScript): boolean => resolution.kind === "missing";

const fileOf = (script: LinkedScript | undefined, { name }: NodeModel): readonly Place[] =>
  script?.resolution.kind === "found" ? [wholeFile(script.resolution.file, name)] : [];

export const placeOf = (item: ConfigItem, { name }: Pick<NodeModel, "name">): Place => ({ site: item.site, node: name });

/**
 * Machines without keepalived that no service names: a proxy stands behind the addresses it binds, others stand alone, since
 * they may be what a finding is about.
 */
export const addOtherMachines = (draft: Draft, { nodes }: ClusterModel, virtual: ReadonlySet<string>): void => {
  for (const node of nodes) {
    if (node.configuration !== undefined) continue;
    const known = [...draft.boxes.values()].filter(
      ({ kind, key }) => kind === "server" && node.addresses.some(({ address }) => address === key),
    );
    const files = node.companions.map(({ file }) => wholeFile(file, node.name));
    for (const server of known) server.places.push(...files);
    if (known.length > 0) continue;
    addMachine(draft, node, virtual);
    const proxy = draft.boxes.get(`machine ${node.name}`)!;
    for (const { haproxy } of node.companions) {
      for (const { address, port } of haproxy?.binds ?? []) {
        const vip = draft.boxes.get(`address ${canonicalAddress(address.value)}`);
        if (vip === undefined) continue;
        const label = port === undefined ? "" : `:${port.value}`;
        addEdge(draft, vip, proxy, { kind: "flow", label, place: { site: address.site, node: node.name } });
      }
    }
  }
};
