/**
 * Writes syntaxes/snippets.json from the vocabulary: `node scripts/run.mjs scripts/snippets.ts`; with `--check` it only says
 * whether the file is up to date (exit status 1 when not).
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { snippets } from "./snippet-bodies.ts";

const file = path.resolve("syntaxes/snippets.json");
const text = await format(JSON.stringify(snippets()), { parser: "json", printWidth: 140 });
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("syntaxes/snippets.json is not what scripts/snippets.ts writes: node scripts/run.mjs scripts/snippets.ts");
  process.exitCode = 1;
}
