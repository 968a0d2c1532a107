/** The files of a page: names, the nodes they belong to, and what may be done to them. Pure; nothing is changed in place. */
import type { SourceFile } from "./messages.ts";

export interface NodeFiles {
  /** The first folder of the names; "" for files that belong to no node. */
  readonly node: string;
  readonly files: readonly SourceFile[];
}

export const nodeOf = (name: string): string => (name.includes("/") ? name.slice(0, name.indexOf("/")) : "");

/** The name on the node's own disk. */
export const pathOf = (name: string): string => name.slice(name.indexOf("/") + 1);

export const baseOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/** In the order in which nodes appear; of a node, its keepalived.conf first, then its scripts. */
export const byNode = (files: readonly SourceFile[]): readonly NodeFiles[] => {
  const nodes = new Map<string, SourceFile[]>();
  for (const file of files) nodes.set(nodeOf(file.name), [...(nodes.get(nodeOf(file.name)) ?? []), file]);
  return [...nodes].map(([node, own]) => ({ node, files: own.toSorted((a, b) => rank(a) - rank(b)) }));
};

const rank = ({ name, text }: SourceFile): number => (/keepalived[^/]*$/u.test(name) ? 0 : text.startsWith("#!") ? 1 : 2);

/** Why a name cannot be taken; undefined when it can. `own` is the name it replaces. */
export const nameProblem = (name: string, files: readonly SourceFile[], own?: string): string | undefined => {
  const parts = name.split("/");
  if (name === "" || parts.some((part) => part.trim() === "")) return "a name is missing between two slashes";
  if (parts.some((part) => part === "." || part === "..")) return "the name may not lead elsewhere";
  if (name.length > 200) return "the name is too long";
  if (name !== own && files.some((file) => file.name === name)) return "there is such a file already";
  return files.some((file) => file.name !== own && (file.name.startsWith(`${name}/`) || name.startsWith(`${file.name}/`)))
    ? "a folder has this name"
    : undefined;
};

export const withText = (files: readonly SourceFile[], name: string, text: string): readonly SourceFile[] =>
  files.map((file) => (file.name === name ? { name, text } : file));

export const withFile = (files: readonly SourceFile[], added: SourceFile): readonly SourceFile[] => {
  // Beside the others of its node, so that nodes keep their places.
  const last = files.findLastIndex(({ name }) => nodeOf(name) === nodeOf(added.name));
  return last < 0 ? [...files, added] : files.toSpliced(last + 1, 0, added);
};

export const without = (files: readonly SourceFile[], name: string): readonly SourceFile[] => files.filter((file) => file.name !== name);

export const renamed = (files: readonly SourceFile[], from: string, to: string): readonly SourceFile[] =>
  files.map((file) => (file.name === from ? { ...file, name: to } : file));

/** A second machine starts as a copy of the first: most nodes of a cluster differ in a few lines. */
export const withCopyOf = (files: readonly SourceFile[], node: string, copy: string): readonly SourceFile[] => [
  ...files,
  ...files.filter(({ name }) => nodeOf(name) === node).map(({ name, text }) => ({ name: `${copy}/${pathOf(name)}`, text })),
];

/** "db3" after "db2"; a number behind a name that has none. */
export const nextNode = (files: readonly SourceFile[]): string => {
  const nodes = byNode(files).map(({ node }) => node);
  const last = nodes.at(-1) ?? "";
  const [, stem = "node", digits = "1"] = /^(.*?)(\d{1,6})?$/u.exec(last === "" ? "node" : last) ?? [];
  for (let number = Number(digits) + 1; ; number++) if (!nodes.includes(`${stem}${number}`)) return `${stem}${number}`;
};

/** Replaces spans of one text; the edits do not overlap. */
export const edited = (
  text: string,
  edits: readonly { readonly start: number; readonly end: number; readonly replacement: string }[],
): string =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, replacement }) => `${rest.slice(0, start)}${replacement}${rest.slice(end)}`, text);
