/** `textDocument/signatureHelp`. */
import { MarkupKind, type SignatureHelp } from "vscode-languageserver/node";
import { signatureAt } from "../features/signature.ts";
import { cancelled } from "./cancelled.ts";
import type { Session } from "./session.ts";

export const answerSignatures = ({ connection, seen }: Session): void =>
  void connection.onSignatureHelp(async ({ textDocument: { uri }, position }, token): Promise<SignatureHelp | null> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    const text = found?.sight.textOf(found.name);
    if (found === undefined || text === undefined) return null;
    const { sight, name } = found;
    const offset = sight.positions(name).span({ start: position, end: position }).start;
    const { project, version } = sight.reading;
    const signature = signatureAt(project, name, text, offset, version);
    if (signature === undefined) return null;
    const { label, help, parameters, active } = signature;
    return {
      signatures: [
        {
          label,
          documentation: { kind: MarkupKind.Markdown, value: help },
          parameters: parameters.map((each) => ({ label: each.label, documentation: { kind: MarkupKind.Markdown, value: each.help } })),
        },
      ],
      activeSignature: 0,
      activeParameter: active,
    };
  });
