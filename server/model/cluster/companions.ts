/** The other files of a machine that say something: init scripts, firewall dumps, sysctl and interface files, haproxy.cfg. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "../effects/iptables-save.ts";
import { readHaproxy } from "../effects/haproxy.ts";
import { readIfcfg, type InterfaceConfig } from "../effects/ifcfg.ts";
import { known, valueOf } from "../effects/known.ts";
import { effectsOfNftRuleset, looksLikeNftRuleset } from "../effects/nft-ruleset.ts";
import { effectsOfSysctlConf } from "../effects/sysctl-conf.ts";
import type { AddressEffect, Effect } from "../effects/types.ts";
import type { Configuration } from "../node/model.ts";
import { calledScript, withKnownArguments } from "./calls.ts";
import type { Entry } from "./discover.ts";
import { baseName, folderOf, walkFiles, type ProjectFiles } from "./files.ts";
import type { Layout } from "./layout.ts";
import type { Companion, OwnAddress } from "./model.ts";
import { isShell, isSystemPath, scriptFile } from "./scripts.ts";
import { filesMatching, matchesPath } from "./patterns.ts";
import { filesAbove, filesBeside, namesAnotherNode } from "./shared-files.ts";
import { sourcedFrom } from "./sourced.ts";
import { mappedPath, type PathMap, type StatedInterface, type StatedNode } from "./stated.ts";

/** On a live host only these places are looked at, and the scripts that rc.local calls; never the whole root. */
const wellKnown = [
  "/etc/sysctl.conf",
  "/etc/sysctl.d",
  "/etc/iptables",
  "/etc/iptables.rules",
  "/etc/sysconfig/iptables",
  "/etc/sysconfig/ip6tables",
  "/etc/nftables.conf",
  "/etc/haproxy/haproxy.cfg",
  "/etc/rc.local",
  "/etc/rc.d/rc.local",
  "/etc/sysconfig/network-scripts",
];

const limits = { files: 2000, bytes: 1_000_000 };

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

const leftover = /(?:\.(?:bak|orig|old|rpmnew|rpmsave|rpmorig|dpkg-\w+|swp|sample|example)|~)$/iu;

/**
 * What one file is, and what it says; undefined for files that say nothing here. `named`: somebody says that it is one, so
 * its name does not matter. `on`: its path on the machine, when that tells more than its name in the tree.
 */
export const classify = (
  files: ProjectFiles,
  file: string,
  shared: boolean,
  { named = false, on = file }: { readonly named?: boolean; readonly on?: string } = {},
): Companion | undefined => {
  const name = baseName(on);
  const interesting =
    /\.(?:sh|bash|rules|nft|save|v4|v6|fw)$/iu.test(name) ||
    !name.includes(".") ||
    /iptables|ip6tables|nftables|firewall|sysctl|haproxy|ifcfg-|rc\.local/iu.test(on) ||
    /(?:^|\/)init\.d\//u.test(on);
  if (
    !named &&
    (!interesting ||
      leftover.test(name) ||
      /readme|license|makefile|dockerfile|vagrantfile|\.(?:md|ya?ml|json|html?|txt|py|service)$/iu.test(name))
  )
    return undefined;
  const got = files.read(file);
  if (got.kind !== "text" || got.text.length > limits.bytes) return undefined;
  const { text } = got;
  if (name.startsWith("ifcfg-")) {
    const read = readIfcfg(text, file);
    return {
      kind: "interface",
      file,
      shared,
      effects: interfaceEffects(read, name),
      ...(read.gateway === undefined ? {} : { gateway: read.gateway }),
    };
  }
  if (/haproxy.*\.cfg$/iu.test(name)) {
    const binds = readHaproxy(text, file).binds.map(({ address, port }) => ({
      address,
      ...(port === undefined ? {} : { port: port.value }),
    }));
    return { kind: "haproxy", file, shared, effects: [], binds };
  }
  if (/sysctl(?:\.d\/|.*\.conf$)/iu.test(on)) return { kind: "sysctl", file, shared, effects: effectsOfSysctlConf(text, file) };
  // A script may hold a dump; `#!/sbin/iptables-restore` begins one.
  if (looksLikeIptablesSave(text) && !(text.startsWith("#!") && isShell(file, text)))
    return { kind: "iptables-save", file, shared, effects: effectsOfIptablesSave(text, file) };
  if (!isShell(file, text) && looksLikeNftRuleset(text))
    return { kind: "nftables", file, shared, effects: effectsOfNftRuleset(text, file) };
  if (!isShell(file, text) && !isCommandList(text) && !isUnnamedScript(name, text)) return undefined;
  const script = scriptFile(file, text, { sourced: sourcedFrom(files, file, undefined) });
  return { kind: "script", file, shared, effects: script.effects.effects, script };
};

/** The addresses of an interface file; without DEVICE its name tells the device. */
const interfaceEffects = ({ device, addresses, site }: InterfaceConfig, name: string): readonly AddressEffect[] => {
  const label = device ?? { value: name.slice("ifcfg-".length), site };
  const plain = label.value.split(":")[0]!;
  return addresses.map(({ address, prefix }) => ({
    kind: "address",
    action: "bind",
    device: known(plain, label.site),
    ...(plain === label.value ? {} : { label: known(label.value, label.site) }),
    address: known(address.value, address.site),
    ...(prefix === undefined ? {} : { prefix: known(prefix.value, prefix.site) }),
    replaces: false,
    site: address.site,
    command: address.site,
    path: [],
  }));
};

/** A file of nothing but iptables or ipvsadm commands, without a shebang. */
const isCommandList = (text: string): boolean => /^(?:\s|#[^\n]*\n)*(?:\S*\/)?(?:ip6?tables|ipvsadm|nft)[ \t]/u.test(text.slice(0, 4000));

/** An init script whose first line was lost: no shebang, no ending, but a `case` over an argument. Notes that quote a script begin with prose. */
const isUnnamedScript = (name: string, text: string): boolean =>
  !name.includes(".") &&
  !text.startsWith("#!") &&
  /^(?:\s|#[^\n]*\n)*(?:[A-Za-z_]\w*=|case[ \t]|(?:\.|source)[ \t]+\/)/u.test(text.slice(0, 4000)) &&
  /^[ \t]*case[ \t]+"?\$/mu.test(text) &&
  /^[ \t]*esac\b/mu.test(text);

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
  for (const { kind, shared, effects } of companions) if (kind === "interface" && !shared) found.push(...effects.flatMap(boundAddress));
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
