/** From a request to the project it is about: its kalint.toml, the files to read, the clusters that are asked about. */
import path from "node:path";
import { systemShellOf } from "../../grammar/vocabulary/releases.ts";
import type { Version } from "../../grammar/vocabulary/types.ts";
import type { SettingsProblem } from "../analysis/settings/read.ts";
import type { ProjectSettings } from "../analysis/settings/project.ts";
import type { RuleSettings } from "../analysis/severities.ts";
import { findUpward, openDisk } from "../host/disk.ts";
import { baseName, folderOf, isBelow, joinPath, type ProjectFiles, walkFiles } from "../model/cluster/files.ts";
import { rootOf } from "../model/cluster/discover.ts";
import { withFormats } from "../model/cluster/formats.ts";
import { createMemo } from "../model/cluster/memo.ts";
import { type ProjectRequest, readProject } from "../model/cluster/project.ts";
import { nothingStated, type Stated } from "../model/cluster/stated.ts";
import { isConfiguration, machinesBeside, pathsToRead, whyNotRead } from "./context.ts";
import type { ReadRequest } from "./invocation.ts";
import { type Refused, type Standpoint, type Targets, targetsOf } from "./targets.ts";

const settingsName = "kalint.toml";

/** What is to be read and how it is to be judged. Names of files count from the folder of kalint.toml. */
export interface OpenProject {
  readonly kind: "project";
  readonly files: ProjectFiles;
  /** For `projectSteps` and `readProject`. */
  readonly request: ProjectRequest;
  /** The version of the command line, else that of kalint.toml. A node's own goes before it. */
  readonly version?: Version;
  /** Severities of kalint.toml. */
  readonly ruleSettings: readonly RuleSettings[];
  /** Undefined without a kalint.toml. */
  readonly settings?: ProjectSettings;
  /** Whether findings of a file are reported. */
  readonly reports: (file: string) => boolean;
  /** The name of a file from the working directory on. */
  readonly shown: (file: string) => string;
  readonly textOf: (file: string) => string | undefined;
}

/** What the command line says goes before a kalint.toml. */
const statedBy = ({ version, distro }: ReadRequest, stated: Stated | undefined): { readonly stated?: Stated } => {
  if (version === undefined) return stated === undefined ? {} : { stated };
  const shells = distro === undefined ? [] : [{ folder: "", shell: systemShellOf(distro) }];
  return stated === undefined && distro === undefined ? {} : { stated: { ...(stated ?? nothingStated), versions: [], shells } };
};

/** Finds kalint.toml, looks the paths up and decides what is read. Refused: a line each, exit status 2. */
export const openProject = async (asked: ReadRequest, cwd: string): Promise<OpenProject | Refused> => {
  const { stdinName, configId } = asked;
  const top = asked.config === undefined ? findUpward(cwd, settingsName) : path.resolve(cwd, asked.config);
  const from: Standpoint = { cwd, base: top === undefined ? cwd : path.dirname(top), hasSettings: top !== undefined };
  const given = await targetsOf(asked.paths, from, stdinName);
  if (given.kind === "refused") return given;
  const targets = { ...given, files: await withFormats(given.files, foldersOf(given, from)) };
  const shown = showing(from);
  const settings = await settingsOf(targets, top, from, asked.config, shown);
  if (settings?.kind === "refused") return settings;
  const stated = settings?.settings;
  const version = asked.version ?? stated?.version;
  const isWithin = (name: string): boolean => top !== undefined && targets.disk !== undefined && (name === "" || isBelow(name, ""));
  const base = {
    files: targets.files,
    ...(configId === undefined ? {} : { configId }),
    ...(version === undefined ? {} : { version }),
    ...statedBy(asked, targets.disk === undefined ? undefined : stated?.stated),
  };
  // Who asks about the whole project asks about what it states of other folders as well.
  const elsewhere = targets.folders.includes("") ? (settings?.folders ?? []) : [];
  const reports = (file: string): boolean => targets.reports(file) || elsewhere.some((folder) => isBelow(file, folder));
  const request = requestFor({ ...targets, reports }, base, isWithin);
  if ("kind" in request) return request;
  return {
    kind: "project",
    files: targets.files,
    request,
    ...(version === undefined ? {} : { version }),
    ruleSettings: stated?.rules ?? [],
    ...(stated === undefined ? {} : { settings: stated }),
    reports,
    shown,
    textOf: (file) => {
      const got = targets.files.read(file);
      return got.kind === "text" ? got.text : undefined;
    },
  };
};

/** The folders whose files may be read because of what was given. */
const foldersOf = ({ folders, single, disk }: Targets, { hasSettings }: Standpoint): readonly string[] =>
  disk === undefined ? [] : [...(hasSettings ? [""] : []), ...folders, ...single.map(({ name }) => rootOf(name) ?? folderOf(name))];

