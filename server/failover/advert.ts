/** An advertisement on the wire, and whether an instance takes it (vrrp.c vrrp_check_packet). */
import { samePassword } from "../model/node/password.ts";
import type { InstanceSettings } from "./settings.ts";
import type { InstanceState } from "./world.ts";

export interface Advert {
  readonly from: InstanceState;
  readonly source: string;
  readonly sourceKey: string;
  readonly vrid: number;
  readonly family: 4 | 6;
  readonly version: 2 | 3;
  readonly priority: number;
  readonly interval: number;
  readonly authentication: InstanceSettings["authentication"];
  readonly addresses: readonly string[];
}

export const advertOf = (from: InstanceState, priority: number): Advert => {
  const { settings } = from;
  return {
    from,
    source: from.source ?? "",
    sourceKey: from.sourceKey,
    vrid: settings.vrid,
    family: settings.family,
    version: settings.version,
    priority,
    interval: settings.advertInterval,
    authentication: settings.authentication,
    addresses: settings.addresses.map(({ address }) => address),
  };
};

/** Why the instance refuses an advert, as a clause that names both sides; undefined when it takes it. */
export const refusalOf = (instance: InstanceState, advert: Advert): string | undefined => {
  const { settings, node } = instance;
  const { behaviour } = node.settings;
  const [here, there] = [node.name, advert.from.node.name];
  if (advert.version !== settings.version) return `version ${advert.version} from ${there}, ${settings.version} on ${here}`;
  const unauthenticated = authenticationProblem(instance, advert);
  if (unauthenticated !== undefined) return unauthenticated;
  if (settings.version === 2 && advert.interval !== settings.advertInterval)
    return `advert_int ${advert.interval / 1_000_000} on ${there}, ${settings.advertInterval / 1_000_000} on ${here}`;
  if (settings.ownerIgnoresAdverts && instance.priority === 255) return `${here} owns the address and ignores adverts`;
  const compares = instance.state === "MASTER" || !settings.skipsAddressCheck || instance.masterSource !== advert.source;
  if (behaviour.refusesOtherAddressLists && compares) {
    const own = settings.addresses.map(({ address }) => address);
    if (advert.addresses.length !== own.length) return `${counted(advert.addresses.length)} on ${there}, ${own.length} on ${here}`;
    const lacking = own.find((address) => !advert.addresses.includes(address));
    if (lacking !== undefined) return `${there} does not list ${lacking}`;
  }
  if (
    settings.cast.kind === "unicast" &&
    settings.cast.checksSource &&
    (!behaviour.refusesOtherAddressLists || compares) &&
    !settings.cast.peers.includes(advert.source)
  )
    return `${advert.source} is not among the unicast peers of ${here}`;
  return undefined;
};

const counted = (count: number): string => `${count} virtual address${count === 1 ? "" : "es"}`;

const authenticationProblem = (
  { settings: { authentication: own }, node }: InstanceState,
  { authentication: theirs, from }: Advert,
): string | undefined => {
  const [here, there] = [node.name, from.node.name];
  if (own.kind === "HMAC") {
    if (theirs.kind !== "HMAC") return own.enforce ? `no signature from ${there}, auth_hmac on ${here}` : undefined;
    return own.keys.get(theirs.active) === theirs.keys.get(theirs.active) ? undefined : `${here} does not know the key ${there} signs with`;
  }
  // Whoever does not expect a signature finds the packet too long.
  if (theirs.kind === "HMAC") return `auth_hmac on ${there}, none on ${here}`;
  if (own.kind !== theirs.kind) return `authentication ${theirs.kind} on ${there}, ${own.kind} on ${here}`;
  if (own.kind === "none" || theirs.kind === "none") return undefined;
  return samePassword(own.password, theirs.password) ? undefined : "the auth_pass differs";
};
