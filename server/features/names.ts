/**
 * Names and where they stand: go to definition, references, highlight and rename are four queries on this. A name lives in
 * one reading; files that several readings share carry it from one to the next.
 */
import type { Site, Span } from "../../grammar/text.ts";
import type { SymbolKind } from "../../grammar/vocabulary/types.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import type { Configuration } from "../model/node/model.ts";
import { refusedValue, type SharedValue, sharedValueAt, valueEverywhere } from "./everywhere.ts";
import { scriptNames } from "./script-names.ts";
import { type Target, targetsAt } from "./target.ts";

export interface NamePlace {
  readonly site: Site;
  readonly defines: boolean;
}

/** Where what stands at an offset is defined; scripts and includes lead to files. */
export const definitionsAt = (project: Project, file: string, offset: number): readonly Site[] =>
  unique(targetsAt(project, file, offset).flatMap((target) => definitionOf(target, project)));

const start: Span = { start: 0, end: 0 };

const definitionOf = (target: Target, project: Project): readonly Site[] => {
  switch (target.kind) {
    case "name":
      return placesIn(target.configuration, target)
        .filter(({ defines }) => defines)
        .map(({ site }) => site);
    case "definition":
      return target.configuration.expansion.definitions.filter(({ name }) => name === target.name).map(({ site }) => site);
    case "command":
      return target.script.resolution.kind === "found" ? [{ file: target.script.resolution.file, span: start }] : [];
    case "include":
      return target.files.map((file) => ({ file, span: start }));
    case "condition":
      return project.clusters.flatMap(({ nodes }) =>
        nodes.flatMap(({ configuration }) => (configuration?.configId === target.id ? [{ file: configuration.file, span: start }] : [])),
      );
    case "keyword":
    case "argument":
      return [];
  }
};

/** Every place of the name at an offset, in every reading that contains it. For a script file: the lines that run it. */
export const referencesAt = (project: Project, file: string, offset: number): readonly NamePlace[] => {
  const places = targetsAt(project, file, offset).flatMap((target): readonly NamePlace[] => {
    if (target.kind === "name") return [...placesIn(target.configuration, target), ...inScripts(target.node, target)];
    if (target.kind === "definition") return definitionPlaces(target.configuration, target.name);
    if (target.kind === "command" && target.script.resolution.kind === "found") return callersOf(project, target.script.resolution.file);
    return [];
  });
  const sites = unique(places.map(({ site }) => site));
  return sites.map((site) => ({ site, defines: places.some((place) => place.defines && same(place.site, site)) }));
};

/** The commands of configurations that run a script file. */
export const callersOf = (project: Project, file: string): readonly NamePlace[] =>
  project.clusters.flatMap(({ nodes }) =>
    nodes.flatMap(({ linkedScripts }) =>
      linkedScripts.flatMap(({ resolution, path }) =>
        resolution.kind === "found" && resolution.file === file ? [{ site: path.site, defines: false }] : [],
      ),
    ),
  );

const placesIn = (
  { symbols }: Configuration,
  { symbol, name }: { readonly symbol: SymbolKind; readonly name: string },
): readonly NamePlace[] => [
  ...symbols.definitions
    .filter((each) => each.kind === symbol && each.name.value === name)
    .map((each) => ({ site: each.name.site, defines: true })),
  ...symbols.references
    .filter((each) => each.kind === symbol && each.name.value === name)
    .map((each) => ({ site: each.name.site, defines: false })),
];

const inScripts = (node: NodeModel, { symbol, name }: { readonly symbol: SymbolKind; readonly name: string }): readonly NamePlace[] =>
  scriptNames(node).flatMap((each) => (each.symbol === symbol && each.name === name ? [{ site: each.site, defines: false }] : []));

const definitionPlaces = ({ expansion }: Configuration, name: string): readonly NamePlace[] => [
  ...expansion.definitions.filter((each) => each.name === name).map(({ site }) => ({ site, defines: true })),
  ...expansion.uses.filter((each) => each.name === name).map(({ site }) => ({ site, defines: false })),
];

const same = (a: Site, b: Site): boolean => a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;

