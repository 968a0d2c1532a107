/** netplan (/etc/netplan/*.yaml): addresses and the default gateway per interface. Loaded only when there is such a file. */
import type { Sited } from "../../../grammar/text.ts";
import type { InterfaceConfig } from "./ifcfg.ts";
import { prefixOfNetmask } from "./numbers.ts";
import { readYaml, type YamlEntry, type YamlNode } from "./yaml.ts";

const kinds = ["ethernets", "bonds", "bridges", "vlans", "wifis", "tunnels", "dummy-devices", "vrfs", "modems", "nm-devices"];
const maxInterfaces = 1000;
const maxLength = 100_000;
/** Interfaces in the order of the file; none where it is no YAML, which is netplan's to tell. Never throws. */
export const readNetplan = (text: string, file: string): readonly InterfaceConfig[] => {
  try {
    return text.length > maxLength ? [] : interfacesIn(readYaml(text, file));
  } catch {
    return [];
  }
};

const entries = (node: YamlNode | undefined): readonly YamlEntry[] => (node?.kind === "map" ? node.entries : []);
const field = (node: YamlNode | undefined, name: string): YamlNode | undefined =>
  entries(node).find(({ key }) => key.value === name)?.value;
const scalar = (node: YamlNode | undefined): Sited<string> | undefined =>
  node?.kind === "scalar" && node.word.value !== "" ? node.word : undefined;
const items = (node: YamlNode | undefined): readonly YamlNode[] => (node?.kind === "list" ? node.items : []);

/** An address is a word, or the only key of its own settings. */
const addressOf = (node: YamlNode): { address: Sited<string>; prefix?: Sited<number> } | undefined => {
  const written = scalar(node) ?? entries(node)[0]?.key;
  if (written === undefined) return undefined;
  const [address, length] = written.value.split("/");
  const prefix = prefixOfNetmask(length);
  const { file, span } = written.site;
  const place = { value: address!, site: { file, span: { start: span.start, end: span.start + address!.length } } };
  return prefix === undefined ? { address: place } : { address: place, prefix: { value: prefix, site: written.site } };
};

const interfacesIn = (tree: YamlNode | undefined): readonly InterfaceConfig[] => {
  const network = field(tree, "network");
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
