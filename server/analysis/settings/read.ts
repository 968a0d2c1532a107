/** Reads the text of a kalint.toml. What is wrong is told with its line; then nothing of the file counts. */
import { parse, TomlError } from "smol-toml";
import { lineIndex, positionAt, type Site, type Sited } from "../../../grammar/text.ts";
import { distros, type Distro } from "../../../grammar/vocabulary/releases.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { parseVersion } from "../../../grammar/vocabulary/version.ts";
import type { Severity } from "../finding.ts";
import type { RuleSeverities } from "../severities.ts";
import { isTable, type Known, wrongsIn, type Wrong } from "./check.ts";
import { schema } from "./schema.ts";
import { tomlSites, type TomlPath, type TomlSites } from "./sites.ts";

/** What a kalint.toml says. Paths are as written: relative to its folder, or absolute. */
export interface Settings {
  /** The file it was read from. */
  readonly file: string;
  readonly version?: Version;
  readonly distro?: Distro;
  readonly rules: RuleSeverities;
  /** Absolute path of the hosts → folder. */
  readonly paths: readonly { readonly from: string; readonly to: Sited<string> }[];
  readonly clusters: readonly ClusterSettings[];
  readonly overrides: readonly { readonly paths: readonly Sited<string>[]; readonly rules: RuleSeverities }[];
}

export interface ClusterSettings {
  readonly name?: string;
  readonly nodes: readonly NodeSettings[];
}

export interface NodeSettings {
  /** Its `[[cluster.node]]`. */
  readonly site: Site;
  readonly name?: string;
  readonly config?: Sited<string>;
  readonly configId?: string;
  readonly root?: Sited<string>;
  readonly interfaces?: ReadonlyMap<string, InterfaceSettings>;
  readonly files: readonly Sited<string>[];
  readonly version?: Version;
}

export interface InterfaceSettings {
  readonly addresses: readonly Sited<string>[];
  readonly mac?: string;
  readonly segment?: string;
}

