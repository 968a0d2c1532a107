/** THIRD-PARTY-NOTICES: every package of which something is in a bundle, with the whole text of its licence. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";
import { alias } from "../../scripts/bundling.mjs";
import { licences } from "../../scripts/licences.mjs";

const root = path.resolve(import.meta.dirname, "../..");

const bundled = async (entry: string, platform: "node" | "browser"): Promise<Metafile> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: "dist",
    write: false,
    bundle: true,
    metafile: true,
    platform,
    format: "esm",
    splitting: true,
    external: ["vscode"],
    alias,
    logLevel: "error",
  });
  return metafile;
};

describe.each([
  ["server/cli/main.ts", "node", ["commander", "js-yaml", "vscode-languageserver", "@dagrejs/graphlib"]],
  ["client/extension.ts", "node", ["vscode-languageclient", "semver"]],
  ["playground/page/main.ts", "browser", ["@codemirror/view", "@lezer/common", "style-mod"]],
  ["playground/analysis/main.ts", "browser", ["chevrotain", "smol-toml", "es-toolkit", "@dagrejs/graphlib"]],
] as const)("what is bundled for %s", (entry, platform, some) => {
  it("is named with its version, and its licence is there in full", async () => {
    const metafile = await bundled(entry, platform);
    const notices = await licences(root, [metafile]);
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
    const folders = new Set(
      Object.values(metafile.outputs)
        .flatMap(({ inputs }) => Object.keys(inputs))
        .flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0] ?? []),
    );
    expect(folders.size).toBeGreaterThan(3);
    const whole = /Permission is hereby granted|Permission to use|Redistribution and use|Apache License|Blue Oak Model License/u;
    const missing = [...folders]
      .map((folder) => JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")) as Record<string, string>)
      .filter(({ name, version }) => !whole.test(named.get(`${name} ${version}`) ?? ""));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(some.filter((name) => ![...named.keys()].some((each) => each.startsWith(`${name} `)))).toEqual([]);
  });
});
