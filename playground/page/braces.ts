/** Shows the brace that belongs to the one beside the cursor. */
import type { EditorState, Extension, Range } from "@codemirror/state";
import { Decoration, type DecorationSet, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** How far the other one is looked for. */
const reach = 20_000;

const mark = Decoration.mark({ class: "cm-matchingBracket" });

const otherOf = (text: string, at: number): number | undefined => {
  const step = text[at] === "{" ? 1 : -1;
  let depth = 0;
  for (let place = at; place >= 0 && place < text.length; place += step) {
    depth += text[place] === "{" ? step : text[place] === "}" ? -step : 0;
    if (depth === 0) return place;
  }
  return undefined;
};

const pairBeside = ({ doc, selection }: EditorState): readonly number[] => {
  const { empty, head } = selection.main;
  const start = Math.max(0, head - reach);
  const text = doc.sliceString(start, head + reach);
  const at = [head - 1, head].map((place) => place - start).find((place) => /[{}]/u.test(text[place] ?? ""));
  const other = empty && at !== undefined ? otherOf(text, at) : undefined;
  return at === undefined || other === undefined ? [] : [at, other].map((place) => place + start).toSorted((a, b) => a - b);
};

const marksIn = (state: EditorState): DecorationSet =>
  Decoration.set(pairBeside(state).map((place): Range<Decoration> => mark.range(place, place + 1)));

export const braces: Extension = ViewPlugin.define(
  ({ state }) => ({
    marks: marksIn(state),
    update({ docChanged, selectionSet, state: now }: ViewUpdate): void {
      if (docChanged || selectionSet) this.marks = marksIn(now);
    },
  }),
  { decorations: ({ marks }) => marks },
);
