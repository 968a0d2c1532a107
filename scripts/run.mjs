/**
 * Runs a TypeScript file: `node scripts/run.mjs FILE.ts ARGUMENTS…`
 *
 * Node 20 cannot strip types, so esbuild bundles the file's own sources into one module under node_modules/.cache
 * (from there the packages resolve) and that is imported. The script sees process.argv as if it had been started itself.
 */
import { build } from "esbuild";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: node scripts/run.mjs FILE.ts [ARGUMENT...]");
  process.exit(2);
}

const cache = path.join(root, "node_modules/.cache/kalint");
const bundle = path.join(cache, `${path.basename(file, ".ts")}-${process.pid}.mjs`);
mkdirSync(cache, { recursive: true });
process.on("exit", () => rmSync(bundle, { force: true }));
process.setSourceMapsEnabled(true);

await build({
  entryPoints: [path.resolve(file)],
  outfile: bundle,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
}).catch(() => process.exit(1));

process.argv = [process.argv[0], path.resolve(file), ...rest];
await import(pathToFileURL(bundle).href);
