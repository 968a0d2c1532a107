/** What one file of a machine is, and what it says. */
import { readHaproxy } from "../effects/haproxy.ts";
import { effectsOfFirewalldDirect, effectsOfFirewalldZone, looksLikeFirewalldZone } from "../effects/firewalld.ts";
import { readIfcfg, type InterfaceConfig } from "../effects/ifcfg.ts";
import { looksLikeInterfaces, readInterfaces } from "../effects/interfaces.ts";
import { effectsOfIpAddr } from "../effects/ip-addr.ts";
import { effectsOfIptablesSave, looksLikeIptablesSave } from "../effects/iptables-save.ts";
import { effectsOfIpvsadmSave, looksLikeIpvsadmSave } from "../effects/ipvsadm-save.ts";
import { known } from "../effects/known.ts";
import { effectsOfNftRuleset, looksLikeNftRuleset } from "../effects/nft-ruleset.ts";
import { effectsOfSysctlConf } from "../effects/sysctl-conf.ts";
import type { AddressEffect, Effect } from "../effects/types.ts";
import { isCollected } from "./collected.ts";
import { baseName, type ProjectFiles } from "./files.ts";
import { isNetplan } from "./formats.ts";
import type { Companion } from "./model.ts";
import { isShell, scriptFile } from "./scripts.ts";
import { sourcedFrom } from "./sourced.ts";
import { treeOf } from "./trees.ts";

const maxBytes = 1_000_000;

const isZone = (path: string): boolean => /(?:^|\/)zones\/[^/]+\.xml$/u.test(path);
const isDebianInterfaces = (path: string): boolean => /(?:^|\/)(?:network\/)?interfaces(?:\.d\/[^/]+)?$/u.test(path);

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
  const isKnownPlace = (isNetplan(on) || isZone(on)) && !leftover.test(name);
  if (
    !named &&
    !isKnownPlace &&
    (!interesting ||
      leftover.test(name) ||
      /readme|license|makefile|dockerfile|vagrantfile|\.(?:md|ya?ml|json|html?|txt|py|service)$/iu.test(name))
  )
    return undefined;
  const got = files.read(file);
  if (got.kind !== "text" || got.text.length > maxBytes) return undefined;
  const { text } = got;
  if (name.startsWith("ifcfg-")) return interfaceCompanion(file, shared, [withDevice(readIfcfg(text, file), name)]);
  if (isNetplan(on)) {
    const read = files.formats?.netplan?.(text, file);
    return read === undefined ? undefined : interfaceCompanion(file, shared, read);
  }
  if (isDebianInterfaces(on) && looksLikeInterfaces(text)) {
    const { interfaces, effects } = readInterfaces(text, file);
    return interfaceCompanion(file, shared, interfaces, effects);
  }
  if (isCollected(on) && name === "addresses") return { kind: "addresses", file, shared, effects: effectsOfIpAddr(text, file) };
  if (/haproxy.*\.cfg$/iu.test(name)) return { kind: "haproxy", file, shared, effects: [], haproxy: readHaproxy(text, file) };
  if (isZone(on))
    return looksLikeFirewalldZone(text) ? { kind: "firewalld", file, shared, effects: effectsOfFirewalldZone(text, file) } : undefined;
  if (/(?:^|\/)firewalld\/direct\.xml$/u.test(on))
    return { kind: "firewalld", file, shared, effects: effectsOfFirewalldDirect(text, file) };
  if (/sysctl(?:\.d\/|.*\.conf$)/iu.test(on)) return { kind: "sysctl", file, shared, effects: effectsOfSysctlConf(text, file) };
  // A script may hold a dump; `#!/sbin/iptables-restore` begins one.
  if (looksLikeIptablesSave(text) && !(text.startsWith("#!") && isShell(file, text)))
    return { kind: "iptables-save", file, shared, effects: effectsOfIptablesSave(text, file) };
  if (!isShell(file, text) && looksLikeNftRuleset(text))
    return { kind: "nftables", file, shared, effects: effectsOfNftRuleset(text, file) };
  if (!isShell(file, text) && looksLikeIpvsadmSave(text))
    return { kind: "ipvsadm", file, shared, effects: effectsOfIpvsadmSave(text, file) };
  if (!isShell(file, text) && !isCommandList(text) && !isUnnamedScript(name, text)) return undefined;
  const script = scriptFile(file, text, treeOf(got), { sourced: sourcedFrom(files, file, undefined) });
  return { kind: "script", file, shared, effects: script.effects.effects, script };
};

/** Without DEVICE the name of the file tells the device. */
const withDevice = (read: InterfaceConfig, name: string): InterfaceConfig =>
  read.device === undefined
    ? { ...read, device: { value: name.slice("ifcfg-".length).replace(/-range[0-9]+$/u, ""), site: read.site } }
    : read;

const interfaceCompanion = (
  file: string,
  shared: boolean,
  interfaces: readonly InterfaceConfig[],
  effects: readonly Effect[] = [],
): Companion => {
  const gateway = interfaces.find((one) => one.gateway !== undefined)?.gateway;
  return {
    kind: "interface",
    file,
    shared,
    effects: [...interfaces.flatMap(boundBy), ...effects],
    ...(gateway === undefined ? {} : { gateway }),
  };
};

const boundBy = ({ device, addresses }: InterfaceConfig): readonly AddressEffect[] => {
  const plain = device?.value.split(":")[0];
  return addresses.map(({ address, prefix }) => ({
    kind: "address",
    action: "bind",
    ...(device === undefined || plain === undefined ? {} : { device: known(plain, device.site) }),
    ...(device === undefined || plain === device.value ? {} : { label: known(device.value, device.site) }),
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
