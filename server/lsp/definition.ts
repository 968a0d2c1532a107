/** `textDocument/definition`, `declaration` (the same here), `references` and `documentHighlight`: questions about one name. */
import {
  type CancellationToken,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type TextDocumentPositionParams,
} from "vscode-languageserver/node";
import type { Site } from "../../grammar/text.ts";
import { callersOf, definitionsAt, referencesAt } from "../features/names.ts";
import { cancelled } from "./cancelled.ts";
import type { Sight } from "./project.ts";
import type { Session } from "./session.ts";

export const answerNames = ({ connection, seen }: Session): void => {
  const lead = async ({ textDocument: { uri }, position }: TextDocumentPositionParams, token: CancellationToken): Promise<Location[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const offset = sight.positions(name).span({ start: position, end: position }).start;
    const sites = definitionsAt(sight.reading.project, name, offset);
    // From a script back to the lines that run it.
    const back = sites.length > 0 ? [] : callersOf(sight.reading.project, name).map(({ site }) => site);
    return [...sites, ...back].map((site) => locationOf(site, sight));
  };
  connection.onDefinition(lead);
  connection.onDeclaration(lead);
  connection.onReferences(async ({ textDocument: { uri }, position, context }, token): Promise<Location[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const { project } = sight.reading;
    const offset = sight.positions(name).span({ start: position, end: position }).start;
    const places = referencesAt(project, name, offset);
    const all = places.length > 0 ? places : callersOf(project, name);
    return all.filter(({ defines }) => context.includeDeclaration || !defines).map(({ site }) => locationOf(site, sight));
  });
  connection.onDocumentHighlight(async ({ textDocument: { uri }, position }, token): Promise<DocumentHighlight[]> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return [];
    const { sight, name } = found;
    const positions = sight.positions(name);
    const offset = positions.span({ start: position, end: position }).start;
    return referencesAt(sight.reading.project, name, offset)
      .filter(({ site }) => site.file === name)
      .map(({ site, defines }) => ({
        range: positions.range(site.span),
        kind: defines ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  });
};

export const locationOf = ({ file, span }: Site, sight: Sight): Location => ({
  uri: sight.uriOf(file),
  range: sight.positions(file).range(span),
});
