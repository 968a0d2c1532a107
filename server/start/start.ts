/**
 * What Node runs: it loads the chunks of the command line, with the code V8 compiled in an earlier run where that is at
 * hand. Compiling a megabyte of source anew takes longer than checking two nodes.
 *
 * The compiled code lies in a folder of the user's cache that only the user can write: one folder for each build, since V8
 * itself compares no more than the length of the source. What cannot be read or written there is done without, silently.
 *
 * In the npm package the chunks lie in one compressed file, those of a plain check at its beginning; what was taken out of
 * it is kept beside its compiled code.
 */
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import type os from "node:os";
import type zlib from "node:zlib";
import { unpack } from "../host/pack.ts";

/** Set by scripts/build.mjs: the name of the first chunk, how much of the packed file a plain check takes, and a digest of all. */
declare const KALINT_MAIN: string;
declare const KALINT_OFTEN: number;
declare const KALINT_BUILD: string;

/** As many builds keep their compiled code. */
const keptBuilds = 4;

/** Node's own, which CommonJS has. */
const builtin = require;

const quietly = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const mine = (path: string): boolean => {
  const { uid, mode } = lstatSync(path);
  return uid === process.getuid?.() && (mode & 0o22) === 0;
};

const cacheFolder = (): string | undefined => {
  const stated = process.env["XDG_CACHE_HOME"];
  const home = process.env["HOME"];
  const base =
    stated?.startsWith("/") === true
      ? stated
      : join(home?.startsWith("/") === true ? home : (builtin("node:os") as typeof os).homedir(), ".cache");
  const folder = join(base, "kalint", `${KALINT_BUILD}-${process.versions.v8}-${process.arch}`);
  return process.getuid === undefined ? undefined : folder;
};

const folder = quietly(cacheFolder);
const readable = folder !== undefined && quietly(() => mine(dirname(folder)) && mine(folder)) === true;
const compiledAnew: { readonly name: string; readonly script: Script; readonly unpacked?: string }[] = [];

/** How many bytes of the packed file to read: those with what a check of a few files takes, then all. */
const lengths: (number | undefined)[] = [KALINT_OFTEN, undefined];
const unpacked = new Map<string, string>();

const fromPacks = (name: string): string => {
  while (!unpacked.has(name)) {
    if (lengths.length === 0) throw new Error(`the package lacks ${name}`);
    for (const [each, text] of unpack(
      builtin("node:zlib") as typeof zlib,
      join(import.meta.dirname, "packed.br"),
      "latin1",
      lengths.shift(),
    ))
      unpacked.set(each, text);
  }
  return unpacked.get(name)!;
};

/** A chunk lies beside this file, else in a pack, and is to be kept when it was taken out of one. */
const sourceOf = (name: string, filename: string): { readonly source: string; readonly isUnpacked: boolean } => {
  const file = quietly(() => readFileSync(filename, "latin1"));
  if (file !== undefined) return { source: file, isUnpacked: false };
  const kept = readable ? quietly(() => readFileSync(join(folder, `${name}.source`), "latin1")) : undefined;
  return kept === undefined ? { source: fromPacks(name), isUnpacked: true } : { source: kept, isUnpacked: false };
};

const compile = (name: string, filename: string): Script => {
  // ASCII, as scripts/build.mjs writes it, and a function as a whole: nothing is decoded or copied.
  const { source, isUnpacked } = sourceOf(name, filename);
  const cachedData = readable ? quietly(() => readFileSync(join(folder, name))) : undefined;
  const script = new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  if (isUnpacked || cachedData === undefined || script.cachedDataRejected === true)
    compiledAnew.push({ name, script, ...(isUnpacked ? { unpacked: source } : {}) });
  return script;
};

type Chunk = (require: (name: string) => unknown, exports: object, module: { exports: object }, filename: string, dirname: string) => void;

const loaded = new Map<string, { exports: object }>();

/** Chunks ask for each other by `./NAME`; every other name is Node's own. */
const load = (request: string): unknown => {
  if (!request.startsWith("./")) return builtin(request) as unknown;
  const name = request.slice(2);
  const known = loaded.get(name);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const filename = join(import.meta.dirname, name);
  (compile(name, filename).runInThisContext() as Chunk)(load, module.exports, module, filename, import.meta.dirname);
  return module.exports;
};

const forgetOldBuilds = (all: string): void => {
  const builds = readdirSync(all).map((name) => join(all, name));
  const byAge = builds.toSorted((a, b) => lstatSync(b).mtimeMs - lstatSync(a).mtimeMs);
  for (const build of byAge.slice(keptBuilds)) rmSync(build, { recursive: true, force: true });
};

/** At the end, when the functions that ran have been compiled too. */
const keep = (into: string): void => {
  mkdirSync(into, { recursive: true, mode: 0o700 });
  if (!mine(dirname(into)) || !mine(into)) return;
  const put = (name: string, content: Uint8Array): void => {
    const temporary = join(into, `${name}.${process.pid}`);
    writeFileSync(temporary, content, { mode: 0o600, flag: "wx" });
    renameSync(temporary, join(into, name));
  };
  for (const { name, script, unpacked: source } of compiledAnew) {
    put(name, script.createCachedData());
    if (source !== undefined) put(`${name}.source`, Buffer.from(source, "latin1"));
  }
  if (!readable) forgetOldBuilds(dirname(into));
};

process.once("exit", () => {
  if (folder !== undefined && compiledAnew.length > 0) quietly(() => keep(folder));
});

load(`./${KALINT_MAIN}`);
