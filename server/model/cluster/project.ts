/** From files to clusters: the whole model of what was given, built once per run and read by everything behind it. */
import type { SystemShell } from "../../../grammar/vocabulary/releases.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { readConfiguration } from "../node/build.ts";
import type { Configuration } from "../node/model.ts";
import { optional } from "../node/optional.ts";
import { type Collected, ownInterfaces, readCollected } from "./collected.ts";
import { companionsIn, ownAddresses } from "./companions.ts";
import { discover, type Entry, includesOf } from "./discover.ts";
import { isBelow, joinPath, type ProjectFiles } from "./files.ts";
import { groupNodes, statementOf } from "./groups.ts";
import { indexFiles, layoutOf } from "./layout.ts";
import { isStatedMachine, machinesWithoutKeepalived, statedMachines } from "./machines.ts";
import { type Memo, noMemo } from "./memo.ts";
import { readableByAll } from "./modes.ts";
import type { ClusterModel, Companion, LinkedScript, NodeModel, PeerLink } from "./model.ts";
import { nameEntries } from "./names.ts";
import { clusterTitles } from "./titles.ts";
import { trackedFileNumbers } from "./tracked-files.ts";
import { virtualRouters } from "./routers.ts";
import { linkedScripts } from "./scripts.ts";
import { searchedFiles } from "./searched.ts";
import { signatureOf } from "./signature.ts";
import { filesIn, firstWorld, isTemplateIn, type OtherWorld, type Templates, templatesAmong, type World } from "./templates.ts";
import { nothingStated, pathsFor, type Stated } from "./stated.ts";

export interface Project {
  readonly clusters: readonly ClusterModel[];
  /** Files that were looked at and not read as configuration, with one clause why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Every file that something was learned from, sorted. */
  readonly files: readonly string[];
}

export interface ProjectRequest {
  readonly files: ProjectFiles;
  /** Folders and files whose findings are wanted. */
  readonly paths: readonly string[];
  /** Reads every configuration with this id only. */
  readonly configId?: string;
  readonly version?: Version;
  /** What kalint.toml says of nodes and clusters. */
  readonly stated?: Stated;
  /** Leaves out clusters without a file for which it holds. Without it, everything found in `paths` counts. */
  readonly concerns?: (file: string) => boolean;
  /** Keeps configurations, companions and scripts from one reading to the next. */
  readonly memo?: Memo;
}

