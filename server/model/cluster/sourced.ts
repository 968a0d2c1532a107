/** Files that scripts read in with `.`: looked up in the tree as the shell would look on the host. */
import type { SourcedFile } from "../effects/script-facts.ts";
import { baseName, folderOf, joinPath, type ProjectFiles } from "./files.ts";
import { treeOf } from "./trees.ts";

/** A larger file is data rather than functions. */
const MAX_LENGTH = 200_000;

/**
 * Below the machine's root, else by the same base name beside the script. A path without a slash is looked for along PATH
 * and then, by bash, in the working directory, which nobody knows: beside the script is the only guess.
 */
export const sourcedFrom =
  (files: ProjectFiles, script: string, root: string | undefined) =>
  (path: string): SourcedFile | undefined => {
    const beside = joinPath(folderOf(script), path.startsWith("/") ? baseName(path) : path);
    for (const file of path.startsWith("/") && root !== undefined ? [joinPath(root, path), beside] : [beside]) {
      const got = files.read(file);
      if (got.kind === "text" && got.text.length <= MAX_LENGTH) return { file, script: treeOf(got) };
    }
    return undefined;
  };
