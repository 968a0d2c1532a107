/**
 * The TextMate grammar of keepalived.conf, with its lists of keywords taken from the vocabulary. It colours lines, not
 * trees: which keyword is valid where, is the language server's business.
 */
import { allKeywords } from "../grammar/vocabulary/index.ts";
import type { Keyword } from "../grammar/vocabulary/types.ts";

export interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Readonly<Record<string, Pattern>>;
  readonly beginCaptures?: Readonly<Record<string, Pattern>>;
  readonly endCaptures?: Readonly<Record<string, Pattern>>;
  readonly patterns?: readonly Pattern[];
}

export interface Grammar {
  readonly name: string;
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, { readonly patterns: readonly Pattern[] }>>;
}

/** An alternation of words, longest first, so that no word hides a longer one. */
const anyOf = (words: Iterable<string>): string =>
  [...new Set(words)]
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((word) => word.replaceAll(/[.+*?^$()[\]{}|\\]/gu, String.raw`\$&`))
    .join("|");

/** Words begin and end at blanks, quotes and braces; a dash or a dot belongs to the word. */
const wordStart = String.raw`(?<![^\s{}"])`;
const wordEnd = String.raw`(?=[\s{}"#!]|$)`;
/** Where a statement may begin: a line, with its condition, or behind a brace. */
const statementStart = String.raw`(?:^|(?<=[{}]))\s*(@\^?[^\s{}"]+\s+)?`;

const scoped = (name: string): Pattern => ({ name: `${name}.keepalived` });

