/**
 * Text in, answer out: files with a cursor in one of them (`‸`) are opened in a server that runs over an empty folder, and
 * an answer comes back as text: the line after a completion, `file:line word` for a place, whole files after an edit.
 */
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  DefinitionRequest,
  type DocumentHighlight,
  DocumentHighlightKind,
  DocumentHighlightRequest,
  type Hover,
  HoverRequest,
  type Location,
  type Position,
  type PrepareRenameResult,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  type SignatureHelp,
  SignatureHelpRequest,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { startEditor, temporaryFolder, uriOf } from "./editor.ts";

export type Files = Readonly<Record<string, string>>;

const cursor = "‸";

export interface Desk {
  /** What is offered at the cursor. */
  readonly offered: (files: Files | string) => Promise<readonly string[]>;
  /** The line of the cursor after taking an offer, placeholders as they come. */
  readonly taking: (label: string, files: Files | string) => Promise<string>;
  readonly offers: (files: Files | string) => Promise<readonly CompletionItem[]>;
  readonly hover: (files: Files | string) => Promise<string | undefined>;
  /** `label @active argument`. */
  readonly signature: (files: Files | string) => Promise<string | undefined>;
  /** `file:line word`, in order. */
  readonly definition: (files: Files | string) => Promise<readonly string[]>;
  readonly references: (files: Files | string) => Promise<readonly string[]>;
  /** `line word`, those that define with a `*`. */
  readonly highlights: (files: Files | string) => Promise<readonly string[]>;
  /** The text that is offered for a new name; undefined where nothing can be renamed. */
  readonly prepared: (files: Files | string) => Promise<string | undefined>;
  /** The lines that a new name changes, by file; the message where it is refused. */
  readonly renamed: (to: string, files: Files | string) => Promise<string | Readonly<Record<string, readonly string[]>>>;
  readonly actions: (files: Files | string) => Promise<readonly CodeAction[]>;
  /** The lines that an action changes, by file. */
  readonly acted: (title: string | RegExp, files: Files | string) => Promise<Readonly<Record<string, readonly string[]>>>;
  /** Any other question, about the file with the cursor. */
  readonly ask: <Answer>(
    method: string,
    files: Files | string,
    params: (here: { readonly textDocument: { readonly uri: string }; readonly position: Position }) => unknown,
  ) => Promise<Answer>;
  /** Errors and warnings that the server wrote. */
  readonly log: readonly string[];
  readonly quit: () => Promise<number | null>;
}

