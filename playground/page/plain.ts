/**
 * What CodeMirror's packages ask of the language of a text. It stands in for @codemirror/language and @lezer/common, which bring a
 * framework of parsers along (scripts/playground.ts): here a text has lines and braces, and what a word means the analysis says.
 */
import { countColumn, type EditorState, Facet } from "@codemirror/state";

/** One step of indentation. */
export const indentUnit = Facet.define<string, string>({ combine: ([first = "    "]) => first });

export const getIndentUnit = (state: EditorState): number => state.facet(indentUnit).length;

export const indentString = (_: EditorState, columns: number): string => " ".repeat(columns);

const columnOf = (state: EditorState, place: number): number => {
  const [blanks = ""] = /^\s*/u.exec(state.doc.lineAt(place).text) ?? [];
  return countColumn(blanks, state.tabSize);
};

export class IndentContext {
  constructor(readonly state: EditorState) {}

  lineIndent(place: number): number {
    return columnOf(this.state, place);
  }
}

/** What is written behind a line break at this place is one step further in than the line, where the line opens a block. */
export const getIndentation = ({ state }: IndentContext, place: number): number => {
  const { text, from } = state.doc.lineAt(place);
  return columnOf(state, place) + (/\{\s*$/u.test(text.slice(0, place - from)) ? getIndentUnit(state) : 0);
};

/** The whole text, as a tree of one node. */
const node = {
  from: 0,
  to: 0,
  parent: undefined,
  childBefore: () => undefined,
  childAfter: () => undefined,
  resolveInner: (): unknown => node,
};

export const syntaxTree = (): typeof node => node;

export const NodeProp = {};

export const matchBrackets = (): undefined => undefined;
