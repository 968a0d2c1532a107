/**
 * Files that are no configuration of their own: a script, a firewall dump, a part that is included. Somebody who asks
 * about one means it as its machine uses it, so the configurations nearest to it are read.
 */
import { contextsOf } from "../../grammar/vocabulary/index.ts";
import { classify } from "../model/cluster/classify.ts";
import { isCandidateName, looksLikeConfiguration } from "../model/cluster/discover.ts";
import { describeFragment, fragmentOf } from "../model/cluster/fragment.ts";
import { baseName, folderOf, joinPath, type ProjectFiles, walkFiles } from "../model/cluster/files.ts";
import { shapeOf } from "../model/cluster/names.ts";
import { readProject } from "../model/cluster/project.ts";
import { isShell } from "../model/cluster/scripts.ts";

/** Folders that are tried, from the file's own upward. */
const levels = 6;
const maxConfigurations = 24;

/** What to read to judge a file: the file itself, the configurations that use it, or undefined when nobody does and it is none. */
export const pathsToRead = (files: ProjectFiles, file: string): readonly string[] | undefined => {
  const got = files.read(file);
  if (got.kind !== "text" || looksLikeConfiguration(got.text)) return [file];
  let folder = folderOf(file);
  let tried = 0;
  for (let level = 0; level < levels; level++) {
    const found = configurationsBelow(files, folder).filter((other) => other !== file);
    if (found.length > tried && found.length <= maxConfigurations) {
      tried = found.length;
      if (readProject({ files, paths: found }).files.includes(file)) return found;
    }
    // Above the working directory nothing is looked for.
    if (folder === "" || folder === "/" || /(?:^|\/)\.\.$/u.test(folder)) break;
    folder = folderOf(folder);
  }
  return isConfiguration(files, file) ? [file] : undefined;
};

/** Whether a file can be read as a configuration of its own. */
export const isConfiguration = (files: ProjectFiles, file: string): boolean => {
  const got = files.read(file);
  if (got.kind !== "text") return false;
  return looksLikeConfiguration(got.text) || (!isShell(file, got.text) && mayBeConfiguration(files, file, got.text));
};

/** Why a file that is not read is no configuration, as the end of a sentence. */
export const whyNotRead = (files: ProjectFiles, file: string): string => {
  const got = files.read(file);
  const fragment = got.kind === "text" ? fragmentOf(file, got.text) : undefined;
  return fragment === undefined
    ? "it is no keepalived configuration, and none near it uses it"
    : `${describeFragment(fragment)}, and no configuration near it includes it`;
};

/**
 * Whether a text without a block of keepalived's can be meant as its configuration: by its name, unless it is plainly
 * something else (a proxy's configuration, statements that end in semicolons), or by its words.
 */
const mayBeConfiguration = (files: ProjectFiles, file: string, text: string): boolean => {
  if (fragmentOf(file, text) !== undefined) return false;
  if (file === "<stdin>" || /keepalived/iu.test(baseName(file))) return true;
  if (isCandidateName(file) && classify(files, file, false) === undefined && !/;[ \t\r]*$/mu.test(text)) return true;
  const words = text.split("\n", 500).flatMap((line) => /^[ \t]*([^\s#!{}]+)/u.exec(line)?.[1] ?? []);
  return words.filter((word) => contextsOf(word).length > 0).length * 2 >= words.length;
};

const maxBeside = 24;

/**
 * Folders beside a given one that may be its peers. A folder with one configuration is a machine's, as the configuration
 * itself would be; machines beside it have theirs at the same place.
 */
export const machinesBeside = (files: ProjectFiles, folder: string): readonly string[] => {
  if (folder === "" || folder === "/" || baseName(folder) === "..") return [];
  const [file, ...others] = configurationsBelow(files, folder).filter((each) => !shapeOf({ file: each }).copy);
  if (file === undefined || others.length > 0) return [];
  const parent = folderOf(folder);
  const beside = files.list(parent).filter(({ kind, name }) => kind === "folder" && name !== baseName(folder));
  if (beside.length > maxBeside) return [];
  return beside.map(({ name }) => joinPath(parent, name)).filter((other) => files.read(other + file.slice(folder.length)).kind === "text");
};

const configurationsBelow = (files: ProjectFiles, folder: string): readonly string[] =>
  walkFiles(files, folder).filter((file) => {
    if (!isCandidateName(file)) return false;
    const got = files.read(file);
    return got.kind === "text" && looksLikeConfiguration(got.text);
  });
