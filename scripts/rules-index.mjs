/**
 * Writes server/rules/index.ts, the list of all rules, from the files beside it, so that nobody merges it by hand:
 * `node scripts/rules-index.mjs`; with `--check` it only says whether the list is up to date (exit status 1 when not).
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rulesFolder = path.join(root, "server/rules");
const indexFile = path.join(rulesFolder, "index.ts");

/** "peer-vrid-mismatch" → "peerVridMismatch". */
const variable = (id) => id.replace(/-(?<first>[a-z0-9])/gu, (_, first) => first.toUpperCase());

/** The rules that have a file: group → ids, both sorted. */
export const rulesOnDisk = () =>
  new Map(
    readdirSync(rulesFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted()
      .map((group) => [
        group,
        readdirSync(path.join(rulesFolder, group))
          .filter((name) => name.endsWith(".ts"))
          .map((name) => name.slice(0, -".ts".length))
          .toSorted(),
      ]),
  );

/** The text of the index. */
const index = async () => {
  const groups = [...rulesOnDisk()].filter(([, ids]) => ids.length > 0);
  const imports = groups.flatMap(([group, ids]) => ids.map((id) => `import ${variable(id)} from "./${group}/${id}.ts";`));
  const lists = groups.map(([group, ids]) => `...inGroup("${group}", [${ids.map(variable).join(", ")}])`);
  return format(
    `/** Every rule, sorted by group and id. Written by scripts/rules-index.mjs (\`npm run docs\`) from the files beside it. */
import { inGroup, type ListedRule } from "../analysis/rule.ts";
${imports.join("\n")}

export const rules: readonly ListedRule[] = [${lists.join(", ")}];
`,
    { parser: "typescript", printWidth: 140 },
  );
};

export const writeIndex = async () => writeFileSync(indexFile, await index());

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes("--check")) await writeIndex();
  else if (!existsSync(indexFile) || readFileSync(indexFile, "utf8") !== (await index())) {
    console.error("server/rules/index.ts is not what scripts/rules-index.mjs writes: run npm run docs");
    process.exitCode = 1;
  }
}