export const textmateGrammar = (): Grammar => {
  const rows = allKeywords().map(({ keyword }) => keyword);
  const names = (wanted: (keyword: Keyword) => boolean): string =>
    anyOf(rows.filter((row) => !row.name.startsWith("<") && wanted(row)).map(({ name }) => name));
  const values = rows.flatMap(({ args }) => args.flatMap((arg) => arg.values ?? [])).filter((value) => /^[A-Za-z][\w.-]*$/u.test(value));
  const isScript = ({ args }: Keyword): boolean => args.some(({ type }) => type === "script");
  const isOld = ({ removed, deprecated, kind }: Keyword): boolean =>
    kind === "statement" && (removed !== undefined || deprecated !== undefined);
  // A word that is old at one place may be right at another: only what is old everywhere is marked.
  const current = new Set(rows.filter((row) => !isOld(row)).map(({ name }) => name));
  const condition = { 1: scoped("keyword.control.conditional") };

  return {
    name: "keepalived",
    scopeName: "source.keepalived",
    patterns: [
      "comment",
      "definition",
      "include",
      "named-block",
      "block",
      "script",
      "statement",
      "sequence",
      "condition",
      "value",
      "brace",
      "shell",
    ].map((name) => ({ include: `#${name}` })),
    repository: {
      comment: {
        patterns: [
          { match: String.raw`(?<!\\)([#!]).*$`, ...scoped("comment.line"), captures: { 1: scoped("punctuation.definition.comment") } },
        ],
      },
      definition: {
        patterns: [
          {
            match: String.raw`^\s*(\$)([A-Za-z_]\w*)(=)`,
            captures: {
              1: scoped("punctuation.definition.variable"),
              2: scoped("variable.other.definition"),
              3: scoped("keyword.operator.assignment"),
            },
          },
        ],
      },
      include: {
        patterns: [
          {
            match: String.raw`${statementStart}(include[rmwba]?)\s+([^\s#!]+)`,
            captures: { ...condition, 2: scoped("keyword.control.import"), 3: scoped("string.unquoted.path") },
          },
        ],
      },
      "named-block": {
        patterns: [
          {
            match: String.raw`${statementStart}(${names(({ kind }) => kind === "named-block")})${wordEnd}[ \t]*([^\s{}#!"]*)`,
            captures: {
              ...condition,
              2: scoped("keyword.control.block"),
              3: {
                patterns: [
                  { include: "#address" },
                  { match: String.raw`(?<=\s)(?:fwmark|group)$`, ...scoped("keyword.other") },
                  { match: ".+", ...scoped("entity.name.section") },
                ],
              },
            },
          },
        ],
      },
      block: {
        patterns: [
          {
            match: String.raw`${statementStart}(${names(({ kind }) => kind === "block" || kind === "list-block")})${wordEnd}(?=\s*(?:\{|$|[#!]))`,
            captures: { ...condition, 2: scoped("keyword.control.block") },
          },
        ],
      },
      script: {
        patterns: [
          {
            begin: String.raw`${statementStart}(${names(isScript)})${wordEnd}`,
            beginCaptures: { ...condition, 2: scoped("support.type.property-name") },
            end: "$",
            patterns: [
              { include: "#comment" },
              {
                match: String.raw`(")([^"]*)("|$)`,
                ...scoped("string.quoted.double"),
                captures: {
                  1: scoped("punctuation.definition.string.begin"),
                  2: { ...scoped("meta.embedded.shell"), patterns: [{ include: "#variable" }, { include: "source.shell" }] },
                  3: scoped("punctuation.definition.string.end"),
                },
              },
              { include: "#variable" },
              { match: String.raw`/[^\s"{}]+`, ...scoped("string.unquoted.path") },
              { include: "#value" },
              { include: "#brace" },
            ],
          },
        ],
      },
      statement: {
        patterns: [
          {
            match: String.raw`${statementStart}(${names((row) => isOld(row) && !current.has(row.name))})${wordEnd}`,
            captures: { ...condition, 2: scoped("invalid.deprecated") },
          },
          {
            match: String.raw`${statementStart}(${names(({ kind }) => kind === "statement")})${wordEnd}`,
            captures: { ...condition, 2: scoped("support.type.property-name") },
          },
        ],
      },
      sequence: {
        patterns: [
          {
            match: String.raw`^\s*(~(?:SEQ|LST)[A-Z]*)\(([^)]*)\)`,
            captures: { 1: scoped("keyword.control.loop"), 2: { patterns: [{ include: "#value" }] } },
          },
        ],
      },
      condition: { patterns: [{ match: String.raw`^\s*@\^?[^\s{}"]+`, ...scoped("keyword.control.conditional") }] },
      value: {
        patterns: [
          { include: "#string" },
          { include: "#variable" },
          { include: "#address" },
          { match: String.raw`${wordStart}[+-]?(?:0[xX][0-9A-Fa-f]+|\d+(?:\.\d+)?)${wordEnd}`, ...scoped("constant.numeric") },
          { match: String.raw`${wordStart}(?:on|off|true|false|yes|no)${wordEnd}`, ...scoped("constant.language.boolean") },
          { match: String.raw`${wordStart}(?:${anyOf(values)})${wordEnd}`, ...scoped("constant.language") },
          { match: String.raw`${wordStart}(?:${names(({ kind }) => kind === "entry-option")})${wordEnd}`, ...scoped("keyword.other") },
        ],
      },
      string: {
        patterns: [
          {
            begin: '"',
            beginCaptures: { 0: scoped("punctuation.definition.string.begin") },
            // The daemon's strings end with their line.
            end: String.raw`"|$`,
            endCaptures: { 0: scoped("punctuation.definition.string.end") },
            ...scoped("string.quoted.double"),
            patterns: [{ include: "#variable" }],
          },
        ],
      },
      variable: {
        patterns: [
          { match: String.raw`\$\{[A-Za-z_]\w*[^}]*\}`, ...scoped("variable.other") },
          { match: String.raw`\$[A-Za-z_]\w*`, ...scoped("variable.other") },
        ],
      },
      address: {
        patterns: [
          {
            match: String.raw`(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:-\d{1,3})?(?:/\d{1,2})?(?![\w.])`,
            ...scoped("constant.numeric.address"),
          },
          {
            match: String.raw`(?<![\w:.])(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]+(?:/\d{1,3})?(?![\w:.])`,
            ...scoped("constant.numeric.address"),
          },
        ],
      },
      // Never begins. What only captures refer to is not loaded, and the shell of a script must not reach beyond its quotes.
      shell: { patterns: [{ begin: "(?!)", end: "(?!)", patterns: [{ include: "source.shell" }] }] },
      brace: { patterns: [{ match: "[{}]", ...scoped("punctuation.section.block") }] },
    },
  };
};
