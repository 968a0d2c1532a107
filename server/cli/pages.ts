/** The pages of the rules, which lie in the package: beside dist/, or in dist/packed.br. */
import { join } from "node:path";
import { openDisk } from "../host/disk.ts";
import { readPack } from "../host/pages.ts";
import { ruleDocs, type RuleFacts } from "../reporters/report.ts";
import { findRule } from "./rules.ts";

/** What is bundled lies in its dist/. */
const packageFolder = join(import.meta.dirname, "..");

/** Undefined where the package came without it. */
export const pageOf = (rule: string): string | undefined => {
  const page = openDisk({ cwd: packageFolder, allow: [] }).read(ruleDocs(rule));
  if (page.kind === "text") return page.text;
  packed ??= readPack(join(import.meta.dirname, "packed.br"));
  return packed.get(`${rule}.md`);
};

let packed: ReadonlyMap<string, string> | undefined;

export const ruleFacts = (id: string): RuleFacts | undefined => {
  const found = findRule(id);
  if (found.kind === "unknown") return undefined;
  const { summary, group, severity } = found.row;
  const page = pageOf(id);
  return { summary, group, severity, ...(page === undefined ? {} : { page }) };
};
