/** Machines without keepalived that belong to a cluster: real servers and proxies, found beside the directors' folders. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { classify, machineFolder, ownAddresses } from "./companions.ts";
import type { Entry } from "./discover.ts";
import { baseName, commonFolder, folderOf, isBelow, walkFiles, type ProjectFiles } from "./files.ts";
import type { NodeModel } from "./model.ts";

/**
 * Folders beside those of the directors, without a configuration of their own. A machine is told by what it does: it has
 * the address of a real server, or it binds one of the cluster's addresses on a loopback device.
 */
export const machinesWithoutKeepalived = (
  files: ProjectFiles,
  searched: readonly string[],
  members: readonly Entry[],
  entries: readonly Entry[],
  directors: readonly NodeModel[],
): readonly NodeModel[] => {
  const folders = members.map((entry) => machineFolder(entry, entries));
  if (folders.some((folder) => folder === undefined || folder === "")) return [];
  const home = members.length > 1 ? commonFolder(folders as readonly string[]) : folderOf(folders[0]!);
  const beside = files.list(home).filter(({ kind }) => kind === "folder");
  if (beside.length > 64) return [];
  const servers = new Set(directors.flatMap(({ configuration }) => configuration?.virtualServers ?? []).flatMap(({ realServers }) => realServers.flatMap(({ address }) => (address.value === undefined ? [] : canonicalAddress(address.value)))));
  const vips = new Set(directors.flatMap(({ configuration }) => configuration?.instances ?? []).flatMap(({ virtualAddresses, excludedAddresses }) => [...virtualAddresses, ...excludedAddresses].flatMap(({ address }) => address ?? [])));
  return beside.flatMap(({ name }): NodeModel[] => {
    const folder = home === "" ? name : `${home}/${name}`;
    if (entries.some(({ file }) => isBelow(file, folder)) || !searched.some((file) => isBelow(file, folder))) return [];
    const companions = companionsOfFolder(files, folder);
    const addresses = ownAddresses(undefined, companions);
    const serves = addresses.some(({ address }) => servers.has(address));
    const binds = companions.some(({ effects }) =>
      effects.some(
        (effect) =>
          effect.kind === "address" &&
          effect.action === "bind" &&
          effect.device?.kind === "known" &&
          /^(?:lo|dummy\d*|tunl\d*)$/u.test(effect.device.value) &&
          (effect.address?.kind !== "known" || vips.has(canonicalAddress(effect.address.value)) || servers.size > 0),
      ),
    );
    const proxies = companions.some(({ kind }) => kind === "haproxy");
    return serves || binds || proxies ? [{ name: baseName(folder), root: folder, addresses, linkedScripts: [], companions }] : [];
  });
};

const companionsOfFolder = (files: ProjectFiles, folder: string): NodeModel["companions"] =>
  walkFiles(files, folder)
    .slice(0, 500)
    .flatMap((file) => classify(files, file, false) ?? []);
