/** THIRD-PARTY-NOTICES: every package of which something is in a bundle, with the whole text of its licence. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { alias } from "../../scripts/bundling.mjs";
import { licences } from "../../scripts/licences.mjs";
import { programs } from "../../scripts/playground-programs.mjs";

const root = path.resolve(import.meta.dirname, "../..");

const forNode = async (entry: string): Promise<readonly string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: "dist",
    write: false,
    bundle: true,
    metafile: true,
    platform: "node",
    format: "esm",
    splitting: true,
    external: ["vscode"],
    alias,
    logLevel: "error",
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
};

const playground = async (): Promise<readonly string[]> => (await programs(root, () => "")).modules;

describe.each([
  [
    "the command line",
    () => forNode("server/cli/main.ts"),
    ["chevrotain", "commander", "js-yaml", "vscode-languageserver", "@dagrejs/graphlib"],
  ],
  ["the extension", () => forNode("client/extension.ts"), ["vscode-languageclient", "semver"]],
  ["the playground", playground, ["@codemirror/view", "style-mod", "chevrotain", "smol-toml", "@dagrejs/graphlib"]],
] as const)("what is bundled for %s", (_, bundled, some) => {
  it("is named with its version, and its licence is there in full", async () => {
    const files = await bundled();
    const notices = await licences(root, files);
    const sections = notices
      .split("\n\n")
      .slice(1)
      .join("\n\n")
      .split(/\n-{78}\n\n/u);
    const named = new Map(
      sections.flatMap((section) => {
        const [names = "", ...text] = section.split("\n\n");
        return names.split("\n").map((name) => [name, text.join("\n\n")] as const);
      }),
    );
    const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? []));
    expect(folders.size).toBeGreaterThan(3);
    const whole = /Permission is hereby granted|Permission to use|Redistribution and use|Apache License|Blue Oak Model License/u;
    const missing = [...folders]
      .map((folder) => JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as Record<string, string>)
      .filter(({ name, version }) => !whole.test(named.get(`${name} ${version}`) ?? ""));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(some.filter((name) => ![...named.keys()].some((each) => each.startsWith(`${name} `)))).toEqual([]);
  });
});
