/** netplan (/etc/netplan/*.yaml): addresses and the default gateway per interface. Loaded only when there is such a file. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { Site, Sited } from "../../../grammar/text.ts";
import type { InterfaceConfig } from "./ifcfg.ts";
import { prefixOfNetmask } from "./numbers.ts";

const kinds = ["ethernets", "bonds", "bridges", "vlans", "wifis", "tunnels", "dummy-devices", "vrfs", "modems", "nm-devices"];
const maxInterfaces = 1000;
const limits = { length: 100_000, line: 2000, depth: 64 };

/**
 * The parser of YAML goes down one call per level: far more levels than a file of netplan has end the process, not only
 * the parser. So what nests deeper than anybody writes is not given to it.
 */
const isPlain = (text: string): boolean => {
  if (text.length > limits.length) return false;
  let depth = 0;
  let column = 0;
  for (const char of text) {
    column = char === "\n" ? 0 : column + 1;
    if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth = Math.max(0, depth - 1);
    if (depth > limits.depth || column > limits.line) return false;
  }
  return true;
};

/** Interfaces in the order of the file. What is wrong in the YAML is netplan's to tell: what can be read counts. Never throws. */
export const readNetplan = (text: string, file: string): readonly InterfaceConfig[] => {
  try {
    return isPlain(text) ? interfacesIn(text, file) : [];
  } catch {
    return [];
  }
};

const interfacesIn = (text: string, file: string): readonly InterfaceConfig[] => {
  const tree = parseDocument(text, { logLevel: "silent", uniqueKeys: false, strict: false });
  const siteOf = (node: Node): Site => ({ file, span: { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 } });
  const entries = (node: unknown): readonly { readonly key: Sited<string>; readonly value: unknown }[] =>
    isMap(node)
      ? node.items.flatMap((pair) =>
          isPair(pair) && isScalar(pair.key)
            ? [{ key: { value: String(pair.key.value), site: siteOf(pair.key) }, value: resolved(pair.value) }]
            : [],
        )
      : [];
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(tree) : node);
  const field = (node: unknown, name: string): unknown => entries(node).find(({ key }) => key.value === name)?.value;
  const scalar = (node: unknown): Sited<string> | undefined =>
    isScalar(node) && (typeof node.value === "string" || typeof node.value === "number")
      ? { value: String(node.value), site: valueSite(node, file) }
      : undefined;
  const items = (node: unknown): readonly unknown[] => (isSeq(node) ? node.items.map(resolved) : []);

  const addressOf = (node: unknown): { address: Sited<string>; prefix?: Sited<number> } | undefined => {
    const written = scalar(node) ?? entries(node)[0]?.key;
    if (written === undefined) return undefined;
    const [address, length] = written.value.split("/");
    const prefix = prefixOfNetmask(length);
    const { start } = written.site.span;
    const place = { value: address!, site: { file, span: { start, end: start + address!.length } } };
    return prefix === undefined ? { address: place } : { address: place, prefix: { value: prefix, site: written.site } };
  };

  const network = field(tree.contents, "network");
  return kinds
    .flatMap((kind) => entries(field(network, kind)))
    .slice(0, maxInterfaces)
    .map(({ key, value }): InterfaceConfig => {
      const named = scalar(field(value, "set-name"));
      const routed = items(field(value, "routes")).find((route) =>
        /^(?:default|0\.0\.0\.0\/0)$/u.test(scalar(field(route, "to"))?.value ?? ""),
      );
      const gateway = scalar(field(value, "gateway4")) ?? scalar(field(routed, "via"));
      return {
        device: named ?? key,
        addresses: items(field(value, "addresses")).flatMap((one) => addressOf(one) ?? []),
        ...(gateway === undefined ? {} : { gateway }),
        onBoot: true,
        site: key.site,
      };
    });
};

/** Without the quotes of a quoted value. */
const valueSite = (node: Node & { readonly type?: string }, file: string): Site => {
  const [start = 0, end = 0] = node.range ?? [];
  const quoted = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE" ? 1 : 0;
  return { file, span: { start: start + quoted, end: Math.max(start + quoted, end - quoted) } };
};
