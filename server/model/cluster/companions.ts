/** The other files of a machine that say something: init scripts, firewall dumps, sysctl and interface files, haproxy.cfg. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { Effect } from "../effects/types.ts";
import type { Configuration } from "../node/model.ts";
import { calledScript, withKnownArguments } from "./calls.ts";
import { classify } from "./classify.ts";
import type { Entry } from "./discover.ts";
import { folderOf, walkFiles, type ProjectFiles } from "./files.ts";
import type { Layout } from "./layout.ts";
import type { Companion, CompanionKind, OwnAddress } from "./model.ts";
import { isSystemPath } from "./scripts.ts";
import { filesMatching, matchesPath } from "./patterns.ts";
import { filesAbove, filesBeside, namesAnotherNode } from "./shared-files.ts";
import { mappedPath, type PathMap, type StatedInterface, type StatedNode } from "./stated.ts";

/** On a live host only these places are looked at, and the scripts that rc.local calls; never the whole root. */
const wellKnown = [
  "/etc/sysctl.conf",
  "/etc/sysctl.d",
  "/etc/iptables",
  "/etc/iptables.rules",
  "/etc/sysconfig/iptables",
  "/etc/sysconfig/ip6tables",
  "/etc/sysconfig/ipvsadm",
  "/etc/ipvsadm.rules",
  "/etc/nftables.conf",
  "/etc/firewalld/zones",
  "/etc/firewalld/direct.xml",
  "/etc/haproxy/haproxy.cfg",
  "/etc/rc.local",
  "/etc/rc.d/rc.local",
  "/etc/sysconfig/network-scripts",
  "/etc/network/interfaces",
  "/etc/network/interfaces.d",
  "/etc/netplan",
];

const limits = { files: 2000 };

/**
 * Companion files of an entry: those that are stated, else of its root or own folder, and those it shares with other
 * entries; and well-known host files that lie where `[paths]` says.
 */
export const companionsIn = (files: ProjectFiles, entry: Entry, layout: Layout, paths: readonly PathMap[] = []): readonly Companion[] => {
  const { stated } = entry;
  const own =
    stated !== undefined && (stated.root !== undefined || stated.files.length > 0)
      ? statedCompanions(files, stated, layout)
      : foundCompanions(files, entry, layout).filter(({ file }) => !isClaimed(file, entry, layout));
  const isKnown = (file: string): boolean => own.some((companion) => companion.file === file) || layout.isEntry(file);
  const mapped = wellKnown.flatMap((path) => {
    const place = mappedPath(paths, path);
    if (place === undefined) return [];
    return [place, ...walkFiles(files, place)].flatMap((file) =>
      isKnown(file) ? [] : (classify(files, file, false, { on: path + file.slice(place.length) }) ?? []),
    );
  });
  return [...own, ...mapped];
};

/** What kalint.toml says of a machine's files: everything below its root, and what its patterns name whatever its name is. */
export const statedCompanions = (files: ProjectFiles, { root, files: patterns }: StatedNode, { isEntry }: Layout): readonly Companion[] => {
  const named = patterns.flatMap((pattern) => filesMatching(files, pattern)).filter((file) => !isEntry(file));
  const found = new Map<string, Companion>();
  for (const file of new Set(named).values()) {
    const companion = classify(files, file, false, { named: true });
    if (companion !== undefined && found.size < limits.files) found.set(file, companion);
  }
  const below =
    root === undefined
      ? []
      : root === "/"
        ? liveCompanions(files)
        : classifyAll(
            files,
            walkFiles(files, root).filter((file) => !isEntry(file)),
            false,
          );
  return withKnownArguments(files, [...below.filter(({ file }) => !found.has(file)), ...found.values()], root);
};

/** Whether kalint.toml gives a file to another node. */
const isClaimed = (file: string, entry: Entry, { claiming }: Layout): boolean =>
  claiming.some((other) => other !== entry && other.stated?.files.some((pattern) => matchesPath(file, pattern)) === true);

