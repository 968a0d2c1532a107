/** Parts of words that dash reads otherwise. */
import type { Parameter, Word, WordPart } from "../../../../grammar/shell/tree.ts";
import type { Span } from "../../../../grammar/text.ts";
import { type Bashism, differs, refused, stops } from "./bashism.ts";

/** What dash thinks of the parts of a word, not of commands inside. `assigned`: names that the script gives values itself. */
export const ofWord = (word: Word, text: string, assigned: ReadonlySet<string>): readonly Bashism[] =>
  word.parts.flatMap((part) => ofPart(part, text, assigned));

const ofPart = (part: WordPart, text: string, assigned: ReadonlySet<string>): readonly Bashism[] => {
  const { span } = part;
  switch (part.kind) {
    case "double-quoted":
      return [...(text[span.start] === "$" ? [translated(span)] : []), ...part.parts.flatMap((inner) => ofPart(inner, text, assigned))];
    case "single-quoted":
      return text[span.start] === "$"
        ? [
            {
              kind: "$'",
              span,
              name: "`$'…'`",
              does: "is a dollar sign with the text behind it, escapes unread",
              instead: "write `$(printf '…')`, or the character itself between quotes",
              outcome: differs,
            },
          ]
        : [];
    case "parameter":
      return ofParameter(part, assigned);
    case "arithmetic":
      return text[span.start + 1] === "["
        ? [
            {
              kind: "$[",
              span,
              name: "`$[ … ]`",
              does: "is text and nothing is counted",
              instead: "write `$(( … ))`",
              outcome: differs,
              replacement: [
                { span: { start: span.start, end: span.start + 2 }, text: "$((" },
                { span: { start: span.end - 1, end: span.end }, text: "))" },
              ],
            },
          ]
        : ofArithmetic(part.expression, span, assigned);
    case "process-substitution":
      return [
        {
          kind: "<(",
          span: { start: span.start, end: span.start + 2 },
          name: `\`${part.direction}( … )\``,
          does: "cannot be read: dash stops there with status 2",
          instead: part.direction === "<" ? "pipe the command into the other, or write to a file" : "pipe into the command",
          outcome: refused,
        },
      ];
    case "command-substitution": {
      const [only] = part.body;
      const command = only?.command;
      const file = part.body.length === 1 && command?.kind === "simple" && command.words.length + command.assignments.length === 0;
      const target = file && command.redirections.length === 1 ? command.redirections[0]! : undefined;
      return target?.operator === "<" && target.descriptor === undefined
        ? [
            {
              kind: "$(<",
              span,
              name: `\`$(<${target.target.text})\``,
              does: "is empty",
              instead: `write \`$(cat ${target.target.text})\``,
              outcome: differs,
              replacement: [{ span: { start: target.span.start, end: target.target.span.start }, text: "cat " }],
            },
          ]
        : [];
    }
    case "braces":
      return [
        {
          kind: "{a,b}",
          span,
          name: `\`${part.text}\``,
          does: "is one word, braces and all",
          instead: part.text.includes("..") ? "write `$(seq …)` or the words" : "write the words one by one",
          outcome: differs,
        },
      ];
    case "literal":
    case "glob":
      return [];
  }
};

const translated = (span: Span): Bashism => ({
  kind: '$"',
  span,
  name: '`$"…"`',
  does: "is a dollar sign with the text behind it",
  instead: 'write `"…"`',
  outcome: differs,
  replacement: [{ span: { start: span.start, end: span.start + 1 }, text: "" }],
});

/** Variables that bash keeps itself, and what says the same elsewhere. */
const OWN: Readonly<Record<string, string>> = {
  RANDOM: "`$(shuf -i 0-32767 -n 1)`",
  SECONDS: "`$(date +%s)`, and subtract",
  UID: "`$(id -ru)`",
  EUID: "`$(id -u)`",
  HOSTNAME: "`$(hostname)`",
  HOSTTYPE: "`$(uname -m)`",
  MACHTYPE: "`$(uname -m)`",
  OSTYPE: "`$(uname -s)`",
  GROUPS: "`$(id -G)`",
  EPOCHSECONDS: "`$(date +%s)`",
  FUNCNAME: "the name itself",
  BASHPID: "`$$`",
  BASH_SOURCE: '`"$0"`',
  BASH_LINENO: "`$LINENO`",
  PIPESTATUS: "`$?` behind each command, with files instead of pipes",
  DIRSTACK: "`$PWD`",
};

