/** What daemons of different releases do differently. The commits are those of keepalived's repository. */
import type { Version } from "../../grammar/vocabulary/types.ts";
import { compareVersions } from "../../grammar/vocabulary/version.ts";

export interface Behaviour {
  /** An advert whose address list differs from the own one is refused; later it is only logged. */
  readonly refusesOtherAddressLists: boolean;
  /** An address that is written twice counts once (e67cf6b2). */
  readonly dropsDuplicateAddresses: boolean;
  /** A unicast source address that the machine lacks is bound all the same; earlier it is a fault (b48f005a). */
  readonly bindsForeignSource: boolean;
  /** Of two owners (priority 255) the one with the higher address stays; earlier both lower themselves to 254 (e8291d78). */
  readonly ownersCompareAddresses: boolean;
  /** `owner_ignore_adverts` exists, and strict mode turns it on (a8b00361). */
  readonly ownersMayIgnoreAdverts: boolean;
  /** All interfaces of an instance share one fault flag, so the first that recovers ends the fault; earlier they are counted (a0e88035). */
  readonly oneInterfaceFault: boolean;
  /** Adverts are not read during `vrrp_startup_delay`; earlier each of them prolongs it (845181cb). */
  readonly deafDuringStartupDelay: boolean;
  /** Strict mode ends the daemon for an instance with unicast peers; earlier the peers were not counted yet (75f30737). */
  readonly strictRefusesUnicast: boolean;
  /** Unicast with a source address needs no `interface` (75f30737). */
  readonly unicastWithoutInterface: boolean;
  /** `auth_hmac` exists. */
  readonly signsAdverts: boolean;
  /** `no_virtual_ipaddress` exists. */
  readonly allowsNoAddresses: boolean;
}

/** What keepalived of that version does. */
export const behaviourOf = (version: Version): Behaviour => {
  const from = (release: Version): boolean => compareVersions(version, release) >= 0;
  return {
    refusesOtherAddressLists: !from("2.3.3"),
    dropsDuplicateAddresses: from("2.3.3"),
    bindsForeignSource: from("2.3.3"),
    ownersCompareAddresses: from("2.3.3"),
    ownersMayIgnoreAdverts: from("2.3.3"),
    oneInterfaceFault: from("2.2.8"),
    deafDuringStartupDelay: from("2.2.8"),
    strictRefusesUnicast: from("2.2.8"),
    unicastWithoutInterface: from("2.2.8"),
    signsAdverts: from("2.4.0"),
    allowsNoAddresses: from("2.2.8"),
  };
};
