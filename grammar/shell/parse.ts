/**
 * Reading shell text: tokens, the tree of commands, then the parts of every word, and again for every substitution.
 * Any text gives a tree and problems. The first error of a text is reported, as the shell would; behind it reading
 * goes on as well as it can, so that what the script does is still seen, but nothing more is said.
 */
import type { IToken } from "chevrotain";
import type { Span } from "../text.ts";
import { deep, type DraftWord, type Frame, type Pending } from "./build.ts";
import { ShellParser } from "./grammar.ts";
import { MAX_DEPTH, newScan } from "./scan.ts";
import { tokenize, type Tokens } from "./lex.ts";
import * as t from "./tokens.ts";
import type { Comment, Shebang, ShellProblem, ShellScript, Statement, Word } from "./tree.ts";
import { heredocParts, partsOf, type PartsContext } from "./words.ts";

/** A longer text is no script that somebody wrote: reading it would take seconds and hundreds of megabytes. */
const MAX_LENGTH = 1_500_000;

/** How often reading starts again behind an error. */
const MAX_RESTARTS = 40;

let parser: ShellParser | undefined;

/** A list of commands that is still to be read: the script itself or the inside of a substitution. */
interface Job {
  readonly inside: Span;
  readonly body: Statement[];
  readonly depth: number;
  readonly quiet: boolean;
}

/**
 * Parses a shell script. Line ends may be LF or CRLF (what a shell thinks of CRLF is not this parser's business).
 * `bash -n` and this agree on what is an error, except that extended globs are allowed wherever the text switches them on.
 */
export const parseShell = (text: string): ShellScript => {
  if (text.length > MAX_LENGTH) return unread(text);
  const extglob = text.includes("extglob") && /shopt[ \t]+-s[^\n]*extglob/u.test(text);
  const problems: ShellProblem[] = [];
  const comments: Comment[] = [];
  const body: Statement[] = [];
  const scan = newScan(text, extglob);
  const jobs: Job[] = [{ inside: { start: 0, end: text.length }, body, depth: 0, quiet: false }];
  for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
    const { inside, depth, quiet } = job;
    if (depth > MAX_DEPTH) {
      problems.push(deep("substitutions", inside.start));
      continue;
    }
    const within = text.slice(inside.start, inside.end);
    const lexed = tokenize(within, extglob);
    const pending: Pending = {
      text: within,
      base: inside.start,
      extglob,
      words: [],
      expanded: [],
      arrays: [],
      problems: [],
      ...(lexed.tooDeep === undefined ? {} : { tooDeep: lexed.tooDeep }),
    };
    readStatements(pending, lexed, job.body, comments);
    const context = (silent: boolean): PartsContext => ({
      text,
      scan,
      substitution: (span: Span, backquoted: boolean): readonly Statement[] => {
        const statements: Statement[] = [];
        if (span.end > span.start) jobs.push({ inside: span, body: statements, depth: depth + 1, quiet: silent || backquoted });
        return statements;
      },
    });
    const spoken = context(quiet);
    const silent = context(true);
    for (const array of pending.arrays) readArray(pending, array, comments);
    for (const word of pending.words) word.parts = partsOf(spoken, word.span);
    // A body may have more parts than a call takes arguments.
    for (const { parts, span } of pending.expanded) for (const part of heredocParts(silent, span)) parts.push(part);
    if (!quiet) problems.push(...firstOnly(pending.problems));
    else problems.push(...pending.problems.filter((problem) => problem.kind === "depth"));
  }
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  comments.sort((a, b) => a.span.start - b.span.start);
  const shebang = shebangOf(text);
  if (shebang !== undefined && comments[0]?.span.start === 0) comments.shift();
  return { kind: "script", span: { start: 0, end: text.length }, ...(shebang === undefined ? {} : { shebang }), body, comments, problems };
};

