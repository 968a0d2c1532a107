/**
 * The two programs of the playground: the page, and the worker that judges. rolldown puts what a program always needs into one file,
 * and what it needs now and then into one each; esbuild and oxc write them short.
 */
import { transform } from "esbuild";
import { readFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { alias, manifestAlone, shortVocabulary, smaller } from "./bundling.mjs";
import { chevrotainUsed } from "./chevrotain.mjs";
import { dagreSources } from "./dagre.mjs";
import { withoutHelp } from "./keyword-help.mjs";
import { rulesCompiled } from "./rules-compiled.mjs";

/** A plugin for esbuild, which the other builds use, as one for rolldown. */
const asRolldown = ({ name, setup }) => {
  const resolvers = [];
  const loaders = [];
  setup({
    onResolve: ({ filter }, resolve) => void resolvers.push({ filter, resolve }),
    onLoad: ({ filter }, load) => void loaders.push({ filter, load }),
  });
  return {
    name,
    resolveId: (id, importer) => {
      for (const { filter, resolve } of resolvers) {
        const found = filter.test(id) ? resolve({ path: id, importer }) : undefined;
        if (found !== undefined) return { id: found.path, moduleSideEffects: found.sideEffects };
      }
      return undefined;
    },
    load: async (id) => {
      for (const { filter, load } of loaders) {
        // oxlint-disable-next-line no-await-in-loop -- the first that answers
        const loaded = filter.test(id) ? await load({ path: id }) : undefined;
        if (loaded !== undefined) return { code: loaded.contents, moduleType: loaded.loader ?? path.extname(id).slice(1) };
      }
      return undefined;
    },
  };
};

/**
 * CodeMirror's packages get a short answer to what they ask of languages, and let an element be edited in the way that every browser has:
 * the other one, of Chrome on Android, is as long as all of this page's own code about editors.
 */
const plainText = (root) => ({
  name: "plain-text",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^@(?:codemirror\/language|lezer\/common)$/ }, () => ({ path: path.join(root, "playground/page/plain.ts") }));
    onLoad({ filter: /@codemirror[\\/]view[\\/]dist[\\/]index\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, "utf8");
      const asked = "window.EditContext && browser.android";
      if (!text.includes(asked)) throw new Error("CodeMirror no longer asks for an EditContext");
      return { contents: text.replace(asked, "false") };
    });
  },
});

/** The files of one program by name, and the modules in them. */
const program = async (root, { name, entry, plugins, isPure }) => {
  const bundle = await rolldown({
    cwd: root,
    input: { [name]: path.join(root, entry) },
    platform: "browser",
    // How long plugins take on a busy machine is nobody's question here.
    checks: { pluginTimings: false },
    resolve: { alias: Object.fromEntries(Object.entries(alias).map(([from, to]) => [from, path.join(root, to)])) },
    transform: { target: "es2022" },
    plugins: plugins.map(asRolldown),
  });
  const { output } = await bundle.generate({
    format: "esm",
    comments: { legal: false },
    codeSplitting: { groups: [{ name, tags: ["$initial"] }] },
  });
  await bundle.close();
  const files = output.map(async ({ fileName, code }) => {
    const { code: short } = await transform(code, { minify: true, format: "esm", target: "es2022", legalComments: "none" });
    return { name: fileName, text: await smaller(fileName, short, { isPure }) };
  });
  return { files: await Promise.all(files), modules: output.flatMap(({ moduleIds }) => moduleIds) };
};

/** `markOf` says what stands in place of an explanation of the vocabulary. */
export const programs = async (root, markOf) => {
  const built = [
    await program(root, { name: "page", entry: "playground/page/main.ts", plugins: [plainText(root)], isPure: false }),
    await program(root, {
      name: "analysis",
      entry: "playground/analysis/main.ts",
      plugins: [
        rulesCompiled(["sources", "seen", "fix", "summary", "since"]),
        shortVocabulary((file, text) => withoutHelp(file, text, markOf)),
        manifestAlone,
        chevrotainUsed,
        dagreSources(root),
      ],
      isPure: true,
    }),
  ];
  const modules = built.flatMap((each) => each.modules).map((id) => path.relative(root, id).replaceAll(path.sep, "/"));
  return { files: built.flatMap(({ files }) => files), modules };
};
