import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGES } from "./host/needs.ts";

const root = path.resolve(import.meta.dirname, "..");

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What git would keep, without asking git: `npm test` needs nothing but Node. Paths from the root, with `/`. */
const kept = (): readonly string[] => {
  const ignored = read(".gitignore").split("\n").filter(Boolean);
  const isIgnored = (name: string): boolean =>
    ignored.some((line) => (line.startsWith("*") ? name.endsWith(line.slice(1)) : name === line.replace(/\/$/u, "")));
  const walk = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter(({ name }) => name !== ".git" && !isIgnored(name))
      .flatMap((entry) => {
        const file = path.posix.join(folder, entry.name);
        if (entry.isDirectory()) return walk(file);
        return entry.isFile() ? [file] : [];
      });
  return walk("");
};

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const files = kept();

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const lock = JSON.parse(read("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(lock.packages).filter(([folder]) => folder !== "");

describe("dependencies", () => {
  it("are pinned exactly", () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/u.test(version),
    );
    expect(loose).toEqual([]);
  });

  it("are all bundled, so that an installed kalint brings none", () => {
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it("are locked at the pinned versions, without download addresses", () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
    expect(lock.packages[""]?.devDependencies).toEqual(manifest.devDependencies);
  });

  it("are locked for every platform: npm ci refuses a lock without the optional ones", () => {
    const wanted = new Set(installed.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies)));
    const locked = new Set(installed.map(([folder]) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length)));
    expect([...wanted].filter((name) => !locked.has(name))).toEqual([]);
  });
});

describe("files", () => {
  it("name no place on the machine of whoever wrote them", () => {
    // The checkout's own path, a folder beside it, somebody's home. Fixtures quote what people wrote.
    const places = [root, ["..", "shared"].join("/"), /(?<![\w.-])\/(?:home|Users)\/(?!USER|user)\w+\//u];
    const found = files
      .filter((file) => statSync(path.join(root, file)).size < 2_000_000)
      .flatMap((file) => {
        const text = read(file);
        return places
          .filter((place) => (typeof place === "string" ? text.includes(place) : !/^(?:fixtures|test)\//u.test(file) && place.test(text)))
          .map((place) => `${file}: ${place}`);
      });
    expect(files).toContain("package.json");
    expect(found).toEqual([]);
  });

  it("of the product have one subject: at most 400 lines", () => {
    /** Longer ones, and why. */
    const exceptions: Readonly<Record<string, string>> = {
      "server/rules/index.ts": "generated: two lines a rule",
    };
    const long = files
      .filter((file) => /^(?:grammar|server|client)\/.*\.ts$/u.test(file))
      .map((file) => ({ file, lines: read(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long.filter(({ file }) => !(file in exceptions))).toEqual([]);
    expect(Object.keys(exceptions).filter((file) => file !== "server/rules/index.ts" && !long.some((each) => each.file === file))).toEqual(
      [],
    );
  });
});

describe("npm scripts", () => {
  const documents = ["README.md", "CONTRIBUTING.md", "docs", ".ci/run"].flatMap((each) =>
    files.filter((file) => file === each || (file.startsWith(`${each}/`) && file.endsWith(".md"))),
  );

  it("that are named in the documentation exist", () => {
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm (?:run (?:-s |--silent )?(?<run>[a-z][\w:-]*)|(?<known>test|start)\b)/gu)].map(({ groups }) => ({
        file,
        script: groups?.["run"] ?? groups?.["known"] ?? "",
      })),
    );
    expect(named.filter(({ script }) => !(script in manifest.scripts))).toEqual([]);
  });

  it("start files that exist", () => {
    const started = Object.entries(manifest.scripts).flatMap(([script, command]) =>
      [...command.matchAll(/(?:^|[\s/])(?<file>(?:scripts|bench|test)\/[\w./-]+\.(?:mjs|ts))/gu)].map(({ groups }) => ({
        script,
        file: groups?.["file"] ?? "",
      })),
    );
    expect(started.length).toBeGreaterThan(5);
    expect(started.filter(({ file }) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});

describe("continuous integration", () => {
  it("installs what the host tests need", () => {
    const listed = read(".ci/packages")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(listed).toEqual([...new Set(Object.values(PACKAGES).flatMap((names) => names.split(" ")))].toSorted());
  });
});