const unread = (text: string): ShellScript => {
  const span = { start: 0, end: text.length };
  const shebang = shebangOf(text);
  const problem: ShellProblem = {
    kind: "length",
    span,
    detail: `the script has ${text.length} characters, and kalint reads ${MAX_LENGTH}`,
  };
  return { kind: "script", span, ...(shebang === undefined ? {} : { shebang }), body: [], comments: [], problems: [problem] };
};

const firstOnly = (problems: readonly ShellProblem[]): readonly ShellProblem[] => {
  const first = problems.reduce<ShellProblem | undefined>(
    (best, one) => (best === undefined || one.span.start < best.span.start ? one : best),
    undefined,
  );
  if (first === undefined) return [];
  // Where reading stopped for its depth, what is wrong there is told as well.
  const same = problems.find((one) => one.kind === "syntax" && first.kind === "depth" && one.span.start === first.span.start);
  return same === undefined ? [first] : [first, same];
};

const shebangOf = (text: string): Shebang | undefined => {
  const match = /^#![ \t]*([^ \t\r\n]+)(?:[ \t]+([^\r\n]*))?/u.exec(text);
  if (match === null) return undefined;
  const argument = match[2]?.trimEnd();
  return {
    span: { start: 0, end: match[0].length },
    interpreter: match[1]!,
    ...(argument === undefined || argument === "" ? {} : { argument }),
  };
};

/** The comment at `start`, from where the text `within` stands; a carriage return before the line end is no part of it. */
const commentAt = (within: string, base: number, { start, end }: Span): Comment => {
  const to = within.charCodeAt(end - 1) === 13 ? end - 1 : end;
  return { span: { start: start + base, end: to + base }, text: within.slice(start, to) };
};

const readStatements = (pending: Pending, { tokens, comments: found, tooDeep }: Tokens, body: Statement[], comments: Comment[]): void => {
  parser ??= new ShellParser();
  for (const span of found) comments.push(commentAt(pending.text, pending.base, span));
  if (tooDeep !== undefined) pending.problems.push(deep("quotes, substitutions or parentheses", tooDeep + pending.base));
  let rest = tokens;
  let orphan = -1;
  for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
    parser.begin(pending, body);
    parser.input = rest;
    if (orphan >= 0) parser.orphanArms();
    else parser.script();
    const error = parser.errors[0];
    if (error === undefined && parser.frames.length === 1) return;
    salvage(parser.frames, parser.end);
    if (error === undefined) {
      reportDepth(pending, rest);
      return;
    }
    const at = rest.indexOf(error.token);
    report(pending, error.token, at < 0 ? parser.end : -1, error.message, parser.frames[parser.frames.length - 1]);
    if (at < 0) return;
    const line = error.token.tokenType === t.Close ? armStart(rest, at) : -1;
    if (line >= 0 && !(orphan >= 0 && line === 0)) {
      const start = rest[line]!.startOffset + pending.base;
      while (body.length > 0 && body[body.length - 1]!.span.start >= start) body.pop();
      orphan = 0;
      rest = rest.slice(line);
      continue;
    }
    orphan = -1;
    rest = rest.slice(behind(rest, at));
    if (rest.length === 0) return;
  }
};

/** Hangs the commands that were being read when an error came into each other, so that what they hold is not lost. */
const salvage = (frames: readonly Frame[], end: number): void => {
  for (let i = frames.length - 1; i > 0; i--) {
    const { node, opener } = frames[i]!;
    if (node === undefined) continue;
    const span = { start: opener.start, end: Math.max(end, opener.end) };
    (node as { span: Span }).span = span;
    frames[i - 1]!.list.push({ kind: "statement", span, command: node, background: false });
  }
};

/** bash gives up some thousand levels deep: it ends with 2, or falls. Measured with 5.2: 3,000 `$(` or `if`, 50,000 `(` or `{`. */
const BASH_GIVES_UP = 10_000;

const OPENERS = new Set([t.Open, t.OpenBrace, t.If, t.Do, t.Case]);
const CLOSERS = new Set([t.Close, t.CloseBrace, t.Fi, t.Done, t.Esac]);

