import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The innermost package of a file, as a folder from the root. */
const packageOf = (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0];

/** What a file that is itself a bundle was made from, as its source map tells. */
const packagesWithin = async (root, file) => {
  const map = await readFile(path.join(root, `${file}.map`), "utf8").catch(() => '{"sources":[]}');
  return JSON.parse(map).sources.flatMap((source) => packageOf(source)?.replace(/^.*(?=node_modules\/)/u, "") ?? []);
};

/**
 * The licences of the packages whose files are in the bundles (paths from the root), each text once, under the packages it is for.
 * Where a package brings none, its package.json says which one it is.
 */
export const licences = async (root, files) => {
  const inputs = files.filter((file) => packageOf(file) !== undefined);
  const within = await Promise.all(inputs.map((file) => packagesWithin(root, file)));
  const folders = new Set([...inputs.map(packageOf), ...within.flat()]);
  const packagesByText = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(path.join(root, folder))).find((each) => /^licen[cs]e/iu.test(each));
    const text = file === undefined ? license : (await readFile(path.join(root, folder, file), "utf8")).trim();
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version}`]);
  }
  const sections = [...packagesByText].map(([text, packages]) => `${packages.toSorted().join("\n")}\n\n${text}\n`);
  return `The files beside this one contain these packages:\n\n${sections.toSorted().join(`\n${"-".repeat(78)}\n\n`)}`;
};
