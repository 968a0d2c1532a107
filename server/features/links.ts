/** Words of a configuration that name a file of the project: includes, scripts. */
import type { Span } from "../../grammar/text.ts";
import type { Project } from "../model/cluster/project.ts";

export interface Link {
  readonly span: Span;
  readonly file: string;
}

/** Patterns that match several files are left out: they lead nowhere in particular. */
export const linksIn = (project: Project, file: string): readonly Link[] => {
  const found = new Map<string, Link>();
  const add = (span: Span, target: string): void => void found.set(`${span.start} ${target}`, { span, file: target });
  for (const { configuration, linkedScripts } of project.clusters.flatMap(({ nodes }) => nodes)) {
    for (const { site, matches } of configuration?.expansion.includes ?? [])
      if (site.file === file && matches.files.length === 1) add(site.span, matches.files[0]!);
    for (const { path, resolution } of linkedScripts)
      if (path.site.file === file && path.site.via === undefined && resolution.kind === "found") add(path.site.span, resolution.file);
  }
  return [...found.values()].toSorted((a, b) => a.span.start - b.span.start);
};
