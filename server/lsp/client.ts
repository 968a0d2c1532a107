/** What the editor at the other end can do, as far as kalint's answers depend on it. */
import type { ClientCapabilities } from "vscode-languageserver/node";
import type { PositionEncoding } from "./convert.ts";

export interface Client {
  readonly encoding: PositionEncoding;
  /** It asks for diagnostics, those of unopened files included; else they are sent to it. */
  readonly pulls: boolean;
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly codeDescription: boolean;
  readonly codeActionLiterals: boolean;
  readonly versionedEdits: boolean;
  readonly nestedSymbols: boolean;
  readonly snippets: boolean;
  /** Commands of its own that it can run when a code lens is clicked: `initializationOptions.commands`. */
  readonly commands: ReadonlySet<string>;
  /** It wants to hear of changes: `initializationOptions.notifies`. */
  readonly notifies: boolean;
  /** Where it shows the pages of rules, with `RULE` for the rule: `initializationOptions.pages`. Else they are files. */
  readonly pages?: string;
  /** It can be asked to show a file. */
  readonly showsDocuments: boolean;
  /** It shows that something takes long. */
  readonly progress: boolean;
  readonly watchesFiles: boolean;
  readonly configuration: boolean;
  /** It tells when its settings change, once it is asked to. */
  readonly configurationChanges: boolean;
  readonly folderChanges: boolean;
}

export const clientOf = ({ general, textDocument, window, workspace }: ClientCapabilities, options?: unknown): Client => {
  const encodings = general?.positionEncodings ?? [];
  // Pulling alone would never show what is wrong in a file that is not open.
  const pulls = textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true;
  const shown = pulls ? { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic } : textDocument?.publishDiagnostics;
  const { commands, notifies, pages } = optionsIn(options);
  return {
    encoding: encodings.length > 0 && !encodings.includes("utf-16") && encodings.includes("utf-8") ? "utf-8" : "utf-16",
    pulls,
    relatedInformation: shown?.relatedInformation === true,
    tags: shown?.tagSupport !== undefined,
    codeDescription: shown?.codeDescriptionSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    commands: new Set(Array.isArray(commands) ? commands.filter((each): each is string => typeof each === "string") : []),
    notifies: notifies === true,
    ...(typeof pages === "string" ? { pages } : {}),
    showsDocuments: window?.showDocument?.support === true,
    progress: window?.workDoneProgress === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
  };
};

const optionsIn = (options: unknown): { readonly commands?: unknown; readonly notifies?: unknown; readonly pages?: unknown } =>
  typeof options === "object" && options !== null ? options : {};