export interface SettingsProblem {
  readonly file: string;
  readonly site: Site;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface ReadSettings {
  /** Undefined when there are problems. */
  readonly settings?: Settings;
  /** By line. */
  readonly problems: readonly SettingsProblem[];
}

const maxDepth = 32;
const maxLength = 4_000_000;

/** `file` is only a name, for sites. Never throws. */
export const readSettings = (text: string, file: string, known: Known): ReadSettings => {
  if (text.length > maxLength) return failed(text, file, 0, "it is larger than 4 MB");
  let value: unknown;
  try {
    value = parse(text, { maxDepth });
  } catch (error) {
    if (error instanceof TomlError) return failed(text, file, offsetOf(text, error), `this is no TOML: ${firstSentence(error.message)}`);
    return failed(text, file, 0, "this is no TOML that can be read");
  }
  const sites = tomlSites(text);
  const wrongs = wrongsIn(value, schema, [], known);
  const more = wrongs.length > 0 ? [] : contradictions(value as Raw);
  if (wrongs.length + more.length > 0) return { problems: problemsOf([...wrongs, ...more], text, file, sites) };
  return { settings: settingsOf(value as Raw, file, sites, known), problems: [] };
};

/** A problem of a place in the text: also for what only the files of the project can tell. */
export const settingsProblem = (site: Site, text: string, message: string): SettingsProblem => ({
  file: site.file,
  site,
  line: positionAt(lineIndex(text), site.span.start).line,
  message,
});

const problemsOf = (wrongs: readonly Wrong[], text: string, file: string, sites: TomlSites): readonly SettingsProblem[] =>
  wrongs
    .map(({ path, message }) => settingsProblem({ file, span: sites.at(path) }, text, message))
    .toSorted((a, b) => a.site.span.start - b.site.span.start);

const failed = (text: string, file: string, offset: number, message: string): ReadSettings => ({
  problems: [settingsProblem({ file, span: { start: offset, end: offset } }, text, message)],
});

const offsetOf = (text: string, { line, column }: TomlError): number => {
  const start = lineIndex(text)[line - 1] ?? 0;
  return Math.min(text.length, start + Math.max(0, column - 1));
};

/** smol-toml shows the line below its sentence. */
const firstSentence = (message: string): string => message.split("\n", 1)[0]!.replace(/^Invalid TOML document: /u, "");

/** What the table of keys has made sure of. */
interface Raw {
  readonly "keepalived-version"?: string;
  readonly distro?: Distro;
  readonly rules?: RawRules;
  readonly paths?: Readonly<Record<string, string>>;
  readonly cluster?: readonly { readonly name?: string; readonly node: readonly RawNode[] }[];
  readonly override?: readonly { readonly paths: readonly string[]; readonly rules: RawRules }[];
}

type RawRules = Readonly<Record<string, Severity | "off">>;

interface RawNode {
  readonly name?: string;
  readonly config?: string;
  readonly "config-id"?: string;
  readonly root?: string;
  readonly interfaces?: Readonly<Record<string, readonly string[] | RawInterface>>;
  readonly files?: readonly string[];
  readonly "keepalived-version"?: string;
}

interface RawInterface {
  readonly addresses?: readonly string[];
  readonly mac?: string;
  readonly segment?: string;
}

/** Keys that are right by themselves and cannot hold together. */
const contradictions = (raw: Raw): readonly Wrong[] => [
  ...(raw.distro !== undefined && raw["keepalived-version"] !== undefined
    ? [{ path: ["distro"], message: "keepalived-version and distro both say which version is meant; keep one" }]
    : []),
  ...(raw.cluster ?? []).flatMap(({ name, node: nodes }, cluster) => {
    if (nodes.every(({ config }) => config === undefined))
      return [
        {
          path: ["cluster", cluster],
          message: name === undefined ? "this cluster has no node with a config" : `cluster ${name} has no node with a config`,
        },
      ];
    const names = new Set<string>();
    return nodes.flatMap((node, index): Wrong[] => {
      const path: TomlPath = ["cluster", cluster, "node", index];
      if (node.config === undefined && node.root === undefined && node.files === undefined && node.interfaces === undefined)
        return [
          {
            path,
            message: `node ${node.name ?? index + 1}: config is missing (a machine without keepalived has root, files or interfaces)`,
          },
        ];
      if (node.name === undefined) return node.config === undefined ? [{ path, message: "a node without config needs a name" }] : [];
      const twice = names.has(node.name);
      names.add(node.name);
      return twice ? [{ path: [...path, "name"], message: `two nodes of one cluster are called ${node.name}` }] : [];
    });
  }),
];

const settingsOf = (raw: Raw, file: string, sites: TomlSites, known: Known): Settings => {
  const sited = (value: string, path: TomlPath): Sited<string> => ({ value, site: { file, span: sites.valueAt(path) } });
  const version = raw.distro === undefined ? versionOf(raw["keepalived-version"]) : distros[raw.distro];
  return {
    file,
    ...(version === undefined ? {} : { version }),
    ...(raw.distro === undefined ? {} : { distro: raw.distro }),
    rules: rulesOf(raw.rules, known),
    paths: Object.entries(raw.paths ?? {}).map(([from, to]) => ({ from: from.replace(/(?<=.)\/+$/u, ""), to: sited(to, ["paths", from]) })),
    clusters: (raw.cluster ?? []).map(({ name, node: nodes }, cluster) => ({
      ...(name === undefined ? {} : { name }),
      nodes: nodes.map((node, index) => nodeOf(node, ["cluster", cluster, "node", index], file, sites, sited)),
    })),
    overrides: (raw.override ?? []).map(({ paths, rules }, index) => ({
      paths: paths.map((path, position) => sited(path, ["override", index, "paths", position])),
      rules: rulesOf(rules, known),
    })),
  };
};

type SitedAt = (value: string, path: TomlPath) => Sited<string>;

const nodeOf = (node: RawNode, path: TomlPath, file: string, sites: TomlSites, sited: SitedAt): NodeSettings => {
  const { name, config, root, interfaces, files = [], "config-id": configId } = node;
  const version = versionOf(node["keepalived-version"]);
  return {
    site: { file, span: sites.at(path) },
    ...(name === undefined ? {} : { name }),
    ...(config === undefined ? {} : { config: sited(config, [...path, "config"]) }),
    ...(configId === undefined ? {} : { configId }),
    ...(root === undefined ? {} : { root: sited(root, [...path, "root"]) }),
    ...(interfaces === undefined
      ? {}
      : {
          interfaces: new Map(
            Object.entries(interfaces).map(([device, stated]) => [device, interfaceOf(stated, [...path, "interfaces", device], sited)]),
          ),
        }),
    files: files.map((pattern, index) => sited(pattern, [...path, "files", index])),
    ...(version === undefined ? {} : { version }),
  };
};

const interfaceOf = (stated: readonly string[] | RawInterface, path: TomlPath, sited: SitedAt): InterfaceSettings => {
  if (isTable(stated)) {
    const { addresses = [], mac, segment } = stated as RawInterface;
    return {
      addresses: addresses.map((address, index) => sited(address, [...path, "addresses", index])),
      ...(mac === undefined ? {} : { mac }),
      ...(segment === undefined ? {} : { segment }),
    };
  }
  return { addresses: (stated as readonly string[]).map((address, index) => sited(address, [...path, index])) };
};

/** A rule goes before its group, in whatever order they are written: the keys of a table have none. */
const rulesOf = (rules: RawRules | undefined, { groups }: Known): RuleSeverities => {
  const entries = Object.entries(rules ?? {});
  const ofGroups = entries.flatMap(([name, severity]) => (groups?.get(name) ?? []).map((id) => [id, severity] as const));
  return new Map([...ofGroups, ...entries.filter(([name]) => groups?.has(name) !== true)]);
};

const versionOf = (text: string | undefined): Version | undefined => (text === undefined ? undefined : parseVersion(text));
