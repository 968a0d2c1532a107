/**
 * The one thing with memory. It keeps what was made of the files of a project and, asked again, makes anew only what
 * depends on a file that says something else now. It works in steps, so that whoever drives it can pause between them
 * to answer requests, or give up because something changed; what was made until then is kept.
 */
import type { Version } from "../grammar/vocabulary/types.ts";
import { noAnswers } from "./analysis/ask.ts";
import type { Severity } from "./analysis/finding.ts";
import type { ListedRule } from "./analysis/rule.ts";
import { type Analysis, analysisSteps } from "./analysis/run.ts";
import type { gatherSettings } from "./analysis/settings/gather.ts";
import { knownNames } from "./analysis/settings/known.ts";
import type { ProjectSettings } from "./analysis/settings/project.ts";
import type { SettingsProblem } from "./analysis/settings/read.ts";
import { looksLikeConfiguration } from "./model/cluster/discover.ts";
import { fragmentOf } from "./model/cluster/fragment.ts";
import { baseName, type ProjectFiles } from "./model/cluster/files.ts";
import { createMemo } from "./model/cluster/memo.ts";
import { type Project, projectSteps } from "./model/cluster/project.ts";

/** A file somebody looks at, as the editor calls its language. */
export interface OpenFile {
  readonly name: string;
  readonly language: "keepalived" | "shell" | "other";
}

export interface WorkspaceRequest {
  /** What is there now: the texts of open editors before those of the disk. */
  readonly files: ProjectFiles;
  /** Folders that are searched; none for files that were opened by themselves. */
  readonly folders: readonly string[];
  readonly open: readonly OpenFile[];
  /** Who reads kalint.toml; it is much code for a file that few have. Without it there is none. */
  readonly settings?: typeof gatherSettings;
  /** Lets the folders be read that a kalint.toml states, wherever they lie. */
  readonly allow?: (folders: readonly string[]) => void;
  /** The editor's; what a kalint.toml says goes before it, so that everybody who works on the project sees the same. */
  readonly version?: Version;
  /** Severities by rule id, "off" included; the editor's as well. */
  readonly rules?: ReadonlyMap<string, Severity | "off">;
}

/** A project as it stood when it was read: enough for every question but what is wrong in it. */
export interface Reading {
  readonly request: WorkspaceRequest;
  readonly project: Project;
  /** What is meant where a node states no version of its own. */
  readonly version: Version | undefined;
  readonly settings: ProjectSettings | undefined;
  /** What is wrong in a kalint.toml; then none counts. */
  readonly problems: readonly SettingsProblem[];
}

/** A project as it stood when it was judged. */
export interface Snapshot {
  readonly project: Project;
  readonly analysis: Analysis;
  readonly problems: readonly SettingsProblem[];
}

export interface Workspace {
  /** Every `yield` is a place to pause or to stop for good. */
  readonly read: (request: WorkspaceRequest) => Generator<undefined, Reading, undefined>;
  /** Asks the rules about what was read last. */
  readonly ask: (reading: Reading) => Generator<undefined, Snapshot, undefined>;
  /** Both. */
  readonly judge: (request: WorkspaceRequest) => Generator<undefined, Snapshot, undefined>;
}

export const createWorkspace = (rules: readonly ListedRule[]): Workspace => {
  const memo = createMemo();
  const answers = noAnswers();
  /** Open files that are configurations though no search finds them; most often they are the same as the last time. */
  let strangers: readonly string[] = [];

  const known = knownNames(rules);

  function* readProject(
    { files, folders, open, version: asked }: WorkspaceRequest,
    settings: ProjectSettings | undefined,
  ): Generator<undefined, Project, undefined> {
    const searched = folders.filter((folder) => files.list(folder).length > 0);
    const version = settings?.version ?? asked;
    const readWith = (more: readonly string[]): Generator<undefined, Project, undefined> =>
      projectSteps({
        files,
        paths: [...searched, ...more],
        memo,
        ...(settings === undefined ? {} : { stated: settings.stated }),
        ...(version === undefined ? {} : { version }),
      });
    strangers = strangers.filter((name) => open.some((file) => file.name === name));
    const project = yield* readWith(strangers);
    const found = open.filter((file) => isStranger(file, project, files, strangers)).map(({ name }) => name);
    if (found.join("\n") === strangers.join("\n")) return project;
    strangers = found;
    return yield* readWith(found);
  }

  function* read(request: WorkspaceRequest): Generator<undefined, Reading, undefined> {
    const { settings, problems } = request.settings?.(request, known) ?? { problems: [] };
    const project = yield* readProject(request, settings);
    return { request, project, version: settings?.version ?? request.version, settings, problems };
  }

  function* ask({ request, project, version, settings, problems }: Reading): Generator<undefined, Snapshot, undefined> {
    const { files, rules: severities } = request;
    const analysis = yield* analysisSteps(project, rules, {
      textOf: (file) => {
        const got = files.read(file);
        return got.kind === "text" ? got.text : undefined;
      },
      ...(version === undefined ? {} : { version }),
      answers,
      settings: [...(severities === undefined ? [] : [{ rules: severities }]), ...(settings?.rules ?? [])],
    });
    memo.sweep();
    return { project, analysis, problems };
  }

  return {
    read,
    ask,
    *judge(request) {
      return yield* ask(yield* read(request));
    },
  };
};

/**
 * Whether an open file is a configuration that the search passes over. What another configuration includes is none of
 * its own; a fragment that nobody includes means nothing alone, so it must look like a whole one.
 */
const isStranger = ({ name, language }: OpenFile, project: Project, files: ProjectFiles, known: readonly string[]): boolean => {
  if (language === "shell" || isIncluded(name, project)) return false;
  if (project.files.includes(name) && !known.includes(name)) return false;
  const got = files.read(name);
  if (got.kind !== "text") return false;
  if (fragmentOf(name, got.text) !== undefined) return false;
  // A file that names itself so is judged from its first letter on.
  if (language === "keepalived" && baseName(name).toLowerCase().includes("keepalived")) return true;
  return !project.skipped.some(({ file }) => file === name) && looksLikeConfiguration(got.text);
};

const isIncluded = (name: string, { clusters }: Project): boolean =>
  clusters.some(({ nodes }) =>
    nodes.some(
      ({ configuration }) => configuration !== undefined && configuration.file !== name && configuration.expansion.files.includes(name),
    ),
  );
