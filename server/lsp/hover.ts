/** `textDocument/hover`. */
import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { fragmentHoverAt } from "../features/fragment-hover.ts";
import { hoverAt } from "../features/hover.ts";
import { scriptHoverAt } from "../features/script-hover.ts";
import { cancelled } from "./cancelled.ts";
import type { Session } from "./session.ts";

export const answerHovers = ({ connection, seen }: Session): void =>
  void connection.onHover(async ({ textDocument: { uri }, position }, token): Promise<Hover | null> => {
    const found = await seen(uri);
    if (token.isCancellationRequested) throw cancelled();
    if (found === undefined) return null;
    const { sight, name } = found;
    const positions = sight.positions(name);
    const { project } = sight.reading;
    const offset = positions.span({ start: position, end: position }).start;
    const hover =
      hoverAt(project, name, offset) ??
      scriptHoverAt(project, name, offset) ??
      fragmentHoverAt(project, name, sight.textOf(name) ?? "", offset);
    return hover === undefined
      ? null
      : { contents: { kind: MarkupKind.Markdown, value: hover.markdown }, range: positions.range(hover.span) };
  });
