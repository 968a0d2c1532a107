/**
 * What a node lacks and another place of the cluster has: the definition of a script that is tracked, the authentication of
 * the peers, the way back in a unicast list, an address, a notify_down. It is copied, never made up.
 */
import type { Edit } from "../analysis/finding.ts";
import { insertAt } from "../analysis/edits.ts";
import { lackingPeers } from "../model/cluster/unicast.ts";
import type { Member, NodeModel } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import type { ConfigItem } from "../model/node/items.ts";
import type { Configuration } from "../model/node/model.ts";
import { one } from "../model/node/settings.ts";

export interface Proposal {
  readonly title: string;
  readonly edits: readonly Edit[];
}

type TextOf = (file: string) => string | undefined;

/** What could be added to the instance or real server around an offset. */
export const missingBlocks = (project: Project, file: string, offset: number, textOf: TextOf): readonly Proposal[] => {
  const found = project.clusters.flatMap(({ nodes, virtualRouters }) =>
    nodes.flatMap((node) => {
      const { configuration } = node;
      if (configuration === undefined || !configuration.expansion.files.includes(file)) return [];
      const isHere = (item: ConfigItem): boolean => holds(item, file, offset);
      const members = virtualRouters.flatMap((router) =>
        router.members.filter((member) => member.node === node && isHere(member.instance.item)).map((own) => ({ own, router })),
      );
      return [
        ...members.flatMap(({ own, router }) => {
          const peers = router.members.filter((member) => member.node !== node);
          return [
            ...missingScripts(own, peers, textOf),
            ...missingAuthentication(own, peers, textOf),
            ...missingPeer(own, router.members, textOf),
            ...missingAddresses(own, peers, textOf),
          ];
        }),
        ...missingNotifyDown(configuration, nodes, isHere, textOf),
      ];
    }),
  );
  return [...new Map(found.map((proposal) => [proposal.title, proposal])).values()];
};

const holds = ({ site }: ConfigItem, file: string, offset: number): boolean =>
  site.via === undefined && site.file === file && site.span.start <= offset && offset <= site.span.end;

/** The lines of an item without the indentation of its first; undefined where definitions had a hand in it. */
const linesOf = (item: ConfigItem, textOf: TextOf): readonly string[] | undefined => {
  if (!isWritten(item)) return undefined;
  const text = textOf(item.site.file);
  if (text === undefined) return undefined;
  const { start, end } = item.site.span;
  const indentation = indentationAt(text, start);
  return text
    .slice(start, end)
    .split(/\r?\n/u)
    .map((line, index) => (index > 0 && line.startsWith(indentation) ? line.slice(indentation.length) : line));
};

const isWritten = (item: ConfigItem): boolean =>
  item.site.via === undefined && [item.keyword, ...item.args].every(({ literal }) => literal) && item.items.every(isWritten);

const indentationAt = (text: string, offset: number): string =>
  /^[ \t]*/u.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset))![0];

/** Lines in front of the closing brace of a block, indented as what stands in it. */
const appendTo = (block: ConfigItem, lines: readonly string[] | undefined, textOf: TextOf): readonly Edit[] => {
  const { close, site } = block;
  const text = textOf(site.file);
  if (lines === undefined || close === undefined || close.via !== undefined || close.file !== site.file || text === undefined) return [];
  const outer = indentationAt(text, site.span.start);
  const first = block.items[0]?.site;
  const before = first === undefined || first.file !== site.file ? "" : indentationAt(text, first.span.start);
  const inner = before.length > outer.length ? before : `${outer}    `;
  const written = lines.map((line) => `${line === "" ? "" : inner}${line}\n`).join("");
  const lineStart = text.lastIndexOf("\n", close.span.start - 1) + 1;
  return text.slice(lineStart, close.span.start).trim() === ""
    ? [insertAt(site.file, lineStart, written)]
    : [insertAt(site.file, close.span.start, `\n${written}${outer}`)];
};

/** A block of its own in front of another one. */
const insertBefore = (item: ConfigItem, lines: readonly string[] | undefined, textOf: TextOf): readonly Edit[] => {
  const text = textOf(item.site.file);
  if (lines === undefined || text === undefined) return [];
  const start = text.lastIndexOf("\n", item.site.span.start - 1) + 1;
  return text.slice(start, item.site.span.start).trim() === "" ? [insertAt(item.site.file, start, `${lines.join("\n")}\n\n`)] : [];
};

