/** The outline of a shell script: its functions, nested as they are written. */
import { parseShell } from "../../grammar/shell/parse.ts";
import type { FunctionDefinition } from "../../grammar/shell/tree.ts";
import { visit } from "../model/effects/walk.ts";
import type { DocumentSymbol } from "./document-symbols.ts";

/** Never throws. */
export const scriptSymbols = (text: string): readonly DocumentSymbol[] => {
  const functions: FunctionDefinition[] = [];
  visit(parseShell(text).body, {
    command: (command) => {
      if (command.kind === "function") functions.push(command);
    },
    word: () => undefined,
  });
  return nested(functions.toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end));
};

/** Sorted by their start, outer ones first. */
const nested = (functions: readonly FunctionDefinition[]): readonly DocumentSymbol[] => {
  const found: DocumentSymbol[] = [];
  for (let at = 0; at < functions.length;) {
    const { name, span } = functions[at]!;
    let next = at + 1;
    while (next < functions.length && functions[next]!.span.start < span.end) next++;
    found.push({ name: name.text, role: "function", span, selection: name.span, children: nested(functions.slice(at + 1, next)) });
    at = next;
  }
  return found;
};
