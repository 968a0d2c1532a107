/** Colours for texts while they are typed. What a word means is said by the analysis, not here. */
import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import type { Extension } from "@codemirror/state";

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

interface LineState {
  first: boolean;
}

const token = (stream: StringStream, state: LineState, { comment, keywords, firstWord }: Dialect): string | null => {
  if (stream.sol()) state.first = true;
  if (stream.eatSpace()) return null;
  if (stream.match(comment)) return "comment";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?|^'[^']*'?/u)) return "string";
  if (stream.match(/^[{}()]/u)) return "bracket";
  if (stream.match(/^\$\{?[\w@*#?]+\}?|^@\^?[\w-]+/u)) return "variableName";
  const [word = ""] = (stream.match(/^[^\s{}()"'$#]+/u) as RegExpMatchArray | null) ?? [];
  if (word === "") {
    stream.next();
    return null;
  }
  if (keywords?.test(word) === true || (firstWord && state.first && !number.test(word))) return wordDone(state, "keyword");
  return wordDone(state, number.test(word) ? "number" : "atom");
};

/** Numbers, addresses of both families, marks. */
const number = /^-?(?:0x[\da-f]+|\d[\d.]*|[\da-f]*:[\da-f:.]*)(?:[/-][\d.]+)?$/iu;

const wordDone = (state: LineState, style: string): string => {
  // oxlint-disable-next-line no-param-reassign -- the state is CodeMirror's to be changed
  state.first = false;
  return style;
};

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: tags.keyword, color: "var(--code-keyword)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: tags.atom, color: "var(--ink)" },
  { tag: tags.variableName, color: "var(--code-variable)" },
  { tag: tags.bracket, color: "var(--soft)" },
]);

export const languageFor = (file: string, text: string): Extension => {
  const dialect = dialectOf(file, text);
  return [
    StreamLanguage.define<LineState>({
      startState: () => ({ first: true }),
      copyState: ({ first }) => ({ first }),
      token: (stream, state) => token(stream, state, dialect),
      languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["{", '"'] } },
    }),
    syntaxHighlighting(colours),
  ];
};
