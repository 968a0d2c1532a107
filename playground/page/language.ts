/** Colours for texts while they are typed, line by line. What a word means is said by the analysis, not here. */
import { EditorState, type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin } from "@codemirror/view";

interface Dialect {
  readonly comment: RegExp;
  readonly keywords?: RegExp;
  /** Whether the first word of a line says what the line is about. */
  readonly firstWord: boolean;
}

const configuration: Dialect = { comment: /^[#!].*/u, firstWord: true };
const shell: Dialect = {
  comment: /^#.*/u,
  keywords: /^(?:if|then|else|elif|fi|for|in|do|done|while|until|case|esac|function|return|exit|local|export)$/u,
  firstWord: false,
};

const dialectOf = (file: string, text: string): Dialect =>
  /\.(?:sh|bash)$/u.test(file) || /^#!.*sh\b/u.test(text) || /\/init\.d\/|rc\.local$/u.test(file) ? shell : configuration;

/** Numbers, addresses of both families, marks. */
const number = /^-?(?:0x[\da-f]+|\d[\d.]*|[\da-f]*:[\da-f:.]*)(?:[/-][\d.]+)?$/iu;

const kinds = [
  ["string", /^(?:"(?:[^"\\]|\\.)*"?|'[^']*'?)/u],
  ["bracket", /^[{}()]/u],
  ["variable", /^(?:\$\{?[\w@*#?]+\}?|@\^?[\w-]+)/u],
  ["word", /^[^\s{}()"'$#]+/u],
] as const;

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: "comment" | "keyword" | "number" | "string" | "bracket" | "variable";
}

/** Longer lines stay grey behind that. */
const longest = 2000;

export const piecesOf = (line: string, { comment, keywords, firstWord }: Dialect): readonly Piece[] => {
  const pieces: Piece[] = [];
  let isFirst = true;
  for (let start = 0; start < Math.min(line.length, longest);) {
    const rest = line.slice(start, longest);
    const [blanks] = /^\s*/u.exec(rest)!;
    if (blanks !== "") {
      start += blanks.length;
      continue;
    }
    const remark = comment.exec(rest)?.[0];
    const [kind, text] = remark === undefined ? pieceAt(rest) : (["comment", remark] as const);
    if (kind === "word") {
      if (keywords?.test(text) === true || (firstWord && isFirst && !number.test(text)))
        pieces.push({ start, end: start + text.length, kind: "keyword" });
      else if (number.test(text)) pieces.push({ start, end: start + text.length, kind: "number" });
      isFirst = false;
    } else if (kind !== undefined) pieces.push({ start, end: start + text.length, kind });
    start += text.length;
  }
  return pieces;
};

const pieceAt = (rest: string): readonly [kind: (typeof kinds)[number][0] | undefined, text: string] => {
  for (const [kind, pattern] of kinds) {
    const text = pattern.exec(rest)?.[0];
    if (text !== undefined) return [kind, text];
  }
  return [undefined, rest[0]!];
};

const marks = new Map<string, Decoration>();
const markOf = (kind: string): Decoration => {
  const mark = marks.get(kind) ?? Decoration.mark({ class: `code-${kind}` });
  marks.set(kind, mark);
  return mark;
};

const coloured = ({ state, visibleRanges }: EditorView, dialect: Dialect): DecorationSet => {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges)
    for (let place = from; place <= to;) {
      const line = state.doc.lineAt(place);
      for (const { start, end, kind } of piecesOf(line.text, dialect)) builder.add(line.from + start, line.from + end, markOf(kind));
      place = line.to + 1;
    }
  return builder.finish();
};

export const languageFor = (file: string, text: string): Extension => {
  const dialect = dialectOf(file, text);
  return [
    ViewPlugin.define(
      (view) => ({
        colours: coloured(view, dialect),
        update({ docChanged, viewportChanged, view: now }): void {
          if (docChanged || viewportChanged) this.colours = coloured(now, dialect);
        },
      }),
      { decorations: ({ colours }) => colours },
    ),
    EditorState.languageData.of(() => [{ commentTokens: { line: "#" }, closeBrackets: { brackets: ["{", '"'] } }]),
  ];
};
