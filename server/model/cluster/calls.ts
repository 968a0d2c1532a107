/** Scripts that other scripts of the machine call: what is known of their arguments. */
import { valueOf } from "../effects/known.ts";
import type { RunEffect } from "../effects/types.ts";
import { baseName, joinPath, type ProjectFiles } from "./files.ts";
import type { Companion } from "./model.ts";
import { scriptFile } from "./scripts.ts";
import { sourcedFrom } from "./sourced.ts";

interface Call {
  readonly by: string;
  readonly path: string;
  readonly args: readonly (string | undefined)[];
}

/**
 * Reads scripts again with the arguments their callers give (rc.local: `sh /root/rs.sh 10.0.0.100 start`). Where callers
 * differ, nothing is known. `start`, `stop` and their like stay unknown: whoever calls a service script with one of them at
 * boot calls it with the others later, and what the script does then counts as well.
 */
export const withKnownArguments = (
  files: ProjectFiles,
  companions: readonly Companion[],
  root: string | undefined,
): readonly Companion[] => {
  const calls = companions.flatMap(({ file, effects }) => effects.flatMap((effect) => (effect.kind === "run" ? callOf(effect, file) : [])));
  if (calls.length === 0) return companions;
  return companions.map((companion) => {
    if (companion.script === undefined) return companion;
    const args = agreed(calls.filter(({ by, path }) => by !== companion.file && isFile(path, companion.file, root)));
    if (!args.some((value) => value !== undefined)) return companion;
    const script = scriptFile(companion.file, companion.script.text, companion.script.script, {
      arguments: args,
      sourced: sourcedFrom(files, companion.file, root),
    });
    return { ...companion, script, effects: script.effects.effects };
  });
};

/** The script that a command runs, with its arguments: `PATH …` or `sh PATH …`. */
export const calledScript = (effect: RunEffect): { readonly path: string; readonly args: readonly (string | undefined)[] } | undefined => {
  const words = [effect.name, ...effect.arguments].map(valueOf);
  const start = words[0] !== undefined && /(?:^|\/)(?:ba|da|k)?sh$/u.test(words[0]) ? 1 : 0;
  const path = words[start];
  return path === undefined || !path.includes("/") ? undefined : { path, args: words.slice(start + 1) };
};

const callOf = (effect: RunEffect, by: string): Call[] => {
  const called = calledScript(effect);
  return called === undefined ? [] : [{ by, ...called }];
};

const actions = new Set(["start", "stop", "restart", "reload", "force-reload", "status", "condrestart", "try-restart"]);

const agreed = (calls: readonly Call[]): readonly (string | undefined)[] =>
  (calls[0]?.args ?? []).map((value, index) =>
    value !== undefined && !actions.has(value) && calls.every(({ args }) => args[index] === value) ? value : undefined,
  );

/** Whether a path on the machine is a file of the tree; without a root the base name decides. */
export const isFile = (path: string, file: string, root: string | undefined): boolean =>
  root === undefined || !path.startsWith("/") ? baseName(path) === baseName(file) : joinPath(root, path) === file;
