/** Files that a path can name: includes beside the including file, scripts where the machine's files lie. */
import { folderOf, joinPath } from "../model/cluster/files.ts";
import { mappedPath, pathsFor } from "../model/cluster/stated.ts";
import type { Completion, CompletionRequest } from "./completion.ts";
import type { LineAt, Occurrence } from "./cursor.ts";

/** What the folder holds that is typed so far; what stands behind the cursor is kept from the next slash on. */
export const pathCompletions = (request: CompletionRequest, occurrence: Occurrence, line: LineAt): readonly Completion[] => {
  const { files, text, offset } = request;
  const { typed } = line;
  // A command's arguments are anything.
  if (/\s/u.test(typed)) return [];
  const slash = typed.lastIndexOf("/");
  const start = offset - typed.length + slash + 1;
  const rest = /^[^\s{}"#!/]*/u.exec(text.slice(offset, line.word.end))![0];
  const hasSlash = text[offset + rest.length] === "/";
  const names = new Map(
    foldersFor(typed.slice(0, slash + 1), request, occurrence).flatMap((folder) =>
      files.list(folder).map((entry) => [entry.name, entry.kind]),
    ),
  );
  return [...names].flatMap(([name, kind]): readonly Completion[] => {
    if (name.startsWith(".") || (kind !== "file" && kind !== "folder")) return [];
    const label = kind === "folder" ? `${name}/` : name;
    return [
      {
        label,
        role: kind,
        text: label,
        snippet: false,
        replace: { start, end: offset + rest.length + (kind === "folder" && hasSlash ? 1 : 0) },
        rank: kind === "folder" ? 1 : 2,
      },
    ];
  });
};

/** An absolute path counts from the machine's root, or leads where a kalint.toml says. */
const foldersFor = (typed: string, { file, paths = [] }: CompletionRequest, { node }: Occurrence): readonly string[] => {
  if (!typed.startsWith("/")) return [joinPath(folderOf(file), typed)];
  const mapped = mappedPath(pathsFor(paths, file), typed.length > 1 ? typed.slice(0, -1) : typed);
  return [
    ...(node?.root === undefined ? [] : [joinPath(node.root, typed.replace(/^\/+/u, ""))]),
    ...(mapped === undefined ? [] : [mapped]),
  ];
};

/** Commands that nodes of the project run already, those of the own cluster first. */
export const knownScripts = ({ project }: CompletionRequest, { node }: Occurrence, line: LineAt): readonly Completion[] => {
  const found = new Map<string, number>();
  for (const { nodes } of project.clusters) {
    const rank = node !== undefined && nodes.includes(node) ? 3 : 4;
    for (const { linkedScripts } of nodes)
      for (const { path } of linkedScripts)
        if (path.value.startsWith("/") && path.value.startsWith(line.typed) && path.value !== line.typed)
          found.set(path.value, Math.min(rank, found.get(path.value) ?? rank));
  }
  const start = line.word.start;
  return [...found].map(([label, rank]) => ({
    label,
    role: "file" as const,
    text: label,
    snippet: false,
    replace: { start, end: Math.max(start, line.word.end) },
    rank,
  }));
};
