/** What the kalint.toml files below the folders of a workspace say; wherever one of them is wrong, none counts. */
import type { ProjectFiles } from "../../model/cluster/files.ts";
import type { Known } from "./check.ts";
import { type ProjectSettings, readSettingsFiles, resolveSettings, settingsBelow, settingsName, statedFolders } from "./project.ts";
import type { SettingsProblem } from "./read.ts";

interface Place {
  readonly files: ProjectFiles;
  /** None for files that were opened by themselves. */
  readonly folders: readonly string[];
  /** Lets the folders be read that a kalint.toml states, wherever they lie. */
  readonly allow?: (folders: readonly string[]) => void;
}

export interface Gathered {
  readonly settings?: ProjectSettings;
  readonly problems: readonly SettingsProblem[];
}

/** That of the folder of files that were opened by themselves. */
const settingsBeside = (files: ProjectFiles): readonly string[] => (files.read(settingsName).kind === "text" ? [settingsName] : []);

/** Every kalint.toml of the folders, the upper ones first. */
export const gatherSettings = ({ files, folders, allow }: Place, known: Known): Gathered => {
  const names = folders.length === 0 ? settingsBeside(files) : folders.flatMap((folder) => settingsBelow(files, folder));
  if (names.length === 0) return { problems: [] };
  const { settings: read, problems } = readSettingsFiles(files, names, known);
  if (problems.length > 0) return { problems };
  allow?.(statedFolders(read));
  const resolved = resolveSettings(read, files);
  return resolved.problems.length > 0 ? { problems: resolved.problems } : { settings: resolved.settings, problems: [] };
};