/** The project is read for paths inside of it; others are read by themselves, as without kalint.toml. */
const requestFor = (
  { files, folders, single, reports }: Targets,
  base: Omit<ProjectRequest, "paths">,
  isWithin: (name: string) => boolean,
): ProjectRequest | Refused => {
  const inside = [...folders, ...single.map(({ name }) => name)].some(isWithin);
  // An empty folder has nothing to read.
  const read = [...(inside ? [""] : []), ...folders.filter((folder) => !(inside && isWithin(folder)) && files.list(folder).length > 0)];
  const lines: string[] = [];
  const beside = inside ? [] : folders.flatMap((folder) => machinesBeside(files, folder));
  read.push(...beside);
  // What was read for its peers' sake alone is nobody's question.
  const concerns = (base.stated === undefined && beside.length === 0) || folders.includes("") ? {} : { concerns: reports };
  const memo = inside && single.length > 0 ? { memo: createMemo() } : {};
  let known: ReadonlySet<string> | undefined;
  for (const { name, word } of single) {
    // A reading of the whole project, kept for the one that follows.
    if (inside && isWithin(name)) known ??= new Set(readProject({ ...base, ...memo, paths: [""] }).files);
    const paths = inside && isWithin(name) ? ownPath(files, name, known!) : pathsToRead(files, name);
    if (paths === undefined) lines.push(`${word}: ${whyNotRead(files, name)}`);
    else read.push(...paths);
  }
  if (lines.length > 0) return { kind: "refused", lines };
  return { ...base, ...memo, ...concerns, paths: [...new Set(read)].toSorted() };
};

/** What the project does not know is read as a configuration, when it is one. */
const ownPath = (files: ProjectFiles, name: string, known: ReadonlySet<string>): readonly string[] | undefined => {
  if (known.has(name)) return [];
  return isConfiguration(files, name) ? [name] : undefined;
};

type FoundSettings =
  { readonly kind: "settings"; readonly settings: ProjectSettings; readonly folders: readonly string[] } | Refused | undefined;

const settingsOf = async (
  targets: Targets,
  top: string | undefined,
  from: Standpoint,
  stated: string | undefined,
  shown: (file: string) => string,
): Promise<FoundSettings> => {
  // Standard input without a name has no neighbours, but the project's severities hold for it.
  const disk = targets.disk ?? openDisk({ cwd: from.base, allow: [] });
  if (stated !== undefined && disk.kind(top!) !== "file") return { kind: "refused", lines: [`--config ${stated}: there is no such file`] };
  const names = [
    ...new Set([...(top === undefined ? [] : [baseName(disk.nameOf(top))]), ...(targets.disk === undefined ? [] : belowOf(targets, top))]),
  ];
  if (names.length === 0) return undefined;
  const { readSettingsFiles, resolveSettings, statedFolders } = await import("../analysis/settings/project.ts");
  const { knownNames } = await import("../analysis/settings/known.ts");
  const { allRules } = await import("./rules.ts");
  const { settings: read, problems } = readSettingsFiles(disk, names, knownNames(allRules()));
  if (problems.length > 0) return wrong(problems, shown);
  const folders = statedFolders(read).map(disk.nameOf);
  disk.allow(folders);
  const resolved = resolveSettings(read, { ...targets.files, ...(targets.disk === undefined ? disk : {}), nameOf: disk.nameOf });
  return resolved.problems.length > 0 ? wrong(resolved.problems, shown) : { kind: "settings", settings: resolved.settings, folders };
};

/** The kalint.toml of folders below, the upper ones first: of the whole project, else of the given folders and above given files. */
const belowOf = ({ files, folders, single }: Targets, top: string | undefined): readonly string[] => {
  const names = new Set([
    ...[...(top === undefined ? [] : [""]), ...folders].flatMap((folder) =>
      walkFiles(files, folder).filter((file) => baseName(file) === settingsName),
    ),
    ...single.flatMap(({ name }) => settingsAbove(files, name)),
  ]);
  return [...names].toSorted((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
};

const settingsAbove = (files: ProjectFiles, file: string): readonly string[] => {
  const found: string[] = [];
  if (!isBelow(file, "") || file === "<stdin>") return found;
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const name = joinPath(folder, settingsName);
    if (files.list(folder).some((entry) => entry.name === settingsName && entry.kind === "file")) found.push(name);
    if (folder === "") break;
  }
  return found;
};

const maxProblems = 20;

const wrong = (problems: readonly SettingsProblem[], shown: (file: string) => string): Refused => ({
  kind: "refused",
  lines: [
    ...problems.slice(0, maxProblems).map(({ file, line, message }) => `${shown(file)}:${line}: ${message}`),
    ...(problems.length > maxProblems ? [`and ${problems.length - maxProblems} more`] : []),
  ],
});

/** Names that count from `base`, told from the working directory; absolute ones where they lie below it. */
const showing = ({ cwd, base }: Standpoint): ((file: string) => string) => {
  const below = cwd === "/" ? "/" : `${cwd}/`;
  return (file) => {
    if (path.isAbsolute(file)) return file.startsWith(below) && file !== below ? file.slice(below.length) : file;
    return cwd === base || file.startsWith("<") ? file : path.relative(cwd, path.resolve(base, file)).split(path.sep).join("/");
  };
};