const unset = (name: string, span: Span): Bashism => ({
  kind: `$${name}`,
  span,
  name: `$${name}`,
  does: "is empty: dash does not set it",
  instead: `take ${OWN[name]!}`,
  outcome: differs,
});

const OPERATIONS: Readonly<Record<string, string>> = {
  "/": "write `$(printf '%s' \"$name\" | sed …)`, or `${name%…}` and `${name#…}`",
  ":": "write `$(printf '%s' \"$name\" | cut -c …)`, or `${name%…}` and `${name#…}`",
  "^": "write `$(printf '%s' \"$name\" | tr '[:lower:]' '[:upper:]')`",
  ",": "write `$(printf '%s' \"$name\" | tr '[:upper:]' '[:lower:]')`",
  "@": "write the text as it is wanted",
};

const ofParameter = ({ span, name, index, prefix, operator, argument }: Parameter, assigned: ReadonlySet<string>): readonly Bashism[] => {
  const bad = (kind: string, shown: string, instead: string): readonly Bashism[] => [
    { kind, span, name: shown, does: "ends the script with status 2 (Bad substitution)", instead, outcome: stops(2) },
  ];
  const own = Object.hasOwn(OWN, name) && !assigned.has(name);
  if (index !== undefined)
    return bad(
      "${a[",
      `\`\${${prefix ?? ""}${name}[…]}\``,
      own ? `take ${OWN[name]!}` : 'keep the words in `set -- …` and use `$1`, `"$@"`',
    );
  if (prefix === "!") return bad("${!", `\`\${!${name}}\``, `write \`eval "value=\\$$${name}"\`, where the name is your own`);
  if (operator === undefined || prefix === "#") return own && operator === undefined ? [unset(name, span)] : [];
  const written = `${operator}${argument?.text ?? ""}`;
  const instead = OPERATIONS[operator[0]!];
  if (instead !== undefined && !/^:[-=?+]/u.test(operator))
    return bad(
      `\${${operator[0]!}`,
      `\`\${${name}${written.length > 30 ? `${written.slice(0, 30)}…` : written}}\``,
      instead.replaceAll("name", name),
    );
  return own && !/^:?[-=?+]/u.test(operator) ? [unset(name, span)] : [];
};

const ofArithmetic = (expression: string, span: Span, assigned: ReadonlySet<string>): readonly Bashism[] => {
  if (expression.length > 300) return [];
  const stop = (kind: string, name: string, instead: string): readonly Bashism[] => [
    { kind, span, name, does: "ends the script with status 2 (arithmetic expression)", instead, outcome: stops(2) },
  ];
  if (/[A-Za-z0-9_]\s*(?:\+\+|--)(?!\s*[A-Za-z0-9_$(])/u.test(expression))
    return stop("$((++", `\`${/\+\+/u.test(expression) ? "++" : "--"}\` in \`$((${expression}))\``, "write `name=$((name + 1))`");
  if (/\*\*/u.test(expression)) return stop("$((**", `\`**\` in \`$((${expression}))\``, "multiply");
  if (/(?:^|[^A-Za-z0-9_${])[0-9]+#/u.test(expression)) return stop("$((#", `the base in \`$((${expression}))\``, "write `0x…` or `0…`");
  const random = /(?:^|[^A-Za-z0-9_{])(?:RANDOM|SECONDS)\b/u.exec(expression)?.[0].replace(/^\W/u, "");
  return random === undefined || assigned.has(random) || expression.includes(`$${random}`) ? [] : [unset(random, span)];
};
