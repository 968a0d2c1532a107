/** Everything that the files of a machine do to it, in one list: companions, and the scripts that its configuration runs. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { ScriptEffects } from "../effects/script-facts.ts";
import type { AddressEffect, Effect } from "../effects/types.ts";
import type { VirtualAddress, VrrpInstance } from "../node/model.ts";
import { calledScript, isFile } from "./calls.ts";
import { baseName } from "./files.ts";
import type { ClusterModel, Companion, CompanionKind, NodeModel, ScriptFile } from "./model.ts";

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

/** A file once, however many statements run it. */
export const factFiles = (node: NodeModel): readonly FactFile[] => {
  const found = new Map<string, FactFile>();
  for (const companion of node.companions) found.set(companion.file, factFile(companion));
  for (const { resolution, effects } of node.linkedScripts) {
    if (resolution.kind !== "found" || resolution.script === undefined) {
      addInline(found, effects);
      continue;
    }
    const { script } = resolution;
    const earlier = found.get(script.file);
    if (earlier === undefined)
      found.set(script.file, { file: script.file, kind: "script", shared: false, effects: script.effects.effects, script });
    else if (!node.companions.some(({ file }) => file === script.file))
      // The same script with other arguments does other things.
      found.set(script.file, { ...earlier, effects: [...earlier.effects, ...script.effects.effects] });
  }
  return [...found.values()];
};

/** Commands of the configuration itself are one file of facts: the configuration. */
const addInline = (found: Map<string, FactFile>, { effects }: ScriptEffects): void => {
  const [first] = effects;
  if (first === undefined) return;
  const { file } = first.site;
  const earlier = found.get(file);
  found.set(file, { file, kind: "script", shared: false, effects: [...(earlier?.effects ?? []), ...effects] });
};

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
export const managedAddresses = (cluster: ClusterModel, first: NodeModel): ReadonlyMap<string, ManagedAddress> => {
  const found = new Map<string, ManagedAddress>();
  for (const node of [first, ...cluster.nodes])
    for (const instance of node.configuration?.instances ?? [])
      for (const entry of [...instance.virtualAddresses, ...instance.excludedAddresses])
        if (entry.address !== undefined && !found.has(entry.address)) found.set(entry.address, { node, instance, site: entry.site, entry });
  return found;
};

/** Devices on which a service's address is meant to stand without being announced. */
export const isQuietDevice = (device: string): boolean => /^(?:lo|dummy\d*|tunl\d*|ip6tnl\d*|kube-ipvs0)$/u.test(device);

/** The address of an address effect, canonical and without prefix; undefined when it is unknown or not given. */
export const addressOf = (effect: AddressEffect): string | undefined => {
  const address = valueOf(effect.address);
  return address === undefined ? undefined : canonicalAddress(address);
};
