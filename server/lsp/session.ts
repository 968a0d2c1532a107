/**
 * What the server holds between messages: the client's abilities, the open documents, the settings, and a project for
 * every place that has something to judge. Requests ask it for judgements; diagnostics follow its changes.
 */
import path from "node:path";
import type { Connection, TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Client } from "./client.ts";
import { pathOfUri } from "./convert.ts";
import { createPages, type PageOf } from "./pages.ts";
import { foldersPlace, loosePlace, type Place, unsavedPlace } from "./places.ts";
import { progressOf } from "./progress.ts";
import { createProject, type Judgement, type Project, type Sight } from "./project.ts";
import { noSettings, type Settings } from "./settings.ts";

export type Documents = TextDocuments<TextDocument>;

export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly pageOf: PageOf;
  /** The judgement of the project that a file belongs to, and the file's name there. */
  readonly judged: (uri: string) => Promise<{ readonly judgement: Judgement; readonly name: string } | undefined>;
  /** The project that a file belongs to as it was read, without what is wrong in it; and the file's name there. */
  readonly seen: (uri: string) => Promise<{ readonly sight: Sight; readonly name: string } | undefined>;
  readonly sights: () => Promise<readonly Sight[]>;
  readonly judgements: () => Promise<readonly Judgement[]>;
  readonly setFolders: (uris: readonly string[]) => void;
  readonly setSettings: (settings: Settings) => void;
  /** The text of an open document is different, or it was opened or closed. */
  readonly textChanged: (uri: string) => void;
  /** The disk is different: at this file or folder, or, without one, anywhere. */
  readonly diskChanged: (uri?: string) => void;
  /** Called after every change, at once and often: whoever listens waits for a quiet moment. */
  readonly onChange: (listener: () => void) => void;
  /** The same for changes that the client did not make by editing: of the disk, the settings, the folders. */
  readonly onElsewhere: (listener: () => void) => void;
}

export const createSession = (connection: Connection, client: Client, documents: Documents): Session => {
  const listeners: (() => void)[] = [];
  const elsewhere: (() => void)[] = [];
  let settings = noSettings;
  let folders: Project | undefined;
  const others = new Map<string, Project>();

  let shown: string | undefined;
  const fail = (error: unknown): void => {
    const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    connection.console.error(`nothing could be judged: ${error instanceof Error ? (error.stack ?? line) : line}`);
    // Once, not at every letter that is typed.
    if (line !== shown) connection.window.showErrorMessage(`kalint failed, nothing was checked (${line}). This is a defect of kalint.`);
    shown = line;
  };

  const busy = progressOf(connection, client);

  const open = (place: Place): Project =>
    createProject(place, {
      documents: () => documents.all(),
      settings: () => settings,
      encoding: client.encoding,
      busy,
      report: (problem) => connection.console.error(problem),
      fail,
    });

  const projects = (): readonly Project[] => [...(folders === undefined ? [] : [folders]), ...others.values()];

  /** Where a document outside of the workspace folders belongs: beside its neighbours, or to itself alone. */
  const looseKey = (uri: string): string | undefined => {
    if (folders?.place.nameOf(uri) !== undefined) return undefined;
    const file = pathOfUri(uri);
    return file === undefined ? (uri.startsWith("untitled:") ? uri : undefined) : path.dirname(file);
  };

  const projectOf = (uri: string): Project | undefined => {
    const key = looseKey(uri);
    return key === undefined ? (folders?.place.nameOf(uri) === undefined ? undefined : folders) : others.get(key);
  };

  /** A project for every open document, and none for places where nothing is open any more. */
  const settle = (): void => {
    const wanted = new Map(
      documents.all().flatMap(({ uri }) => {
        const key = looseKey(uri);
        return key === undefined ? [] : [[key, uri] as const];
      }),
    );
    for (const key of others.keys()) if (!wanted.has(key)) others.delete(key);
    for (const [key, uri] of wanted) if (!others.has(key)) others.set(key, open(key === uri ? unsavedPlace(uri) : loosePlace(key)));
  };

  const announce = (here: "in an editor" | "elsewhere"): void => {
    for (const listener of here === "elsewhere" ? [...listeners, ...elsewhere] : listeners) listener();
  };

  const everythingChanged = (): void => {
    for (const project of projects()) project.changed();
    announce("elsewhere");
  };

  return {
    connection,
    client,
    documents,
    pageOf: createPages(client.pages),
    judged: async (uri) => {
      const project = projectOf(uri);
      const judgement = await project?.current();
      const name = project?.place.nameOf(uri);
      return judgement === undefined || name === undefined ? undefined : { judgement, name };
    },
    seen: async (uri) => {
      const project = projectOf(uri);
      const sight = await project?.seen();
      const name = project?.place.nameOf(uri);
      return sight === undefined || name === undefined ? undefined : { sight, name };
    },
    sights: async () => {
      const found: Sight[] = [];
      for (const project of projects()) {
        // oxlint-disable-next-line no-await-in-loop -- one processor, and the first ones are wanted first
        const sight = await project.seen();
        if (sight !== undefined) found.push(sight);
      }
      return found;
    },
    judgements: async () => {
      const found: Judgement[] = [];
      for (const project of projects()) {
        // oxlint-disable-next-line no-await-in-loop -- one processor, and the first ones are wanted first
        const judgement = await project.current();
        if (judgement !== undefined) found.push(judgement);
      }
      return found;
    },
    setFolders: (uris) => {
      const paths = uris.flatMap((uri) => pathOfUri(uri) ?? []);
      folders = paths.length === 0 ? undefined : open(foldersPlace(paths));
      settle();
      everythingChanged();
    },
    setSettings: (given) => {
      settings = given;
      everythingChanged();
    },
    textChanged: (uri) => {
      settle();
      for (const project of projects()) if (project.place.nameOf(uri) !== undefined) project.changed();
      announce("in an editor");
    },
    diskChanged: (uri) => {
      for (const project of projects()) {
        const name = uri === undefined ? "" : project.place.nameOf(uri);
        if (name === undefined) continue;
        project.place.forget(name);
        project.changed();
      }
      announce("elsewhere");
    },
    onChange: (listener) => void listeners.push(listener),
    onElsewhere: (listener) => void elsewhere.push(listener),
  };
};