/** Reads a project. Never throws: what cannot be read is told in `skipped`. */
export const readProject = (request: ProjectRequest): Project => {
  const steps = projectSteps(request);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

/** The same in pieces: whoever runs it may pause, or give up, at every `yield`. */
export function* projectSteps(request: ProjectRequest): Generator<undefined, Project, undefined> {
  const { files, paths, configId, stated = nothingStated, memo = noMemo } = request;
  const given = new Set(paths.filter((path) => files.list(path).length === 0));
  const searched = searchedFiles(files, paths, given);
  const among = searched.join("\n");
  const statement = statementOf(stated);
  const discovery = memo.recall("discovery", [among, [...given].join("\n"), statement], files, (own) =>
    discover(own, searched, given, stated),
  );
  yield;
  const entries = configId === undefined ? discovery.entries : withId(discovery.entries, configId);
  const keys = entries.map(({ file, configId: id, stated: node }) => JSON.stringify([file, id, node?.name]));
  const order = keys.join("\n");
  const tree = indexFiles(searched);
  const collected: Collected[] = [];
  const configurations: Configuration[] = [];
  const readIn = (index: number, world: World, suffix: string): Configuration => {
    const entry = entries[index]!;
    const read = statedVersion(entry, stated) ?? collected[index]!.version ?? request.version;
    return memo.recall(`configuration ${keys[index]!}${suffix}`, [statement, read], files, (own) => {
      const seen = filesIn(own, world);
      return readConfiguration(entry.file, includesOf(seen, entry.file, stated), entry.configId, read);
    });
  };
  for (const [index, entry] of entries.entries()) {
    collected.push(memo.recall(`collected ${keys[index]!}`, [], files, (own) => readCollected(own, entry.root)));
    configurations.push(readIn(index, firstWorld, ""));
    yield;
  }
  const scriptsIn = (index: number, configuration: Configuration, key: string, world: World): readonly LinkedScript[] =>
    memo.recall(`scripts ${key}`, [configuration, among, statement, collected[index]], files, (own) => {
      const isTemplate = configuration.expansion.files.some((file) => isTemplateIn(own, file));
      return linkedScripts(isTemplate ? filesIn(own, world, true) : own, entries[index]!, configuration, {
        searched: tree,
        paths: pathsFor(stated.paths, entries[index]!.file),
        collected: collected[index]!,
        isTemplate,
      });
    });
  const templates = configurations.map((configuration, index) => {
    const { files: read } = configuration.expansion;
    if (!memo.recall(`is template ${keys[index]!}`, [configuration], files, (own) => read.some((file) => isTemplateIn(own, file))))
      return undefined;
    const scripts = scriptsIn(index, configuration, keys[index]!, firstWorld);
    return memo.recall(`templates ${keys[index]!}`, [configuration, scripts], files, (own) =>
      templatesAmong(
        own,
        read,
        scripts.flatMap(({ resolution }) => (resolution.kind === "found" ? resolution.file : [])),
      ),
    );
  });
  // A template beside a machine's files takes nothing from it.
  const machines = layoutOf(entries.filter((_, index) => templates[index] === undefined));
  const layout = layoutOf(entries);
  const companions: (readonly Companion[])[] = [];
  for (const [index, entry] of entries.entries()) {
    const around = templates[index] === undefined ? machines : layout;
    companions.push(
      memo.recall(`companions ${keys[index]!}`, [order, statement, ...templates], files, (own) =>
        companionsIn(own, entry, around, pathsFor(stated.paths, entry.file)),
      ),
    );
    yield;
  }
  const interfacesOf = entries.map(
    ({ stated: node }, index) => node?.interfaces ?? ownInterfaces(collected[index]!, configurations[index]),
  );
  const signatures = entries.map((entry, index) =>
    signatureOf(
      entry,
      configurations[index]!,
      ownAddresses(configurations[index], companions[index]!, interfacesOf[index]).map(({ address }) => address),
    ),
  );
  const wanted = (index: number): boolean => given.size < paths.length || concerns(configurations[index]!, given);
  const groups = groupNodes(stated, signatures, (index) => templates[index] !== undefined).filter(({ members }) => members.some(wanted));
  // A name tells a node from its peers; two clusters may each have a db1.
  const names = entries.map(({ file }) => file);
  for (const { members } of groups) {
    const named = nameEntries(members.map((index) => entries[index]!));
    members.forEach((index, position) => (names[index] = entries[index]!.stated?.name ?? named[position]!));
  }
  const readable = (root: string, { expansion }: Configuration, index: number): ReadonlyMap<string, number> =>
    memo.recall(`modes ${keys[index]!}`, [root, expansion], files, (own) => readableByAll(own, root, expansion.files));
  const nodeOf = (index: number, configuration: Configuration, suffix: string, world: World): NodeModel => {
    const entry = entries[index]!;
    const interfaces = interfacesOf[index];
    const version = statedVersion(entry, stated) ?? collected[index]!.version;
    const shell = systemShell(entry, stated, files);
    const key = keys[index]! + suffix;
    const scripts = scriptsIn(index, configuration, key, world);
    const numbers = memo.recall(`numbers ${key}`, [configuration, statement], files, (own) =>
      trackedFileNumbers(own, entry, configuration, pathsFor(stated.paths, entry.file)),
    );
    const modes = entry.root === undefined ? undefined : readable(entry.root, configuration, index);
    const own = companions[index]!;
    const name = names[index]!;
    // The same machine as long as nothing of it changed: what was found out about it is kept by this object.
    return memo.recall(
      `node ${key}`,
      [name, configuration, entry.root, modes, version, statement, collected[index], scripts, numbers, own, shell],
      files,
      (): NodeModel =>
        optional({
          name,
          configuration,
          root: entry.root,
          readableByAll: modes,
          version,
          systemShell: shell,
          interfaces,
          addresses: ownAddresses(configuration, own, interfaces),
          linkedScripts: scripts,
          trackedFiles: numbers,
          companions: own,
        }),
    );
  };
  const nodes: NodeModel[] = [];
  for (const [index, configuration] of configurations.entries()) {
    nodes.push(nodeOf(index, configuration, "", firstWorld));
    yield;
  }
  const titles = clusterTitles(
    groups.map(({ members, cluster }) => ({
      ...(cluster?.name === undefined ? {} : { stated: cluster.name }),
      entries: members.map((member) => entries[member]!),
      nodes: members.map((member) => names[member]!),
    })),
  );
  const templated = (made: ClusterModel, index: number, template: Templates): ClusterModel => {
    const worlds = template.worlds.slice(1).map((world, number): OtherWorld => {
      const node = nodeOf(index, readIn(index, world, ` world ${number}`), ` world ${number}`, world);
      return { world, cluster: { ...made, nodes: [node, ...made.nodes.slice(1)], virtualRouters: virtualRouters([node]) } };
    });
    return memo.recall(`template ${keys[index]!}`, [made, template, ...worlds.map(({ cluster }) => cluster.nodes[0])], files, () => ({
      ...made,
      template: { templates: template, worlds },
    }));
  };
  const clusters = groups.map(({ members, links, cluster }, position): ClusterModel => {
    const directors = members.map((index) => nodes[index]!);
    const others = memo.recall(
      `machines ${members.map((index) => keys[index]!).join(" ")}`,
      [order, among, statement, ...members.map((index) => configurations[index])],
      files,
      (own) => {
        const known = cluster === undefined ? [] : statedMachines(own, cluster, layout);
        const found = machinesWithoutKeepalived(
          own,
          tree,
          members.map((member) => entries[member]!),
          layout,
          directors,
        );
        return [...known, ...found.filter((machine) => !isStatedMachine(machine, stated))];
      },
    );
    const title = titles[position]!;
    const reasons = JSON.stringify(links.map(({ a, b, reason }) => [members.indexOf(a), members.indexOf(b), reason]));
    const template = members.length === 1 ? templates[members[0]!] : undefined;
    const made = memo.recall(
      `cluster ${members.map((index) => keys[index]!).join(" ")}`,
      [title, cluster === undefined, reasons, others, ...directors],
      files,
      (): ClusterModel => ({
        ...(cluster === undefined ? {} : { stated: true as const }),
        name: title,
        nodes: [...directors, ...others],
        links: links.map(({ a, b, reason }): PeerLink => ({ nodes: [nodes[a]!, nodes[b]!], reason })),
        virtualRouters: virtualRouters(directors),
      }),
    );
    return template === undefined ? made : templated(made, members[0]!, template);
  });
  const { concerns: isAsked } = request;
  const asked = isAsked === undefined ? clusters : clusters.filter((cluster) => filesOf([cluster]).some(isAsked));
  const skipped = isAsked === undefined ? discovery.skipped : discovery.skipped.filter(({ file }) => isAsked(file));
  return { clusters: asked, skipped, files: filesOf(asked) };
}

/** Files that tell a family of distributions, and what its /bin/sh is. */
const releases: Readonly<Record<string, SystemShell>> = { "redhat-release": "bash", debian_version: "dash", "alpine-release": "ash" };

/** What /bin/sh is on an entry's machine: stated, or told by a file of its root. */
const systemShell = ({ file, root }: Entry, { shells = [] }: Stated, files: ProjectFiles): SystemShell | undefined => {
  const stated = shells.find(({ folder }) => folder === "" || isBelow(file, folder));
  if (stated !== undefined || root === undefined) return stated?.shell;
  const told = files.list(joinPath(root, "etc")).find(({ name }) => Object.hasOwn(releases, name));
  return told === undefined ? undefined : releases[told.name];
};

/** The version that somebody stated for an entry's machine, or for the folder it lies in. */
const statedVersion = (entry: Entry, { versions }: Stated): Version | undefined =>
  entry.stated?.version ?? versions.find(({ folder }) => isBelow(entry.file, folder))?.version;

const withId = (entries: readonly Entry[], configId: string): readonly Entry[] => {
  const seen = new Set<string>();
  return entries.filter(({ file }) => !seen.has(file) && seen.add(file)).map((entry) => ({ ...entry, configId }));
};

const concerns = (configuration: Configuration, given: ReadonlySet<string>): boolean =>
  configuration.expansion.files.some((file) => given.has(file));

const filesOf = (clusters: readonly ClusterModel[]): readonly string[] => {
  const found = new Set<string>();
  for (const { nodes } of clusters) {
    for (const { configuration, companions, linkedScripts: scripts } of nodes) {
      for (const file of configuration?.expansion.files ?? []) found.add(file);
      for (const { file } of companions) found.add(file);
      for (const { resolution } of scripts) if (resolution.kind === "found") found.add(resolution.file);
    }
  }
  return [...found].toSorted();
};
