/**
 * Whose file is it? Files that stand beside the configurations of several nodes belong to the node their name tells
 * (`firewall-backup.sh`, `rules.node2`), and to all of them when it tells none.
 */
import type { Entry } from "./discover.ts";
import { baseName, folderOf, joinPath, walkFiles, type ProjectFiles } from "./files.ts";
import type { Layout } from "./layout.ts";

/** Folders beside configurations that hold files for them; any other folder is a machine of its own, or has nothing to do with them. */
const isAuxiliary = (name: string): boolean =>
  /^(?:scripts?|bin|sbin|sh|shell|etc|conf|sysctl(?:\.d)?|init\.d|iptables|firewall|nftables)$/iu.test(name);

const maxBelow = 200;
const maxSiblings = 16;

/** Whether a folder beside the configurations of several nodes may be a machine without keepalived. */
export const mayBeMachine = (folder: string): boolean => !isAuxiliary(baseName(folder)) && !baseName(folder).startsWith(".");

/** Files beside an entry that shares its folder with others, those of folders for scripts and rules included. */
export const filesBeside = (files: ProjectFiles, entry: Entry, layout: Layout): readonly string[] => {
  const folder = folderOf(entry.file);
  const siblings = layout.below(folder).filter((other) => folderOf(other.file) === folder);
  const below = files
    .list(folder)
    .filter(({ kind }) => kind === "folder")
    .map(({ name }) => joinPath(folder, name))
    .filter((path) => layout.below(path).length === 0)
    .flatMap((path) => (mayBeMachine(path) ? [] : walkFiles(files, path)));
  const configurations = new Set(siblings.map(({ file }) => file));
  const own = filesOf(files, folder).filter((path) => !configurations.has(path));
  return [...own, ...(below.length > maxBelow ? [] : below)].filter((file) => belongsTo(file.slice(folder.length), entry, siblings));
};

/** Firewall and kernel settings that stand once beside the folders of several nodes, and files there that carry the node's name. */
export const filesAbove = (
  files: ProjectFiles,
  entry: Entry,
  folder: string,
  layout: Layout,
  machineFolder: (entry: Entry, layout: Layout) => string | undefined,
): readonly string[] => {
  const parent = folderOf(folder);
  if (folder === "" || folder === "/" || parent === "/") return [];
  const near = layout.below(parent);
  if (near.length < 2 || near.length > maxSiblings) return [];
  const keys = near.flatMap((other) => {
    const path = machineFolder(other, layout);
    return path !== undefined && folderOf(path) === parent ? [{ entry: other, key: keyOf(baseName(path)) }] : [];
  });
  if (keys.length < 2) return [];
  const all = keys.map(({ key }) => key);
  return filesOf(files, parent).filter((file) => {
    const claims = keys.filter(({ key }) => claimsName(baseName(file), key, all));
    return claims.length > 0
      ? claims.some((claim) => claim.entry === entry)
      : /iptables|ip6tables|firewall|nftables|sysctl/iu.test(baseName(file));
  });
};

/** Whether a file beside a single configuration names another node: `director1.iptables.sh` beside director2.conf, firewall-backup.sh beside keepalived-master.conf. */
export const namesAnotherNode = (file: string, entry: Entry): boolean => {
  if (folderOf(file) !== folderOf(entry.file)) return false;
  const { word, number } = keyOf(entry.configId ?? tokenOf(entry.file));
  const words = wordsOf(baseName(file));
  if (word === "master" || word === "backup") return words.includes(word === "master" ? "backup" : "master");
  if (number === undefined) return false;
  const stem = word.slice(0, word.length - /\d+$/u.exec(word)![0].length);
  return stem !== "" && words.some((other) => other !== word && other.startsWith(stem) && /^\d{1,3}$/u.test(other.slice(stem.length)));
};

const filesOf = (files: ProjectFiles, folder: string): readonly string[] =>
  files
    .list(folder)
    .filter(({ kind }) => kind === "file")
    .map(({ name }) => joinPath(folder, name));

const belongsTo = (path: string, entry: Entry, siblings: readonly Entry[]): boolean => {
  const keys = siblings.map((other) => keyOf(other.configId ?? tokenOf(other.file)));
  const mine = keyOf(entry.configId ?? tokenOf(entry.file));
  const claimed = keys.filter((key) => path.split("/").some((part) => claimsName(part, key, keys)));
  return claimed.length === 0 || claimed.some((key) => key.word === mine.word);
};

/** "master" of keepalived-master.conf, "lb1" of keepalived.conf.lb1, "2" of keepalived2.conf. */
const tokenOf = (file: string): string =>
  baseName(file)
    .toLowerCase()
    .replace(/keepalived?|\.conf|\.cfg/gu, "")
    .replace(/^[-._]+|[-._]+$/gu, "");

interface NodeKey {
  readonly word: string;
  /** The number at its end: node2 and firewall2.sh belong together where nodes differ by their number. */
  readonly number?: string;
}

const roles: Readonly<Record<string, string>> = {
  slave: "backup",
  standby: "backup",
  secondary: "backup",
  primary: "master",
  active: "master",
  main: "master",
};

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => (Object.hasOwn(roles, word) ? roles[word]! : word));

const numberOf = (word: string): string | undefined => (/^v[46]$/u.test(word) ? undefined : /0*(\d{1,3})$/u.exec(word)?.[1]);

const keyOf = (token: string): NodeKey => {
  const words = wordsOf(token);
  const last = words.at(-1);
  const number = last === undefined ? undefined : numberOf(last);
  return { word: words.join(" "), ...(number === undefined ? {} : { number }) };
};

const claimsName = (name: string, key: NodeKey, keys: readonly NodeKey[]): boolean => {
  if (key.word === "") return false;
  const words = wordsOf(name.replace(/\.[a-z]{1,6}$/iu, ""));
  if (` ${words.join(" ")} `.includes(` ${key.word} `)) return true;
  const numbered = key.number !== undefined && keys.length > 1 && new Set(keys.map(({ number }) => number)).size === keys.length;
  const last = words.at(-1);
  return numbered && last !== undefined && numberOf(last) === key.number;
};
