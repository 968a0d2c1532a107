/** What somebody states about machines and clusters (kalint.toml), with names resolved: the model takes it as given. */
import type { Site } from "../../../grammar/text.ts";
import type { SystemShell } from "../../../grammar/vocabulary/releases.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { joinPath, isBelow } from "./files.ts";
import type { InterfaceFacts } from "./model.ts";

export interface Stated {
  readonly clusters: readonly StatedCluster[];
  /** Longest first, so that the first that covers a path is the one that counts. */
  readonly paths: readonly PathMap[];
  /** Versions that hold for the configurations of a folder, deepest folder first. */
  readonly versions: readonly { readonly folder: string; readonly version: Version }[];
  /** What /bin/sh is on the machines of a folder, from the distribution that is stated for it, deepest folder first. */
  readonly shells?: readonly { readonly folder: string; readonly shell: SystemShell }[];
}

export const nothingStated: Stated = { clusters: [], paths: [], versions: [] };

export interface StatedCluster {
  readonly name?: string;
  readonly nodes: readonly StatedNode[];
}

export interface StatedNode {
  readonly name?: string;
  /** The entry file; undefined for a machine without keepalived. */
  readonly config?: string;
  readonly configId?: string;
  /** The folder that stands for the machine's `/`. */
  readonly root?: string;
  /** The machine's other files: patterns (`*`, `**`, `?`, `[…]`, `{a,b}`) over whole names. Empty: none stated. */
  readonly files: readonly string[];
  readonly interfaces?: ReadonlyMap<string, StatedInterface>;
  readonly version?: Version;
}

export interface StatedInterface extends InterfaceFacts {
  /** Where each of `addresses` is stated, in the same order. */
  readonly sites: readonly Site[];
}

/** An absolute path of the hosts and the folder of the tree that holds its files. */
export interface PathMap {
  readonly from: string;
  readonly to: string;
  /** Holds only for configurations below this folder. */
  readonly within?: string;
}

/** The maps that hold for a configuration. */
export const pathsFor = (paths: readonly PathMap[], config: string): readonly PathMap[] =>
  paths.filter(({ within }) => within === undefined || isBelow(config, within));

/** Where a path of the hosts lies in the tree; undefined when no map covers it. */
export const mappedPath = (paths: readonly PathMap[], path: string): string | undefined => {
  const map = paths.find(({ from }) => path === from || isBelow(path, from));
  return map === undefined ? undefined : joinPath(map.to, path.slice(map.from.length));
};
