/** Files that a path can name: includes beside the including file, scripts where the machine's files lie. */
import { folderOf, joinPath } from "../model/cluster/files.ts";
import type { Completion, CompletionRequest } from "./completion.ts";
import type { LineAt, Occurrence } from "./cursor.ts";

export const pathCompletions = ({ files, file }: CompletionRequest, { node }: Occurrence, line: LineAt): readonly Completion[] => {
  const written = line.typed.replace(/^"/u, "");
  const slash = written.lastIndexOf("/");
  const folder = written.slice(0, slash + 1);
  // An absolute path counts from the machine's root, where that is known.
  const start = folder.startsWith("/") ? node?.root : folderOf(file);
  if (start === undefined) return [];
  const from = line.word.start + (line.typed.length - written.length) + slash + 1;
  return files.list(joinPath(start, folder.replace(/^\/+/u, ""))).flatMap(({ name, kind }): readonly Completion[] => {
    if (name.startsWith(".") || (kind !== "file" && kind !== "folder")) return [];
    const text = kind === "folder" ? `${name}/` : name;
    return [
      {
        label: text,
        role: kind,
        text,
        snippet: false,
        replace: { start: from, end: Math.max(from, line.word.end) },
        rank: kind === "folder" ? 1 : 2,
      },
    ];
  });
};
