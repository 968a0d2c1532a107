/**
 * A keyword as it stands in a configuration: made from its row, inside the blocks it belongs to. Only what is needed is written,
 * so an example shows the form; whether a value is wise, no row knows.
 */
import { childContext, context, lookup } from "../../grammar/vocabulary/index.ts";
import type { Argument, ContextId, Keyword, SymbolKind } from "../../grammar/vocabulary/types.ts";
import { checkValue } from "../../grammar/vocabulary/values.ts";

export interface KeywordExample {
  readonly text: string;
  /** The lines of the keyword itself, counted from 0, the end exclusive. */
  readonly first: number;
  readonly end: number;
  /** What the example refers to and does not show. */
  readonly definitions: string;
}

/** Undefined where the row does not say enough. */
export const keywordExample = (contextId: ContextId, keyword: Keyword): KeywordExample | undefined => {
  if (keyword.deprecated !== undefined || keyword.removed !== undefined) return undefined;
  const outer = headersOf(contextId);
  const own = linesOf(contextId, keyword);
  if (outer === undefined || own === undefined) return undefined;
  const depth = outer.length;
  const before = keyword.kind === "entry-option" ? [] : (partners[keyword.name] ?? []);
  const text = [
    ...outer.map((header, index) => `${indent(index)}${header} {`),
    ...[...before, ...own].map((line) => `${indent(depth)}${line}`),
    ...outer.map((_, index) => `${indent(depth - 1 - index)}}`),
  ];
  const first = depth + before.length;
  const definitions = [...Object.values(named), secondInstance].flatMap(({ name, definition }) =>
    !own[0]!.includes(` ${name} {`) && own.some((line) => line.trim().split(" ").includes(name)) ? [definition] : [],
  );
  return { text: text.join("\n"), first, end: first + own.length, definitions: surroundings + definitions.join("") };
};

const indent = (depth: number): string => "    ".repeat(depth);

/** The headers of the blocks around, the outermost first. */
const headersOf = (contextId: ContextId): readonly string[] | undefined => {
  const headers: string[] = [];
  let place: ContextId = "";
  for (const word of contextId === "" ? [] : contextId.split("/")) {
    const row = lookup(place, word);
    const header = row === undefined ? undefined : lineOf(row);
    if (row === undefined || header === undefined) return undefined;
    headers.push(header);
    place = childContext(place, row);
  }
  return headers;
};

const linesOf = (contextId: ContextId, keyword: Keyword): readonly string[] | undefined => {
  const line = lineOf(keyword);
  if (line === undefined) return undefined;
  if (keyword.kind === "entry-option") {
    if (contextId.endsWith("_rules")) return [ruleWith(keyword.name, line)];
    const entry = context(contextId)?.entry;
    const head = entry === undefined ? undefined : lineOf(entry);
    return head === undefined ? undefined : [`${head} ${line}`];
  }
  if (keyword.kind === "statement") return [line];
  const inside = context(childContext(contextId, keyword));
  const more = contents[keyword.name] ?? [];
  const needed = [...(inside?.entry === undefined ? [] : [inside.entry]), ...(inside?.keywords.filter(({ required }) => required) ?? [])];
  const missing = needed.filter(({ name }) => !more.some((each) => each.startsWith(`${name} `)));
  const lines = missing.map((row) => (row.kind === "statement" || row === inside?.entry ? lineOf(row) : undefined));
  return lines.includes(undefined) ? undefined : [`${line} {`, ...[...lines, ...more].map((each) => `${indent(1)}${each}`), "}"];
};

/** A rule wants something to look at, an action and a preference. */
const ruleWith = (name: string, line: string): string => {
  const part = (words: readonly string[], usual: string): string => (words.includes(name) ? line : usual);
  const isElsewhere = [...ruleActions, ...preferences].includes(name);
  return [isElsewhere ? "from 10.0.0.0/24" : line, part(ruleActions, "table 100"), part(preferences, "preference 1000")].join(" ");
};

const ruleActions: readonly string[] = ["table", "lookup", "goto", "nop", "blackhole", "unreachable", "prohibit"];
const preferences: readonly string[] = ["preference", "order", "priority"];

/** The keyword with the arguments that it needs (an ipvlan its address too, a service its port); of entries of list blocks, the arguments alone. */
const lineOf = ({ name, args, needsArgument, default: byDefault }: Keyword): string | undefined => {
  const written = args.filter(
    ({ optional, type }, index) =>
      optional !== true ||
      (needsArgument === true && index === 0) ||
      (name === "use_ipvlan" && type === "address-prefix") ||
      (name.endsWith("_server") && type === "port"),
  );
  const words = written.map((argument, index) => {
    const value = sampleOf(
      argument,
      index === 0 ? [...(sensible[name] ?? []), ...(byDefault === undefined || byDefault === "0" ? [] : [byDefault])] : [],
    );
    return value === undefined || argument.introducedBy === undefined ? value : `${argument.introducedBy} ${value}`;
  });
  if (words.includes(undefined)) return undefined;
  return [...(name.startsWith("<") ? [] : [name]), ...words].join(" ");
};

