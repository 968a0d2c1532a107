/** VRRP blocks: instances, sync groups, scripts and what they list. */
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { commandOf } from "./command.ts";
import type { ConfigItem } from "./items.ts";
import type {
  Authentication,
  Notify,
  NotifyEvent,
  SyncGroup,
  TrackEntry,
  Tracking,
  VirtualAddress,
  VrrpInstance,
  VrrpScript,
} from "./model.ts";
import { all, type Flag, flagSetting, numberSetting, one, wordSetting, type Setting } from "./settings.ts";
import { optional } from "./optional.ts";

export const vrrpInstance = (item: ConfigItem): VrrpInstance | undefined => {
  const name = item.args[0];
  if (name === undefined) return undefined;
  return optional({
    kind: "vrrpInstance" as const,
    item,
    name,
    state: wordSetting(effectiveState(item)),
    interface: wordSetting(one(item, "interface")),
    virtualRouterId: numberSetting(one(item, "virtual_router_id")),
    priority: numberSetting(one(item, "priority")),
    advertInterval: numberSetting(one(item, "advert_int")),
    version: numberSetting(one(item, "version")),
    nopreempt: nopreemptFlag(item),
    preemptDelay: numberSetting(one(item, "preempt_delay")),
    authentication: authenticationOf(item),
    virtualAddresses: addressList(all(item, "virtual_ipaddress")),
    excludedAddresses: addressList(all(item, "virtual_ipaddress_excluded")),
    unicastSource: wordSetting(one(item, "unicast_src_ip")),
    unicastPeers: entries(all(item, "unicast_peer")).map((entry) => firstWord(entry)),
    multicastGroup: wordSetting(one(item, "mcast_dst_ip")),
    strict: flagSetting(one(item, "strict_mode")),
    nativeIpv6: flagSetting(one(item, "native_ipv6")),
    useVmac: one(item, "use_vmac") === undefined ? undefined : { value: true, site: one(item, "use_vmac")!.keyword.site },
    notify: notifyOf(item),
    ...trackingOf(item),
  });
};

/** `state BACKUP` behind `state MASTER` is ignored by the daemon: MASTER sticks (grammar facts 6.4). */
const effectiveState = (item: ConfigItem): ConfigItem | undefined => {
  const states = all(item, "state");
  return states.find((state) => state.args[0]?.value === "MASTER") ?? states.at(-1);
};

/** `preempt` takes an earlier `nopreempt` back; the later of the two counts. */
const nopreemptFlag = (item: ConfigItem): Flag | undefined => {
  const last = all(item, "nopreempt", "preempt").at(-1);
  return last?.keyword.value === "nopreempt" ? flagSetting(last) : undefined;
};

const entries = (blocks: readonly ConfigItem[]): readonly ConfigItem[] => blocks.flatMap((block) => block.items);

const firstWord = (entry: ConfigItem): Setting<string> =>
  wordSetting({ ...entry, args: [entry.keyword] }) ?? { value: undefined, site: entry.site };

const authenticationOf = (item: ConfigItem): Authentication | undefined => {
  const block = one(item, "authentication");
  if (block === undefined) return undefined;
  return optional({ item: block, type: wordSetting(one(block, "auth_type")), password: wordSetting(one(block, "auth_pass")) });
};

export const addressList = (blocks: readonly ConfigItem[]): readonly VirtualAddress[] => entries(blocks).map(virtualAddress);

const virtualAddress = (item: ConfigItem): VirtualAddress => {
  const text = item.keyword.value;
  const parsed = parseAddress(text);
  const deviceAt = item.args.findIndex((word) => word.value === "dev");
  const device = deviceAt < 0 ? undefined : item.args[deviceAt + 1];
  return optional({
    item,
    text,
    site: item.keyword.site,
    address: parsed?.text,
    family: parsed?.family,
    prefix: parsed?.prefix,
    device,
  });
};

const trackBlocks = {
  trackScripts: ["track_script"],
  trackInterfaces: ["track_interface"],
  trackFiles: ["track_file", "vrrp_track_file"],
  trackProcesses: ["track_process"],
  trackBfds: ["track_bfd"],
} as const;

const trackingOf = (item: ConfigItem): Tracking => ({
  trackScripts: trackEntries(item, trackBlocks.trackScripts),
  trackInterfaces: trackEntries(item, trackBlocks.trackInterfaces),
  trackFiles: trackEntries(item, trackBlocks.trackFiles),
  trackProcesses: trackEntries(item, trackBlocks.trackProcesses),
  trackBfds: trackEntries(item, trackBlocks.trackBfds),
});

const trackEntries = (item: ConfigItem, names: readonly string[]): readonly TrackEntry[] =>
  entries(all(item, ...names)).map((entry) => {
    const at = entry.args.findIndex((word) => word.value === "weight");
    const word = at < 0 ? undefined : entry.args[at + 1];
    const weight = word === undefined ? undefined : weightOf(word.value);
    return optional({
      item: entry,
      name: firstWord(entry),
      weight: word === undefined || weight === "wrong" ? undefined : { value: weight, site: word.site },
      reverse: entry.args.some(({ value }) => value === "reverse"),
    });
  });

const weightOf = (text: string): number | undefined | "wrong" => {
  if (/^[+-]?\d{1,6}$/u.test(text)) return Number(text);
  return text.includes("$") || text.includes("{") ? undefined : "wrong";
};

const notifyEvents: Readonly<Record<string, NotifyEvent>> = {
  notify_master: "master",
  notify_backup: "backup",
  notify_fault: "fault",
  notify_stop: "stop",
  notify_deleted: "deleted",
  notify_master_rx_lower_pri: "master-rx-lower-priority",
  notify: "any",
};

const notifyOf = (item: ConfigItem): readonly Notify[] =>
  item.items.flatMap((child) => {
    const event = notifyEvents[child.keyword.value];
    const command = event === undefined ? undefined : commandOf(child);
    return event === undefined || command === undefined ? [] : [{ event, command }];
  });

export const syncGroup = (item: ConfigItem): SyncGroup | undefined => {
  const name = item.args[0];
  if (name === undefined) return undefined;
  return optional({
    kind: "syncGroup" as const,
    item,
    name,
    members: entries(all(item, "group")).map(firstWord),
    trackingWeight: flagSetting(one(item, "sync_group_tracking_weight")),
    notify: notifyOf(item),
    ...trackingOf(item),
  });
};

export const vrrpScript = (item: ConfigItem): VrrpScript | undefined => {
  const name = item.args[0];
  if (name === undefined) return undefined;
  return optional({
    kind: "vrrpScript" as const,
    item,
    name,
    command: commandOf(one(item, "script")),
    interval: numberSetting(one(item, "interval")),
    timeout: numberSetting(one(item, "timeout")),
    weight: numberSetting(one(item, "weight")),
    rise: numberSetting(one(item, "rise")),
    fall: numberSetting(one(item, "fall")),
    user: wordSetting(one(item, "user")),
  });
};
