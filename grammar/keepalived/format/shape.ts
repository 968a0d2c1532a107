/** What a line of a file is to the formatter: its code, its comment, or something that stays as it is. */
import { marksIn, type Mark } from "../../template/marks.ts";
import { markingOf } from "../../template/template.ts";
import { byteLength, commentStart, endsInBackslash } from "../lines.ts";

interface Place {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  readonly text: string;
}

/** Part of a definition of several lines, an overlong line, a template's mark: blanks may mean something in it. */
interface KeptLine extends Place {
  readonly kind: "kept";
  /** What a template's marks leave of it; the line itself elsewhere. */
  readonly code?: string;
  /** What its marks open, go on with and close, in their order. */
  readonly steps?: readonly ("open" | "middle" | "close")[];
}

interface BlankLine extends Place {
  readonly kind: "blank";
}

interface CommentLine extends Place {
  readonly kind: "comment";
  readonly comment: string;
}

interface CodeLine extends Place {
  readonly kind: "code";
  /** `@id ` or nothing. */
  readonly prefix: string;
  readonly id: string | undefined;
  /** Without the blanks at its ends. */
  readonly code: string;
  /** With its `#` or `!`; empty when there is none. */
  readonly comment: string;
  /** The comment stands directly behind a word, which it cuts: it stays there. */
  readonly glued: boolean;
}

export type FormatLine = KeptLine | BlankLine | CommentLine | CodeLine;

/** The daemon reads at most so many bytes as one line (grammar fact 2.1). */
const maxLine = 1022;

export const fits = (text: string): boolean => byteLength(text) <= maxLine;

const blank = /^[ \t]*$/u;
/** Where a definition begins, behind a condition or a sequence as well. */
const definition = /\$[A-Za-z_]\w*=/u;
/** What looks like a mark of a template, whose inside is not ours; a NUL; a brace where the pattern of an include would begin. */
const odd = /\{\{|\{%|<%|\0|include[rmwba]?[{}]/u;
const condition = /^(@[^ \t]*)[ \t]+/u;

export const readLines = (text: string, name = ""): readonly FormatLine[] => {
  const lines: FormatLine[] = [];
  const marking = markingOf(name, text);
  const marked = marksByLine(marking === undefined ? [] : marksIn(text, { ...marking, oneLine: false }));
  let open = false;
  for (const place of places(text)) {
    const marks = marked(place);
    if (marks.length > 0) {
      lines.push(withMarks(place, marks));
      continue;
    }
    const code = place.text.slice(0, commentStart(place.text)).trimEnd();
    // A definition of several lines ends with a line without `\`, or with a blank one.
    const inside: boolean = open;
    const goesOn = place.text.trimEnd().endsWith("\\");
    const comment: boolean = inside && code === "" && place.text.trim() !== "";
    open = comment || ((inside || definition.test(place.text)) && code !== "" && (endsInBackslash(code) || goesOn));
    lines.push(inside || goesOn || code.endsWith("\\") || !fits(place.text) || odd.test(place.text) ? kept(place) : shaped(place));
  }
  return lines;
};

const kept = (place: Place): KeptLine => ({ kind: "kept", ...place });

const withMarks = (place: Place, marks: readonly Mark[]): KeptLine => {
  let code = "";
  let at = place.start;
  for (const { start, end } of marks) {
    code += place.text.slice(at - place.start, Math.max(at, start) - place.start);
    at = Math.min(place.end, Math.max(at, end));
  }
  code += place.text.slice(at - place.start);
  // A mark of several lines does what it does where it ends.
  const steps = marks.flatMap(({ does, end }) =>
    end <= place.end && (does === "open" || does === "middle" || does === "close") ? [does] : [],
  );
  return { kind: "kept", ...place, code: code.slice(0, commentStart(code)).trim(), steps };
};

/** The marks on a line, asked for line after line. */
const marksByLine = (marks: readonly Mark[]): ((place: Place) => readonly Mark[]) => {
  let next = 0;
  return ({ start, end }) => {
    const found: Mark[] = [];
    while (next < marks.length && marks[next]!.start < end) {
      const mark = marks[next]!;
      if (mark.end > start) found.push(mark);
      if (mark.end > end) break;
      next++;
    }
    return found;
  };
};

const shaped = (place: Place): FormatLine => {
  const { text } = place;
  if (blank.test(text)) return { kind: "blank", ...place };
  // What a definition brings may be half a quote: behind it everything stays, the comment too.
  const cut = text.includes("$") && commentStart(text) > text.indexOf("$") ? text.length : commentStart(text);
  const comment = text.slice(cut).trimEnd();
  const before = text.slice(0, cut);
  // A quote that nothing ends holds everything up to the end of the line; whether `\"` ends one differs.
  if (before.split('"').length % 2 === 0 || (before.includes("\\") && before.includes('"'))) return kept(place);
  const whole = before.replace(/^[ \t]+/u, "").replace(/[ \t]+$/u, "");
  if (whole === "") return { kind: "comment", ...place, comment };
  const found = condition.exec(whole);
  const glued = comment !== "" && !/[ \t{}]$/u.test(before);
  const base = { kind: "code", ...place, comment, glued } as const;
  if (found === null) return { ...base, prefix: "", id: undefined, code: whole };
  return { ...base, prefix: `${found[1]!} `, id: found[1]!, code: whole.slice(found[0].length) };
};

/** The lines of a text; a line feed at the very end begins none. */
function* places(text: string): Generator<Place> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    let end = feed < 0 ? text.length : feed;
    while (end > start && text[end - 1] === "\r") end--;
    yield { start, end, text: text.slice(start, end) };
    start = next;
  }
}
