/**
 * Zone files of firewalld (/etc/firewalld/zones/public.xml), as rules of the chain INPUT: a zone is one, and what none of its
 * elements lets in meets its target. The rules of direct.xml are those of iptables, and stand before the zones.
 */
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Site } from "../../../grammar/text.ts";
import { known, unknown } from "./known.ts";
import type { MatchDraft } from "./packet-match.ts";
import { portNumber } from "./numbers.ts";
import { effectsOf } from "./script.ts";
import type { Effect, FirewallEffect, Known } from "./types.ts";
import { type XmlElement, xmlElements } from "./xml.ts";

export const looksLikeFirewalldZone = (text: string): boolean =>
  /^(?:\s|<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->)*<zone[\s>]/u.test(text.slice(0, 4000));

/** What firewalld's own service files hold, for the services that matter here; any other name is some set of ports. */
const services: Readonly<Record<string, readonly string[]>> = {
  ssh: ["tcp 22"],
  http: ["tcp 80"],
  https: ["tcp 443"],
  mysql: ["tcp 3306"],
  postgresql: ["tcp 5432"],
  redis: ["tcp 6379"],
  dns: ["tcp 53", "udp 53"],
  ldap: ["tcp 389"],
  "dhcpv6-client": ["udp 546"],
  cockpit: ["tcp 9090"],
  mdns: ["udp 5353"],
  "samba-client": ["udp 137", "udp 138"],
  "ipp-client": ["udp 631"],
};

/** Rules in the order of the file, behind the rule of every zone that lets answers in; the target of the zone comes last. */
export const effectsOfFirewalldZone = (text: string, file: string): readonly FirewallEffect[] => {
  const elements = xmlElements(text);
  const [zone] = elements;
  if (zone === undefined || zone.name !== "zone") return [];
  const rules: FirewallEffect[] = [];
  const refused: FirewallEffect[] = [];
  const at = (span: { readonly start: number; readonly end: number }): Site => ({ file, span });
  const add = (from: XmlElement, verdict: Known<string>, match: MatchDraft): void => {
    // Rich rules that refuse stand before those that let in.
    const to = verdict.kind === "known" && verdict.value !== "ACCEPT" ? refused : rules;
    to.push({ ...placed(at(from.span)), action: "append", target: verdict, match });
  };
  const accept = (from: XmlElement): Known<string> => known("ACCEPT", at(from.span));
  for (const [index, element] of elements.entries()) {
    if (element.depth !== 1) continue;
    if (element.name === "rule") {
      const parts = inside(elements, index);
      const match = richMatch(element, parts, at);
      const verdict = parts.find(({ name }) => name === "accept" || name === "reject" || name === "drop");
      if (verdict === undefined && parts.some(({ name }) => name === "mark" || name === "log" || name === "audit")) continue;
      for (const one of match)
        add(element, verdict === undefined ? unknown(at(element.span)) : known(verdict.name.toUpperCase(), at(verdict.span)), one);
    } else for (const match of plainMatch(element, at)) add(element, accept(element), match);
  }
  const target = attribute(zone, "target");
  const verdict = target === undefined || target.value === "default" ? "REJECT" : target.value.replaceAll("%", "").toUpperCase();
  const site = at(target?.span ?? zone.span);
  const whole: readonly FirewallEffect[] = [
    {
      ...placed(at(zone.span)),
      action: "append",
      target: accept(zone),
      match: { states: { value: known(["ESTABLISHED", "RELATED"], site), negated: false }, other: [] },
    },
    ...refused,
    ...rules,
    { ...placed(at(zone.span)), action: "policy", target: known(verdict, site), match: { other: [] } },
  ];
  const device = devicesOf(elements, at);
  return device === undefined
    ? whole
    : whole.map((effect) => ({ ...effect, match: { inInterface: { value: device, negated: false }, ...effect.match } }));
};

/** The devices whose packets are the zone's; undefined where sources decide as well, or something outside of the file. */
const devicesOf = (elements: readonly XmlElement[], at: SiteOf): Known<string> | undefined => {
  const own = elements.filter(({ depth }) => depth === 1);
  const devices = own.flatMap((element) => (element.name === "interface" ? (attribute(element, "name") ?? []) : []));
  const [first] = devices;
  if (first === undefined || own.some(({ name }) => name === "source")) return undefined;
  return known(devices.map(({ value }) => value).join(","), at(first.span));
};

