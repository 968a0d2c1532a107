/** What examples of keywords are filled with: values, names, and the lines that go together. Data for keyword-example.ts. */
import type { Argument, SymbolKind } from "../../grammar/vocabulary/types.ts";

/** Values by type, the first that an argument takes. */
export const samples: Readonly<Record<Argument["type"], readonly string[]>> = {
  integer: ["10", "1", "100"],
  decimal: ["1", "5"],
  boolean: ["true"],
  enum: [],
  "enum-or-number": ["1"],
  "integer-range": ["1-10"],
  string: ["text", "db1"],
  password: ["0123456789abcdef0123456789abcdef", "s3cret"],
  hex: ["0a0b"],
  address: ["10.0.0.9", "2001:db8::9"],
  "address-prefix": ["10.0.0.9/24", "2001:db8::9/64"],
  "address-range": ["10.0.0.9"],
  netmask: ["255.255.255.255", "128"],
  mac: ["02:00:00:00:00:01", "02:00:00:00:01"],
  port: ["80"],
  interface: ["eth0"],
  path: ["/etc/keepalived/file"],
  script: ['"/usr/local/bin/check.sh --quiet"'],
  user: ["nobody"],
  group: ["nogroup"],
  regex: ["ready"],
  email: ["ops@example.org"],
  url: ["/health"],
  reference: [],
  name: ["NAME"],
  words: ["text"],
};

/** Words that say more than the first that is allowed, by keyword; `block/keyword` where it is another there. */
export const sensible: Readonly<Record<string, readonly string[]>> = {
  weight: ["-20", "10"],
  mcast_dst_ip: ["224.0.0.50"],
  path: ["/health"],
  process: ["haproxy"],
  protocol: ["TCP"],
  "virtual_routes/protocol": ["static"],
  "static_routes/protocol": ["static"],
  key: ["1"],
  active_key: ["1"],
  state: ["BACKUP"],
  priority: ["150", "100"],
  virtual_router_id: ["73"],
  label: ["eth0:1"],
  router_id: ["lb1"],
  real_server: ["10.0.0.4"],
  auth_pass: ["s3cret"],
  brd: ["10.0.0.255"],
  broadcast: ["10.0.0.255"],
  hysteresis: ["2"],
  user: ["nobody"],
  preferred_lft: ["0"],
  vrrp_cpu_affinity: ["0"],
  checker_cpu_affinity: ["0"],
  bfd_cpu_affinity: ["0"],
  "track_interface/<interface>": ["eth2"],
  goto: ["2000"],
  retry: ["3"],
  connect_ip: ["10.0.0.4"],
  peer: ["10.0.0.10"],
  smtp_server: ["127.0.0.1"],
  table: ["100"],
  lookup: ["100"],
  tos: ["0x10"],
  dsfield: ["0x10"],
  tc: ["0x10"],
  realms: ["10"],
  fwmark: ["0x10"],
  ipproto: ["tcp"],
  suppress_ifgroup: ["10"],
  sup_group: ["10"],
  rtt: ["300ms"],
  rttvar: ["300ms"],
  rto_min: ["300ms"],
  vrf: ["vrf-blue"],
  congctl: ["cubic"],
  id: ["10"],
  dst: ["10.0.0.7"],
  src: ["10.0.0.8"],
};

/** A name for everything that a name can stand for, and how it is defined. */
export const named: Readonly<Record<SymbolKind, { readonly name: string; readonly definition: string }>> = {
  instance: {
    name: "VI_1",
    definition:
      "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority 100\n virtual_ipaddress {\n 10.0.0.100/24\n }\n}\n",
  },
  syncGroup: { name: "GROUP_1", definition: "" },
  script: { name: "check", definition: 'vrrp_script check {\n script "/usr/bin/true"\n}\n' },
  trackFile: { name: "weights", definition: "track_file weights {\n file /run/weights\n}\n" },
  trackProcess: { name: "haproxy", definition: "vrrp_track_process haproxy {\n process haproxy\n}\n" },
  trackGroup: { name: "tracked", definition: "track_group tracked {\n group {\n VI_1\n }\n}\n" },
  bfd: { name: "bfd_1", definition: "bfd_instance bfd_1 {\n neighbor_ip 10.0.0.2\n}\n" },
  virtualServerGroup: { name: "web", definition: "virtual_server_group web {\n 10.0.0.9 80\n}\n" },
  garpGroup: { name: "garps", definition: "" },
};

/** A group wants two. */
export const secondInstance = {
  name: "VI_2",
  definition: named.instance.definition
    .replace("VI_1", "VI_2")
    .replace("51", "52")
    .replace("10.0.0.100", "10.1.0.100")
    .replace("eth0", "eth1"),
};

