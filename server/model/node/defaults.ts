/**
 * Named readers that apply the daemon's defaults. `undefined` means that the value is written but cannot be known.
 * Sources: keepalived v2.4.3 vrrp.c:3266-3760 and reference cases cited at each reader.
 */
import { familyReading } from "./family.ts";
import type { Configuration, VrrpInstance } from "./model.ts";
import { numberSetting, one } from "./settings.ts";

/** Strict mode turns `state MASTER` into BACKUP unless the priority is 255 (observed: master-nopreempt-strict). */
export const isStrict = (configuration: Configuration, instance: VrrpInstance): boolean | undefined => {
  const setting = instance.strict ?? configuration.global.strict;
  return setting === undefined ? false : setting.value;
};

/** The family of the instance's addresses: the first statement that says one decides. */
export const familyOf = (instance: VrrpInstance): 4 | 6 | undefined => familyReading(instance.item).family;

/**
 * The protocol version: the instance's own, else 3 for IPv6, else the global one, else 2. `version 2` is refused behind
 * an IPv6 statement, is taken before it, and strict mode sets 3 all the same (vrrp_parser.c:2067, vrrp.c:3270).
 */
export const vrrpVersion = (configuration: Configuration, instance: VrrpInstance): 2 | 3 | undefined => {
  const { family, refused } = familyReading(instance.item);
  // native_ipv6 says 3 whatever else is written.
  if (instance.nativeIpv6?.value === true && family === 6) return 3;
  const own = instance.version;
  if (own !== undefined && !(own.value === 2 && refused.some(({ role }) => role === "version-2"))) {
    if (own.value !== 2 || family === 4) return known(own.value);
    return family === 6 && isStrict(configuration, instance) === false ? 2 : undefined;
  }
  if (family === 6) return 3;
  const common = configuration.global.vrrpVersion;
  if (common !== undefined) return common.value === 2 && family === undefined ? undefined : known(common.value);
  return family === undefined ? undefined : 2;
};

const known = (version: number | undefined): 2 | 3 | undefined => (version === 2 || version === 3 ? version : undefined);

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

/**
 * Whether nopreempt is left alone: priority 255 and an initial state MASTER clear it, unless strict mode has turned the
 * MASTER into BACKUP before (vrrp.c:3536-3551). Undefined when it cannot be known.
 */
export const effectiveNopreempt = (configuration: Configuration, instance: VrrpInstance): boolean | undefined => {
  if (instance.nopreempt === undefined || instance.nopreempt.value === false) return false;
  const priority = basePriority(instance);
  const state = initialState(instance);
  if (priority === 255) return false;
  if (priority === undefined || state === undefined || instance.nopreempt.value === undefined) return undefined;
  return state === "BACKUP" ? true : isStrict(configuration, instance);
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

/** How many adverts a backup misses before it takes over; strict mode does not let anybody change it. */
export const downTimerAdverts = (configuration: Configuration, instance: VrrpInstance): number =>
  isStrict(configuration, instance) === true
    ? 3
    : (numberSetting(one(instance.item, "down_timer_adverts"))?.value ??
      numberSetting(configuration.globalStatement("vrrp_down_timer_adverts"))?.value ??
      3);
