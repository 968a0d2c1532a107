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

/** Why the instance refuses an advert, as a clause; undefined when it takes it. */
export const refusalOf = (instance: InstanceState, advert: Advert): string | undefined => {
  const { settings, node } = instance;
  const { behaviour } = node.settings;
  if (advert.version !== settings.version) return `it speaks version ${settings.version} and not ${advert.version}`;
  const unauthenticated = authenticationProblem(settings.authentication, advert.authentication);
  if (unauthenticated !== undefined) return unauthenticated;
  if (settings.version === 2 && advert.interval !== settings.advertInterval)
    return `its advert_int is ${settings.advertInterval / 1_000_000} and not ${advert.interval / 1_000_000}`;
  if (settings.ownerIgnoresAdverts && instance.priority === 255) return "it owns the address and ignores adverts";
  const compares = instance.state === "MASTER" || !settings.skipsAddressCheck || instance.masterSource !== advert.source;
  if (behaviour.refusesOtherAddressLists && compares) {
    const own = settings.addresses.map(({ address }) => address);
    if (advert.addresses.length !== own.length) return `it has ${own.length} virtual addresses and not ${advert.addresses.length}`;
    const lacking = own.find((address) => !advert.addresses.includes(address));
    if (lacking !== undefined) return `the advert lacks ${lacking}`;
  }
  if (
    settings.cast.kind === "unicast" &&
    settings.cast.checksSource &&
    (!behaviour.refusesOtherAddressLists || compares) &&
    !settings.cast.peers.includes(advert.source)
  )
    return `${advert.source} is not among its unicast peers`;
  return undefined;
};

type Authentication = InstanceSettings["authentication"];

const authenticationProblem = (own: Authentication, theirs: Authentication): string | undefined => {
  if (own.kind === "HMAC") {
    if (theirs.kind !== "HMAC") return own.enforce ? "the advert is not signed" : undefined;
    return own.keys.get(theirs.active) === theirs.keys.get(theirs.active) ? undefined : "it does not know the key of the signature";
  }
  // Whoever does not expect a signature finds the packet too long.
  if (theirs.kind === "HMAC") return "it expects no signature";
  if (own.kind !== theirs.kind) return `its authentication is ${own.kind} and not ${theirs.kind}`;
  if (own.kind === "none" || theirs.kind === "none") return undefined;
  return samePassword(own.password, theirs.password) ? undefined : "its auth_pass is another";
};
