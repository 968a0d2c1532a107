/**
 * The settings of a project: the kalint.toml at its top and those in folders below, which add to it for their folder.
 * Reading comes first, since the files say which folders may be read; then their paths are held against what is there.
 */
import type { Sited } from "../../../grammar/text.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { systemShellOf } from "../../../grammar/vocabulary/releases.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { canonicalAddress, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { baseName, folderOf, isBelow, joinPath, walkFiles, type ProjectFiles } from "../../model/cluster/files.ts";
import { hasWildcard } from "../../model/cluster/glob.ts";
import { matchesPath } from "../../model/cluster/patterns.ts";
import type { RuleSettings } from "../severities.ts";
import type { PathMap, Stated, StatedCluster, StatedInterface, StatedNode } from "../../model/cluster/stated.ts";
import type { Known } from "./check.ts";
import { type InterfaceSettings, type NodeSettings, readSettings, type Settings, settingsProblem, type SettingsProblem } from "./read.ts";

export const settingsName = "kalint.toml";

export interface ProjectSettings {
  /** What was read, the top of the project first. */
  readonly read: readonly Settings[];
  /** The version that the top of the project states. */
  readonly version?: Version;
  readonly stated: Stated;
  /** The later goes before the earlier. */
  readonly rules: readonly RuleSettings[];
}

export interface SettingsFiles extends ProjectFiles {
  /** The name that findings have for a path; needed where the same file can be named in two ways (absolute paths). */
  readonly nameOf?: (path: string) => string;
}

/** Every kalint.toml below a folder, the upper ones first. */
export const settingsBelow = (files: ProjectFiles, folder: string): readonly string[] =>
  walkFiles(files, folder)
    .filter((file) => baseName(file) === settingsName)
    .toSorted((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));

/** Reads these files, in the order in which one adds to the other. */
export const readSettingsFiles = (
  files: ProjectFiles,
  names: readonly string[],
  known: Known,
): { readonly settings: readonly Settings[]; readonly problems: readonly SettingsProblem[] } => {
  const settings: Settings[] = [];
  const problems: SettingsProblem[] = [];
  for (const name of names) {
    const got = files.read(name);
    if (got.kind === "unreadable") {
      problems.push(settingsProblem({ file: name, span: { start: 0, end: 0 } }, "", got.reason));
      continue;
    }
    const read = readSettings(got.text, name, known);
    problems.push(...read.problems);
    if (read.settings !== undefined) settings.push(read.settings);
  }
  return { settings, problems };
};

/** Folders that settings allow to be read, wherever they lie: roots and the folders of `[paths]`. */
export const statedFolders = (settings: readonly Settings[]): readonly string[] =>
  settings.flatMap(({ file, paths, clusters }) => {
    const roots = clusters.flatMap(({ nodes }) => nodes.flatMap(({ root }) => root ?? []));
    return [...roots, ...paths.map(({ to }) => to)].map(({ value }) => resolved(folderOf(file), value));
  });

/** Settings as the model and the rules take them, or what is wrong with their paths. The first is the top of the project. */
export const resolveSettings = (
  read: readonly Settings[],
  files: SettingsFiles,
): { readonly settings: ProjectSettings; readonly problems: readonly SettingsProblem[] } => {
  const problems: SettingsProblem[] = [];
  const complain = ({ site }: Sited<string>, message: string): void => {
    const got = files.read(site.file);
    problems.push(settingsProblem(site, got.kind === "text" ? got.text : "", message));
  };
  const places = read.map((settings) => placesOf(settings, files, complain));
  const taken = new Map<string, string>();
  const clusters = read.flatMap((settings, index) =>
    settings.clusters.map((cluster): StatedCluster => ({
      ...(cluster.name === undefined ? {} : { name: cluster.name }),
      nodes: cluster.nodes.map((node) => {
        const stated = statedNode(node, places[index]!, files, complain);
        const key = JSON.stringify([stated.config, stated.configId]);
        const name = cluster.name ?? `the cluster of line ${settingsLine(node, files)}`;
        const other = taken.get(key);
        if (node.config !== undefined && other !== undefined && other !== name)
          complain(node.config, `${node.config.value} is a node of ${other} already`);
        taken.set(key, name);
        return stated;
      }),
    })),
  );
  const [top, ...nested] = read;
  return {
    settings: {
      read,
      ...(top?.version === undefined || folderOf(top.file) !== "" ? {} : { version: top.version }),
      stated: {
        clusters,
        paths: places.flatMap(({ maps }) => maps).toSorted((a, b) => b.from.length - a.from.length),
        versions: (top !== undefined && folderOf(top.file) === "" ? nested : read)
          .flatMap(({ file, version }) => (version === undefined ? [] : [{ folder: folderOf(file), version }]))
          .toReversed(),
        shells: read
          .flatMap(({ file, distro }) => (distro === undefined ? [] : [{ folder: folderOf(file), shell: systemShellOf(distro) }]))
          .toReversed(),
      },
      rules: read.flatMap(ruleSettings),
    },
    problems,
  };
};

const settingsLine = ({ site }: NodeSettings, files: ProjectFiles): number => {
  const got = files.read(site.file);
  return settingsProblem(site, got.kind === "text" ? got.text : "", "").line;
};

type Complain = (at: Sited<string>, message: string) => void;

/** What may be read because of one kalint.toml. */
interface Places {
  readonly folder: string;
  readonly maps: readonly PathMap[];
  readonly roots: ReadonlyMap<Sited<string>, string>;
}

const placesOf = ({ file, paths, clusters }: Settings, files: SettingsFiles, complain: Complain): Places => {
  const folder = folderOf(file);
  const folderAt = (at: Sited<string>, what: string): string => {
    const name = nameIn(folder, at.value, files);
    if (files.list(name).length === 0)
      complain(at, `${what}: there is no folder ${at.value} with files in it${near(name, "folder", files, folder)}`);
    return name;
  };
  return {
    folder,
    maps: paths.map(({ from, to }) => ({ from, to: folderAt(to, "paths"), ...(folder === "" ? {} : { within: folder }) })),
    roots: new Map(
      clusters.flatMap(({ nodes }) => nodes.flatMap(({ root }) => (root === undefined ? [] : [[root, folderAt(root, "root")] as const]))),
    ),
  };
};

const statedNode = (node: NodeSettings, places: Places, files: SettingsFiles, complain: Complain): StatedNode => {
  const { folder, maps, roots } = places;
  const root = node.root === undefined ? undefined : roots.get(node.root);
  const mayRead = (name: string): boolean =>
    [folder, ...maps.map(({ to }) => to), ...(root === undefined ? [] : [root])].some((each) => isBelow(name, each));
  const inside = (at: Sited<string>, what: string): string | undefined => {
    const name = nameIn(folder, at.value, files);
    if (mayRead(name)) return name;
    complain(at, `${what}: ${at.value} lies outside the folder of kalint.toml; only root and paths may lead there`);
    return undefined;
  };
  const config = node.config === undefined ? undefined : inside(node.config, "config");
  if (config !== undefined) {
    const got = files.read(config);
    if (got.kind === "unreadable")
      complain(node.config!, `config: ${node.config!.value}: ${got.reason}${near(config, "file", files, folder)}`);
  }
  const patterns = node.files.flatMap((at) => {
    const name = inside(at, "files");
    if (name === undefined) return [];
    if (!hasWildcard(name) && files.list(name).length === 0) {
      const got = files.read(name);
      if (got.kind === "unreadable") complain(at, `files: ${at.value}: ${got.reason}${near(name, "file", files, folder)}`);
    }
    return [name];
  });
  return {
    ...(node.name === undefined ? {} : { name: node.name }),
    ...(config === undefined ? {} : { config }),
    ...(node.configId === undefined ? {} : { configId: node.configId }),
    ...(root === undefined ? {} : { root }),
    files: patterns,
    ...(node.interfaces === undefined
      ? {}
      : { interfaces: new Map([...node.interfaces].map(([name, stated]) => [name, statedInterface(name, stated)])) }),
    ...(node.version === undefined ? {} : { version: node.version }),
  };
};

const statedInterface = (name: string, { addresses, mac, segment }: InterfaceSettings): StatedInterface => ({
  addresses: addresses.map(({ value }) => {
    const prefix = parseAddress(value)?.prefix;
    return { address: canonicalAddress(value), ...(prefix === undefined ? {} : { prefix }) };
  }),
  ...(mac === undefined ? {} : { mac }),
  segment: segment ?? name,
  sites: addresses.map(({ site }) => site),
});

const ruleSettings = ({ file, rules, overrides }: Settings): readonly RuleSettings[] => {
  const folder = folderOf(file);
  return [
    ...(rules.size === 0 ? [] : [{ rules, ...(folder === "" ? {} : { covers: (name: string) => isBelow(name, folder) }) }]),
    ...overrides.map(({ paths, rules: there }) => ({ rules: there, covers: coverage(folder, paths) })),
  ];
};

/** Patterns begin at the folder of kalint.toml; one that names a folder is for all files in it. */
const coverage =
  (folder: string, patterns: readonly Sited<string>[]) =>
  (file: string): boolean => {
    if (!isBelow(file, folder)) return false;
    const own = folder === "" || folder === "/" ? file : file.slice(folder.length + 1);
    return patterns.some(({ value }) => {
      const pattern = value.replace(/^\.\//u, "").replace(/\/+$/u, "");
      return matchesPath(own, pattern) || matchesPath(own, `${pattern}/**`);
    });
  };

const resolved = (folder: string, path: string): string => (path.startsWith("/") ? joinPath("/", path) : joinPath(folder, path));

const nameIn = (folder: string, path: string, { nameOf }: SettingsFiles): string => {
  const name = resolved(folder, path);
  return nameOf === undefined ? name : nameOf(name);
};

/** ", did you mean db1/keepalived.conf?": something of this kind whose folders and name are nearly these. */
const near = (name: string, kind: "file" | "folder", files: ProjectFiles, folder: string): string => {
  const found = nearestPath(name, kind, files);
  const shown = (path: string): string => (folder !== "" && isBelow(path, folder) ? path.slice(folder.length + 1) : path);
  return found === undefined || found === name ? "" : `, did you mean ${shown(found)}?`;
};

const nearestPath = (name: string, kind: "file" | "folder", files: ProjectFiles): string | undefined => {
  if (name === "" || name === "/") return name;
  const above = nearestPath(folderOf(name), "folder", files);
  if (above === undefined) return undefined;
  const names = files.list(above).flatMap((entry) => (entry.kind === kind ? [entry.name] : []));
  const found = nearestWord(baseName(name), names);
  return found === undefined ? undefined : joinPath(above, found);
};
