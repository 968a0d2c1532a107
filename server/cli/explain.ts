/** `kalint explain`: the page of a rule, what a keyword is, or which rule a line of the daemon's log belongs to. */
import { allKeywords } from "../../grammar/vocabulary/index.ts";
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import { renderMarkdown } from "./markdown.ts";
import { keywordPage } from "./keyword-page.ts";
import { pageOf } from "./pages.ts";
import { allRules, findRule } from "./rules.ts";
import { colours, terminalWidth, type Terminal } from "./terminal.ts";

export interface ExplainRequest {
  /** A rule, a keyword or a line of a log. */
  readonly subject: string;
  readonly color?: boolean;
}

/** Exit status: 0, or 2 for what nobody knows. */
export const explain = async ({ subject, color }: ExplainRequest, terminal: Terminal): Promise<number> => {
  const text = await explained(subject.trim());
  if (text.kind === "unknown") {
    terminal.complain(text.line);
    return 2;
  }
  terminal.print(renderMarkdown(text.markdown, await colours(color), terminalWidth() ?? 100));
  return 0;
};

type Explained = { readonly kind: "found"; readonly markdown: string } | { readonly kind: "unknown"; readonly line: string };

const explained = async (subject: string): Promise<Explained> => {
  const rule = findRule(subject);
  if (rule.kind === "found") return { kind: "found", markdown: pageOrSummary(subject) };
  const keyword = keywordPage(subject);
  if (keyword !== undefined) return { kind: "found", markdown: keyword };
  if (!/\s/u.test(subject)) return { kind: "unknown", line: unknownWord(subject) };
  const rules = (await import("./log-lines.ts")).rulesOfLine(subject);
  const [only] = rules;
  if (only === undefined) return { kind: "unknown", line: "no rule is known to be about this line; kalint rules lists them all" };
  if (rules.length === 1) return { kind: "found", markdown: pageOrSummary(only) };
  const summaries = new Map(allRules().map(({ id, summary }) => [id, summary]));
  const list = rules.map((id) => `- \`${id}\`: ${summaries.get(id) ?? ""}`);
  return {
    kind: "found",
    markdown: ["# What this line may be about", "", ...list, "", "`kalint explain RULE` tells more of each."].join("\n"),
  };
};

const unknownWord = (word: string): string => {
  const keywords = allKeywords().map(({ keyword }) => keyword.name);
  const near = nearestWord(
    word,
    [...new Set([...allRules().map(({ id }) => id), ...keywords])].filter((name) => !name.startsWith("<")),
  );
  const hint = near === undefined ? "; kalint rules lists the rules" : `, did you mean ${near}?`;
  return `there is no rule or keyword "${word}"${hint}`;
};

/** Without its page a rule still says what it is. */
const pageOrSummary = (id: string): string => {
  const found = findRule(id);
  return pageOf(id) ?? (found.kind === "found" ? `${id} (${found.row.severity}): ${found.row.summary}` : id);
};
