/**
 * What monitoring sees of an instance, under the names it has in keepalived's JSON and over SNMP, and in the two exporters for
 * Prometheus. Which names there are is listed, with the places in their sources, in test/rules/metrics.json.
 */
export interface MetricNames {
  /** In the JSON that keepalived writes on its signal. */
  readonly json: string;
  /** In VRRP-MIB. */
  readonly snmp?: string;
  readonly gen2brain?: string;
  readonly mehdy?: string;
}

const counter = (json: string, snmp: string, gen2brain: string, mehdy: string): MetricNames => ({
  json: `stats.${json}`,
  snmp: `vrrpStats${snmp}`,
  gen2brain: `keepalived_vrrp_${gen2brain}`,
  mehdy: `keepalived_${mehdy}_total`,
});

export const metrics = {
  state: { json: "data.state", mehdy: "keepalived_vrrp_state" },
  advert_rcvd: counter("advert_rcvd", "AdvertiseRcvd", "advert_rcvd", "advertisements_received"),
  become_master: counter("become_master", "BecomeMaster", "become_master", "become_master"),
  advert_interval_err: counter("advert_interval_err", "AdvertiseIntervalErrors", "advert_interval_err", "advertisements_interval_errors"),
  addr_list_err: counter("addr_list_err", "AddressListErrors", "addr_list_err", "address_list_errors"),
  authtype_mismatch: counter("authtype_mismatch", "AuthTypeMismatch", "authtype_mismatch", "authentication_mismatch"),
  auth_failure: counter("auth_failure", "AuthFailures", "auth_failure", "authentication_failure"),
} as const satisfies Readonly<Record<string, MetricNames>>;

export type MetricName = keyof typeof metrics;

/** What shows at run time that a rule was right. */
export interface Seen {
  /** Words of the daemon's log line. */
  readonly log?: readonly string[];
  /** What a metric does, as the rest of a sentence that begins with its name. */
  readonly metrics?: readonly (readonly [MetricName, string])[];
}
