/** `kalint explain RULE`: the page of a rule, for a terminal. */
import { renderMarkdown } from "./markdown.ts";
import { pageOf } from "./pages.ts";
import { findRule } from "./rules.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

export const explain = async (
  { rule, color }: { readonly rule: string; readonly color?: boolean },
  terminal: Terminal,
): Promise<number> => {
  const found = findRule(rule);
  if (found.kind === "unknown") {
    terminal.complain(found.line);
    return 2;
  }
  const page = pageOf(rule);
  if (page === undefined) {
    // Without its page a rule still says what it is.
    terminal.print(`${rule} (${found.row.severity}): ${found.row.summary}\n`);
    return 0;
  }
  terminal.print(renderMarkdown(page, await colours(color), terminalWidth() ?? 100));
  return 0;
};
