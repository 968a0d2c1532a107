/**
 * Snippets for VS Code. What is in a block is chosen here; what may be written, and which of a row's values can be picked,
 * comes from the vocabulary: a keyword it does not know is an error.
 */
import { childContext, lookup } from "../grammar/vocabulary/index.ts";
import type { Argument, ContextId, Keyword } from "../grammar/vocabulary/types.ts";

export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** A statement or a block; `values` are what stands in its places first, the other arguments that are needed show their name. */
interface Line {
  readonly keyword: string;
  readonly values?: readonly string[];
  /** Written as it is: the entries of a list, a blank line. */
  readonly entries?: readonly (readonly string[])[];
  readonly lines?: readonly Line[];
}

interface Shape {
  readonly prefix: string;
  readonly description: string;
  readonly blocks: readonly Line[];
}

const instance = (name: string, more: readonly Line[] = []): Line => ({
  keyword: "vrrp_instance",
  values: [name],
  lines: [
    { keyword: "state", values: ["BACKUP"] },
    { keyword: "interface", values: ["eth0"] },
    { keyword: "virtual_router_id", values: ["23"] },
    { keyword: "priority", values: ["150"] },
    { keyword: "advert_int", values: ["1"] },
    { keyword: "virtual_ipaddress", entries: [["192.0.2.10/24"]] },
    ...more,
  ],
});

const tracked: readonly Line[] = [{ keyword: "nopreempt" }, { keyword: "track_script", entries: [["chk_service"]] }];

const check: Line = {
  keyword: "vrrp_script",
  values: ["chk_service"],
  lines: [
    { keyword: "script", values: ["/etc/keepalived/check_service.sh"] },
    { keyword: "interval", values: ["2"] },
    { keyword: "timeout", values: ["2"] },
    { keyword: "fall", values: ["3"] },
    { keyword: "rise", values: ["2"] },
  ],
};

const server = (address: string): Line => ({
  keyword: "real_server",
  values: [address, "80"],
  lines: [
    { keyword: "weight", values: ["1"] },
    { keyword: "TCP_CHECK", lines: [{ keyword: "connect_timeout", values: ["3"] }] },
  ],
});

const shapes: readonly Shape[] = [
  { prefix: "vrrp_instance", description: "An instance with a virtual address", blocks: [instance("VI_1")] },
  {
    prefix: "vrrp_instance track",
    description: "A check script and an instance that goes to FAULT when it fails",
    blocks: [check, instance("VI_1", tracked)],
  },
  {
    prefix: "vrrp_instance unicast",
    description: "An instance that sends its adverts to named peers",
    blocks: [
      instance("VI_1", [
        { keyword: "unicast_src_ip", values: ["192.0.2.1"] },
        { keyword: "unicast_peer", entries: [["192.0.2.2"]] },
      ]),
    ],
  },
  { prefix: "vrrp_script", description: "A check script, to be tracked by instances", blocks: [check] },
  {
    prefix: "vrrp_sync_group",
    description: "Instances that fail over together",
    blocks: [{ keyword: "vrrp_sync_group", values: ["VG_1"], lines: [{ keyword: "group", entries: [["VI_1"], ["VI_2"]] }] }],
  },
  {
    prefix: "virtual_server",
    description: "A balanced service with a checked real server",
    blocks: [
      {
        keyword: "virtual_server",
        values: ["192.0.2.10", "80"],
        lines: [
          { keyword: "delay_loop", values: ["6"] },
          { keyword: "lb_algo", values: ["wrr"] },
          { keyword: "lb_kind", values: ["DR"] },
          { keyword: "protocol", values: ["TCP"] },
          server("192.0.2.21"),
          server("192.0.2.22"),
        ],
      },
    ],
  },
  { prefix: "real_server", description: "A real server with a TCP check", blocks: [server("192.0.2.21")] },
  {
    prefix: "global_defs",
    description: "Who runs scripts, and which are refused",
    blocks: [
      {
        keyword: "global_defs",
        lines: [
          { keyword: "router_id", values: ["lb1"] },
          { keyword: "script_user", values: ["keepalived_script"] },
          { keyword: "enable_script_security" },
        ],
      },
    ],
  },
];

/** By description, which is how an editor lists them. */
export const snippets = (): Readonly<Record<string, Snippet>> =>
  Object.fromEntries(
    shapes.map(({ prefix, description, blocks }) => {
      const stops = newStops();
      const top = blocks[0]!.keyword === "real_server" ? "virtual_server" : "";
      const body = blocks.flatMap((block, index) => [...(index === 0 ? [] : [""]), ...written(block, top, "", stops)]);
      return [description, { prefix, description, body: [...body.slice(0, -1), `${body.at(-1)!}$0`] }];
    }),
  );

/** Numbers of places; the same value of the same name is one place, filled in once. */
const newStops = (): ((value: string, shared: boolean) => { readonly number: number; readonly first: boolean }) => {
  const known = new Map<string, number>();
  let last = 0;
  return (value, shared) => {
    const before = shared ? known.get(value) : undefined;
    if (before !== undefined) return { number: before, first: false };
    last += 1;
    if (shared) known.set(value, last);
    return { number: last, first: true };
  };
};

type Stops = ReturnType<typeof newStops>;

const written = ({ keyword, values = [], entries, lines }: Line, context: ContextId, indent: string, stops: Stops): readonly string[] => {
  const row = lookup(context, keyword);
  if (row === undefined) throw new Error(`no keyword ${keyword} in ${context === "" ? "a configuration" : context}`);
  const head = `${indent}${[keyword, ...placesOf(row, values, stops)].join(" ")}`;
  if (entries === undefined && lines === undefined) return [head];
  const inside = `${indent}\t`;
  const body =
    entries?.map((words) => `${inside}${words.map((word) => place(word, isName(word), stops)).join(" ")}`) ??
    lines!.flatMap((line) => written(line, childContext(context, row), inside, stops));
  return [`${head} {`, ...body, `${indent}}`];
};

const placesOf = ({ args }: Keyword, values: readonly string[], stops: Stops): readonly string[] =>
  args
    .filter(({ optional }, index) => optional !== true || values[index] !== undefined)
    .map((argument, index) => {
      const value = values[index] ?? argument.name;
      if (argument.type === "enum" && argument.values !== undefined) return choice(value, argument, stops);
      const text = place(value, argument.defines !== undefined, stops);
      return argument.type === "script" ? `"${text}"` : text;
    });

const place = (value: string, shared: boolean, stops: Stops): string => {
  const { number, first } = stops(value, shared);
  return first ? `\${${number}:${value}}` : `$${number}`;
};

/** Names of scripts and instances: where they are defined and where they are used is one place. */
const isName = (word: string): boolean => /^[A-Za-z]\w*$/u.test(word);

/** The words of an enum to pick from, the one that is meant first. */
const choice = (value: string, { values = [] }: Argument, stops: Stops): string => {
  const words = [value, ...values.filter((each) => each.toLowerCase() !== value.toLowerCase())];
  return `\${${stops(value, false).number}|${words.join(",")}|}`;
};
