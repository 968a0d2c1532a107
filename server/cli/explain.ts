/** `kalint explain RULE`: the page of a rule, for a terminal. */
import { join } from "node:path";
import { openDisk } from "../host/disk.ts";
import { ruleDocs } from "../reporters/report.ts";
import { renderMarkdown } from "./markdown.ts";
import { findRule } from "./rules.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

/** The package: what is bundled lies in its dist/. */
const packageFolder = join(import.meta.dirname, "..");

export const explain = async (
  { rule, color }: { readonly rule: string; readonly color?: boolean },
  terminal: Terminal,
): Promise<number> => {
  const found = findRule(rule);
  if (found.kind === "unknown") {
    terminal.complain(found.line);
    return 2;
  }
  const page = openDisk({ cwd: packageFolder, allow: [] }).read(ruleDocs(rule));
  if (page.kind === "unreadable") {
    // Without its page a rule still says what it is.
    terminal.print(`${rule} (${found.row.severity}): ${found.row.summary}\n`);
    return 0;
  }
  terminal.print(renderMarkdown(page.text, await colours(color), terminalWidth() ?? 100));
  return 0;
};
