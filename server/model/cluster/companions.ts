/** The other files of a machine that say something: init scripts, firewall dumps, sysctl and interface files, haproxy.cfg. */
import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "../effects/iptables-save.ts";
import { readHaproxy } from "../effects/haproxy.ts";
import { readIfcfg } from "../effects/ifcfg.ts";
import { effectsOfSysctlConf } from "../effects/sysctl-conf.ts";
import type { Effect, RunEffect } from "../effects/types.ts";
import type { Configuration } from "../node/model.ts";
import type { Entry } from "./discover.ts";
import { baseName, folderOf, isBelow, joinPath, walkFiles, type ProjectFiles } from "./files.ts";
import type { Companion, OwnAddress } from "./model.ts";
import { isShell, scriptFile } from "./scripts.ts";

/** On a live host only these places are looked at, never the whole root. */
const wellKnown = [
  "/etc/sysctl.conf",
  "/etc/sysctl.d",
  "/etc/iptables/rules.v4",
  "/etc/iptables/rules.v6",
  "/etc/sysconfig/iptables",
  "/etc/haproxy/haproxy.cfg",
  "/etc/rc.local",
  "/etc/rc.d/rc.local",
  "/etc/sysconfig/network-scripts",
];

const limits = { files: 2000, bytes: 1_000_000 };

/** Companion files of an entry: of its root or own folder, and those of a folder it shares with other entries. */
export const companionsIn = (files: ProjectFiles, entry: Entry, entries: readonly Entry[]): readonly Companion[] => {
  if (entry.root === "/") return classifyAll(files, wellKnown.flatMap((path) => [path, ...walkFiles(files, path)]), false, "/");
  const folder = machineFolder(entry, entries);
  if (folder !== undefined) return classifyAll(files, walkFiles(files, folder).filter((file) => !entries.some((other) => other.file === file)), false, entry.root);
  return classifyAll(files, sharedFiles(files, entry, entries), true, undefined);
};

/** The folder that belongs to this entry alone: its root, or the highest folder without another entry below it. */
export const machineFolder = (entry: Entry, entries: readonly Entry[]): string | undefined => {
  if (entry.root !== undefined && entry.root !== "") return entries.some((other) => other.file !== entry.file && isBelow(other.file, entry.root!)) ? undefined : entry.root;
  const own = folderOf(entry.file);
  const others = entries.filter((other) => other.file !== entry.file);
  if (entries.some((other) => other !== entry && other.file === entry.file)) return undefined;
  if (others.some((other) => folderOf(other.file) === own)) return undefined;
  let folder = own;
  while (folder !== "" && folder !== "/" && others.length > 0) {
    const parent = folderOf(folder);
    if (parent === "" || others.some((other) => isBelow(other.file, parent))) break;
    folder = parent;
  }
  return others.some((other) => isBelow(other.file, folder)) ? undefined : folder;
};

/** Files beside several entries: those whose name carries this entry's own token, and those that carry nobody's. */
const sharedFiles = (files: ProjectFiles, entry: Entry, entries: readonly Entry[]): readonly string[] => {
  const folder = folderOf(entry.file);
  const siblings = entries.filter((other) => folderOf(other.file) === folder);
  const tokens = siblings.map((other) => other.configId ?? tokenOf(other.file));
  const mine = entry.configId ?? tokenOf(entry.file);
  return files
    .list(folder)
    .filter(({ kind }) => kind === "file")
    .map(({ name }) => joinPath(folder, name))
    .filter((file) => !entries.some((other) => other.file === file))
    .filter((file) => {
      const words = baseName(file).toLowerCase().split(/[^a-z0-9]+/u);
      const claimed = tokens.filter((token) => token !== "" && words.includes(token.toLowerCase()));
      return claimed.length === 0 || claimed.includes(mine);
    });
};

const tokenOf = (file: string): string =>
  baseName(file).toLowerCase().replace(/keepalived?|\.conf|\.cfg/gu, "").replace(/^[-._]+|[-._]+$/gu, "");

const classifyAll = (files: ProjectFiles, paths: readonly string[], shared: boolean, root: string | undefined): readonly Companion[] => {
  const found = paths.slice(0, limits.files).flatMap((file) => classify(files, file, shared) ?? []);
  return withKnownArguments(found, root);
};

