/**
 * `npm run playground`: the static page in dist/playground, to be served from any folder of any server.
 *
 *   index.html style.css icon.svg   as they are
 *   page.js                         the page
 *   analysis.js                     the worker
 *   NAME-HASH.js                    what either loads only when it is needed
 *   examples.json, examples/        what can be loaded
 *   keywords.json                   what the keywords mean
 *   rules/<id>.md                   what a finding means
 *   licenses.txt                    of what was bundled
 */
import { transform } from "esbuild";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type Example, mistakeIn } from "../playground/examples.ts";
import { markOf } from "../playground/help.ts";
import type { SourceFile } from "../playground/messages.ts";
import { licences } from "./licences.mjs";
import { programs } from "./playground-programs.mjs";

const root = path.dirname(path.dirname(path.resolve(process.argv[1]!)));
const source = path.join(root, "playground");
const target = path.join(root, "dist/playground");

const clusters: readonly (readonly [folder: string, title: string])[] = [
  ["mysql-readwrite-fwmark", "Two MySQL masters, reads by firewall mark"],
  ["mysql-dual-master", "Two MySQL masters, one address"],
  ["mysql-nat-directors", "NAT directors before MySQL"],
  ["mysql-mha-lvs-haproxy", "DR directors before MySQL replicas"],
  ["web-dr-directors", "DR directors before web servers"],
];

const filesBelow = (folder: string): readonly SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .toSorted()
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => ({ name: name.replaceAll(path.sep, "/"), text: readFileSync(path.join(folder, name), "utf8") }));

/** The paragraph under the title. */
const introductionOf = (markdown: string): string => (markdown.split("\n\n")[1] ?? "").replaceAll("\n", " ");

const examplesOf = (): readonly Example[] => {
  const folder = path.join(source, "examples");
  const mistakes = readdirSync(folder)
    .toSorted()
    .map((name): Example => {
      const { id, group, title, about, files } = mistakeIn(path.basename(name, ".md"), readFileSync(path.join(folder, name), "utf8"));
      return { id, group, title, about, files };
    });
  const articles = (["as-written", "corrected"] as const).flatMap((state) =>
    clusters.map(([name, title]): Example => {
      const cluster = path.join(root, "fixtures/clusters", name);
      return {
        id: `${name}-${state}`,
        group: state === "as-written" ? "Clusters of five articles, as written" : "The same, corrected",
        title,
        about: introductionOf(readFileSync(path.join(cluster, "README.md"), "utf8")),
        files: filesBelow(path.join(cluster, state)),
      };
    }),
  );
  return [...mistakes, ...articles];
};

/** Files of which few are loaded. */
const folders = ["rules", "examples"];

/** Explanations by number; many keywords share one. */
const explanations: string[] = [];
const markOfText = (text: string): string => {
  const found = explanations.indexOf(text);
  return markOf(found < 0 ? explanations.push(text) - 1 : found);
};

const { files: programFiles, modules } = await programs(root, markOfText);
for (const folder of folders) mkdirSync(path.join(target, folder), { recursive: true });
for (const { name, text } of programFiles) writeFileSync(path.join(target, name), text);
const { code: style } = await transform(readFileSync(path.join(source, "style.css"), "utf8"), { loader: "css", minify: true });
writeFileSync(path.join(target, "style.css"), style);
for (const name of ["index.html", "icon.svg"]) cpSync(path.join(source, name), path.join(target, name));
const examples = examplesOf();
writeFileSync(path.join(target, "examples.json"), JSON.stringify(examples.map(({ id, group, title }) => ({ id, group, title }))));
for (const example of examples) writeFileSync(path.join(target, "examples", `${example.id}.json`), JSON.stringify(example));
writeFileSync(path.join(target, "keywords.json"), JSON.stringify(explanations));
writeFileSync(path.join(target, "licenses.txt"), await licences(root, modules));
for (const name of readdirSync(path.join(root, "docs/rules")))
  cpSync(path.join(root, "docs/rules", name), path.join(target, "rules", name));

const kept = new Set([
  ...programFiles.map(({ name }) => name),
  "index.html",
  "style.css",
  "icon.svg",
  "examples.json",
  "keywords.json",
  "licenses.txt",
  ...folders,
]);
for (const name of readdirSync(target)) if (!kept.has(name)) rmSync(path.join(target, name), { recursive: true });

for (const name of [...kept].filter((each) => !folders.includes(each)).toSorted()) {
  const bytes = readFileSync(path.join(target, name));
  const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length].map((size) => `${(size / 1024).toFixed(1)} KB`.padStart(10));
  console.log(`${name.padEnd(24)}${sizes.join("")} gz`);
}
