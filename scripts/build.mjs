/**
 * Builds dist/ with esbuild:
 *
 *   dist/kalint.js      the command line: it loads dist/main.js, with everything behind a dynamic import() in chunks beside it,
 *                       the language server too
 *   dist/server.cjs     the language server, one file: what the extension starts
 *   dist/extension.cjs  the VS Code extension, one file
 *   dist/webview/       the scripts and the style sheet of its views
 *   dist/THIRD-PARTY-NOTICES.txt   the licences of what was bundled
 *
 * Everything is CommonJS: vscode-languageserver cannot be an ESM bundle (it requires node:util at run time), and
 * an ESM entry costs 6 to 10 % of a start that has only 60 % to spend. esbuild splits ES modules only, so the
 * command line is bundled as ES modules and every chunk is then turned into CommonJS by itself.
 *
 * `node scripts/build.mjs --packed` puts the chunks and the pages of the rules into dist/packed.br, as the npm package has
 * them (server/host/pack.ts).
 * `node scripts/build.mjs --readable` leaves names and lines as they are, for reading a stack trace of KALINT_DEBUG.
 * `node scripts/build.mjs --sizes` says what each file holds.
 */
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { constants, createBrotliCompress, gzipSync } from "node:zlib";
import {
  alias,
  changesUnsourced,
  manifestAlone,
  protocolSpoken,
  shortVocabulary,
  smaller,
  typesUnchecked,
  withRequire,
  yamlEventsAlone,
} from "./bundling.mjs";
import { chevrotainUsed } from "./chevrotain.mjs";
import { licences } from "./licences.mjs";
import { rulesCompiled } from "./rules-compiled.mjs";

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
  alias,
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

/** Builds one bundle: its files by name, and esbuild's account of them. */
const bundle = async ({ entry, out, options }) => {
  const result = await build({
    ...common,
    ...options,
    plugins: [
      rulesCompiled(["sources", "seen", "fix"]),
      changesUnsourced,
      shortVocabulary(),
      manifestAlone,
      chevrotainUsed,
      protocolSpoken,
      typesUnchecked,
      yamlEventsAlone,
    ],
    entryPoints: { [out]: entry },
  });
  const files = await Promise.all(
    result.outputFiles.map(async (file) => ({
      name: path.relative(dist, file.path),
      text: options.format === "esm" ? await asChunk(path.basename(file.path), file.text) : file.text,
    })),
  );
  return { files, metafile: result.metafile };
};

/** One ES module of a split bundle as the function that server/start/start.ts calls, in ASCII: import() becomes a late require(). */
const asChunk = async (name, text) => {
  const options = { platform: "node", target: "node20" };
  // esbuild's own comments between the imports go too.
  const module = common.minify ? await smaller(name, text) : (await transform(text, options)).code;
  const whole = `(function(require,exports,module,__filename,__dirname){"use strict";${withRequire(module)}})`;
  return (await transform(whole, { ...options, minifyWhitespace: common.minify })).code;
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
    for (const { path: imported, kind } of outputs[name]?.imports ?? [])
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

/** What starts the command line has to know its first chunk, and which build it is; `often`: see KALINT_OFTEN there. */
const start = async (chunks, often) => {
  const digest = createHash("sha256");
  for (const { name, text } of chunks.toSorted((a, b) => (a.name < b.name ? -1 : 1))) digest.update(`${name}\0${text}\0`);
  const define = {
    ...common.define,
    KALINT_MAIN: '"main.js"',
    KALINT_OFTEN: String(often),
    KALINT_BUILD: JSON.stringify(digest.digest("hex").slice(0, 16)),
  };
  const result = await build({ ...common, define, format: "cjs", entryPoints: { kalint: "server/start/start.ts" } });
  return { name: "kalint.js", text: `#!/usr/bin/env node\n${result.outputFiles[0].text}`, mode: 0o755 };
};

const present = bundles.filter(({ entry }) => existsSync(path.join(root, entry)));
for (const { entry } of bundles.filter((each) => !present.includes(each))) console.log(`build: ${entry} does not exist, left out`);

const built = await Promise.all(present.map(bundle)).catch((error) => {
  // esbuild has printed what is wrong with the sources; anything else is ours.
  if (!error.message.startsWith("Build failed")) throw error;
  process.exit(1);
});
/** Texts with their names, and how many follow. */
const section = (texts) => {
  const parts = texts.map((each) => ({ name: each.name, bytes: Buffer.from(each.text) }));
  const head = Buffer.from(`${JSON.stringify(parts.map((each) => [each.name, each.bytes.length]))}\n`);
  return Buffer.concat([head, ...parts.map(({ bytes }) => bytes)]);
};

/** One compressed file of sections, and where each of them ends in it: what lies before such an end can be read alone. */
const pack = async (sections) => {
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: sections.reduce((sum, { length }) => sum + length, 0),
  };
  const stream = createBrotliCompress({ params });
  const pieces = [];
  const length = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
  stream.on("data", (piece) => pieces.push(piece));
  const ends = [];
  for (const each of sections) {
    stream.write(each);
    // oxlint-disable-next-line no-await-in-loop -- one stream
    await new Promise((resolve) => {
      stream.flush(constants.BROTLI_OPERATION_FLUSH, resolve);
    });
    ends.push(length());
  }
  stream.end();
  await once(stream, "end");
  return { bytes: Buffer.concat(pieces), ends };
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

/** The chunks of the command line and the pages of the rules in one file. */
const packed = async ({ files, metafile }) => {
  const often = oftenLoaded(metafile);
  const names = (await readdir(path.join(root, "docs/rules"))).filter((name) => name.endsWith(".md") && name !== "README.md").toSorted();
  const pages = await Promise.all(
    names.map(async (name) => ({ name, text: withoutPlaces(await readFile(path.join(root, "docs/rules", name), "utf8")) })),
  );
  const { bytes, ends } = await pack(
    [files.filter(({ name }) => often.has(name)), files.filter(({ name }) => !often.has(name)), pages].map(section),
  );
  return { file: { name: "packed.br", text: bytes }, often: ends[0] };
};

const [program, ...others] = built;
const inOne = process.argv.includes("--packed") ? await packed(program) : undefined;
const files = [
  ...(inOne === undefined ? program.files : [inOne.file]),
  ...others.flatMap((each) => each.files),
  await start(program.files, inOne?.often ?? 0),
  { name: "webview/page.css", text: await readFile(path.join(root, "client/webview/page.css"), "utf8") },
  {
    name: "THIRD-PARTY-NOTICES.txt",
    // The npm package has the command line alone.
    text: await licences(
      root,
      (inOne === undefined ? built : [program]).flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ),
  },
  // The package is ESM; what is below dist/ is not.
  { name: "package.json", text: '{ "type": "commonjs" }\n' },
];

await mkdir(path.join(dist, "webview"), { recursive: true });
await Promise.all(files.map(writeWhole));
// Not the temporary files (….123) of another build that runs at this moment, and not the page that another script builds.
const isOurs = (name) => files.some((file) => file.name === name || file.name.startsWith(`${name}/`));
const stale = (await readdir(dist)).filter((name) => !/\.\d+$/u.test(name) && name !== "playground" && !isOurs(name));
await Promise.all(stale.map((name) => rm(path.join(dist, name), { recursive: true, force: true })));

if (process.argv.includes("--sizes")) {
  const texts = new Map(built.flatMap((each) => each.files).map(({ name, text }) => [path.basename(name), text]));
  for (const { metafile } of built) printSizes(metafile, texts);
}
