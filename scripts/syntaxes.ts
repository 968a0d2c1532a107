/**
 * Writes syntaxes/keepalived.tmLanguage.json from the vocabulary: `node scripts/run.mjs scripts/syntaxes.ts`; with
 * `--check` it only says whether the file is up to date (exit status 1 when not).
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { textmateGrammar } from "./textmate.ts";

const file = path.resolve("syntaxes/keepalived.tmLanguage.json");
const text = await format(JSON.stringify(textmateGrammar()), { parser: "json", printWidth: 140 });
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf8") !== text) {
  console.error("syntaxes/keepalived.tmLanguage.json is not what scripts/syntaxes.ts writes: node scripts/run.mjs scripts/syntaxes.ts");
  process.exitCode = 1;
}
