/** Machines that take packets for a service's address themselves (direct routing, tunnel): what they bind, and what they do about ARP. */
import type { Site } from "../../../grammar/text.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { onOnePath, valueOf } from "../effects/known.ts";
import type { AddressEffect, Effect, SysctlEffect } from "../effects/types.ts";
import { addressOf, factFiles, isComplete, isQuietDevice, managedAddresses, type FactFile } from "./facts.ts";
import { forwardingOf, serviceKey } from "./lvs.ts";
import type { ClusterModel, NodeModel } from "./model.ts";
import { remembered } from "../node/remembered.ts";

/** An address that real servers must have, because the director leaves it in the packets. */
export interface DirectAddress {
  readonly address: string;
  readonly family: 4 | 6;
  /** Where the service, or for a fwmark service the virtual address, is written. */
  readonly site: Site;
}

export interface DirectServices {
  readonly addresses: ReadonlyMap<string, DirectAddress>;
  /** Addresses of their real servers. */
  readonly servers: ReadonlySet<string>;
  /** False where an address of a service cannot be known. */
  readonly complete: boolean;
}

/** The services of a cluster that forward without translation. The addresses of a fwmark service are those that keepalived moves. */
export const directServices = remembered((cluster: ClusterModel): DirectServices => {
  const addresses = new Map<string, DirectAddress>();
  const servers = new Set<string>();
  let complete = true;
  const add = (text: string | undefined, site: Site): void => {
    const parsed = text === undefined ? undefined : parseAddress(text);
    if (text === undefined || parsed === undefined) complete = false;
    else if (!addresses.has(parsed.text)) addresses.set(parsed.text, { address: parsed.text, family: parsed.family, site });
  };
  for (const node of cluster.nodes) {
    for (const server of node.configuration?.virtualServers ?? []) {
      const direct = server.realServers.filter((real) => ["direct", "tunnel"].includes(forwardingOf(server, real) ?? ""));
      if (direct.length === 0) continue;
      for (const { address } of direct) if (address.value !== undefined) servers.add(canonicalAddress(address.value));
      const { service } = server;
      if (service.kind === "address") add(service.address.value, service.address.site);
      else if (service.kind === "fwmark") for (const [address, { site }] of managedAddresses(cluster, node)) add(address, site);
      else complete = false;
    }
    for (const { effects } of factFiles(node)) {
      for (const effect of effects) {
        if (
          effect.kind !== "ipvs" ||
          effect.action !== "add-server" ||
          (effect.forwarding !== undefined && valueOf(effect.forwarding) === "nat")
        )
          continue;
        const key = serviceKey(effect.service);
        const server = valueOf(effect.server?.address);
        if (server !== undefined) servers.add(canonicalAddress(server));
        if (key?.kind === "address") add(key.address, effect.site);
        else complete = false;
      }
    }
  }
  return { addresses, servers, complete };
});

/** An address on a device that does not announce it by itself, with the file that puts it there. */
export interface QuietBinding {
  readonly file: FactFile;
  readonly effect: AddressEffect;
  /** Canonical; undefined when it cannot be known. */
  readonly address: string | undefined;
}

/** Every address that a machine's files put on lo, dummy and tunnel devices, 127.0.0.0/8 left out. */
export const quietBindings = (node: NodeModel): readonly QuietBinding[] =>
  factFiles(node).flatMap((file) =>
    file.effects.flatMap((effect): QuietBinding[] => {
      if (effect.kind !== "address" || effect.action !== "bind" || !isQuietDevice(valueOf(effect.device) ?? "")) return [];
      const address = addressOf(effect);
      return address?.startsWith("127.") === true ? [] : [{ file, effect, address }];
    }),
  );

export type ArpKey = "arp_ignore" | "arp_announce";

export interface ArpSetting {
  readonly file: FactFile;
  readonly effect: SysctlEffect;
  readonly key: ArpKey;
  /** all, default, lo, eth0, … */
  readonly device: string;
  readonly value: number | undefined;
}

