/** Which files are configurations of a node, with which ids they are read, and where each machine's files lie. */
import { expand, type ConfigFiles, type IncludeMatches } from "../../../grammar/keepalived/expand.ts";
import { context } from "../../../grammar/vocabulary/index.ts";
import { baseName, folderOf, isBelow, joinPath, type ProjectFiles } from "./files.ts";
import { collectedRoot } from "./collected.ts";
import { braceAlternatives, globFiles, hasWildcard } from "./glob.ts";
import { filesIn, firstWorld, madeName } from "./templates.ts";
import { mappedPath, nothingStated, type PathMap, pathsFor, type Stated, type StatedNode } from "./stated.ts";

/** An entry file read with one configuration id: a node. */
export interface Entry {
  readonly file: string;
  readonly configId?: string;
  /** Where the machine's `/` lies, when the path or kalint.toml says so. */
  readonly root?: string;
  /** What kalint.toml states of this node, and the index of its cluster there. */
  readonly stated?: StatedNode;
  readonly cluster?: number;
}

export interface Discovery {
  readonly entries: readonly Entry[];
  /** Files that look like configurations and are not read as one, with one clause why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

const notConfigurations =
  /\.(?:md|markdown|rst|adoc|html?|sh|bash|py|pl|rb|go|c|h|js|ts|json|ya?ml|toml|xml|service|timer|spec|diff|patch|log|svg|png|jpe?g|gif|pdf|zip|gz|xz|tgz|deb|rpm|pyc|rules|te|8|5|1)$/iu;

/** Whether a file's name makes it a candidate. Of a template, that of what it makes; any one in keepalived's own folder. */
export const isCandidateName = (file: string): boolean => {
  const made = madeName(file);
  const name = baseName(made ?? file).toLowerCase();
  if (notConfigurations.test(name)) return false;
  if (made !== undefined && file.toLowerCase().includes("keepalived")) return true;
  return name.includes("keepalived") || name.endsWith(".conf") || name.endsWith(".cfg");
};

let rootBlockLine: RegExp | undefined;

/** Whether a text is a keepalived configuration: a block of the vocabulary begins at the start of one of its lines. */
export const looksLikeConfiguration = (text: string): boolean => {
  rootBlockLine ??= new RegExp(
    `^\\ufeff?[ \\t]*(?:@\\^?[^ \\t\\n]+[ \\t]+)?(?:${(context("")?.keywords ?? [])
      .filter(({ kind, name }) => kind !== "statement" && name !== "SSL")
      .map(({ name }) => name)
      .join("|")})(?=[ \\t\\r{]|$)[^\\n=:;(]*$`,
    "mu",
  );
  return rootBlockLine.test(text);
};

/**
 * Picks the entries among files: the stated ones, and candidates by name and text that no other configuration includes.
 * `given`: files that somebody named, which are taken whatever they are called.
 */
export const discover = (
  files: ProjectFiles,
  paths: readonly string[],
  given: ReadonlySet<string>,
  stated: Stated = nothingStated,
): Discovery => {
  const { entries: own, texts: ownTexts } = statedEntries(files, stated);
  const isTaken = ({ file, configId }: Entry): boolean =>
    own.some((entry) => entry.file === file && (entry.configId === undefined || entry.configId === configId));
  const found = discoverAmong(filesIn(files, firstWorld), paths, given, ownTexts, (file) =>
    includesOf(filesIn(files, firstWorld), file, stated),
  );
  // What lies in the root of a stated machine is a file of that machine, not another one.
  const owner = (file: string): StatedNode | undefined =>
    given.has(file)
      ? undefined
      : own
          .flatMap((entry) => entry.stated ?? [])
          .find(({ root }) => root !== undefined && root !== "" && root !== "/" && isBelow(file, root));
  const others = found.entries.filter((entry) => !isTaken(entry));
  const skipped = found.skipped.filter(({ file }) => !ownTexts.has(file));
  const parts = others.flatMap(({ file }) => {
    const machine = owner(file);
    return machine === undefined
      ? []
      : [{ file, reason: `it lies in the root of ${machine.name ?? machine.config}, which has another configuration` }];
  });
  return { entries: [...own, ...others.filter(({ file }) => owner(file) === undefined)], skipped: [...skipped, ...parts] };
};

/** How the includes of a configuration are found, with the root and the paths that are stated for it. */
export const includesOf = (files: ProjectFiles, file: string, { clusters, paths }: Stated): ConfigFiles => {
  const root = clusters.flatMap(({ nodes }) => nodes.flatMap((node) => (node.config === file ? (node.root ?? []) : [])))[0];
  return configFiles(files, file, root ?? machineRoot(files, file), pathsFor(paths, file));
};

/** The root of the machine that a file belongs to: the one that `kalint collect` made, else as its path tells. */
const machineRoot = (files: ProjectFiles, file: string): string | undefined => collectedRoot(files, file) ?? rootOf(file);

/** An entry for every stated node with a configuration. A file that knows the node's name as an id is read with it. */
const statedEntries = (
  files: ProjectFiles,
  stated: Stated,
): { readonly entries: readonly Entry[]; readonly texts: ReadonlyMap<string, string> } => {
  const texts = new Map<string, string>();
  const entries = stated.clusters.flatMap(({ nodes }, cluster) =>
    nodes.flatMap((node): Entry[] => {
      const { config: file, name } = node;
      if (file === undefined) return [];
      const got = files.read(file);
      texts.set(file, got.kind === "text" ? got.text : "");
      const root = node.root ?? machineRoot(files, file);
      const knowsName = (): boolean =>
        name !== undefined && expand(file, includesOf(files, file, stated)).conditions.some(({ id }) => id === name);
      const configId = node.configId ?? (knowsName() ? name : undefined);
      return [{ file, stated: node, cluster, ...(root === undefined ? {} : { root }), ...(configId === undefined ? {} : { configId }) }];
    }),
  );
  return { entries, texts };
};

const discoverAmong = (
  files: ProjectFiles,
  paths: readonly string[],
  given: ReadonlySet<string>,
  stated: ReadonlyMap<string, string>,
  includes: (file: string) => ConfigFiles,
): Discovery => {
  const skipped: { file: string; reason: string }[] = [];
  const texts = new Map(stated);
  for (const file of paths) {
    if (!given.has(file) && !isCandidateName(file)) continue;
    const got = files.read(file);
    if (got.kind === "unreadable") {
      if (given.has(file) || baseName(file).toLowerCase().includes("keepalived")) skipped.push({ file, reason: got.reason });
    } else if (given.has(file)) texts.set(file, got.text);
    else if (looksLikeConfiguration(got.text)) texts.set(file, got.text);
    else if (/keepalived.*\.conf$/iu.test(baseName(file))) skipped.push({ file, reason: "it holds no keepalived block" });
  }
  const included = includedFiles(texts, includes);
  const entries = [...texts.keys()]
    .filter((file) => !included.has(file) || given.has(file))
    .toSorted()
    .flatMap((file) => {
      const { readings, left } = readingsOf(file, machineRoot(files, file), includes(file));
      if (left > 0)
        skipped.push({ file, reason: `it knows ${readings.length + left} ids, of which the first ${readings.length} are read` });
      return readings;
    });
  return { entries, skipped };
};

/** What other configurations include. Of files that include each other in a circle the first is none of them. */
const includedFiles = (texts: ReadonlyMap<string, string>, includes: (file: string) => ConfigFiles): ReadonlySet<string> => {
  const by = new Map<string, readonly string[]>();
  for (const [file, text] of texts)
    if (text.includes("include"))
      by.set(
        file,
        expand(file, includes(file)).files.filter((read) => read !== file),
      );
  const named = new Set([...by.values()].flat());
  const included = new Set([...by].filter(([file]) => !named.has(file)).flatMap(([, read]) => read));
  for (const file of [...by.keys()].toSorted())
    if (named.has(file) && !included.has(file)) for (const read of by.get(file)!) included.add(read);
  return included;
};

/** Every reading is a whole configuration; more ids than this have no place in one cluster. */
const maxReadings = 64;

/**
 * A file with `@id` lines has one reading per id that stands in it. In a machine's folder that is named after one of them
 * it is that machine's copy and has this reading alone (the daemon's id is the host name when none is given). Of a file
 * that knows one id only and says what holds for all others (`@^id`), the others are a reading as well.
 */
const readingsOf = (
  file: string,
  root: string | undefined,
  includes: ConfigFiles,
): { readonly readings: readonly Entry[]; readonly left: number } => {
  const base: Entry = root === undefined ? { file } : { file, root };
  const conditions = expand(file, includes).conditions.filter(({ id }) => id !== "");
  const ids = [...new Set(conditions.map(({ id }) => id))].toSorted();
  if (ids.length === 0) return { readings: [base], left: 0 };
  const own = folderOf(file)
    .split("/")
    .findLast((part) => ids.includes(part));
  if (own !== undefined) return { readings: [{ ...base, configId: own }], left: 0 };
  const others = ids.length === 1 && conditions.some(({ negated }) => negated) ? [base] : [];
  const read = ids.slice(0, maxReadings).map((configId): Entry => ({ ...base, configId }));
  return { readings: [...read, ...others], left: ids.length - read.length };
};

/** What precedes `etc/keepalived/keepalived.conf` is the machine's root; "/" for the live path. */
export const rootOf = (file: string): string | undefined => {
  const found = /^((?:.*?\/)?)(?:usr\/local\/)?etc\/keepalived\/keepalived\.conf$/u.exec(file);
  if (found === null) return undefined;
  const before = found[1]!;
  return before === "/" ? "/" : before.replace(/\/$/u, "");
};

/**
 * Includes of an entry, resolved in the machine's root, through `[paths]`, beside the including file, or where the entry's
 * own folder stands for /etc/keepalived.
 */
export const configFiles = (files: ProjectFiles, entry: string, root = rootOf(entry), paths: readonly PathMap[] = []): ConfigFiles => ({
  read: files.read,
  find: (pattern, from): IncludeMatches => {
    const wildcard = hasWildcard(pattern);
    const places = pattern.startsWith("/") ? absolutePlaces(pattern, entry, root, paths) : [{ folder: folderOf(from), rest: pattern }];
    const isThere = (file: string): boolean => files.read(file).kind === "text";
    for (const { folder, rest } of places) {
      const found = wildcard ? globFiles(files, folder, rest) : [joinPath(folder, rest)].filter(isThere);
      if (found.length === 0) continue;
      const alternatives = rest.includes("{") ? braceAlternatives(rest).filter((name) => !/[*?[]/u.test(name)) : [];
      const missing = alternatives.filter((name) => !isThere(joinPath(folder, name)));
      return { files: found, wildcard, ...(missing.length === 0 ? {} : { missing }) };
    }
    return {
      files: [],
      wildcard,
      ...(pattern.startsWith("/") && root === undefined && mappedPath(paths, pattern) === undefined ? { outside: true as const } : {}),
    };
  },
  folder: (file) => folderOnMachine(folderOf(file), folderOf(entry), root),
  // Where even the entry is executable, the modes say nothing: they are those of a foreign file system.
  executable: (file) => isExecutable(files, file) && !isExecutable(files, entry),
});

const isExecutable = (files: ProjectFiles, file: string): boolean => ((files.mode(file) ?? 0) & 0o111) !== 0;

/** What the machine calls a folder: by its root, else as if the entry's folder were /etc/keepalived. */
const folderOnMachine = (folder: string, own: string, root: string | undefined): string | undefined => {
  const [base, name] = root === undefined ? [own, "/etc/keepalived"] : [root, ""];
  if (folder !== base && !isBelow(folder, base)) return undefined;
  const rest = folder.slice(base.length).replace(/^\//u, "");
  return rest === "" ? name || "/" : `${name}/${rest}`;
};

const absolutePlaces = (
  pattern: string,
  entry: string,
  root: string | undefined,
  paths: readonly PathMap[],
): readonly { readonly folder: string; readonly rest: string }[] => {
  const map = paths.find(({ from }) => isBelow(pattern, from));
  const mapped = map === undefined ? [] : [{ folder: map.to, rest: pattern.slice(map.from === "/" ? 1 : map.from.length + 1) }];
  if (root !== undefined) return [{ folder: root, rest: pattern }, ...mapped];
  const own = "/etc/keepalived/";
  return [...mapped, ...(pattern.startsWith(own) ? [{ folder: folderOf(entry), rest: pattern.slice(own.length) }] : [])];
};