const proposal = (title: string, edits: readonly Edit[]): readonly Proposal[] => (edits.length === 0 ? [] : [{ title, edits }]);

/** The first peer that has something. */
const fromPeer = <T>(
  peers: readonly Member[],
  find: (member: Member) => T | undefined,
): { readonly node: NodeModel; readonly it: T } | undefined => {
  for (const peer of peers) {
    const it = find(peer);
    if (it !== undefined) return { node: peer.node, it };
  }
  return undefined;
};

const missingScripts = ({ configuration, instance }: Member, peers: readonly Member[], textOf: TextOf): readonly Proposal[] =>
  instance.trackScripts.flatMap(({ name: { value: name } }) => {
    if (name === undefined || configuration.scripts.some((script) => script.name.value === name)) return [];
    const found = fromPeer(peers, (peer) => peer.configuration.scripts.find((script) => script.name.value === name)?.item);
    return found === undefined
      ? []
      : proposal(`Define vrrp_script ${name} as ${found.node.name} does`, insertBefore(instance.item, linesOf(found.it, textOf), textOf));
  });

const missingAuthentication = ({ instance }: Member, peers: readonly Member[], textOf: TextOf): readonly Proposal[] => {
  if (one(instance.item, "authentication") !== undefined) return [];
  const found = fromPeer(peers, (peer) => peer.instance.authentication?.item);
  return found === undefined
    ? []
    : proposal(
        `Add the authentication that ${found.node.name} has`,
        appendTo(instance.item, linesOf(found.it, textOf), textOf).map((edit) => ({ ...edit, secret: true as const })),
      );
};

/** The way back: who lists this node as its unicast peer is listed here. */
const missingPeer = (own: Member, members: readonly Member[], textOf: TextOf): readonly Proposal[] => {
  const lacking = lackingPeers(members).find(({ member }) => member === own)?.missing ?? [];
  const block = one(own.instance.item, "unicast_peer");
  return lacking.flatMap(({ node, instance: { unicastSource } }) => {
    const address = unicastSource?.value;
    if (address === undefined) return [];
    const edits =
      block === undefined
        ? appendTo(own.instance.item, ["unicast_peer {", `    ${address}`, "}"], textOf)
        : appendTo(block, [address], textOf);
    return proposal(`Add ${address} of ${node.name} to unicast_peer`, edits);
  });
};

const missingAddresses = ({ instance }: Member, peers: readonly Member[], textOf: TextOf): readonly Proposal[] => {
  const block = one(instance.item, "virtual_ipaddress");
  const own = new Set([...instance.virtualAddresses, ...instance.excludedAddresses].map(({ address, text }) => address ?? text));
  if (block === undefined) return [];
  const missing = peers.flatMap(({ node, instance: { virtualAddresses } }) =>
    virtualAddresses.flatMap(({ address, item }) => (address === undefined || own.has(address) ? [] : [{ node, address, item }])),
  );
  return missing.flatMap(({ node, address, item }) =>
    proposal(`Add ${address} as on ${node.name}`, appendTo(block, linesOf(item, textOf), textOf)),
  );
};

/** The notify_down that the real servers of the same port have elsewhere. */
const missingNotifyDown = (
  configuration: Configuration,
  nodes: readonly NodeModel[],
  isHere: (item: ConfigItem) => boolean,
  textOf: TextOf,
): readonly Proposal[] =>
  configuration.virtualServers.flatMap(({ realServers }) =>
    realServers.flatMap((server) => {
      if (server.notifyDown !== undefined || !isHere(server.item)) return [];
      for (const { name, configuration: other } of nodes) {
        const twin = other?.virtualServers
          .flatMap((each) => each.realServers)
          .find((each) => each.notifyDown !== undefined && each.port?.value !== undefined && each.port.value === server.port?.value);
        const item = twin === undefined ? undefined : one(twin.item, "notify_down");
        if (item !== undefined)
          return proposal(`Add the notify_down that a real_server of ${name} has`, appendTo(server.item, linesOf(item, textOf), textOf));
      }
      return [];
    }),
  );