const foundCompanions = (files: ProjectFiles, entry: Entry, layout: Layout): readonly Companion[] => {
  if (entry.root === "/") return liveCompanions(files);
  const { isEntry } = layout;
  const folder = machineFolder(entry, layout);
  if (folder === undefined) {
    const paths =
      entry.root !== undefined && idsShareRoot(entry, layout) ? walkFiles(files, entry.root) : filesBeside(files, entry, layout);
    return withKnownArguments(
      files,
      classifyAll(
        files,
        paths.filter((file) => !isEntry(file)),
        true,
      ),
      entry.root,
    );
  }
  const isOwn = (file: string): boolean => !isEntry(file) && (entry.root !== undefined || !namesAnotherNode(file, entry));
  const own = classifyAll(files, walkFiles(files, folder).filter(isOwn), false);
  return withKnownArguments(
    files,
    [...own, ...classifyAll(files, filesAbove(files, entry, folder, layout, machineFolder), true)],
    entry.root,
  );
};

const liveCompanions = (files: ProjectFiles): readonly Companion[] => {
  const found = classifyAll(
    files,
    wellKnown.flatMap((path) => [path, ...walkFiles(files, path)]),
    false,
  );
  const called = found.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.kind === "run" ? (calledScript(effect)?.path ?? []) : [])),
  );
  const fresh = [...new Set(called)].filter((path) => path.startsWith("/") && !found.some(({ file }) => file === path)).slice(0, 20);
  return withKnownArguments(
    files,
    [...found, ...fresh.flatMap((path) => (isSystemPath(path) ? [] : (classify(files, path, false) ?? [])))],
    "/",
  );
};

const idsShareRoot = ({ file, root }: Entry, { below }: Layout): boolean => below(root!).every((other) => other.file === file);

/** The folder that belongs to this entry alone: its root, or the highest folder without another entry below it. "" is the whole tree. */
export const machineFolder = (entry: Entry, { below, count }: Layout): string | undefined => {
  const free = (folder: string): boolean => below(folder).every((other) => other === entry);
  if (entry.root !== undefined && entry.root !== "") return free(entry.root) ? entry.root : undefined;
  if (entry.root === "" && free("")) return "";
  const own = folderOf(entry.file);
  if (!free(own)) return undefined;
  let folder = own;
  // A machine that is alone in the tree has what lies beside it, not all of it.
  if (count === 1) return own;
  while (folder !== "" && folder !== "/") {
    const parent = folderOf(folder);
    if (parent === "" || !free(parent)) break;
    folder = parent;
  }
  return folder;
};

const classifyAll = (files: ProjectFiles, paths: readonly string[], shared: boolean): readonly Companion[] =>
  paths.slice(0, limits.files).flatMap((file) => classify(files, file, shared) ?? []);

/** What is known of a machine's own addresses; the stated ones first. */
export const ownAddresses = (
  configuration: Configuration | undefined,
  companions: readonly Companion[],
  interfaces: ReadonlyMap<string, StatedInterface> = new Map(),
): readonly OwnAddress[] => {
  const found: OwnAddress[] = [...interfaces].flatMap(([device, { addresses, sites }]) =>
    addresses.map((address, index): OwnAddress => ({ ...address, device, site: sites[index]! })),
  );
  for (const instance of configuration?.instances ?? []) {
    const source = instance.unicastSource;
    if (source?.value !== undefined) found.push({ address: canonicalAddress(source.value), site: source.site });
  }
  for (const { address, site } of configuration?.staticAddresses ?? []) if (address !== undefined) found.push({ address, site });
  // Of a machine without keepalived nothing else holds the addresses that it had.
  const kinds: readonly CompanionKind[] = configuration === undefined ? ["interface", "addresses"] : ["interface"];
  for (const { kind, shared, effects } of companions) if (kinds.includes(kind) && !shared) found.push(...effects.flatMap(boundAddress));
  return found;
};

const boundAddress = (effect: Effect): OwnAddress[] => {
  if (effect.kind !== "address" || effect.action !== "bind" || effect.address?.kind !== "known") return [];
  const device = valueOf(effect.device);
  const prefix = valueOf(effect.prefix);
  // What stands on the loopback device is a service's address, not the machine's.
  if (device === "lo") return [];
  return [
    {
      address: canonicalAddress(effect.address.value),
      site: effect.address.site,
      ...(device === undefined ? {} : { device }),
      ...(prefix === undefined ? {} : { prefix }),
    },
  ];
};