/** The first of these words that the argument takes. */
const sampleOf = (argument: Argument, first: readonly string[]): string | undefined => {
  const { type, min, values = [], refersTo, defines, digits } = argument;
  const kind = refersTo ?? defines;
  const candidates = [
    ...(kind === undefined ? [] : [named[kind].name]),
    ...first,
    ...(type === "enum" ? values : []),
    ...samples[type],
    ...(min === undefined ? [] : [`${min}`]),
    ...(digits === undefined ? [] : ["a".repeat(digits)]),
    ...values,
  ];
  return candidates.find((word) => !word.includes(" ") === (type !== "script") && checkValue(quoteless(word), argument).kind === "ok");
};

const quoteless = (word: string): string => word.replaceAll('"', "");

const samples: Readonly<Record<Argument["type"], readonly string[]>> = {
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

/** A name for everything that a name can stand for, and how it is defined. */
const named: Readonly<Record<SymbolKind, { readonly name: string; readonly definition: string }>> = {
  instance: {
    name: "VI_1",
    definition: "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority 100\n virtual_ipaddress {\n 10.0.0.9/24\n }\n}\n",
  },
  syncGroup: { name: "GROUP_1", definition: "" },
  script: { name: "check", definition: 'vrrp_script check {\n script "/usr/bin/true"\n}\n' },
  trackFile: { name: "weights", definition: "track_file weights {\n file /run/weights\n}\n" },
  trackProcess: { name: "haproxy", definition: "vrrp_track_process haproxy {\n process haproxy\n}\n" },
  trackGroup: { name: "tracked", definition: "" },
  bfd: { name: "bfd_1", definition: "bfd_instance bfd_1 {\n neighbor_ip 10.0.0.2\n}\n" },
  virtualServerGroup: { name: "web", definition: "virtual_server_group web {\n 10.0.0.9 80\n}\n" },
  garpGroup: { name: "garps", definition: "" },
};

/** A group wants two. */
const secondInstance = {
  name: "VI_2",
  definition: named.instance.definition.replace("VI_1", "VI_2").replace("51", "52").replace("10.0.0.9", "10.1.0.9").replace("eth0", "eth1"),
};

/** Words that say more than the first that is allowed. */
const sensible: Readonly<Record<string, readonly string[]>> = {
  weight: ["-20", "10"],
  mcast_dst_ip: ["224.0.0.50"],
  path: ["/health"],
  process: ["haproxy"],
  protocol: ["TCP"],
  key: ["1"],
  active_key: ["1"],
  state: ["BACKUP"],
  priority: ["150", "100"],
  virtual_router_id: ["73"],
  label: ["eth0:1"],
  router_id: ["lb1"],
  real_server: ["10.0.0.4"],
  auth_pass: ["s3cret"],
  goto: ["2000"],
};

/** Lines of the same block without which a keyword means nothing. */
const partners: Readonly<Record<string, readonly string[]>> = {
  unicast_peer: ["unicast_src_ip 10.0.0.8", "check_unicast_src"],
  unicast_src_ip: ["unicast_peer {", "    10.0.0.7", "}"],
  unicast_ttl: ["unicast_src_ip 10.0.0.8", "unicast_peer {", "    10.0.0.7", "}"],
  notify_master: ['notify_backup "/usr/local/bin/down.sh"', 'notify_fault "/usr/local/bin/down.sh"'],
  path: ["status_code 200"],
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
};

/** Lines without which a block is of little use. */
const contents: Readonly<Record<string, readonly string[]>> = {
  url: ["status_code 200"],
  MISC_CHECK: ["misc_timeout 5"],
  real_server: ["TCP_CHECK {", "}"],
  virtual_server: [
    "delay_loop 6",
    "lb_algo rr",
    "lb_kind NAT",
    "protocol TCP",
    "real_server 10.0.0.4 80 {",
    "    TCP_CHECK {",
    "    }",
    "}",
  ],
  HTTP_GET: ["url {", "    path /health", "    status_code 200", "}"],
  SSL_GET: ["url {", "    path /health", "    status_code 200", "}"],
  authentication: ["auth_type PASS", "auth_pass s3cret"],
  group: ["VI_2"],
  virtual_rules: ["from 10.0.0.0/24 table 100 preference 1000"],
  static_rules: ["from 10.0.0.0/24 table 100 preference 1000"],
  vrrp_sync_group: ["group {", "    VI_1", "    VI_2", "}"],
  vrrp_instance: ["state BACKUP", "priority 150", "track_script {", "    check", "}", "virtual_ipaddress {", "    10.0.0.9/24", "}"],
};

/** What mails and scripts need anywhere. */
const surroundings = `global_defs {
    enable_script_security
    script_user root
    notification_email {
        ops@example.org
    }
    notification_email_from lb@example.org
    smtp_server 127.0.0.1
}
`;
