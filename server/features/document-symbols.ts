/** The outline of a configuration file: its named blocks, nested as they are written. */
import { literalText, type Span } from "../../grammar/text.ts";
import { type ConfigItem, readTree } from "../model/node/items.ts";

export type SymbolRole =
  "settings" | "instance" | "group" | "script" | "service" | "server" | "checker" | "list" | "address" | "block" | "function";

export interface DocumentSymbol {
  /** The header as it is written: `vrrp_instance VI_1`, `real_server 10.0.0.69 3306`. */
  readonly name: string;
  readonly role: SymbolRole;
  readonly span: Span;
  /** The words of the header; lies within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/**
 * The blocks of a file's own text. It is read by itself, not as part of a configuration: what is included or defined
 * elsewhere has its outline there. Never throws.
 */
export const documentSymbols = (text: string): readonly DocumentSymbol[] => readTree(literalText("", text)).items.flatMap(symbolOf);

const symbolOf = (item: ConfigItem): DocumentSymbol[] => {
  const { keyword, args, site } = item;
  if (item.kind === "statement") return isAddress(item) ? [leaf(item)] : [];
  const words = [keyword, ...args];
  return [
    {
      name: words.map(({ value }) => value).join(" "),
      role: roles[keyword.value] ?? (/^[A-Z_]+$/u.test(keyword.value) ? "checker" : item.entry?.kind === "list-block" ? "list" : "block"),
      span: site.span,
      selection: { start: site.span.start, end: words.at(-1)!.site.span.end },
      children: item.items.flatMap(symbolOf),
    },
  ];
};

const leaf = ({ keyword, args, site }: ConfigItem): DocumentSymbol => ({
  name: [keyword, ...args].map(({ value }) => value).join(" "),
  role: "address",
  span: site.span,
  selection: keyword.site.span,
  children: [],
});

/** Virtual addresses are what people look for in an outline. */
const isAddress = ({ context = "" }: ConfigItem): boolean =>
  /(?:^|\/)(?:virtual_ipaddress|virtual_ipaddress_excluded|static_ipaddress)$/u.test(context);

const roles: Readonly<Record<string, SymbolRole>> = {
  global_defs: "settings",
  vrrp_instance: "instance",
  bfd_instance: "instance",
  vrrp_sync_group: "group",
  virtual_server_group: "group",
  track_group: "group",
  garp_group: "group",
  vrrp_script: "script",
  vrrp_track_process: "script",
  track_file: "script",
  vrrp_track_file: "script",
  virtual_server: "service",
  real_server: "server",
};
