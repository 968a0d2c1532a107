/**
 * `npm run package [-- FILE]` builds the extension and packs it as kalint-VERSION.vsix. No network.
 *
 * vsce packs from a staging folder with a package.json of its own, client/package.json with what both packages share:
 * the root's `files` is for npm, and vsce refuses it beside its own list.
 */
import { createVSIX } from "@vscode/vsce";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MAXIMUM = 700 * 1024;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...names) => path.join(root, ...names);
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

const fail = (message) => {
  console.error(`package: ${message}`);
  process.exit(1);
};

await import("./build.mjs");

const needed = ["client/package.json", "dist/extension.cjs", "dist/server.cjs", "syntaxes", "LICENSE", "README.md"];
const missing = needed.filter((name) => !existsSync(at(name)));
if (missing.length > 0) fail(`cannot pack, ${missing.join(", ")} missing`);

const { version, description, keywords, license } = readJson(at("package.json"));
// client/package.json says "module" for the type checker; what is packed is CommonJS.
const manifest = { ...readJson(at("client/package.json")), version, type: "commonjs" };
manifest.description ??= description;
manifest.keywords ??= keywords.slice(0, 30);
manifest.license ??= license;

const output = path.resolve(process.argv[2] ?? at(`kalint-${version}.vsix`));
const staging = mkdtempSync(path.join(os.tmpdir(), "kalint-vsix-"));
try {
  const copy = (from, to = from) => cpSync(at(from), path.join(staging, to), { recursive: true });
  mkdirSync(path.join(staging, "dist"));
  for (const name of ["dist/extension.cjs", "dist/server.cjs", "docs/rules", "syntaxes", "LICENSE", "README.md"]) copy(name);
  copy("dist/THIRD-PARTY-NOTICES.txt", "THIRD-PARTY-NOTICES.txt");
  // What client/package.json names and is not code: an icon, for one.
  if (manifest.icon !== undefined) copy(path.posix.join("client", manifest.icon), manifest.icon);
  writeFileSync(path.join(staging, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(path.join(staging, ".vscodeignore"), "");
  rmSync(output, { force: true });
  await createVSIX({ cwd: staging, packagePath: output, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
} finally {
  rmSync(staging, { recursive: true, force: true });
}

const { size } = statSync(output);
console.log(`package: ${path.relative(process.cwd(), output)}, ${(size / 1024).toFixed(0)} KB`);
if (size > MAXIMUM) fail(`larger than ${MAXIMUM / 1024} KB`);
