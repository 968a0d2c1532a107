/**
 * What the nodes are called, and what their file and folder names say about each other. Binding: a node is named after
 * the nearest folder or file name part that tells it from its siblings.
 */
import type { Entry } from "./discover.ts";
import { baseName, folderOf, treeDistance } from "./files.ts";
import { madeName } from "./templates.ts";

/** Folder names that say nothing about which machine it is. */
const plainFolders = new Set([
  "etc",
  "keepalived",
  "conf",
  "config",
  "configs",
  "configuration",
  "files",
  "file",
  "root",
  "rootfs",
  "templates",
  "src",
  "roles",
  "ha",
  "lvs",
  "vrrp",
]);

/** Where an entry's machine lies: its root, or the folder of its file. */
const locationOf = (entry: Entry): string => entry.root ?? folderOf(entry.file);

/** The folders above an entry that say something about which machine it is, outermost first. */
export const folderParts = (entry: Entry): readonly string[] =>
  locationOf(entry)
    .split("/")
    .filter((part) => part !== "" && part !== ".." && !plainFolders.has(part.toLowerCase()));

/** A file name without its endings: "keepalived-master" of keepalived-master.conf, "keepalived" of keepalived.conf.node1. */
const stemOf = (file: string): string => baseName(madeName(file) ?? file).replace(/\.(?:conf|cfg|txt)(?=\.|-|_|$)/giu, "");

/** The part of a file name that tells a node: "master" of keepalived-master.conf, "node1" of keepalived.conf.node1; "" for none. */
const fileToken = (file: string): string => {
  const stem = stemOf(file);
  const token = stem.replace(/keepalived?/giu, "").replace(/^[-._ ]+|[-._ ]+$/gu, "");
  return /^\d+$/u.test(token) ? stem : token;
};

/** A name for every entry of a cluster, each once: its configuration id, or the nearest part of its path that no other entry has. */
export const nameEntries = (entries: readonly Entry[]): readonly string[] => {
  const parts = entries.map((entry) => (entry.configId === undefined ? partsOf(entry) : [entry.configId, ...partsOf(entry)]));
  const count = new Map<string, number>();
  for (const list of parts) for (const part of new Set(list)) count.set(part, (count.get(part) ?? 0) + 1);
  const names = parts.map(
    (list, index) => list.find((part) => count.get(part) === 1) ?? (stemOf(entries[index]!.file) || entries[index]!.file),
  );
  return names.map((name, index) => (names.indexOf(name) === index && names.lastIndexOf(name) === index ? name : entries[index]!.file));
};

/** Nearest first. */
const partsOf = (entry: Entry): readonly string[] => {
  const token = fileToken(entry.file);
  return [...(token === "" ? [] : [token]), ...folderParts(entry).toReversed()];
};

/** Steps between the machines of two entries; a machine's root counts, not the depth of its /etc/keepalived. */
export const entryDistance = (a: Entry, b: Entry): number => treeDistance(locationOf(a), locationOf(b));

/** Words for the place a node has in its cluster. */
const roleWord =
  /(?:master|backup|slave[rs]?|standby|primary|secondary|(?<![a-z])(?:(?<!active[-_])active(?![-_]?active)|passive|main|leader|follower|left|right|first|second|one|two)(?![a-z])|主|备|从)/gu;

/** Numbered or lettered machines: node1, lb-02, 192.168.1.5, proxy-a. */
const hostNumber =
  /(?:(?<![a-z])(?:node|lb|host|server|srv|ha|db|lvs|proxy|haproxy|nginx|web|vm|gw|fw|dns|mysql|redis|sql|rabbitmq|router|rt?|n|h|s|m)[-_]?\d{1,3}(?!\d)|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?<![a-z0-9])[a-e](?![a-z0-9]))/gu;

const otherNumber = /(?<![\dv])\d{1,3}(?!\d)/gu;

/** What a path says apart from the place in the cluster, and what it says about that place. */
export interface PathShape {
  /** The path without roles and numbers. */
  readonly skeleton: string;
  /** Role words and machine numbers, in order. */
  readonly roles: string;
  /** Any other numbers, in order. */
  readonly numbers: string;
  /** The name marks a copy, an example or an older version. */
  readonly copy: boolean;
  /** It stands in a folder of examples or of what a document shows, and is run by nobody. */
  readonly documentation: boolean;
}

const copyName =
  /[-_.](?:19|20)\d\d[-_.]?(?:0\d|1[0-2])[-_.]?[0-3]\d|\.(?:bak|orig|old|save|sample|example|dist|default|rpmnew|rpmsave|dpkg-\w+|swp)\b|~$|[-_.](?:bak|orig|old|sample|example|copy|template)(?![a-z])|\bcopy\b/u;

const documentationFolder = /^(?:docs?|documentation|man|examples?|samples?|readme.*)$/u;

export const shapeOf = ({ file }: Entry): PathShape => {
  const path = file.toLowerCase();
  const roles: string[] = [];
  const numbers: string[] = [];
  const without = (text: string, pattern: RegExp, into: string[]): string =>
    text.replace(pattern, (word) => {
      into.push(word);
      return "*";
    });
  const blanked = without(without(without(path, hostNumber, roles), roleWord, roles), otherNumber, numbers);
  return {
    // keepalived.conf beside keepalived_slave.conf: a role that is only told on one side still pairs them.
    skeleton: blanked.replace(/[-_. ]*\*/gu, ""),
    roles: roles.join(" "),
    numbers: numbers.join(" "),
    copy: copyName.test(baseName(path)),
    documentation: folderOf(path)
      .split("/")
      .some((folder) => documentationFolder.test(folder)),
  };
};

/**
 * Whether two paths are the same but for the place in the cluster. "role": they name places (keepalived-master.conf and
 * -backup.conf, lb1/ and lb2/). "number": they count otherwise, which versions of one file do as well (keepalived.conf and
 * keepalived2.conf), and clusters (c1-master.conf and c2-backup.conf).
 */
export const pairedShapes = (a: PathShape, b: PathShape): "role" | "number" | undefined => {
  if (a.skeleton !== b.skeleton) return undefined;
  if (a.numbers !== b.numbers) return "number";
  return a.roles === b.roles ? undefined : "role";
};
