/** The state of one file's editor: how it looks, what keys do, and what is marked in it. */
import {
  copyLineDown,
  copyLineUp,
  deleteLine,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  moveLineDown,
  moveLineUp,
  standardKeymap,
  toggleComment,
} from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightSpecialChars, type KeyBinding, keymap, lineNumbers } from "@codemirror/view";
import type { Mark, ShownFinding, ShownFix } from "../messages.ts";
import type { Analyst } from "./analyst.ts";
import { braces } from "./braces.ts";
import { completionFor } from "./completion.ts";
import { hoverFor } from "./hover.ts";
import { languageFor } from "./language.ts";
import { marks, setRemarks } from "./marks.ts";

export interface EditorOwner {
  readonly analyst: Analyst;
  readonly edited: (file: string, text: string) => void;
  readonly apply: (fix: ShownFix) => void;
}

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--card)", color: "var(--ink)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--faint)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--line-tint)" },
  "::selection": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--rule)", borderRadius: "6px" },
  // Beside the list, or below it on a telephone.
  ".completions": { display: "flex", flexWrap: "wrap", alignItems: "flex-start", maxWidth: "min(40rem, 100vw)" },
  ".completions > ul": {
    margin: "0",
    padding: "2px 0",
    listStyle: "none",
    fontFamily: "var(--mono)",
    maxHeight: "14em",
    overflowY: "auto",
    minWidth: "12em",
  },
  ".completions > ul > li": { padding: "1px 8px", cursor: "pointer", whiteSpace: "nowrap" },
  ".completions [aria-selected=true]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".completions .detail": { opacity: "0.75" },
  ".completions .help": { flex: "1 1 16rem", maxWidth: "22rem", maxHeight: "14em", overflowY: "auto" },
  ".remarks": { margin: "0", padding: "0", listStyle: "none" },
  ".remark": {
    borderLeft: "3px solid var(--mark)",
    fontFamily: "var(--sans)",
    padding: "6px 10px",
    maxWidth: "34rem",
    whiteSpace: "pre-wrap",
  },
  ".remark .source": { display: "block", fontSize: "80%", opacity: "0.7" },
  ".remark .apply": { margin: "2px 0 0 8px", padding: "2px 8px", fontSize: "inherit" },
  ".mark": {
    textDecoration: "underline wavy var(--mark)",
    textUnderlineOffset: "3px",
    textDecorationThickness: "1px",
  },
  ".mark-point": { borderLeft: "2px solid var(--mark)" },
  ".mark-dot": {
    width: "8px",
    height: "8px",
    borderRadius: "50%",
    margin: "6px auto 0",
    backgroundColor: "var(--mark)",
    cursor: "pointer",
  },
  ".mark-gutter": { width: "14px" },
  ".mark-error": { "--mark": "var(--error)" },
  ".mark-warning": { "--mark": "var(--warning)" },
  ".mark-info": { "--mark": "var(--info)" },
  ".mark-style": { "--mark": "var(--faint)" },
  ".code-comment": { color: "var(--code-comment)", fontStyle: "italic" },
  ".code-keyword": { color: "var(--code-keyword)" },
  ".code-string": { color: "var(--code-string)" },
  ".code-number": { color: "var(--code-number)" },
  ".code-variable": { color: "var(--code-variable)" },
  ".code-bracket": { color: "var(--soft)" },
  ".cm-matchingBracket": { backgroundColor: "var(--selection) !important", outline: "none" },
});

/** CodeMirror's usual keys, without those that move along a syntax tree. */
const editing: readonly KeyBinding[] = [
  { key: "Alt-ArrowUp", run: moveLineUp, shift: copyLineUp },
  { key: "Alt-ArrowDown", run: moveLineDown, shift: copyLineDown },
  { key: "Mod-[", run: indentLess },
  { key: "Mod-]", run: indentMore },
  { key: "Shift-Mod-k", run: deleteLine },
  { key: "Mod-/", run: toggleComment },
];

const common: Extension = [
  EditorView.cspNonce.of("kalint"),
  lineNumbers(),
  highlightSpecialChars(),
  history(),
  highlightActiveLine(),
  braces,
  marks,
  look,
  // Tab leaves the editor: nobody is caught in it.
  keymap.of([...editing, ...standardKeymap, ...historyKeymap]),
];

export const editorState = (file: string, text: string, { analyst, edited }: EditorOwner): EditorState =>
  EditorState.create({
    doc: text,
    extensions: [
      common,
      languageFor(file, text),
      hoverFor(file, analyst),
      completionFor(file, analyst),
      EditorView.contentAttributes.of({ "aria-label": file, spellcheck: "false", autocapitalize: "off" }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) edited(file, state.doc.toString());
      }),
    ],
  });

/** Shows what was found in this text. */
export const showMarks = (view: EditorView, found: readonly Mark[], findings: readonly ShownFinding[], apply: EditorOwner["apply"]): void =>
  setRemarks(
    view,
    found.map(({ at, message, finding }) => {
      const { rule, severity, fixes } = findings[finding]!;
      return { from: at.start, to: at.end, severity, rule, message, fixes, apply };
    }),
  );