const abilities: ClientCapabilities = {
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    publishDiagnostics: { relatedInformation: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

/** `eol` is how the lines of all files end. */
export const openDesk = async (capabilities: ClientCapabilities = abilities, eol = "\n"): Promise<Desk> => {
  const { folder, remove } = temporaryFolder({});
  const editor = await startEditor([folder], { capabilities });
  const inBytes = editor.initialized.capabilities.positionEncoding === "utf-8";
  const open = new Set<string>();
  const nameOf = (uri: string): string => decodeURI(uri).slice(decodeURI(uriOf(folder)).length + 1);

  const documentOf = (uri: string): TextDocument => TextDocument.create(uri, "", 0, editor.textOf(uri));
  const lineOf = (uri: string, line: number): string => documentOf(uri).getText().split(/\r?\n/u)[line] ?? "";
  /** As it goes over the wire. */
  const sent = (uri: string, { line, character }: Position): Position =>
    inBytes ? { line, character: Buffer.byteLength(lineOf(uri, line).slice(0, character)) } : { line, character };
  /** As it came over the wire. */
  const got = (uri: string, { line, character }: Position): Position =>
    inBytes ? { line, character: Buffer.from(lineOf(uri, line)).subarray(0, character).toString().length } : { line, character };
  const gotRange = (uri: string, { start, end }: Range): Range => ({ start: got(uri, start), end: got(uri, end) });
  const wordAt = (uri: string, range: Range): string => documentOf(uri).getText(gotRange(uri, range));
  const applied = (uri: string, edits: readonly TextEdit[]): readonly string[] =>
    TextDocument.applyEdits(
      documentOf(uri),
      edits.map(({ range, newText }) => ({ range: gotRange(uri, range), newText })),
    ).split(eol);

  /** Opens these files and no others. */
  const lay = async (files: Files | string): Promise<{ readonly uri: string; readonly position: Position }> => {
    const given = typeof files === "string" ? { "keepalived.conf": files } : files;
    for (const uri of open) {
      // oxlint-disable-next-line no-await-in-loop -- in order
      if (!(nameOf(uri) in given)) await editor.close(uri);
      open.delete(uri);
    }
    let at: { readonly uri: string; readonly position: Position } | undefined;
    for (const [name, written] of Object.entries(given)) {
      const uri = uriOf(folder, name);
      const marked = written.replaceAll("\n", eol);
      const offset = marked.indexOf(cursor);
      const text = marked.replace(cursor, "");
      // oxlint-disable-next-line no-await-in-loop -- in order
      await editor.close(uri);
      // oxlint-disable-next-line no-await-in-loop -- in order
      await editor.open(uri, text, /\.(?:sh|py)$/u.test(name) ? "shellscript" : "keepalived");
      open.add(uri);
      if (offset >= 0) at = { uri, position: sent(uri, TextDocument.create(uri, "", 0, text).positionAt(offset)) };
    }
    if (at === undefined) throw new Error(`no ${cursor} in ${Object.keys(given).join(", ")}`);
    return at;
  };

  const ask: Desk["ask"] = async (method, files, params) => {
    const { uri, position } = await lay(files);
    return editor.connection.sendRequest(method, params({ textDocument: { uri }, position }));
  };
  const askHere = <Answer>(type: { readonly method: string }, files: Files | string, more: object = {}): Promise<Answer> =>
    ask(type.method, files, (here) => ({ ...here, ...more }));

  const place = ({ uri, range }: Location): string => `${nameOf(uri)}:${range.start.line + 1} ${wordAt(uri, range)}`.trimEnd();

  const linesAfter = ({ documentChanges = [] }: WorkspaceEdit): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries(
      documentChanges.flatMap((change) => {
        if (!("textDocument" in change)) throw new Error("only edits of texts are expected");
        const { uri } = change.textDocument;
        const after = applied(uri, change.edits as TextEdit[]);
        const before = editor.textOf(uri).split(eol);
        return [[nameOf(uri), after.filter((line) => !before.includes(line)).map((line) => line.trim())]];
      }),
    );

  const offers = (files: Files | string): Promise<readonly CompletionItem[]> => askHere<CompletionItem[]>(CompletionRequest.type, files);
  const actions = async (files: Files | string): Promise<readonly CodeAction[]> => {
    const { uri, position } = await lay(files);
    const range: Range = { start: position, end: position };
    return (await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    })) as CodeAction[];
  };

  return {
    offers,
    offered: async (files) => (await offers(files)).map(({ label }) => label),
    taking: async (label, files) => {
      const { uri, position } = await lay(files);
      const items: readonly CompletionItem[] = await editor.connection.sendRequest(CompletionRequest.method, {
        textDocument: { uri },
        position,
      });
      const item = items.find((each) => each.label === label);
      if (item === undefined) return `not offered; ${items.map((each) => each.label).join(", ")}`;
      const { range, newText } = item.textEdit as TextEdit;
      // What the protocol asks for: one line, with the cursor in it.
      if (range.start.line !== position.line || range.end.line !== position.line) return "another line";
      if (range.start.character > position.character || range.end.character < position.character) return "not around the cursor";
      const after = applied(uri, [{ range, newText }]);
      const added = newText.split("\n").length;
      return after
        .slice(position.line, position.line + added)
        .map((line) => line.trim())
        .join("\n");
    },
    hover: async (files) => {
      const found = await askHere<Hover | null>(HoverRequest.type, files);
      return found === null ? undefined : (found.contents as { readonly value: string }).value;
    },
    signature: async (files) => {
      const found = await askHere<SignatureHelp | null>(SignatureHelpRequest.type, files);
      const signature = found?.signatures[found.activeSignature ?? 0];
      const active = signature?.parameters?.[found?.activeParameter ?? 0]?.label as string | undefined;
      return signature === undefined ? undefined : `${signature.label} @${active ?? "nothing"}`;
    },
    definition: async (files) => (await askHere<Location[]>(DefinitionRequest.type, files)).map(place),
    references: async (files) =>
      (await askHere<Location[]>(ReferencesRequest.type, files, { context: { includeDeclaration: true } })).map(place),
    highlights: async (files) => {
      const { uri, position } = await lay(files);
      const found: DocumentHighlight[] = await editor.connection.sendRequest(DocumentHighlightRequest.method, {
        textDocument: { uri },
        position,
      });
      return found.map(
        ({ range, kind }) => `${range.start.line + 1} ${wordAt(uri, range)}${kind === DocumentHighlightKind.Write ? " *" : ""}`,
      );
    },
    prepared: async (files) => {
      const found = await askHere<PrepareRenameResult | null>(PrepareRenameRequest.type, files);
      return found === null ? undefined : (found as { readonly placeholder: string }).placeholder;
    },
    renamed: async (newName, files) => {
      try {
        return linesAfter(await askHere<WorkspaceEdit>(RenameRequest.type, files, { newName }));
      } catch (error) {
        return (error as Error).message;
      }
    },
    actions,
    acted: async (title, files) => {
      const found = (await actions(files)).filter((each) => (typeof title === "string" ? each.title === title : title.test(each.title)));
      if (found.length !== 1) throw new Error(`${found.length} actions are called so: ${found.map((each) => each.title).join(", ")}`);
      return linesAfter(found[0]!.edit!);
    },
    ask,
    log: editor.log,
    quit: async () => {
      const status = await editor.quit();
      remove();
      return status;
    },
  };
};
