import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { Site } from "../../../grammar/text.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { blockTitle, didYouMean, logNote, shown } from "../../analysis/wording.ts";
import { addressOf, factFiles } from "../../model/cluster/facts.ts";
import type { ClusterModel, NodeModel } from "../../model/cluster/model.ts";
import { walkItems } from "../../model/node/items.ts";
import { hasUnreadIncludes, isFragment, isTemplate, mayHoldMore } from "../../model/node/lost.ts";
import type { Configuration, ServiceAddress } from "../../model/node/model.ts";
import { isSampleService } from "../../model/node/sample.ts";

/** Looking for near names takes time; who has more unknown groups than this has other troubles. */
const mostLooked = 50;

export default defineRule({
  id: "virtual-server-not-a-vip",
  summary: "A service whose address nobody brings up on this node, or whose group has none: no packet reaches it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/ipwrapper.c:1217", "keepalived v2.4.3 keepalived/check/check_parser.c:135"],
  subject: "configuration",

  *check(configuration, { node, cluster }) {
    if (isTemplate(configuration) || hasUnreadIncludes(configuration)) return;
    yield* groupsWithoutAddress(configuration);
    // Without VRRP the addresses come from somewhere else.
    if (configuration.instances.length === 0 || isFragment(configuration)) return;
    // A lost brace may hide the list that has it.
    if (configuration.tree.problems.some(({ kind }) => kind === "extra-close" || kind === "unclosed-block")) return;
    const held = heldAddresses(configuration, node, cluster);
    if (held === undefined) return;
    for (const { address, site, where } of servedAddresses(configuration))
      if (!held.has(address))
        yield {
          at: site,
          message: `${where} serves ${address}, which no vrrp_instance brings up: packets for it only come when something else does`,
        };
  },
});

/** Groups that are empty or not there: the daemon drops them with the services that name them. */
function* groupsWithoutAddress(configuration: Configuration): Generator<RuleFinding> {
  const { virtualServerGroups, virtualServers } = configuration;
  for (const group of virtualServerGroups) {
    if (group.item.items.length > 0 || mayHoldMore(configuration, group.item)) continue;
    yield {
      at: group.item.keyword.site,
      message: `${blockTitle(group.item)} has no entries: keepalived removes it, and ignores every service that names it`,
      severity: "error",
    };
  }
  if (configuration.symbols.hasUnknown("virtualServerGroup")) return;
  const names = new Set(virtualServerGroups.map(({ name }) => name.value));
  let looked = 0;
  for (const virtualServer of virtualServers) {
    const { service } = virtualServer;
    if (service.kind !== "group" || service.name?.value === undefined || names.has(service.name.value)) continue;
    const nearest = looked++ < mostLooked ? nearestWord(service.name.value, names) : undefined;
    if (nearest === undefined && isFragment(configuration)) continue;
    yield {
      at: service.name.site,
      message: `there is no virtual_server_group ${shown(service.name.value)}: keepalived ignores the service${didYouMean(nearest)}`,
      severity: "error",
      notes: logNote(virtualServer),
    };
  }
}

interface ServedAddress {
  readonly address: string;
  readonly site: Site;
  /** "virtual_server 10.0.0.68 80". */
  readonly where: string;
}

function* servedAddresses({ virtualServers, virtualServerGroups }: Configuration): Generator<ServedAddress> {
  const used = new Set<string>();
  for (const virtualServer of virtualServers) {
    const { service, item } = virtualServer;
    // What the sample brought has a finding of its own.
    if (isSampleService(virtualServer)) continue;
    if (service.kind === "group" && service.name?.value !== undefined) used.add(service.name.value);
    yield* served(service, blockTitle(item));
  }
  for (const { entries, name, item } of virtualServerGroups)
    if (used.has(name.value)) for (const entry of entries) yield* served(entry, blockTitle(item));
}

function* served(service: ServiceAddress, where: string): Generator<ServedAddress> {
  const text = service.kind === "address" ? service.address.value : undefined;
  // Ranges and networks are not taken apart.
  if (text === undefined || text.includes("/") || parseAddress(text) === undefined) return;
  yield { address: canonicalAddress(text), site: service.site, where };
}

/** Every address that this node has or may get; undefined when one of them cannot be read. */
const heldAddresses = (configuration: Configuration, node: NodeModel, cluster: ClusterModel): ReadonlySet<string> | undefined => {
  const held = new Set<string>(node.addresses.map(({ address }) => address));
  for (const own of [configuration, ...cluster.nodes.flatMap((other) => other.configuration ?? [])]) {
    const entries = own.instances.flatMap(({ virtualAddresses, excludedAddresses }) => [...virtualAddresses, ...excludedAddresses]);
    for (const { address } of [...entries, ...own.staticAddresses]) {
      if (address === undefined) return undefined;
      held.add(address);
    }
  }
  for (const { effects } of factFiles(node))
    for (const effect of effects) {
      const address = effect.kind === "address" && effect.action === "bind" ? addressOf(effect) : undefined;
      if (address !== undefined) held.add(address);
    }
  for (const address of addressesInCommands(configuration)) held.add(address);
  return held;
};

/** `quorum_up "ip addr add 10.0.0.68/32 dev lo"`: whatever address a command names may be one it brings up. */
function* addressesInCommands({ tree }: Configuration): Generator<string> {
  for (const { keyword, args } of walkItems(tree.items)) {
    if (!/^(?:quorum_up|notify\w*)$/u.test(keyword.value)) continue;
    for (const { value } of args)
      for (const word of value.split(/[\s'";]+/u)) {
        const address = parseAddress(word);
        if (address !== undefined) yield address.text;
      }
  }
}