/** What one file is, and what it says; undefined for files that say nothing here. */
export const classify = (files: ProjectFiles, file: string, shared: boolean): Companion | undefined => {
  const name = baseName(file);
  const interesting =
    /\.(?:sh|bash|rules|nft|save|v4|v6|fw)$/iu.test(name) ||
    !name.includes(".") ||
    /iptables|ip6tables|firewall|sysctl|haproxy|ifcfg-|rc\.local/iu.test(file) ||
    /(?:^|\/)init\.d\//u.test(file);
  if (!interesting || /readme|license|makefile|dockerfile|vagrantfile/iu.test(name)) return undefined;
  const got = files.read(file);
  if (got.kind !== "text" || got.text.length > limits.bytes) return undefined;
  const { text } = got;
  if (/^ifcfg-(?!.*\.bak)/u.test(name)) {
    const read = readIfcfg(text, file);
    return { kind: "interface", file, shared, effects: read.effects, ...(read.gateway === undefined ? {} : { gateway: read.gateway }) };
  }
  if (/haproxy.*\.cfg$/iu.test(name)) return { kind: "haproxy", file, shared, effects: [], binds: readHaproxy(text, file).binds };
  if (/sysctl(?:\.d\/|.*\.conf$)/iu.test(file)) return { kind: "sysctl", file, shared, effects: effectsOfSysctlConf(text, file) };
  if (looksLikeIptablesSave(text)) return { kind: "iptables-save", file, shared, effects: effectsOfIptablesSave(text, file) };
  if (!isShell(file, text) && !isCommandList(text)) return undefined;
  const script = scriptFile(file, text);
  return { kind: "script", file, shared, effects: script.effects.effects, script };
};

/** A file of nothing but iptables or ipvsadm commands, without a shebang. */
const isCommandList = (text: string): boolean => /^(?:\s|#[^\n]*\n)*(?:\S*\/)?(?:ip6?tables|ipvsadm|nft)[ \t]/u.test(text.slice(0, 4000));

/** Scripts that another script of the machine calls (rc.local: `sh /root/rs.sh 10.0.0.100 start`) are read again with its arguments. */
const withKnownArguments = (companions: readonly Companion[], root: string | undefined): readonly Companion[] => {
  if (companions.length < 2) return companions;
  const calls = companions.flatMap(({ file, effects }) => effects.flatMap((effect) => (effect.kind === "run" ? callOf(effect, file) : [])));
  if (calls.length === 0) return companions;
  return companions.map((companion) => {
    if (companion.script === undefined) return companion;
    const call = calls.find(({ by, path }) => by !== companion.file && samePath(path, companion.file, root));
    if (call === undefined) return companion;
    const script = scriptFile(companion.file, companion.script.text, call.args);
    return { ...companion, script, effects: script.effects.effects };
  });
};

const callOf = (effect: RunEffect, by: string): { readonly by: string; readonly path: string; readonly args: readonly (string | undefined)[] }[] => {
  const words = [effect.name, ...effect.arguments].map((word) => (word.kind === "known" ? word.value : undefined));
  const start = words[0] !== undefined && /(?:^|\/)(?:ba|da)?sh$/u.test(words[0]) ? 1 : 0;
  const path = words[start];
  return path === undefined || !path.includes("/") ? [] : [{ by, path, args: words.slice(start + 1) }];
};

const samePath = (path: string, file: string, root: string | undefined): boolean =>
  root === undefined ? baseName(path) === baseName(file) : joinPath(root, path) === file;

/** What is known of a machine's own addresses. */
export const ownAddresses = (configuration: Configuration | undefined, companions: readonly Companion[]): readonly OwnAddress[] => {
  const found: OwnAddress[] = [];
  for (const instance of configuration?.instances ?? []) {
    const source = instance.unicastSource;
    if (source?.value !== undefined) found.push({ address: canonicalAddress(source.value), site: source.site });
  }
  for (const { address, site } of configuration?.staticAddresses ?? []) if (address !== undefined) found.push({ address, site });
  for (const { kind, effects } of companions) if (kind === "interface") found.push(...effects.flatMap(boundAddress));
  return found;
};

const boundAddress = (effect: Effect): OwnAddress[] => {
  if (effect.kind !== "address" || effect.action !== "bind" || effect.address?.kind !== "known") return [];
  const device = effect.device?.kind === "known" ? effect.device.value : undefined;
  const prefix = effect.prefix?.kind === "known" ? effect.prefix.value : undefined;
  return [
    {
      address: canonicalAddress(effect.address.value),
      site: effect.address.site,
      ...(device === undefined ? {} : { device }),
      ...(prefix === undefined ? {} : { prefix }),
    },
  ];
};

