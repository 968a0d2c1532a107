/**
 * Builds dist/ with esbuild:
 *
 *   dist/kalint.js      the command line: it loads dist/main.js, with everything behind a dynamic import() in chunks beside it,
 *                       the language server too
 *   dist/server.cjs     the language server, one file: what the extension starts
 *   dist/extension.cjs  the VS Code extension, one file
 *   dist/webview/       the scripts and the style sheet of its views
 *   dist/kalint.schema.json  what kalint.toml may say, for editors; written by scripts/docs.mjs
 *   dist/THIRD-PARTY-NOTICES.txt   the licences of what was bundled
 *
 * Everything is CommonJS: vscode-languageserver cannot be an ESM bundle (it requires node:util at run time), and
 * an ESM entry costs 6 to 10 % of a start that has only 60 % to spend. esbuild splits ES modules only, so the
 * command line is bundled as ES modules and every chunk is then turned into CommonJS by itself.
 *
 * `node scripts/build.mjs --packed` puts the chunks into dist/code.br and more.br and the pages of the rules into pages.br, as
 * the npm package has them (server/host/pack.ts).
 * `node scripts/build.mjs --readable` leaves names and lines as they are, for reading a stack trace of KALINT_DEBUG.
 * `node scripts/build.mjs --sizes` says what each file holds.
 */
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { licences } from "./licences.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, "dist");

const common = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  target: "node20",
  // The package has a bound, and a start reads every byte. `--readable` builds what a stack trace can be read in.
  minify: !process.argv.includes("--readable"),
  legalComments: "none",
  // Its modules for browsers are ES modules, of which only what is used is taken.
  alias: { yaml: path.join(root, "node_modules/yaml/browser/dist/index.js") },
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  logLevel: "warning",
};

const bundles = [
  {
    entry: "server/cli/main.ts",
    out: "main",
    options: { format: "esm", splitting: true, chunkNames: "[name]-[hash]" },
  },
  { entry: "server/lsp/main.ts", out: "server", options: { format: "cjs", outExtension: { ".js": ".cjs" } } },
  { entry: "client/extension.ts", out: "extension", options: { format: "cjs", outExtension: { ".js": ".cjs" }, external: ["vscode"] } },
  ...["graph", "failover"].map((name) => ({
    entry: `client/webview/${name}.ts`,
    out: `webview/${name}`,
    options: { format: "iife", platform: "browser", target: "es2022" },
  })),
];

/** What a rule rests on is for those who read its source or its page: no program asks. */
const withoutSources = {
  name: "without-sources",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]server[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace(/^ {2}sources: \[(?:[^\n]*\],|\n(?: {4}[^\n]*\n)*? {2}\],)$/mu, "  sources: [],"),
      loader: "ts",
    })),
};

/** Builds one bundle: its files by name, and esbuild's account of them. */
const bundle = async ({ entry, out, options }) => {
  const result = await build({ ...common, ...options, plugins: [withoutSources], entryPoints: { [out]: entry } });
  const files = await Promise.all(
    result.outputFiles.map(async (file) => ({
      name: path.relative(dist, file.path),
      text: options.format === "esm" ? await asChunk(file.text) : file.text,
    })),
  );
  return { files, metafile: result.metafile };
};

/**
 * One ES module of a split bundle as the function that server/start/start.ts calls, in ASCII: import() becomes a late require().
 */
const asChunk = async (text) => {
  const { code } = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20",
    supported: { "dynamic-import": false },
    minify: common.minify,
  });
  return `(function (require, exports, module, __filename, __dirname) {${code}})\n`;
};

/** Writes through a rename: a kalint that starts during a build sees the old file or the new one. */
const writeWhole = async ({ name, text, mode }) => {
  const file = path.join(dist, name);
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  if (mode !== undefined) await chmod(temporary, mode);
  await rename(temporary, file);
};

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(10);

/** What a start loads is what the entry imports statically, transitively; the rest waits for an import(). */
const printSizes = (metafile, texts) => {
  const { outputs } = metafile;
  const entry = Object.keys(outputs).find((name) => /\/(?:main\.js|server\.cjs|extension\.cjs)$/u.test(name));
  const atStart = new Set([entry]);
  for (const name of atStart) {
    for (const { path: imported, kind } of outputs[name].imports)
      if (kind === "import-statement" && imported in outputs) atStart.add(imported);
  }
  for (const name of Object.keys(outputs).toSorted()) {
    const text = texts.get(path.basename(name));
    console.log(
      `${name.padEnd(40)}${kilobytes(text.length)}${kilobytes(gzipSync(text).length)} gz  ${atStart.has(name) ? "at start" : "on demand"}`,
    );
    const inputs = Object.entries(outputs[name].inputs).map(([input, { bytesInOutput }]) => ({ input, bytes: bytesInOutput }));
    for (const { input, bytes } of inputs.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8))
      console.log(`    ${kilobytes(bytes)}  ${input}`);
  }
};

