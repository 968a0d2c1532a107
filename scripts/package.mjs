/**
 * `npm run package [-- FILE]` builds the extension and packs it as kalint-VERSION.vsix. No network.
 *
 * vsce packs from a staging folder with a package.json of its own, client/package.json with what both packages share:
 * the root's `files` is for npm, and vsce refuses it beside its own list.
 */
import { createVSIX } from "@vscode/vsce";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const MAXIMUM = 700 * 1024;

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...names) => path.join(root, ...names);
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

const fail = (message) => {
  console.error(`package: ${message}`);
  process.exit(1);
};

await import("./build.mjs");

const needed = ["client/package.json", "client/README.md", "dist/extension.cjs", "dist/server.cjs", "dist/webview", "syntaxes", "LICENSE"];
const missing = needed.filter((name) => !existsSync(at(name)));
if (missing.length > 0) fail(`cannot pack, ${missing.join(", ")} missing`);

const { version, description, keywords, license } = readJson(at("package.json"));
// client/package.json says "module" for the type checker; what is packed is CommonJS.
const manifest = { ...readJson(at("client/package.json")), version, type: "commonjs" };
manifest.description ??= description;
manifest.keywords ??= keywords.slice(0, 30);
manifest.license ??= license;

/** Every rule with its page, in one file: three hundred small ones take twice the room in a VSIX. */
const rulePages = () => {
  const rows = JSON.parse(execFileSync(process.execPath, [at("dist/kalint.js"), "rules", "--format", "json"], { encoding: "utf8" }));
  return rows.rules.map(({ id, severity, summary }) => ({ rule: id, severity, summary, text: pageOf(id) }));
};

/** A page as somebody without the sources reads it: what it rests on are names, and no comments. */
const pageOf = (rule) =>
  readFileSync(at("docs/rules", `${rule}.md`), "utf8")
    .replaceAll(/^<!--.*-->\n+/gmu, "")
    .replaceAll(/\[([^\]\n]+)\]\(\.\.\/[^)\n]*\)/gu, "$1");

const output = path.resolve(process.argv[2] ?? at(`kalint-${version}.vsix`));
const staging = mkdtempSync(path.join(os.tmpdir(), "kalint-vsix-"));
try {
  const copy = (from, to = from) => cpSync(at(from), path.join(staging, to), { recursive: true });
  mkdirSync(path.join(staging, "dist"));
  for (const name of ["dist/extension.cjs", "dist/server.cjs", "dist/webview", "syntaxes", "LICENSE"]) copy(name);
  copy("dist/THIRD-PARTY-NOTICES.txt", "THIRD-PARTY-NOTICES.txt");
  copy("client/README.md", "README.md");
  copy("client/walkthrough", "walkthrough");
  const pages = rulePages();
  writeFileSync(path.join(staging, "dist/rules.json.br"), brotliCompressSync(JSON.stringify(pages)));
  // The names of the rules are offered where somebody writes the setting.
  manifest.contributes.configuration.properties["kalint.rules"].propertyNames = { enum: pages.map(({ rule }) => rule) };
  // What client/package.json names and is not code: an icon, for one; and the pictures of its README.
  for (const [, picture] of readFileSync(at("client/README.md"), "utf8").matchAll(/\]\(images\/([^)]+)\)/gu))
    copy(`docs/images/${picture}`, `images/${picture}`);
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
