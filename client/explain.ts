/** `kalint.explain`: the page of a rule. Without a rule, those of the findings at hand are offered first. */
import { commands, languages, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { createRulePages, type RulePage, ruleUri } from "./rule-pages.ts";
import type { Surroundings } from "./surroundings.ts";

export const registerExplain = ({ context }: Surroundings): void => {
  const pages = createRulePages(context);
  context.subscriptions.push(
    commands.registerCommand("kalint.explain", async (rule?: unknown) => {
      const chosen = typeof rule === "string" ? rule : await askForRule(await pages());
      if (chosen !== undefined) await commands.executeCommand("markdown.showPreview", ruleUri(chosen));
    }),
  );
};

type Item = QuickPickItem & { readonly rule?: string };

const askForRule = async (pages: readonly RulePage[]): Promise<string | undefined> => {
  const here = rulesHere();
  const item = ({ rule, severity, summary }: RulePage): Item => ({ label: rule, description: severity, detail: summary, rule });
  const found = here.flatMap((rule) => pages.find((page) => page.rule === rule) ?? []);
  const rest = pages.filter(({ rule }) => !here.includes(rule));
  const items: Item[] = [
    ...(found.length === 0 ? [] : [{ label: "found in this file", kind: QuickPickItemKind.Separator }]),
    ...found.map(item),
    { label: "all rules", kind: QuickPickItemKind.Separator },
    ...rest.map(item),
  ];
  const picked = await window.showQuickPick(items, {
    title: "Explain a Rule",
    placeHolder: "A rule, or a word of what it finds",
    matchOnDetail: true,
  });
  return picked?.rule;
};

/** The rules of the findings in the active editor, those nearest to the cursor first. */
const rulesHere = (): readonly string[] => {
  const editor = window.activeTextEditor;
  if (editor === undefined) return [];
  const line = editor.selection.active.line;
  const own = languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "kalint");
  const near = own.toSorted((a, b) => Math.abs(a.range.start.line - line) - Math.abs(b.range.start.line - line));
  return [...new Set(near.map(({ code }) => String(typeof code === "object" ? code.value : code)))];
};