const peers: readonly string[] = ["unicast_peer {", "    10.0.0.7", "}"];
const unicast: readonly string[] = ["unicast_src_ip 10.0.0.8", ...peers, "check_unicast_src"];

/** Lines of the same block without which a keyword means nothing. */
export const partners: Readonly<Record<string, readonly string[]>> = {
  unicast_peer: ["unicast_src_ip 10.0.0.8", "check_unicast_src"],
  unicast_src_ip: [...peers, "check_unicast_src"],
  unicast_ttl: unicast,
  notify_master: ['notify_backup "/usr/local/bin/down.sh"', 'notify_fault "/usr/local/bin/down.sh"'],
  "url/path": ["status_code 200"],
  owner_ignore_adverts: ["priority 255"],
  timer_expired_backup: ["state BACKUP", "nopreempt"],
  vmac_xmit_base: ["use_vmac"],
  hashed: ["lb_algo sh"],
  "sh-port": ["lb_algo sh"],
  "sh-fallback": ["lb_algo sh"],
  "mh-port": ["lb_algo mh"],
  "mh-fallback": ["lb_algo mh"],
  sorry_server_inhibit: ["sorry_server 10.0.0.7 80"],
  sorry_server_lvs_method: ["sorry_server 10.0.0.7 80"],
  auth_pass: ["auth_type PASS"],
  active_key: ["key 1 0123456789abcdef0123456789abcdef"],
  dont_track_primary: ["interface dummy0"],
  ops: ["protocol UDP"],
  hysteresis: ["quorum 5"],
  check_unicast_src: ["unicast_src_ip 10.0.0.8", ...peers],
  old_unicast_checksum: unicast,
  vrf: unicast,
};

/** The same, behind it. */
export const followers: Readonly<Record<string, readonly string[]>> = {
  vrf: ["virtual_ipaddress {", "    10.0.0.9/24 dev eth0", "}"],
  native_ipv6: ["virtual_ipaddress {", "    fe80::9/64", "}"],
  hysteresis: ["real_server 10.0.0.4 80 {", "    weight 10", "    TCP_CHECK {", "    }", "}"],
};

/** What a block needs unless this keyword stands in it. */
export const displaced: Readonly<Record<string, readonly string[]>> = {
  vrf: ["interface"],
  interfaces: ["interface"],
};

const page = "url {\n    path /health\n    status_code 200\n}";
const route = "10.1.0.0/24 via 10.0.0.1 dev eth0";
const rule = "from 10.0.0.0/24 table 100 preference 1000";

/** What a block needs in it, by name, or by context where it is another there. It is shown where the block is what the example is about, and understood around anything else. */
export const contents: Readonly<Record<string, readonly string[]>> = {
  url: ["path /health", "status_code 200"],
  MISC_CHECK: ['misc_path "/usr/local/bin/check.sh --quiet"', "misc_timeout 5"],
  FILE_CHECK: ["track_file weights"],
  BFD_CHECK: ["name bfd_1"],
  HTTP_GET: [page],
  SSL_GET: [page],
  real_server: ["TCP_CHECK {\n}"],
  virtual_server: ["delay_loop 6", "lb_algo rr", "lb_kind NAT", "protocol TCP", "real_server 10.0.0.4 80 {\n    TCP_CHECK {\n    }\n}"],
  virtual_server_group: ["10.0.0.9 80"],
  authentication: ["auth_type PASS", "auth_pass s3cret"],
  virtual_routes: [route],
  static_routes: [route],
  virtual_rules: [rule],
  static_rules: [rule],
  vrrp_sync_group: ["group {\n    VI_1\n    VI_2\n}"],
  group: ["VI_1", "VI_2"],
  track_group: ["group {\n    VI_1\n}"],
  vrrp_script: ['script "/usr/local/bin/check.sh --quiet"'],
  track_file: ["file /run/weights"],
  "vrrp_instance/track_file": [],
  "vrrp_sync_group/track_file": [],
  vrrp_track_process: ["process haproxy"],
  bfd_instance: ["neighbor_ip 10.0.0.2"],
  garp_group: ["interface eth0", "garp_interval 0.1"],
  vrrp_instance: [
    "state BACKUP",
    "interface eth0",
    "virtual_router_id 73",
    "priority 150",
    "track_script {\n    check\n}",
    "virtual_ipaddress {\n    10.0.0.100/24\n}",
  ],
};

/** What mails and scripts need anywhere. */
export const surroundings = `global_defs {
    enable_script_security
    script_user root
    notification_email {
        ops@example.org
    }
    notification_email_from lb@example.org
    smtp_server 127.0.0.1
}
`;
