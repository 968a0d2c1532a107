/** `textDocument/codeAction`: fixes, all of them at once, what the peers have and this node lacks, agreeing, explaining. */
import { type CodeAction, CodeActionKind } from "vscode-languageserver/node";
import { codeActions, fixAll, shownAt, suppression } from "../features/code-actions.ts";
import { sharedValueActions } from "../features/everywhere.ts";
import { missingBlocks } from "../features/missing-blocks.ts";
import type { Shown } from "../features/shown.ts";
import { cancelled } from "./cancelled.ts";
import { diagnosticOf } from "./diagnostic.ts";
import { workspaceEdit } from "./edit.ts";
import type { Session } from "./session.ts";

/** As a setting of an editor names it, to fix all on saving. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.kalint`;

export const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind];

export const answerCodeActions = ({ connection, client, pageOf, judged }: Session): void =>
  void connection.onCodeAction(async ({ textDocument: { uri }, range, context }, token): Promise<CodeAction[]> => {
    const wants = (kind: string): boolean => context.only === undefined || context.only.some((asked) => covers(asked, kind));
    // Without literals only commands could be offered.
    if (!client.codeActionLiterals || !codeActionKinds.some(wants)) return [];
    const found = await judged(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { judgement, name } = found;
    const { project } = judgement.reading;
    const inFile = judgement.shown.get(name) ?? [];
    const span = judgement.positions(name).span(range);
    const here = shownAt(inFile, span);
    const edit = (edits: Parameters<typeof workspaceEdit>[0]) => workspaceEdit(edits, judgement, client.versionedEdits);
    const diagnostics = (shown: Shown) => [diagnosticOf(shown, judgement, client, pageOf)];
    const text = judgement.textOf(name) ?? "";

    const fixes = codeActions(inFile, span).map(({ shown, fix, preferred }): CodeAction => ({
      title: judgement.secrets.maskIn(fix.title, shown.finding),
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnostics(shown),
      edit: edit(fix.edits),
      ...(preferred ? { isPreferred: true } : {}),
    }));
    const rewrites = [...missingBlocks(project, name, span.start, judgement.textOf), ...sharedValueActions(project, name, span.start)].map(
      ({ title, edits }): CodeAction => ({ title, kind: CodeActionKind.RefactorRewrite, edit: edit(edits) }),
    );
    const agreed = here.flatMap((shown): CodeAction[] => {
      const edits = suppression(shown, text);
      const title = `Ignore ${shown.finding.rule} here`;
      return edits.length === 0 ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics: diagnostics(shown), edit: edit(edits) }];
    });
    // An editor without the command shows the page by the link of the diagnostic, or by window/showDocument.
    const explained = [...new Map(here.map((shown) => [shown.finding.rule, shown])).values()].flatMap((shown): CodeAction[] => {
      const { rule } = shown.finding;
      const command = client.commands.has(explain) ? explain : client.showsDocuments ? openPage : undefined;
      if (command === undefined || pageOf(rule) === undefined) return [];
      const title = `Explain ${rule}`;
      const kind = CodeActionKind.QuickFix;
      return [{ title, kind, diagnostics: diagnostics(shown), command: { title, command, arguments: [rule] } }];
    });
    const all = wants(fixAllKind) ? fixAll(inFile) : [];
    const everything: readonly CodeAction[] =
      all.length === 0 ? [] : [{ title: "Fix all that is safe in this file", kind: fixAllKind, edit: edit(all) }];
    return [...fixes, ...rewrites, ...agreed, ...explained, ...everything].filter(({ kind }) => kind !== undefined && wants(kind));
  });

/** The editor's own, which shows the page as it likes. */
const explain = "kalint.explain";

/** The server's: it asks the editor to show the page as it shows any file. */
export const openPage = "kalint.openPage";

export const runCommands = ({ connection, pageOf }: Session): void =>
  void connection.onExecuteCommand(async ({ command, arguments: [rule] = [] }): Promise<null> => {
    const page = command === openPage && typeof rule === "string" ? pageOf(rule) : undefined;
    if (page !== undefined) await connection.window.showDocument({ uri: page, takeFocus: true });
    return null;
  });

/** Kinds are a hierarchy: who asks for "" asks for all. */
const covers = (asked: string, kind: string): boolean => asked === "" || kind === asked || kind.startsWith(`${asked}.`);