/** Each place once, in the order of files and offsets. */
export const unique = (sites: readonly Site[]): readonly Site[] => {
  const sorted = sites.toSorted((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start || a.span.end - b.span.end,
  );
  return sorted.filter((site, index) => index === 0 || !same(site, sorted[index - 1]!));
};

/** What a rename would change, or one line why it cannot be done. */
export type Rename =
  | {
      readonly kind: "edits";
      readonly span: Span;
      readonly name: string;
      readonly edits: readonly { readonly at: Site; readonly text: string }[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Renames names of scripts, instances, groups, track files, … and definitions; and the number or password of a virtual router. The readings that share a file are taken
 * together until nothing is added, so that a name in a file included by all nodes changes on all of them.
 */
export const renameAt = (
  project: Project,
  file: string,
  offset: number,
  textOf: (file: string) => string | undefined,
  to?: string,
): Rename => {
  const shared = sharedValueAt(project, file, offset);
  if (shared !== undefined) return renameShared(shared, to);
  const target = targetsAt(project, file, offset).find(({ kind }) => kind === "name" || kind === "definition");
  if (target === undefined) return { kind: "refused", reason: "there is no name here that kalint can follow" };
  if (target.kind !== "name" && target.kind !== "definition")
    return { kind: "refused", reason: "there is no name here that kalint can follow" };
  const places = closure(project, file, offset);
  const edits: { readonly at: Site; readonly text: string }[] = [];
  for (const { site } of places) {
    const written = textOf(site.file)?.slice(site.span.start, site.span.end) ?? "";
    const edit = edited(written, target, to ?? target.name);
    if (edit === undefined || site.via !== undefined)
      return { kind: "refused", reason: `${target.name} is put together from a definition in ${site.file}: it cannot be renamed there` };
    // Other characters mean something to a shell.
    if (to !== undefined && !/^[\w.:/-]+$/u.test(to) && isScript(project, site.file))
      return { kind: "refused", reason: `"${to}" would have to stand in ${site.file}, where a shell reads more into it than a name` };
    edits.push({ at: site, text: edit });
  }
  if (to !== undefined) {
    const problem = problemOf(target, to);
    if (problem !== undefined) return { kind: "refused", reason: problem };
  }
  return { kind: "edits", span: target.span, name: target.name, edits };
};

const isScript = ({ clusters }: Project, file: string): boolean =>
  clusters.every(({ nodes }) => nodes.every(({ configuration }) => configuration?.expansion.files.includes(file) !== true));

/** A virtual router's number or password, on all its nodes. */
const renameShared = (shared: SharedValue, to: string | undefined): Rename => {
  const problem = to === undefined ? undefined : refusedValue(shared, to);
  if (problem !== undefined) return { kind: "refused", reason: problem };
  const { word } = shared;
  const edits = valueEverywhere(shared, to ?? word.value).map(({ at, replacement }) => ({ at, text: replacement }));
  return { kind: "edits", span: word.site.span, name: word.value, edits };
};

const closure = (project: Project, file: string, offset: number): readonly NamePlace[] => {
  const known = new Map<string, NamePlace>();
  const queue: { readonly file: string; readonly offset: number }[] = [{ file, offset }];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const place of referencesAt(project, at.file, at.offset)) {
      const key = `${place.site.span.start} ${place.site.span.end} ${place.site.file}`;
      if (known.has(key)) continue;
      known.set(key, place);
      queue.push({ file: place.site.file, offset: place.site.span.start });
    }
  }
  return [...known.values()];
};

/** The text of one place with the new name; undefined where the name does not stand there literally. */
const edited = (written: string, target: Target & { readonly kind: "name" | "definition" }, to: string): string | undefined => {
  if (written === target.name) return to;
  if (written === `"${target.name}"`) return `"${to}"`;
  if (written === `'${target.name}'`) return `'${to}'`;
  if (target.kind === "definition" && written === `$${target.name}`) return `$${to}`;
  if (target.kind === "definition" && written === `\${${target.name}}`) return `\${${to}}`;
  return undefined;
};

const problemOf = (target: Target & { readonly kind: "name" | "definition" }, to: string): string | undefined => {
  if (target.kind === "definition") {
    if (!/^[A-Za-z_]\w*$/u.test(to)) return `"${to}" cannot be the name of a definition: a letter or _ first, then letters, digits and _`;
    return target.configuration.expansion.definitions.some(({ name }) => name === to) ? `there is a definition ${to} already` : undefined;
  }
  if (to === "" || /[\s"#!{}$@~]/u.test(to)) return `"${to}" cannot be a name: keepalived would not read it as one word`;
  const taken = target.configuration.symbols.definitions.some(({ kind, name }) => kind === target.symbol && name.value === to);
  return taken ? `there is a ${target.item.keyword.value} ${to} already` : undefined;
};
