/**
 * dagre's package is one file in which everything hangs together, algorithms included that no layout needs. Its source map has the
 * sources, of which esbuild takes what is used.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

/** `root`: the folder of node_modules. */
export const dagreSources = (root) => ({
  name: "dagre-sources",
  setup: ({ onLoad, onResolve }) => {
    const packages = path.join(root, "node_modules");
    const dist = path.join(packages, "@dagrejs/dagre/dist");
    const { sources, sourcesContent } = JSON.parse(readFileSync(path.join(dist, "dagre.esm.js.map"), "utf8"));
    /** Those of graphlib stand below graphlib. */
    const placeOf = (source) =>
      source.includes("node_modules/") ? path.join(packages, source.split("node_modules/").at(-1)) : path.join(dist, source);
    const texts = new Map(sources.map((source, index) => [placeOf(source), sourcesContent[index]]));
    // graphlib's own entry, of which esbuild would keep everything, is not in the map.
    const entry = path.join(packages, "@dagrejs/graphlib/lib/entry.ts");
    texts.set(entry, 'export { Graph } from "./graph";\nexport * as alg from "./walks";');
    texts.set(path.join(entry, "../walks.ts"), 'export { postorder } from "./alg/postorder";\nexport { preorder } from "./alg/preorder";');
    const found = (file) => {
      const place = [`${file}.ts`, `${file}/index.ts`].find((each) => texts.has(each));
      return place === undefined ? undefined : { path: place, sideEffects: false };
    };
    onResolve({ filter: /^@dagrejs\/dagre$/ }, () => found(path.join(dist, "../index")));
    onResolve({ filter: /^@dagrejs\/graphlib$/ }, () => found(entry.replace(/\.ts$/u, "")));
    onResolve({ filter: /^\.\.?\// }, ({ path: name, importer }) =>
      texts.has(importer) ? found(path.join(path.dirname(importer), name.replace(/\.js$/u, ""))) : undefined,
    );
    onLoad({ filter: /[\\/]@dagrejs[\\/].+\.ts$/ }, ({ path: file }) => ({ contents: texts.get(file), loader: "ts" }));
  },
});
