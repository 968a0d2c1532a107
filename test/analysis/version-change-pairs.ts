/** For every change of behaviour a configuration that meets it, and a near twin that does not. */
const instance = (...lines: readonly string[]): string => `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 7
    ${lines.join("\n    ")}
}
`;
const addresses = "virtual_ipaddress {\n 10.0.0.9/24\n }";
const unicast = "unicast_src_ip 10.0.0.2\n unicast_peer {\n 10.0.0.3\n }";
const checked = (check: string): string => `virtual_server 10.0.0.9 80 {
    real_server 10.0.0.4 80 {
        ${check}
    }
}
`;

const global = (line: string): string => `global_defs {\n    ${line}\n}\n`;
const script = (...lines: readonly string[]): string => `vrrp_script chk {\n    script "/opt/check.sh"\n    ${lines.join("\n    ")}\n}\n`;

export interface Pair {
  readonly meets: string;
  readonly twin: string;
}

/** One row for each fact; the test below fails where one has no row. */
export const pairs: Readonly<Record<string, Pair>> = {
  "tcp-check-retries": { meets: checked("TCP_CHECK {\n }"), twin: checked("TCP_CHECK {\n retry 0\n }") },
  "master-without-priority-is-owner": {
    meets: instance("state MASTER", addresses),
    twin: instance("state MASTER", "priority 150", addresses),
  },
  "scripts-run-as-keepalived-script": {
    meets: instance('notify_master "/opt/up.sh"', addresses),
    twin: instance('notify_master "/opt/up.sh" root', addresses),
  },
  "unicast-v3-checksum": {
    meets: instance("version 3", unicast, addresses),
    twin: instance("version 2", unicast, addresses),
  },
  "master-waits-at-start": {
    meets: instance("state MASTER", "priority 150", addresses),
    twin: instance("state MASTER", "priority 255", addresses),
  },
  "master-clears-nopreempt": {
    meets: instance("state MASTER", "priority 150", "nopreempt", addresses),
    twin: instance("state BACKUP", "priority 150", "nopreempt", addresses),
  },
  "master-clears-preempt-delay": {
    meets: instance("state MASTER", "priority 150", "preempt_delay 60", addresses),
    twin: instance("state BACKUP", "priority 150", "preempt_delay 60", addresses),
  },
  "cast-is-checked": { meets: instance(unicast, addresses), twin: instance(addresses) },
  "other-address-counts-are-taken": { meets: instance(addresses), twin: instance("priority 100") },
  "address-twice-counts-once": {
    meets: instance("virtual_ipaddress {\n 10.0.0.9/24\n 10.0.0.9/24\n }"),
    twin: instance("virtual_ipaddress {\n 10.0.0.9/24\n 10.0.0.8/24\n }"),
  },
  "unicast-source-need-not-be-there": {
    meets: instance(unicast, addresses),
    twin: instance("unicast_peer {\n 10.0.0.3\n }", addresses),
  },
  "startup-delay-is-not-prolonged": {
    meets: global("vrrp_startup_delay 5") + instance("priority 100", addresses),
    twin: instance("priority 100", addresses),
  },
  "owner-waits-out-startup-delay": {
    meets: global("vrrp_startup_delay 5") + script() + instance("priority 255", "track_script {\n chk\n }", addresses),
    twin: global("vrrp_startup_delay 5") + script() + instance("priority 200", "track_script {\n chk\n }", addresses),
  },
  "instance-waits-for-its-scripts": {
    meets: script() + instance("track_script {\n chk\n }", addresses),
    twin: script("weight -20") + instance("track_script {\n chk\n }", addresses),
  },
  "missing-tracked-interface-ends-keepalived": {
    meets: instance("track_interface {\n eth1\n }", addresses),
    twin: global("dynamic_interfaces") + instance("track_interface {\n eth1\n }", addresses),
  },
  "false-turns-strict-off": {
    meets: global("vrrp_strict false") + instance(addresses),
    twin: global("vrrp_strict true") + instance(addresses),
  },
  "false-turns-skipping-off": {
    meets: global("vrrp_skip_check_adv_addr no") + instance(addresses),
    twin: global("vrrp_skip_check_adv_addr") + instance(addresses),
  },
  "up-delay-may-be-long": {
    meets: "interface_up_down_delays {\n eth0 1 9\n}\n" + instance(addresses),
    twin: "interface_up_down_delays {\n eth0 1 1\n}\n" + instance(addresses),
  },
  "peer-twice-is-sent-once": {
    meets: instance("unicast_peer {\n 10.0.0.3\n 10.0.0.3\n }", addresses),
    twin: instance("unicast_peer {\n 10.0.0.3\n 10.0.0.4\n }", addresses),
  },
  "hex-escape-has-two-digits": {
    meets: instance('notify_master "/opt/up.sh a\\x20file" root', addresses),
    twin: instance('notify_master "/opt/up.sh a\\x20 file" root', addresses),
  },
  "fifo-must-be-own": {
    meets: global("vrrp_notify_fifo /run/states") + instance(addresses),
    twin: global("vrrp_notify_fifo_script /opt/states.sh") + instance(addresses),
  },
  "misc-check-restores-weight": {
    meets: checked('MISC_CHECK {\n misc_path "/opt/check.sh"\n misc_dynamic\n }'),
    twin: checked('MISC_CHECK {\n misc_path "/opt/check.sh"\n }'),
  },
  "tcp-check-asks-a-dead-server-less": { meets: checked("TCP_CHECK {\n retry 2\n }"), twin: checked("TCP_CHECK {\n retry 0\n }") },
};
