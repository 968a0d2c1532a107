/** Whether what a configuration defines is used. */
import type { Configuration } from "./model.ts";

/** Whether a track_script line names the script. */
export const isTracked = ({ symbols }: Configuration, script: string): boolean =>
  symbols.references.some(({ kind, name }) => kind === "script" && name.value === script);