/** What can be said of commands that lie too deep to be read, by counting: whether they are closed, and whether bash follows them. */
const beyond = (tokens: readonly IToken[], at: number): string | undefined => {
  let open = 0;
  let deepest = 0;
  for (let i = at; i < tokens.length; i++) {
    const type = tokens[i]!.tokenType;
    // The `)` of a pattern closes nothing.
    if (type === t.Case) return undefined;
    if (OPENERS.has(type)) deepest = Math.max(deepest, ++open);
    else if (CLOSERS.has(type)) open--;
  }
  if (open > MAX_DEPTH) return `nothing closes this ${shownOpener(tokens[at]!)} and ${open - 1} behind it`;
  return deepest > BASH_GIVES_UP
    ? `${deepest} commands lie in each other from this ${shownOpener(tokens[at]!)} on, which is more than bash follows`
    : undefined;
};

const reportDepth = ({ problems, base }: Pending, tokens: readonly IToken[]): void => {
  const span = problems.find(({ kind }) => kind === "depth")?.span;
  if (span === undefined || problems.some(({ kind }) => kind === "syntax")) return;
  const at = tokens.findIndex(({ startOffset }) => startOffset + base >= span.start);
  const detail = at < 0 ? undefined : beyond(tokens, at);
  if (detail !== undefined) problems.push({ kind: "syntax", span, detail });
};

const shownOpener = (token: IToken): string => `\`${token.image.slice(0, 10)}\``;

const report = (pending: Pending, token: IToken, end: number, message: string, frame: Frame | undefined): void => {
  if (pending.problems.some((problem) => problem.kind === "syntax" || message === "too deep")) return;
  const start = end >= 0 ? end : token.startOffset + pending.base;
  const length = token.tokenType === t.Newline ? 1 : token.image.length;
  const span = { start, end: end >= 0 ? end : start + length };
  const open = frame?.node === undefined ? undefined : frame.opener;
  pending.problems.push(
    open === undefined ? { kind: "syntax", span, detail: message } : { kind: "syntax", span, detail: message, other: open },
  );
};

/** Where the line begins whose `)` at `at` could end a pattern of a `case`; -1 when it could not. */
const armStart = (tokens: readonly IToken[], at: number): number => {
  let i = at;
  while (i > 0 && at - i < 20 && (tokens[i - 1]!.tokenType === t.Plain || tokens[i - 1]!.tokenType === t.Pipe)) i--;
  const before = tokens[i - 1]?.tokenType;
  return i < at && (before === undefined || before === t.Newline || before === t.CaseEnd) ? i : -1;
};

const RESUME = new Set([t.Newline, t.Semicolon, t.CaseEnd]);

/** The token at which reading goes on: behind a keyword, else behind the line or list the error lies in. */
const behind = (tokens: readonly IToken[], at: number): number => {
  const type = tokens[at]!.tokenType;
  if (type !== t.Plain && type.CATEGORIES?.includes(t.Word) === true) return at + 1;
  let i = at;
  while (i < tokens.length && !RESUME.has(tokens[i]!.tokenType)) i++;
  return i + 1;
};

/** The elements of an array: words between blanks, line ends and comments; anything else is an error. */
const readArray = (pending: Pending, array: { readonly elements: Word[]; readonly inside: Span }, comments: Comment[]): void => {
  const { base } = pending;
  const text = pending.text.slice(array.inside.start - base, array.inside.end - base);
  const { tokens, comments: found } = tokenize(text, pending.extglob);
  for (const span of found) comments.push(commentAt(text, array.inside.start, span));
  for (const token of tokens) {
    const start = token.startOffset + array.inside.start;
    const span = { start, end: start + token.image.length };
    if (token.tokenType === t.Newline) continue;
    if (token.tokenType !== t.Plain && token.tokenType.CATEGORIES?.includes(t.Word) !== true) {
      pending.problems.push({ kind: "syntax", span, detail: `unexpected \`${token.image.slice(0, 30)}\` in an array` });
      continue;
    }
    const word: DraftWord = { kind: "word", span, text: token.image, parts: [] };
    array.elements.push(word);
    pending.words.push(word);
  }
};
