/** `textDocument/codeAction`: the fixes of findings as quick fixes. */
import { type CodeAction, CodeActionKind } from "vscode-languageserver/node";
import { codeActions } from "../features/code-actions.ts";
import { cancelled } from "./cancelled.ts";
import { diagnosticOf } from "./diagnostic.ts";
import { workspaceEdit } from "./edit.ts";
import type { Session } from "./session.ts";

export const answerCodeActions = ({ connection, client, pageOf, judged }: Session): void =>
  void connection.onCodeAction(async ({ textDocument: { uri }, range, context }, token): Promise<CodeAction[]> => {
    // Without literals only commands could be offered, and there are none.
    if (!client.codeActionLiterals || context.only?.every((kind) => !covers(kind, CodeActionKind.QuickFix)) === true) return [];
    const found = await judged(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { judgement, name } = found;
    const inFile = judgement.shown.get(name) ?? [];
    return codeActions(inFile, judgement.positions(name).span(range)).map(({ shown, fix, preferred }) => ({
      title: judgement.secrets.maskIn(fix.title, shown.finding),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(shown, judgement, client, pageOf)],
      edit: workspaceEdit(fix.edits, judgement, client.versionedEdits),
      ...(preferred ? { isPreferred: true } : {}),
    }));
  });

/** Kinds are a hierarchy: who asks for "" asks for all. */
const covers = (asked: string, kind: string): boolean => asked === "" || kind === asked || kind.startsWith(`${asked}.`);
