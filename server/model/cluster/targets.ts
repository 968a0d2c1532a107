/** What a check looks at: the one other machine that it asks whether it answers. */
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { valueOf } from "../effects/known.ts";
import type { VrrpScript } from "../node/model.ts";
import { baseName } from "./files.ts";
import type { ClusterModel, NodeModel } from "./model.ts";

const askers = new Set(["ping", "ping6", "fping", "fping6", "arping", "nping", "nc", "ncat", "netcat", "curl", "wget", "telnet", "nmap"]);

/**
 * The address that a script of a node asks, canonical; undefined when it asks several or none, cannot be read, or asks
 * what belongs to the cluster itself: that fails with one node and not with all.
 */
export const checkTarget = (cluster: ClusterModel, node: NodeModel, script: VrrpScript): string | undefined => {
  const { command } = script;
  if (command === undefined) return undefined;
  const own = ownAddressesOf(cluster);
  const found = new Set<string>();
  for (const words of [
    [command.program.value, ...command.arguments.map(({ value }) => value)].flatMap((word) => word?.split(/[\s;|&<>()]+/u) ?? []),
    ...runsOf(node, script),
  ]) {
    if (!words.some((word) => askers.has(baseName(word)))) continue;
    for (const word of words) {
      const address = addressIn(word);
      if (address !== undefined && !own.has(address)) found.add(address);
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
};

/** What the script file asks: the host and the URL of each question, behind the client's name. */
const runsOf = (node: NodeModel, { command }: VrrpScript): readonly (readonly string[])[] =>
  node.linkedScripts.flatMap(({ command: named, resolution }) =>
    named.item !== command?.item || resolution.kind !== "found"
      ? []
      : (resolution.script?.effects.effects ?? []).flatMap((effect) =>
          effect.kind === "probe" && askers.has(effect.client)
            ? [[effect.client, ...[valueOf(effect.host), valueOf(effect.url)].flatMap((word) => word ?? [])]]
            : [],
        ),
  );

/** `10.0.0.1`, `http://10.0.0.1:80/x`, `[2001:db8::1]`. */
const addressIn = (word: string): string | undefined => {
  const host = /^(?:[a-z]+:\/\/)?(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]+)|(?<bare>[0-9a-fA-F:.]+))(?::\d+)?(?:\/.*)?$/u.exec(word)?.groups;
  const text = host?.["six"] ?? host?.["four"] ?? host?.["bare"];
  if (text === undefined || parseAddress(text) === undefined) return undefined;
  const address = canonicalAddress(text);
  return address === "::1" || address === "0.0.0.0" || address === "::" || address.startsWith("127.") ? undefined : address;
};

/** Of the machines themselves, and those they move around. */
const ownAddressesOf = ({ nodes }: ClusterModel): ReadonlySet<string> =>
  new Set(
    nodes.flatMap(({ addresses, configuration }) => [
      ...addresses.map(({ address }) => address),
      ...(configuration?.instances ?? []).flatMap(({ virtualAddresses, excludedAddresses, unicastPeers }) => [
        ...[...virtualAddresses, ...excludedAddresses].flatMap(({ address }) => address ?? []),
        ...unicastPeers.flatMap(({ value }) => (value === undefined ? [] : [canonicalAddress(value)])),
      ]),
    ]),
  );

/** Whether an address looks like the way out of the network: a gateway of an interface file, the first or the last of a /24, or what the check's name says. */
export const isGateway = (cluster: ClusterModel, address: string, name: string): boolean =>
  cluster.nodes.some(({ companions }) =>
    companions.some(({ gateway }) => gateway !== undefined && canonicalAddress(gateway.value) === address),
  ) ||
  /\.(?:1|254)$/u.test(address) ||
  /gate|gw|router|upstream/iu.test(name);
