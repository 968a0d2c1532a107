/** To a place in a file; of several places one is chosen. */
import { Range, Uri, ViewColumn, window, workspace } from "vscode";
import type { SourcePlace } from "../server/lsp/custom.ts";

export const jumpTo = async (places: readonly SourcePlace[], column: ViewColumn | undefined): Promise<void> => {
  const place = places.length < 2 ? places[0] : await chosenPlace(places);
  if (place === undefined) return;
  const { start, end } = place.range;
  // A word is selected; of a block the first line is meant.
  const behind = start.line === end.line ? end : start;
  await window.showTextDocument(Uri.parse(place.uri), {
    viewColumn: column ?? ViewColumn.One,
    selection: new Range(start.line, start.character, behind.line, behind.character),
  });
};

const chosenPlace = async (places: readonly SourcePlace[]): Promise<SourcePlace | undefined> => {
  const items = await Promise.all(
    places.map(async (place) => {
      const uri = Uri.parse(place.uri);
      const { line } = place.range.start;
      const document = await workspace.openTextDocument(uri);
      const text = line < document.lineCount ? document.lineAt(line).text.trim() : "";
      return { label: `${workspace.asRelativePath(uri)}:${line + 1}`, description: text.slice(0, 80), place };
    }),
  );
  const picked = await window.showQuickPick(items, { title: "Written in several places", placeHolder: "The one to go to" });
  return picked?.place;
};
