/**
 * The one thing with memory. It keeps what was made of the files of a project and, asked again, makes anew only what
 * depends on a file that says something else now. It works in steps, so that whoever drives it can pause between them
 * to answer requests, or give up because something changed; what was made until then is kept.
 */
import type { Version } from "../grammar/vocabulary/types.ts";
import type { Severity } from "./analysis/finding.ts";
import type { ListedRule } from "./analysis/rule.ts";
import { type Analysis, analysisSteps } from "./analysis/run.ts";
import { looksLikeConfiguration } from "./model/cluster/discover.ts";
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
  readonly version?: Version;
  /** Severities by rule id, "off" included. */
  readonly rules?: ReadonlyMap<string, Severity | "off">;
}

/** A project as it stood when it was judged. */
export interface Snapshot {
  readonly project: Project;
  readonly analysis: Analysis;
}

export interface Workspace {
  /** Reads and judges; every `yield` is a place to pause or to stop for good. */
  readonly judge: (request: WorkspaceRequest) => Generator<undefined, Snapshot, undefined>;
}

export const createWorkspace = (rules: readonly ListedRule[]): Workspace => {
  const memo = createMemo();
  /** Open files that are configurations though no search finds them; most often they are the same as the last time. */
  let strangers: readonly string[] = [];

  function* read({ files, folders, open }: WorkspaceRequest): Generator<undefined, Project, undefined> {
    const searched = folders.filter((folder) => files.list(folder).length > 0);
    const readWith = (more: readonly string[]): Generator<undefined, Project, undefined> =>
      projectSteps({ files, paths: [...searched, ...more], memo });
    strangers = strangers.filter((name) => open.some((file) => file.name === name));
    const project = yield* readWith(strangers);
    const found = open.filter((file) => isStranger(file, project, files, strangers)).map(({ name }) => name);
    if (found.join("\n") === strangers.join("\n")) return project;
    strangers = found;
    return yield* readWith(found);
  }

  return {
    *judge(request) {
      const project = yield* read(request);
      const { files, version, rules: severities } = request;
      const analysis = yield* analysisSteps(project, rules, {
        textOf: (file) => {
          const got = files.read(file);
          return got.kind === "text" ? got.text : undefined;
        },
        ...(version === undefined ? {} : { version }),
        ...(severities === undefined ? {} : { rules: severities }),
      });
      memo.sweep();
      return { project, analysis };
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
  // A file that names itself so is judged from its first letter on, unless it is a template.
  const skipped = project.skipped.find(({ file }) => file === name);
  if (language === "keepalived" && baseName(name).toLowerCase().includes("keepalived"))
    return skipped?.reason.includes("template") !== true;
  return skipped === undefined && looksLikeConfiguration(got.text);
};

const isIncluded = (name: string, { clusters }: Project): boolean =>
  clusters.some(({ nodes }) =>
    nodes.some(
      ({ configuration }) => configuration !== undefined && configuration.file !== name && configuration.expansion.files.includes(name),
    ),
  );
