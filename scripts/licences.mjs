import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The licences of the packages whose files are in the bundles, each text once, under the packages it is for. */
export const licences = async (root, metafiles) => {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = new Set(inputs.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(input)?.[0]).filter(Boolean));
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
