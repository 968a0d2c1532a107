/** Machines without keepalived that belong to a cluster: real servers and proxies, found beside the directors' folders. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { Effect } from "../effects/types.ts";
import { withKnownArguments } from "./calls.ts";
import { classify } from "./classify.ts";
import { machineFolder, ownAddresses, statedCompanions } from "./companions.ts";
import type { Entry } from "./discover.ts";
import { baseName, commonFolder, folderOf, walkFiles, type ProjectFiles } from "./files.ts";
import type { FileIndex, Layout } from "./layout.ts";
import type { Companion, NodeModel } from "./model.ts";
import { mayBeMachine } from "./shared-files.ts";
import { matchesPath } from "./patterns.ts";
import type { Stated, StatedCluster } from "./stated.ts";

const limits = { folders: 64, files: 500 };

/**
 * Folders beside those of the directors, without a configuration of their own. A machine is told by what it does: it has
 * the address of a real server, it binds one of the cluster's addresses on a loopback device, or it runs a proxy. Where no
 * other cluster lives beside, any address on a loopback device will do: it may be the wrong one.
 */
export const machinesWithoutKeepalived = (
  files: ProjectFiles,
  searched: FileIndex,
  members: readonly Entry[],
  layout: Layout,
  directors: readonly NodeModel[],
): readonly NodeModel[] => {
  const home = homeOf(members, layout);
  if (home === undefined) return [];
  const beside = files.list(home).filter(({ kind }) => kind === "folder");
  if (beside.length > limits.folders) return [];
  const alone = layout.below(home).every((entry) => members.includes(entry));
  const known = { servers: serverAddresses(directors), vips: new Set(directors.flatMap(virtualAddresses)), alone };
  return beside.flatMap(({ name }): NodeModel[] => {
    const folder = home === "" ? name : `${home}/${name}`;
    if (!mayBeMachine(folder) || layout.below(folder).length > 0 || !searched.holds(folder)) return [];
    const companions = companionsOfFolder(files, folder);
    const addresses = ownAddresses(undefined, companions);
    const belongs = addresses.some(({ address }) => known.servers.has(address)) || companions.some((companion) => tells(companion, known));
    return belongs ? [{ name: baseName(folder), root: folder, addresses, linkedScripts: [], companions }] : [];
  });
};

/** The nodes of a stated cluster that have no configuration. */
export const statedMachines = (files: ProjectFiles, { nodes }: StatedCluster, layout: Layout): readonly NodeModel[] =>
  nodes
    .filter(({ config }) => config === undefined)
    .map((node) => {
      const { name = "", root, version, interfaces } = node;
      const companions = statedCompanions(files, node, layout);
      return {
        name,
        ...(root === undefined ? {} : { root }),
        ...(version === undefined ? {} : { version }),
        ...(interfaces === undefined ? {} : { interfaces }),
        addresses: ownAddresses(undefined, companions, interfaces),
        linkedScripts: [],
        companions,
      };
    });

/** Whether a machine that was found is one that is stated: its folder, or one of its files, is given to a node. */
export const isStatedMachine = ({ root, companions }: NodeModel, { clusters }: Stated): boolean =>
  clusters.some(({ nodes }) =>
    nodes.some((node) => node.root === root || companions.some(({ file }) => node.files.some((pattern) => matchesPath(file, pattern)))),
  );

/** The folder that holds the machines: the one above the directors' folders, or the one the directors' configurations share. */
const homeOf = (members: readonly Entry[], layout: Layout): string | undefined => {
  const folders = members.map((entry) => machineFolder(entry, layout));
  if (folders.every((folder) => folder !== undefined && folder !== "" && folder !== "/"))
    return folders.length > 1 ? commonFolder(folders as readonly string[]) : folderOf(folders[0]!);
  if (members.some(({ root }) => root !== undefined) || folders.some((folder) => folder !== undefined)) return undefined;
  return commonFolder(members.map(({ file }) => folderOf(file)));
};

interface ClusterAddresses {
  readonly servers: ReadonlySet<string>;
  readonly vips: ReadonlySet<string>;
  readonly alone: boolean;
}

/** Real servers as the configurations and the directors' ipvsadm commands name them. */
const serverAddresses = (directors: readonly NodeModel[]): ReadonlySet<string> => {
  const configured = directors.flatMap(({ configuration }) =>
    (configuration?.virtualServers ?? []).flatMap(({ realServers }) => realServers),
  );
  const written = directors.flatMap(({ companions }) => companions.flatMap(({ effects }) => effects.flatMap(addedServer)));
  return new Set([...configured.flatMap(({ address }) => address.value ?? []), ...written].map(canonicalAddress));
};

const addedServer = (effect: Effect): readonly string[] =>
  effect.kind === "ipvs" && effect.action === "add-server" ? [valueOf(effect.server?.address) ?? []].flat() : [];

const virtualAddresses = ({ configuration }: NodeModel): readonly string[] =>
  (configuration?.instances ?? []).flatMap((instance) =>
    [...instance.virtualAddresses, ...instance.excludedAddresses].flatMap(({ address }) => address ?? []),
  );

const tells = ({ kind, effects }: Companion, known: ClusterAddresses): boolean => {
  if (kind === "haproxy") return true;
  return effects.some((effect) => {
    if (effect.kind !== "address" || effect.action !== "bind" || !/^(?:lo|dummy\d*|tunl\d*)$/u.test(valueOf(effect.device) ?? ""))
      return false;
    const address = valueOf(effect.address);
    return (known.alone && known.servers.size > 0) || (address !== undefined && known.vips.has(canonicalAddress(address)));
  });
};

const companionsOfFolder = (files: ProjectFiles, folder: string): readonly Companion[] =>
  withKnownArguments(
    files,
    walkFiles(files, folder)
      .slice(0, limits.files)
      .flatMap((file) => classify(files, file, false) ?? []),
    folder,
  );
