/**
 * A restless user: seeded random edits, opens, closes, saves, changes of the disk and requests of every kind. Texts become
 * nonsense and are put right again, several requests are under way at once, some are taken back before they are answered.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  CancellationToken,
  CancellationTokenSource,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidSaveTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FileChangeType,
  type FileEvent,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  LSPErrorCodes,
  type Position,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type ResponseError,
  SelectionRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextEdit,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Editor, uriOf } from "./editor.ts";
import { removeFolder } from "../folders.ts";

export interface Chance {
  /** A whole number from 0 to `below`, without it. */
  readonly upTo: (below: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Mulberry32: the same seed gives the same numbers everywhere. */
export const chanceFrom = (seed: number): Chance => {
  let state = seed >>> 0;
  const upTo = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return { upTo, pick: (list) => list[upTo(list.length)]! };
};

/** A copy of the clusters of fixtures/, twenty nodes with keepalived, as a folder of its own. */
export interface Ground {
  readonly folder: string;
  /** Every file, as it was in the beginning. */
  readonly files: ReadonlyMap<string, string>;
  readonly restore: () => void;
  readonly remove: () => void;
}

export const soakGround = (): Ground => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kalint soak "));
  const from = path.resolve(import.meta.dirname, "../../fixtures/clusters");
  const copy = (): void => {
    removeFolder(folder);
    cpSync(from, folder, { recursive: true });
  };
  copy();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
  const files = new Map(names.map((name) => [name, readFileSync(path.join(folder, name), "utf8")]));
  return { folder, files, restore: copy, remove: () => removeFolder(folder) };
};

export const languageOf = (name: string): string =>
  /keepalived[^/]*\.conf$/u.test(name)
    ? "keepalived"
    : name.endsWith(".sh")
      ? "shellscript"
      : name.endsWith(".toml")
        ? "toml"
        : "plaintext";

/** What gets into texts: pieces that mean something, and pieces that break what stands around them. */
const pieces = [
  ...Array.from("{}\"'$@!#~`;|\\ \t\n"),
  "\r\n",
  "😀",
  "主",
  "\udc80",
  "${X}",
  "$X",
  "$X=51\n",
  "@db1 ",
  "~SEQ(i, 1, 3)",
  "vrrp_instance VI_9 {\n",
  "  virtual_router_id 77\n",
  "  priority 1000\n",
  "  nopreempt\n",
  "include *.conf\n",
  "include ../*/keepalived.conf\n",
  "virtual_ipaddress {\n 10.0.0.100/24\n}\n",
  "# kalint-ignore default-vrid: soak\n",
  'case "$1" in\n',
  "esac\n",
  "exit 1\n",
  "iptables -t mangle -A PREROUTING -j MARK --set-mark 1\n",
  "x".repeat(300),
];

export interface Soak {
  readonly steps: (count: number) => Promise<void>;
  /** Puts everything back: the disk as it was, nothing open. */
  readonly settle: () => Promise<void>;
  /** Files that are open now. */
  readonly open: ReadonlySet<string>;
  /** The settings that hold now. */
  readonly settings: () => { readonly rules: Readonly<Record<string, string>> };
  /** Errors that came as answers. */
  readonly errors: readonly string[];
  /** How many answers came, by method. */
  readonly answers: ReadonlyMap<string, number>;
}

/** Requests under way at most. */
const inFlight = 8;

