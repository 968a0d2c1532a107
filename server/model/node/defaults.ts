/**
 * Named readers that apply the daemon's defaults. `undefined` means that the value is written but cannot be known.
 * Sources: keepalived v2.4.3 vrrp.c:3266-3760 and reference cases cited at each reader.
 */
import type { Configuration, VrrpInstance } from "./model.ts";
import { isUnknownWord, one } from "./settings.ts";

/** Strict mode turns `state MASTER` into BACKUP unless the priority is 255 (observed: master-nopreempt-strict). */
export const isStrict = (configuration: Configuration, instance: VrrpInstance): boolean | undefined => {
  const setting = instance.strict ?? configuration.global.strict;
  return setting === undefined ? false : setting.value;
};

/** Whether the instance's addresses are IPv6: the first one decides (vrrp_data.c alloc_vrrp_vip). */
export const familyOf = (instance: VrrpInstance): 4 | 6 | undefined => {
  if (instance.nativeIpv6?.value === true) return 6;
  // What is no address is skipped by the daemon; a variable may be one of either family.
  const first = [...instance.virtualAddresses, ...instance.excludedAddresses].find(
    ({ family, item }) => family !== undefined || isUnknownWord(item, item.keyword),
  );
  return first === undefined ? 4 : first.family;
};

/**
 * The protocol version: the instance's own, else 3 for IPv6, else the global one, else 2. IPv6 with `version 2` depends
 * on the order of the statements and on strict mode, and is left unknown.
 */
export const vrrpVersion = (configuration: Configuration, instance: VrrpInstance): 2 | 3 | undefined => {
  const family = familyOf(instance);
  if (family === 6 && instance.version === undefined) return 3;
  const setting = instance.version ?? configuration.global.vrrpVersion;
  if (setting === undefined) return family === undefined ? undefined : 2;
  if (setting.value === 3) return 3;
  return setting.value === 2 && family === 4 ? 2 : undefined;
};

/** MASTER, BACKUP, or undefined when it cannot be known. Only `state MASTER`, or priority 255 without a state, start as MASTER. */
export const initialState = (instance: VrrpInstance): "MASTER" | "BACKUP" | undefined => {
  if (instance.state !== undefined) {
    if (instance.state.value === undefined) return undefined;
    return instance.state.value === "MASTER" ? "MASTER" : "BACKUP";
  }
  return instance.priority?.value === 255 ? "MASTER" : "BACKUP";
};

/** Base priority 1–255: without `priority`, 255 for `state MASTER` and 100 otherwise (vrrp.c:3297-3310). */
export const basePriority = (instance: VrrpInstance): number | undefined => {
  if (instance.priority !== undefined) return instance.priority.value;
  // A number the daemon refuses becomes 100 even with state MASTER (vrrp_parser.c:1062); without any word nobody knows.
  const refused = one(instance.item, "priority");
  if (refused !== undefined) return refused.args.length === 0 ? undefined : 100;
  const state = initialState(instance);
  return state === undefined ? undefined : state === "MASTER" ? 255 : 100;
};

/** Seconds between adverts as sent: version 2 sends 1 to 255 whole seconds, version 3 at most 40.95 (vrrp.c:3717-3760). */
export const advertInterval = (configuration: Configuration, instance: VrrpInstance): number | undefined => {
  if (instance.advertInterval === undefined) return 1;
  const { value } = instance.advertInterval;
  const version = vrrpVersion(configuration, instance);
  if (value === undefined || version === undefined) return undefined;
  return version === 2 ? Math.min(255, Math.max(1, Math.round(value))) : Math.min(40.95, Math.max(0.01, Math.round(value * 100) / 100));
};

/** What the daemon authenticates with; "none" where it ignores authentication (version 3, IPv6, strict mode, no password). */
export type EffectiveAuthentication =
  | { readonly kind: "none"; readonly ignored: boolean }
  | { readonly kind: "AH" | "PASS"; readonly password: string | undefined }
  | { readonly kind: "unknown" };

export const effectiveAuthentication = (configuration: Configuration, instance: VrrpInstance): EffectiveAuthentication => {
  const { authentication } = instance;
  if (authentication === undefined) return { kind: "none", ignored: false };
  const version = vrrpVersion(configuration, instance);
  const strict = isStrict(configuration, instance);
  if (version === 3 || strict === true) return { kind: "none", ignored: true };
  if (version === undefined || strict === undefined) return { kind: "unknown" };
  const { type, password } = authentication;
  if (type === undefined || password === undefined) return { kind: "none", ignored: true };
  if (type.value === "AH" || type.value === "PASS") return { kind: type.value, password: password.value };
  return type.value === undefined ? { kind: "unknown" } : { kind: "none", ignored: true };
};