/** What starts the command line has to know its first chunk, and which build it is. */
const start = async (chunks) => {
  const digest = createHash("sha256");
  for (const { name, text } of chunks.toSorted((a, b) => (a.name < b.name ? -1 : 1))) digest.update(`${name}\0${text}\0`);
  const define = { ...common.define, KALINT_MAIN: '"main.js"', KALINT_BUILD: JSON.stringify(digest.digest("hex").slice(0, 16)) };
  const result = await build({ ...common, define, format: "cjs", entryPoints: { kalint: "server/start/start.ts" } });
  return { name: "kalint.js", text: `#!/usr/bin/env node\n${result.outputFiles[0].text}`, mode: 0o755 };
};

/** The schema without the sentences about the single rules, which are most of it; `kalint explain` has them. */
const settingsSchema = async () => {
  const schema = JSON.parse(await readFile(path.join(root, "schemas/kalint.schema.json"), "utf8"));
  for (const rule of Object.values(schema.definitions.rules.properties)) delete rule.description;
  return JSON.stringify(schema);
};

const present = bundles.filter(({ entry }) => existsSync(path.join(root, entry)));
for (const { entry } of bundles.filter((each) => !present.includes(each))) console.log(`build: ${entry} does not exist, left out`);

const built = await Promise.all(present.map(bundle)).catch((error) => {
  // esbuild has printed what is wrong with the sources; anything else is ours.
  if (error.errors === undefined) throw error;
  process.exit(1);
});
const files = [
  ...built.flatMap((each) => each.files),
  await start(built.flatMap((each) => each.files.filter(({ name }) => name.endsWith(".js")))),
  { name: "webview/page.css", text: await readFile(path.join(root, "client/webview/page.css"), "utf8") },
  {
    name: "THIRD-PARTY-NOTICES.txt",
    text: await licences(
      root,
      built.map(({ metafile }) => metafile),
    ),
  },
  { name: "kalint.schema.json", text: await settingsSchema() },
  // The package is ESM; what is below dist/ is not.
  { name: "package.json", text: '{ "type": "commonjs" }\n' },
];

/** Texts with their names as one compressed file. */
const pack = (name, texts) => {
  const parts = texts.map((each) => ({ name: each.name, bytes: Buffer.from(each.text) }));
  const head = Buffer.from(`${JSON.stringify(parts.map((each) => [each.name, each.bytes.length]))}\n`);
  const whole = Buffer.concat([head, ...parts.map(({ bytes }) => bytes)]);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length };
  return { name, text: brotliCompressSync(whole, { params }) };
};

/** A page as `kalint explain` shows it: the cases and the places in keepalived's source that it rests on are not in the package. */
const withoutPlaces = (page) => page.replace(/^Rests on: [^\n]*(?:\n[^\n]+)*\n\n/mu, "").replaceAll(/^<!--[^\n]*-->\n\n?/gmu, "");

/** What a check that prints for people loads: the chunks of these sources, and what they import statically. */
const isOften = new Set(["server/cli/main.ts", "server/cli/check.ts", "server/reporters/pretty.ts"]);

const oftenLoaded = ({ outputs }) => {
  const names = new Set(Object.keys(outputs).filter((name) => isOften.has(outputs[name].entryPoint)));
  for (const name of names)
    for (const { path: imported, kind } of outputs[name].imports)
      if (kind === "import-statement" && imported in outputs) names.add(imported);
  return new Set([...names].map((name) => path.basename(name)));
};

if (process.argv.includes("--packed")) {
  const often = oftenLoaded(built[0].metafile);
  const chunks = built[0].files;
  const names = (await readdir(path.join(root, "docs/rules"))).filter((name) => name.endsWith(".md") && name !== "README.md").toSorted();
  const pages = await Promise.all(
    names.map(async (name) => ({
      name: name.slice(0, -".md".length),
      text: withoutPlaces(await readFile(path.join(root, "docs/rules", name), "utf8")),
    })),
  );
  const others = files.filter((file) => !chunks.some(({ name }) => name === file.name));
  files.splice(
    0,
    files.length,
    ...others,
    pack(
      "code.br",
      chunks.filter(({ name }) => often.has(name)),
    ),
    pack(
      "more.br",
      chunks.filter(({ name }) => !often.has(name)),
    ),
    pack("pages.br", pages),
  );
}

await mkdir(path.join(dist, "webview"), { recursive: true });
await Promise.all(files.map(writeWhole));
// Not the temporary files (….123) of another build that runs at this moment, and not the page that another script builds.
const isOurs = (name) => files.some((file) => file.name === name || file.name.startsWith(`${name}/`));
const stale = (await readdir(dist)).filter((name) => !/\.\d+$/u.test(name) && name !== "playground" && !isOurs(name));
await Promise.all(stale.map((name) => rm(path.join(dist, name), { recursive: true, force: true })));

if (process.argv.includes("--sizes")) {
  const texts = new Map(files.map(({ name, text }) => [name, text]));
  for (const { metafile } of built) printSizes(metafile, texts);
}
