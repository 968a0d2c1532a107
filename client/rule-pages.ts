/** The pages of the rules: documents of a scheme of their own, read from one file of the extension, packed tighter than a VSIX does. */
import { brotliDecompressSync } from "node:zlib";
import { type ExtensionContext, type TextDocumentContentProvider, Uri, workspace } from "vscode";

export interface RulePage {
  readonly rule: string;
  readonly severity: string;
  readonly summary: string;
  /** Markdown. */
  readonly text: string;
}

const scheme = "kalint-rule";

export const ruleUri = (rule: string): Uri => Uri.from({ scheme, path: `/${rule}.md` });

/** Read when the first page is wanted. */
export const createRulePages = (context: ExtensionContext): (() => Promise<readonly RulePage[]>) => {
  let pages: Promise<readonly RulePage[]> | undefined;
  const read = async (): Promise<readonly RulePage[]> => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, "dist", "rules.json.br"));
    return JSON.parse(brotliDecompressSync(bytes).toString("utf8")) as readonly RulePage[];
  };
  const all = (): Promise<readonly RulePage[]> => (pages ??= read());
  const provider: TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ path }) => {
      const rule = path.replace(/^\//u, "").replace(/\.md$/u, "");
      return (await all()).find((page) => page.rule === rule)?.text ?? `# ${rule}\n\nkalint has no rule of this name.\n`;
    },
  };
  context.subscriptions.push(workspace.registerTextDocumentContentProvider(scheme, provider));
  return all;
};