/** What the files of a machine set, in the order of the files. */
export const arpSettings = (node: NodeModel): readonly ArpSetting[] =>
  factFiles(node).flatMap((file) =>
    file.effects.flatMap((effect): ArpSetting[] => {
      const match =
        effect.kind === "sysctl"
          ? /^net\.ipv4\.conf\.(?<device>[^.]+)\.(?<key>arp_ignore|arp_announce)$/u.exec(valueOf(effect.name) ?? "")
          : null;
      if (match?.groups === undefined || effect.kind !== "sysctl") return [];
      const text = valueOf(effect.value);
      return [
        {
          file,
          effect,
          key: match.groups["key"] as ArpKey,
          device: match.groups["device"]!,
          value: text !== undefined && /^\d+$/u.test(text.trim()) ? Number(text) : undefined,
        },
      ];
    }),
  );

/**
 * Values that keep a machine from answering for an address on lo, and from asking in its name. measured: arp_ignore 1, 2
 * and 8 keep silent, 3 and the reserved values answer; arp_announce 2 asks with the interface's own address, 1 does not.
 */
export const isQuiet = (key: ArpKey, value: number): boolean =>
  key === "arp_ignore" ? value === 1 || value === 2 || value === 8 : value >= 2;

/** "quiet", "heard", or "unknown" where something sets it that cannot be seen. */
export type ArpJudgement = "quiet" | "heard" | "unknown";

/**
 * What holds for a setting while an address is bound: the larger of `all` and the interface the question comes in on
 * (measured: the value of `lo` is never asked). Settings of the same script count where they happen in the same run, those
 * of other scripts unless they belong to `stop`.
 */
export const arpJudgement = (node: NodeModel, key: ArpKey, binding: QuietBinding | undefined): ArpJudgement => {
  const settings = arpSettings(node).filter((setting) => setting.key === key && counts(setting, binding));
  const outward = settings.filter(({ device }) => device !== "lo" && !/^(?:dummy|tunl)\d*$/u.test(device));
  if (outward.some(({ value, effect }) => value === undefined && effect.value.kind === "unknown")) return "unknown";
  const last = new Map<string, number>();
  for (const { device, file, value } of outward) if (value !== undefined) last.set(`${device} ${file.file}`, value);
  if ([...last.values()].some((value) => isQuiet(key, value))) return "quiet";
  const seen = binding === undefined ? factFiles(node) : [binding.file];
  if (
    factFiles(node).some(
      ({ effects, script }) => effects.some(hidesSettings) || (script !== undefined && writesUnseen(script.text, key, settings)),
    )
  )
    return "unknown";
  // `sysctl -p` of a file that is not here: only a script that sets nothing itself relies on it.
  const own = arpSettings(node).some(({ file }) => binding !== undefined && file.file === binding.file.file);
  if (
    !own &&
    seen.some(({ effects }) => effects.some(loadsSettings)) &&
    !node.companions.some(({ kind, file }) => kind === "sysctl" && file.endsWith("sysctl.conf"))
  )
    return "unknown";
  return seen.every(({ script }) => script === undefined || isComplete(script)) ? "heard" : "unknown";
};

const counts = (setting: ArpSetting, binding: QuietBinding | undefined): boolean => {
  if (binding !== undefined && setting.file.file === binding.file.file) return onOnePath(setting.effect, binding.effect);
  return !setting.effect.path.some((step) => step.kind === "branch" && step.values?.every((value) => value === "stop") === true);
};

/** Names or devices that cannot be known, and other means against ARP: arptables, `ifconfig eth0 -arp`, `ip link set … arp off`. */
const hidesSettings = (effect: Effect): boolean => {
  if (effect.kind === "sysctl") return effect.name.kind === "unknown";
  if (effect.kind === "load") return effect.what === "arptables";
  return effect.kind === "arp-filter" || (effect.kind === "link" && effect.action === "arp-off");
};

/** `for i in /proc/sys/net/ipv4/conf/…/arp_ignore` over all interfaces, or the setting by a way that gives no effect: the script speaks of it, and what it does cannot be known. */
const writesUnseen = (text: string, key: ArpKey, settings: readonly ArpSetting[]): boolean => {
  const shown = text.replace(/^[ \t]*#.*$/gmu, "");
  return shown.includes(key) && (/conf\/(?:\*|\$\{?\w+\}?)\/arp_/u.test(shown) || !settings.some(({ file }) => file.script?.text === text));
};

const loadsSettings = (effect: Effect): boolean => effect.kind === "load" && effect.what === "sysctl";
