/** LVS blocks: virtual servers, real servers, checkers, virtual server groups. */
import { commandOf } from "./command.ts";
import type { ConfigItem } from "./items.ts";
import type { Checker, RealServer, ServiceAddress, VirtualServer, VirtualServerGroup } from "./model.ts";
import { optional } from "./optional.ts";
import { all, numberSetting, one, wordSetting, type Setting } from "./settings.ts";

export const virtualServer = (item: ConfigItem): VirtualServer | undefined => {
  const service = serviceAddress(item.args.length === 0 ? undefined : item, item.args);
  if (service === undefined) return undefined;
  const sorry = one(item, "sorry_server");
  return optional({
    kind: "virtualServer" as const,
    item,
    service,
    scheduler: wordSetting(one(item, "lb_algo", "lvs_sched")),
    forwarding: wordSetting(one(item, "lb_kind", "lvs_method")),
    protocol: wordSetting(one(item, "protocol")),
    persistence: one(item, "persistence_timeout"),
    delayLoop: numberSetting(one(item, "delay_loop")),
    quorum: numberSetting(one(item, "quorum")),
    quorumUp: commandOf(one(item, "quorum_up")),
    quorumDown: commandOf(one(item, "quorum_down")),
    realServers: all(item, "real_server").flatMap((child) => realServer(child) ?? []),
    sorryServer: sorry?.args[0] === undefined ? undefined : optional({ address: wordSetting(sorry)!, port: portSetting(sorry, 1) }),
  });
};

/** The words behind `virtual_server`, or a line of a group: `ADDRESS PORT`, `fwmark N`, `group NAME`. */
const serviceAddress = (item: ConfigItem | undefined, words: ConfigItem["args"]): ServiceAddress | undefined => {
  const [first, second] = words;
  if (item === undefined || first === undefined) return undefined;
  const header: ConfigItem = { ...item, args: words };
  if (first.value === "fwmark") return optional({ kind: "fwmark" as const, mark: plainNumber(header, 1), site: (second ?? first).site });
  if (first.value === "group") return optional({ kind: "group" as const, name: wordSetting(header, 1), site: (second ?? first).site });
  return optional({ kind: "address" as const, address: wordSetting(header)!, port: portSetting(header, 1), site: first.site });
};

/** A whole number whatever the vocabulary says about its place. */
const plainNumber = (item: ConfigItem, index: number): Setting<number> | undefined => {
  const word = wordSetting(item, index);
  if (word === undefined) return undefined;
  if (word.value === undefined) return { value: undefined, site: word.site };
  return /^\+?\d{1,10}$/u.test(word.value) ? { value: Number(word.value), site: word.site } : undefined;
};

const portSetting = (item: ConfigItem, index: number): Setting<number> | undefined => plainNumber(item, index);

const realServer = (item: ConfigItem): RealServer | undefined => {
  const address = wordSetting(item);
  if (address === undefined) return undefined;
  return optional({
    kind: "realServer" as const,
    item,
    address,
    port: portSetting(item, 1),
    weight: numberSetting(one(item, "weight")),
    forwarding: wordSetting(one(item, "lb_kind", "lvs_method")),
    notifyUp: commandOf(one(item, "notify_up")),
    notifyDown: commandOf(one(item, "notify_down")),
    checkers: item.items.filter((child) => child.kind === "block" && /_(?:CHECK|GET)$/u.test(child.keyword.value)).map(checker),
  });
};

const checker = (item: ConfigItem): Checker =>
  optional({
    kind: "checker" as const,
    item,
    type: item.keyword,
    connectAddress: wordSetting(one(item, "connect_ip")),
    connectPort: numberSetting(one(item, "connect_port")),
    connectTimeout: numberSetting(one(item, "connect_timeout")),
    command: commandOf(one(item, "misc_path")),
  });

export const virtualServerGroup = (item: ConfigItem): VirtualServerGroup | undefined => {
  const name = item.args[0];
  if (name === undefined) return undefined;
  return {
    kind: "virtualServerGroup",
    item,
    name,
    entries: item.items.flatMap((line) => serviceAddress(line, [line.keyword, ...line.args]) ?? []),
  };
};
