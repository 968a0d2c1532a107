/**
 * Templates: one file that makes the configurations of several machines. What it makes is not known, so it is read once for
 * every way through its choices (a world), and only what holds in all of them is said. A template is never one machine
 * among others: it is nobody's peer.
 */
import type { FileText } from "../../../grammar/keepalived/expand.ts";
import { branchesOf, render, type Rendered, withMarks } from "../../../grammar/template/render.ts";
import { type Choice, madeName, markingOf, readTemplate, type Template } from "../../../grammar/template/template.ts";
import type { Site } from "../../../grammar/text.ts";
import type { ProjectFiles } from "./files.ts";
import type { ClusterModel } from "./model.ts";

export { madeName, templateEndings } from "../../../grammar/template/template.ts";

/**
 * What a text is as a template; undefined when it is none. A script is one by its name only: `docker ps --format '{{.Names}}'`
 * is no mark, and `${X:-1}` is the shell's.
 */
export const templateOf = (file: string, text: string, isScript = false): Template | undefined => {
  if (isScript) {
    const marking = madeName(file) === undefined ? undefined : markingOf(file, text);
    return marking === undefined || marking.language === "shell" ? undefined : readTemplate(text, { ...marking, shell: false });
  }
  if (madeName(file) === undefined && !/\{[{%]|<%|\$\{\w+:?[-=?+]/u.test(text)) return undefined;
  const marking = markingOf(file, text);
  return marking === undefined ? undefined : readTemplate(text, marking);
};

/** A way through the choices of one template: which branch of a choice is taken, and whether the first or the last of all others. */
export interface World {
  readonly file: string;
  readonly way: ReadonlyMap<number, number>;
  readonly others: "first" | "last";
}

const nowhere: ReadonlyMap<number, number> = new Map();

/** The world that an editor shows: the first branch of everything. */
export const firstWorld: World = { file: "", way: nowhere, others: "first" };

const takenIn =
  (file: string, world: World) =>
  (choice: Choice): number => {
    const stated = file === world.file ? world.way.get(choice.index) : undefined;
    if (stated !== undefined) return stated;
    if (world.others === "first" || choice.holds === "once") return 0;
    return choice.optional ? -1 : choice.branches.length - 1;
  };

const rendered = (file: string, template: Template, world: World): Rendered => render(template, takenIn(file, world));

/** The files with every template among them as it is in a world: those of configurations, or those of scripts. */
export const filesIn = (files: ProjectFiles, world: World, areScripts = false): ProjectFiles => ({
  ...files,
  read: (file): FileText => {
    const got = files.read(file);
    if (got.kind !== "text") return got;
    const template = templateOf(file, got.text, areScripts);
    return template === undefined ? got : { kind: "text", text: rendered(file, template, world).text };
  },
});

/** Whether a configuration's file is a template. */
export const isTemplateIn = (files: ProjectFiles, file: string): boolean => {
  const got = files.read(file);
  return got.kind === "text" && templateOf(file, got.text) !== undefined;
};

/** The clusters that are none of a template: only of them is known what machines they are. */
export const ofMachines = ({ clusters }: { readonly clusters: readonly ClusterModel[] }): readonly ClusterModel[] =>
  clusters.filter(({ template }) => template === undefined);

/** More ways than these are not gone: what stands in branches nobody came to is not judged. */
const maxWorlds = 32;

/** Another reading of a cluster whose node is a template. */
export interface OtherWorld {
  readonly world: World;
  readonly cluster: ClusterModel;
}

/** What is known of the templates that a cluster is made of. */
export interface Templates {
  readonly byFile: ReadonlyMap<string, Template>;
  readonly worlds: readonly World[];
  /** Whether a place is in the text of a world. */
  readonly holds: (world: World, site: Site) => boolean;
  /** Whether enough worlds hold it to say that something is so in all of them. */
  readonly covers: (site: Site) => boolean;
  /** A message about a file with the marks in it as they are written. */
  readonly shown: (message: string, file: string) => string;
}

/** The templates among the files of a configuration and its scripts, and the ways through them: every branch is come to with the first and the last of all others. */
export const templatesAmong = (files: ProjectFiles, names: readonly string[], scripts: readonly string[]): Templates | undefined => {
  const byFile = new Map<string, Template>();
  for (const file of [...names, ...scripts]) {
    const got = files.read(file);
    const template = got.kind === "text" ? templateOf(file, got.text, !names.includes(file)) : undefined;
    if (template !== undefined) byFile.set(file, template);
  }
  if (byFile.size === 0) return undefined;
  const worlds: World[] = [firstWorld, { ...firstWorld, others: "last" }];
  const reached = new Set<object>();
  for (const [file, template] of byFile)
    for (const { branch, way } of branchesOf(template)) {
      if (worlds.length + 2 > maxWorlds) break;
      reached.add(branch);
      worlds.push({ file, way, others: "first" }, { file, way, others: "last" });
    }
  const lefts = new Map<World, Map<string, Rendered["left"]>>();
  const leftIn = (world: World, file: string): Rendered["left"] => {
    const own = lefts.get(world) ?? new Map<string, Rendered["left"]>();
    lefts.set(world, own);
    const template = byFile.get(file);
    const left = own.get(file) ?? (template === undefined ? [] : rendered(file, template, world).left);
    own.set(file, left);
    return left;
  };
  return {
    byFile,
    worlds,
    holds: (world, { file, span }) => !leftIn(world, file).some(({ start, end }) => span.start >= start && span.start < end),
    covers: ({ file, span }) => {
      const template = byFile.get(file);
      if (template === undefined) return true;
      const around = branchesOf(template).filter(({ branch }) => branch.start <= span.start && span.start < branch.end);
      return !template.broken && around.every(({ branch }) => reached.has(branch));
    },
    shown: (message, file) => {
      const template = byFile.get(file) ?? [...byFile.values()][0]!;
      return withMarks(message, template);
    },
  };
};
