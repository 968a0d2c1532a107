import type { Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { logNote, shown } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { askingServerPort } from "../../model/node/checkers.ts";
import type { Checker, Configuration, ServiceAddress, VirtualServer } from "../../model/node/model.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "dr-port-mismatch",
  summary: "DR and TUN cannot translate ports: a real server gets the port of its virtual server.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/check/check_data.c:1315",
    "keepalived v2.4.3 keepalived/check/check_data.c:1290",
    "keepalived v2.4.3 keepalived/check/check_data.c:1332",
    "keepalived v2.4.3 keepalived/check/check_api.c:133",
  ],
  subject: "virtualServer",
  fix: "safe",

  *check(virtualServer, { node }) {
    if (node.configuration === undefined) return;
    for (const server of virtualServer.realServers) {
      const method = (server.forwarding ?? virtualServer.forwarding)?.value;
      const [asking] = askingServerPort(server);
      yield* judge(node.configuration, virtualServer, { item: server.item, port: server.port?.value, method, asking });
    }
    const sorry = one(virtualServer.item, "sorry_server");
    // A sorry server with a method of its own is left alone: which one counts depends on the order of the lines.
    if (sorry === undefined || one(virtualServer.item, "sorry_server_lvs_method") !== undefined) return;
    yield* judge(node.configuration, virtualServer, {
      item: sorry,
      port: virtualServer.sorryServer?.port?.value,
      method: virtualServer.forwarding?.value,
      asking: undefined,
    });
  },
});

/** A real_server, or the sorry_server. */
interface Server {
  readonly item: ConfigItem;
  readonly port: number | undefined;
  readonly method: string | undefined;
  /** A checker that asks the port that is written here. */
  readonly asking: Checker | undefined;
}

function* judge(
  configuration: Configuration,
  virtualServer: VirtualServer,
  { item, port: own, method, asking }: Server,
): Generator<RuleFinding> {
  if ((method !== "DR" && method !== "TUN") || own === undefined || own === 0) return;
  const { service } = virtualServer;
  const other = services(configuration, service).find((address) => address.wanted !== undefined && address.wanted !== own);
  if (other?.wanted === undefined) return;
  const [address, word] = item.args;
  if (address === undefined || word === undefined) return;
  const single = service.kind === "address";
  yield {
    at: word.site,
    message: `${item.keyword.value} ${shown(address.value)} ${own} cannot have another port than its service with ${method}: ${single ? `keepalived makes it ${other.wanted}` : `the group says ${other.wanted}`}`,
    notes: [
      { message: other.wanted === 0 ? "the service has no port" : `the service has port ${other.wanted}`, at: other.site },
      ...(asking === undefined ? [] : [{ message: `${asking.type.value} asks port ${own} all the same`, at: asking.type.site }]),
      ...logNote(virtualServer),
    ],
    // For groups the daemon only complains.
    fixes:
      single && word.literal
        ? fixWith(
            `Write ${other.wanted}, as keepalived takes it${asking === undefined ? "" : `; ${asking.type.value} then asks ${other.wanted} too`}`,
            // What the checker asks is what is written, whatever becomes of the server's port.
            asking === undefined ? "safe" : "review",
            [{ at: word.site, replacement: String(other.wanted) }],
          )
        : [],
  };
}

interface ServicePort {
  /** 0 for none; undefined when it cannot be known. */
  readonly wanted: number | undefined;
  readonly site: Site;
}

/** The ports of a service given by addresses: its own, or those of its group. */
const services = (configuration: Configuration, service: ServiceAddress): readonly ServicePort[] => {
  if (service.kind === "address") return [portOf(service)];
  if (service.kind !== "group") return [];
  const group = configuration.groupOf(service);
  return (group?.entries ?? []).flatMap((entry) => (entry.kind === "address" ? [portOf(entry)] : []));
};

const portOf = ({ port, site }: Extract<ServiceAddress, { readonly kind: "address" }>): ServicePort =>
  port === undefined ? { wanted: 0, site } : { wanted: port.value, site: port.site };