export const startSoak = (editor: Editor, ground: Ground, chance: Chance): Soak => {
  const { folder } = ground;
  const open = new Set<string>();
  const disk = new Set(ground.files.keys());
  const errors: string[] = [];
  const answers = new Map<string, number>();
  const pending = new Set<Promise<unknown>>();
  let renames = 0;
  let rules: Readonly<Record<string, string>> = {};

  const uri = (name: string): string => uriOf(folder, name);
  const documentOf = (name: string): TextDocument => TextDocument.create(uri(name), "", 0, editor.textOf(uri(name)));

  const ask = async <T>(method: string, params: unknown, token: CancellationToken = CancellationToken.None): Promise<T | undefined> => {
    try {
      const answer = await editor.connection.sendRequest<T>(method, params, token);
      answers.set(method, (answers.get(method) ?? 0) + 1);
      return answer;
    } catch (error) {
      const { code, message } = error as ResponseError;
      if (!token.isCancellationRequested || code !== LSPErrorCodes.RequestCancelled)
        errors.push(`${method} ${JSON.stringify(params)}: ${code} ${message}`);
      return undefined;
    }
  };

  const tell = (name: string, type: FileChangeType): Promise<void> =>
    editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: uri(name), type }] });

  const configure = (stated: typeof rules): Promise<void> => {
    rules = stated;
    return editor.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { kalint: { rules } } });
  };

  /** Anywhere in the text, and now and then behind a line or behind everything. */
  const anyPosition = (name: string): Position => {
    const document = documentOf(name);
    const { line, character } = document.positionAt(chance.upTo(document.getText().length + 1));
    if (chance.upTo(12) === 0) return { line: line + chance.upTo(1000), character: character + chance.upTo(1000) };
    return { line, character };
  };

  const anyRange = (name: string) => {
    const [start, end] = [anyPosition(name), anyPosition(name)].toSorted((a, b) => a.line - b.line || a.character - b.character);
    return { start: start!, end: end! };
  };

  const openSome = async (): Promise<void> => {
    const name = chance.pick([...disk]);
    if (open.has(name)) return;
    open.add(name);
    await editor.open(uri(name), readFileSync(path.join(folder, name), "utf8"), languageOf(name));
  };

  const edit = async (name: string): Promise<void> => {
    const document = documentOf(name);
    const length = document.getText().length;
    const start = chance.upTo(length + 1);
    const range = (end: number) => ({ start: document.positionAt(start), end: document.positionAt(Math.min(end, length)) });
    const how = chance.upTo(10);
    if (how < 5) await editor.type(uri(name), range(start), chance.pick(pieces));
    else if (how < 7) await editor.type(uri(name), range(start + chance.upTo(60)), "");
    else if (how < 8) {
      const other = ground.files.get(chance.pick([...ground.files.keys()]))!;
      const from = chance.upTo(other.length);
      await editor.type(uri(name), range(start), other.slice(from, from + chance.upTo(400)));
    } else await editor.change(uri(name), ground.files.get(name) ?? "");
  };

  const save = async (name: string): Promise<void> => {
    // A lone surrogate is no text: an editor writes something else, and shows that.
    const text = Buffer.from(editor.textOf(uri(name))).toString();
    await editor.change(uri(name), text);
    writeFileSync(path.join(folder, name), text);
    disk.add(name);
    await editor.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri: uri(name) } });
    await tell(name, FileChangeType.Changed);
  };

  const changeDisk = async (): Promise<void> => {
    const how = chance.upTo(4);
    const name = how === 0 ? `new ${chance.upTo(5)}/keepalived.conf` : chance.pick([...ground.files.keys()]);
    const file = path.join(folder, name);
    if (how === 1 && disk.size > 60) {
      rmSync(file, { force: true });
      disk.delete(name);
      await tell(name, FileChangeType.Deleted);
      return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    const text = ground.files.get(how === 2 ? name : chance.pick([...ground.files.keys()]))!;
    writeFileSync(file, text);
    const type = disk.has(name) ? FileChangeType.Changed : FileChangeType.Created;
    disk.add(name);
    await tell(name, type);
  };

  const rename = async (name: string): Promise<void> => {
    const where = { textDocument: { uri: uri(name) }, position: anyPosition(name) };
    if (((await ask(PrepareRenameRequest.method, where)) ?? null) === null) return;
    await ask(RenameRequest.method, { ...where, newName: `soaked_${renames++}` });
  };

  const format = async (name: string): Promise<void> => {
    const edits = await ask<TextEdit[]>(DocumentFormattingRequest.method, {
      textDocument: { uri: uri(name) },
      options: { tabSize: 4, insertSpaces: chance.upTo(2) === 0 },
    });
    if (edits !== undefined && edits !== null) await editor.change(uri(name), TextDocument.applyEdits(documentOf(name), edits));
  };

  const anyRequest = (name: string): readonly [string, unknown] => {
    const textDocument = { uri: uri(name) };
    const at = { textDocument, position: anyPosition(name) };
    const range = anyRange(name);
    const options = { tabSize: 4, insertSpaces: true };
    return chance.pick<readonly [string, unknown]>([
      [CompletionRequest.method, at],
      [HoverRequest.method, at],
      [SignatureHelpRequest.method, at],
      [DefinitionRequest.method, at],
      [ReferencesRequest.method, { ...at, context: { includeDeclaration: true } }],
      [DocumentHighlightRequest.method, at],
      [DocumentSymbolRequest.method, { textDocument }],
      [WorkspaceSymbolRequest.method, { query: chance.pick(["", "vi", "10.0", "zz"]) }],
      [InlayHintRequest.method, { textDocument, range }],
      [CodeLensRequest.method, { textDocument }],
      [SemanticTokensRequest.method, { textDocument }],
      [FoldingRangeRequest.method, { textDocument }],
      [SelectionRangeRequest.method, { textDocument, positions: [at.position, range.end] }],
      [DocumentLinkRequest.method, { textDocument }],
      [DocumentRangeFormattingRequest.method, { textDocument, range, options }],
      [DocumentOnTypeFormattingRequest.method, { ...at, ch: chance.pick(["}", "\n"]), options }],
      [CodeActionRequest.method, { textDocument, range, context: { diagnostics: [] } }],
    ]);
  };

  const request = (name: string): void => {
    const [method, params] = anyRequest(name);
    const source = new CancellationTokenSource();
    const answer = ask(method, params, source.token).finally(() => pending.delete(answer));
    pending.add(answer);
    if (chance.upTo(10) === 0) source.cancel();
  };

  const step = async (): Promise<void> => {
    const how = chance.upTo(100);
    if (open.size === 0 || (how < 6 && open.size < 12)) return openSome();
    const name = chance.pick([...open]);
    if (how < 10) {
      open.delete(name);
      return editor.close(uri(name));
    }
    if (how < 40) return edit(name);
    if (how < 43) return save(name);
    if (how < 46) return changeDisk();
    if (how < 47) {
      return configure({ "default-vrid": chance.pick(["off", "error"]) });
    }
    if (how < 50) return rename(name);
    if (how < 53) return format(name);
    return request(name);
  };

  return {
    steps: async (count) => {
      for (let done = 0; done < count; done++) {
        // oxlint-disable-next-line no-await-in-loop -- a user does one thing after the other
        await step();
        // oxlint-disable-next-line no-await-in-loop -- as many at once as an editor asks, not more
        while (pending.size >= inFlight) await Promise.race(pending);
      }
      await Promise.all(pending);
    },
    settle: async () => {
      await Promise.all([...open].map((name) => editor.close(uri(name))));
      open.clear();
      const before = [...disk];
      ground.restore();
      disk.clear();
      for (const name of ground.files.keys()) disk.add(name);
      const uris = [...new Set([...before, ...disk])].map(uri);
      const changes = uris.map((each): FileEvent => ({ uri: each, type: FileChangeType.Changed }));
      await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
      await configure({});
    },
    open,
    settings: () => ({ rules }),
    errors,
    answers,
  };
};
