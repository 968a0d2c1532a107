/** Everything that the files of a machine do to it, in one list: companions, and the scripts that its configuration runs. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { ScriptEffects } from "../effects/script-facts.ts";
import type { AddressEffect, Effect } from "../effects/types.ts";
import type { ConfigItem } from "../node/items.ts";
import type { VirtualAddress, VrrpInstance } from "../node/model.ts";
import { remembered } from "../node/remembered.ts";
import { calledScript, isFile } from "./calls.ts";
import { baseName } from "./files.ts";
import type { ClusterModel, Companion, CompanionKind, LinkedScript, NodeModel, ScriptFile } from "./model.ts";

/** One file of a machine with what it does, in the order of the file. */
export interface FactFile {
  readonly file: string;
  readonly kind: CompanionKind;
  /** It may belong to another machine of the cluster as well. */
  readonly shared: boolean;
  readonly effects: readonly Effect[];
  /** For scripts. */
  readonly script?: ScriptFile;
}

/** A file once, however many statements run it. Commands of the configuration itself are one file of facts: the configuration. */
export const factFiles = remembered((node: NodeModel): readonly FactFile[] => {
  const found = new Map<string, FactFile & { readonly effects: Effect[] }>();
  const companions = new Set(node.companions.map(({ file }) => file));
  const add = (file: FactFile): void => {
    const earlier = found.get(file.file);
    // The same script with other arguments does other things.
    if (earlier === undefined) found.set(file.file, { ...file, effects: [...file.effects] });
    else for (const effect of file.effects) earlier.effects.push(effect);
  };
  for (const companion of node.companions) add(factFile(companion));
  for (const { resolution, effects } of node.linkedScripts) {
    const script = resolution.kind === "found" ? resolution.script : undefined;
    if (script === undefined) {
      const [first] = effects.effects;
      if (first !== undefined) add({ file: first.site.file, kind: "script", shared: false, effects: effects.effects });
    } else if (!companions.has(script.file))
      add({ file: script.file, kind: "script", shared: false, effects: script.effects.effects, script });
  }
  return [...found.values()];
});

/** Those of them that say something of the packet filter. */
export const filterFiles = remembered((node: NodeModel): readonly FactFile[] =>
  factFiles(node).filter(({ effects }) => effects.some(({ kind }) => kind === "firewall")),
);

const factFile = ({ file, kind, shared, effects, script }: Companion): FactFile => ({
  file,
  kind,
  shared,
  effects,
  ...(script === undefined ? {} : { script }),
});

/** Whether everything that a script does is in its effects. */
export const isComplete = (script: { readonly effects: ScriptEffects; readonly script: ScriptFile["script"] }): boolean =>
  script.effects.complete && script.script.problems.length === 0;

/** Whether the daemon runs a file for a change of state or of a server, itself or through another script. */
export const isRunByDaemon = (node: NodeModel, file: string): boolean => {
  const notified = node.linkedScripts.filter(
    ({ use }) => use === "notify" || use === "server-notify" || use === "quorum" || use === "other",
  );
  return notified.some(({ resolution, path, interpreted }) => {
    if (resolution.kind === "found" && resolution.file === file) return true;
    if (resolution.kind === "found") return resolution.script?.effects.effects.some((effect) => leadsTo(effect, file, node.root)) === true;
    return baseName((interpreted ?? path).value) === baseName(file);
  });
};

const leadsTo = (effect: Effect, file: string, root: string | undefined): boolean => {
  const path = effect.kind === "run" ? calledScript(effect)?.path : effect.kind === "source" ? valueOf(effect.target) : undefined;
  return path !== undefined && isFile(path, file, root);
};

/** An address that keepalived moves, and who says so. */
export interface ManagedAddress {
  readonly node: NodeModel;
  readonly instance: VrrpInstance;
  readonly site: Site;
  readonly entry: VirtualAddress;
}

/** The addresses of every instance of a cluster by their canonical text; those of `first` go before the others'. */
export const managedAddresses = (cluster: ClusterModel, first: NodeModel): ReadonlyMap<string, ManagedAddress> =>
  managedFrom(cluster)(first);

const managedFrom = remembered((cluster: ClusterModel) =>
  remembered((first: NodeModel): ReadonlyMap<string, ManagedAddress> => {
    const found = new Map<string, ManagedAddress>();
    for (const node of [first, ...cluster.nodes])
      for (const instance of node.configuration?.instances ?? [])
        for (const entry of [...instance.virtualAddresses, ...instance.excludedAddresses])
          if (entry.address !== undefined && !found.has(entry.address))
            found.set(entry.address, { node, instance, site: entry.site, entry });
    return found;
  }),
);

const linkedIn = remembered(
  ({ linkedScripts }: NodeModel) => new Map(linkedScripts.toReversed().map((linked) => [linked.command.item, linked] as const)),
);

const runsIn = remembered(({ linkedScripts }: NodeModel): ReadonlyMap<string, readonly LinkedScript[]> => {
  const found = new Map<string, LinkedScript[]>();
  for (const linked of linkedScripts) {
    if (linked.resolution.kind !== "found") continue;
    const list = found.get(linked.resolution.file);
    if (list === undefined) found.set(linked.resolution.file, [linked]);
    else list.push(linked);
  }
  return found;
});

/** The commands of a machine's configuration that run a file. */
export const runsOf = (node: NodeModel, file: string): readonly LinkedScript[] => runsIn(node).get(file) ?? [];

/** The script that a statement of a machine's configuration runs. */
export const linkedAt = (node: NodeModel, item: ConfigItem | undefined): LinkedScript | undefined =>
  item === undefined ? undefined : linkedIn(node).get(item);

/** Devices on which a service's address is meant to stand without being announced. */
export const isQuietDevice = (device: string): boolean => /^(?:lo|dummy\d*|tunl\d*|ip6tnl\d*|kube-ipvs0)$/u.test(device);

/** The address of an address effect, canonical and without prefix; undefined when it is unknown or not given. */
export const addressOf = (effect: AddressEffect): string | undefined => {
  const address = valueOf(effect.address);
  return address === undefined ? undefined : canonicalAddress(address);
};