/** `<rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-p vrrp -j ACCEPT</rule>`, and `<passthrough>` with all the words. */
export const effectsOfFirewalldDirect = (text: string, file: string): readonly Effect[] =>
  xmlElements(text).flatMap((element): readonly Effect[] => {
    const { name, span } = element;
    if (name !== "rule" && name !== "passthrough") return [];
    const end = text.indexOf("<", span.end);
    const words = text.slice(span.end, end < 0 ? text.length : end);
    const given = (attributeName: string): string => attribute(element, attributeName)?.value ?? "";
    const tool = given("ipv") === "ipv6" ? "ip6tables" : "iptables";
    const place = name === "rule" ? `-t ${given("table")} -A ${given("chain")} ` : "";
    // Nothing but names and options: what a shell would make of anything else is no rule.
    if (/[^\w\s.,:/!=+-]/u.test(place + words)) return [];
    const site = { file, span: { start: span.end, end: span.end + words.length } };
    return effectsOf(parseShell(`${tool} ${place}${words}`), { file, mapSite: () => site }).effects;
  });

const placed = (site: Site): Omit<FirewallEffect, "action" | "target" | "match"> => ({
  kind: "firewall",
  tool: "firewalld",
  table: known("filter", site),
  chain: known("INPUT", site),
  site,
  command: site,
  path: [],
});

const attribute = (element: XmlElement, name: string): XmlElement["attributes"][number] | undefined =>
  element.attributes.find((one) => one.name === name);

const inside = (elements: readonly XmlElement[], index: number): readonly XmlElement[] => {
  const { depth } = elements[index]!;
  const end = elements.findIndex((element, at) => at > index && element.depth <= depth);
  return elements.slice(index + 1, end < 0 ? undefined : end);
};

type SiteOf = (span: XmlElement["span"]) => Site;

/** The packets of `<service>`, `<port>`, `<protocol>`, `<source-port>`; a service may be several. */
const plainMatch = (element: XmlElement, at: SiteOf): readonly MatchDraft[] => {
  const site = at(element.span);
  const protocol = attribute(element, "protocol")?.value.toLowerCase();
  switch (element.name) {
    case "protocol": {
      const value = attribute(element, "value");
      return value === undefined
        ? []
        : [{ protocol: { value: known(value.value.toLowerCase(), at(value.span)), negated: false }, other: [] }];
    }
    case "port":
    case "source-port": {
      const port = attribute(element, "port");
      if (port === undefined || protocol === undefined) return [];
      const [from, to = from] = port.value.split("-").map((one) => portNumber(one.trim()));
      const value =
        from === undefined || to === undefined
          ? unknown<readonly { from: number; to: number }[]>(at(port.span))
          : known([{ from, to }], at(port.span));
      const ports = { value, negated: false };
      return [
        {
          protocol: { value: known(protocol, site), negated: false },
          ...(element.name === "port" ? { destinationPorts: ports } : { sourcePorts: ports }),
          other: [],
        },
      ];
    }
    case "service": {
      const name = attribute(element, "name")?.value ?? "";
      const ports = Object.hasOwn(services, name) ? services[name]! : undefined;
      if (ports === undefined) return [{ other: [`service ${name}`] }];
      return ports.map((port): MatchDraft => {
        const [kind, number] = port.split(" ");
        return {
          protocol: { value: known(kind!, site), negated: false },
          destinationPorts: { value: known([{ from: Number(number), to: Number(number) }], site), negated: false },
          other: [],
        };
      });
    }
    case "icmp-block":
    case "icmp-type":
      return [{ protocol: { value: known("icmp", site), negated: false }, other: [] }];
    default:
      return [];
  }
};

/** A rich rule: source and destination addresses, with a port, protocol or service. */
const richMatch = (rule: XmlElement, parts: readonly XmlElement[], at: SiteOf): readonly MatchDraft[] => {
  const what = parts.flatMap((part) => plainMatch(part, at));
  const draft: MatchDraft = { other: [] };
  for (const part of parts) {
    if (part.name !== "source" && part.name !== "destination") continue;
    const address = attribute(part, "address");
    const negated = /^(?:yes|true)$/iu.test(attribute(part, "invert")?.value ?? "");
    if (address === undefined) draft.other.push(part.name);
    else draft[part.name] = { value: known([address.value], at(address.span)), negated };
  }
  const family = attribute(rule, "family")?.value;
  if (family !== undefined) draft.other.push(`family ${family}`);
  if (parts.some(({ name }) => name === "limit")) draft.other.push("limit");
  return what.length === 0 ? [draft] : what.map((one) => ({ ...draft, ...one, other: [...draft.other, ...one.other] }));
};
