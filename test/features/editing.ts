/** Projects in memory with a cursor in one file: `|` marks it and is taken out. */
import { memoryFiles } from "../../server/host/memory.ts";
import type { ProjectFiles } from "../../server/model/cluster/files.ts";
import { readProject, type Project } from "../../server/model/cluster/project.ts";

export interface Editing {
  readonly project: Project;
  readonly files: ProjectFiles;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly textOf: (file: string) => string | undefined;
}

export const editing = (contents: Readonly<Record<string, string>> | string): Editing => {
  const given = typeof contents === "string" ? { "keepalived.conf": contents } : contents;
  const [file, marked] = Object.entries(given).find(([, text]) => text.includes("|"))!;
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const texts: Readonly<Record<string, string>> = { ...given, [file]: text };
  const files = memoryFiles(texts);
  return { project: readProject({ files, paths: [""] }), files, file, text, offset, textOf: (name) => texts[name] };
};
