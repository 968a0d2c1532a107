/**
 * A shell tree as text. Reading the text gives the same tree, but for its spans and comments: every statement stands on a
 * line of its own, quotes and expansions are written from their parts.
 */
import { isPatternOperator } from "./words.ts";
import type { Assignment, Command, Redirection, ShellScript, SimpleCommand, Statement, Word, WordPart } from "./tree.ts";

/** The text of a script. Never throws. */
export const printShell = ({ shebang, body }: Pick<ShellScript, "shebang" | "body">): string => {
  const first = shebang === undefined ? "" : `#!${shebang.interpreter}${shebang.argument === undefined ? "" : ` ${shebang.argument}`}\n`;
  return first + statements(body);
};

/** Heredocs of the line that is being written, whose bodies follow its end. */
type Waiting = string[];

const endOfLine = (waiting: Waiting): string => {
  const bodies = waiting.splice(0);
  // A body whose last line is not ended was cut off by the end of the text, and nothing can follow it.
  const cut = bodies.findIndex((body) => !body.endsWith("\n"));
  return `\n${(cut < 0 ? bodies : bodies.slice(0, cut + 1)).join("")}`;
};

/** Each on a line of its own, the last line ended too. */
const statements = (list: readonly Statement[]): string =>
  list
    .map(({ command: one, background }) => {
      const waiting: Waiting = [];
      return command(one, waiting) + (background ? " &" : "") + endOfLine(waiting);
    })
    .join("");

const command = (node: Command, waiting: Waiting): string => {
  switch (node.kind) {
    case "simple":
      return simple(node, waiting);
    case "pipeline": {
      // Of `! ! a` the tree says only that nothing is negated.
      const prefix = node.timed ? `time ${node.negated ? "! " : ""}` : node.negated ? "! " : node.commands.length < 2 ? "! ! " : "";
      return prefix + node.commands.map((one, i) => (i === 0 ? "" : ` ${node.operators[i - 1]!} `) + command(one, waiting)).join("");
    }
    case "and-or":
      return command(node.first, waiting) + node.rest.map((one) => ` ${one.operator} ${command(one.command, waiting)}`).join("");
    case "coproc":
      return `coproc ${node.name === undefined ? "" : `${node.name.text} `}${command(node.command, waiting)}`;
    case "function":
      return `${node.keyword === undefined ? `${node.name.text} ()` : `function ${node.name.text}`}\n${command(node.body, waiting)}`;
    default:
      return compound(node) + redirections(node.redirections, waiting);
  }
};

type Compound = Exclude<Command, { readonly kind: "simple" | "pipeline" | "and-or" | "coproc" | "function" }>;

const compound = (node: Compound): string => {
  switch (node.kind) {
    case "if":
      return `${node.arms
        .map(({ condition, body }, i) => `${i === 0 ? "if" : "elif"}\n${statements(condition)}then\n${statements(body)}`)
        .join("")}${node.otherwise === undefined ? "" : `else\n${statements(node.otherwise)}`}fi`;
    case "for":
    case "select":
      return `${node.kind} ${node.variable.text}${node.words === undefined ? "" : ` in${words(node.words)}`}\n${loop(node.body)}`;
    case "arithmetic-for":
      return `for ((${node.expression}))\n${loop(node.body)}`;
    case "while":
      return `${node.until ? "until" : "while"}\n${statements(node.condition)}${loop(node.body)}`;
    case "case":
      // The parenthesis keeps a pattern that is called `esac` apart.
      return `case ${word(node.subject)} in\n${node.arms
        .map(({ patterns, body, end }) => `(${patterns.map(word).join(" | ")})\n${statements(body)}${end}\n`)
        .join("")}esac`;
    case "group":
      return `{\n${statements(node.body)}}`;
    case "subshell":
      return `(\n${statements(node.body)})`;
    case "test":
      return `[[${node.words.map(({ text }) => ` ${text}`).join("")} ]]`;
    case "arithmetic-command":
      return `((${node.expression}))`;
  }
};

const loop = (body: readonly Statement[]): string => `do\n${statements(body)}done`;

const simple = ({ assignments, words: list, redirections: more }: SimpleCommand, waiting: Waiting): string => {
  const pieces = [...assignments.map(assignment), ...list.map((one, i) => (i === 0 ? commandName(one) : word(one)))];
  return (pieces.join(" ") + redirections(more, waiting)).replace(/^ /u, "");
};

const KEYWORD = /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|\{|\}|!|time|coproc|\[\[|\]\])$/u;

/** The first word of a command, which must not become a keyword or an assignment. */
const commandName = (one: Word): string => {
  const [first] = one.parts;
  if (first?.kind !== "literal") return word(one);
  const meant = one.parts.length === 1 && KEYWORD.test(first.value);
  const text = word(one);
  return (meant || /^[A-Za-z_][A-Za-z0-9_]*(?:\+?=|\\?\[)/u.test(text)) && !text.startsWith("\\") ? `\\${text}` : text;
};

const assignment = ({ name, index, append, value }: Assignment): string =>
  `${name.text}${index === undefined ? "" : `[${index}]`}${append ? "+" : ""}=${
    value.kind === "array" ? `(${value.elements.map(word).join(" ")})` : word(value)
  }`;

const words = (list: readonly Word[]): string => list.map((one) => ` ${word(one)}`).join("");

const redirections = (list: readonly Redirection[], waiting: Waiting): string =>
  list
    .map(({ descriptor, operator, target, heredoc }) => {
      if (heredoc === undefined) return ` ${descriptor ?? ""}${operator} ${word(target)}`;
      const body = heredoc.quoted ? heredoc.text : heredoc.parts.map((part) => partText(part, "heredoc", heredoc)).join("");
      waiting.push(body === "" || body.endsWith("\n") ? `${body}${delimiterOf(target.text)}\n` : body);
      return ` ${descriptor ?? ""}${operator}${target.text}`;
    })
    .join("");

/** The line that ends a heredoc. */
const delimiterOf = (written: string): string => written.replace(/\\([\s\S])|['"]|\$(?=['"])/gu, "$1");

/** The elements of an array that is an argument (`local a=(…)`) are not read: they stay as they were written. */
const word = (one: Word): string =>
  /^[A-Za-z_]\w*\+?=\(/u.test(one.text) ? one.text : one.parts.map((part) => partText(part, "plain", one)).join("");

/** `inner`: in braces within double quotes or a heredoc, as in words.ts. */
type Mode = "plain" | "double" | "inner" | "heredoc";

/** Where a part was written: what is kept as it is comes from there. */
interface Written {
  readonly span: { readonly start: number };
  readonly text: string;
}

const partText = (part: WordPart, mode: Mode, written: Written): string => {
  switch (part.kind) {
    case "literal":
      return literal(part.value, mode);
    case "single-quoted":
      return part.value.includes("'") ? `$'${part.value.replace(/[\\']/gu, "\\$&")}'` : `'${part.value}'`;
    case "double-quoted":
      return `"${part.parts.map((inner) => partText(inner, "double", written)).join("")}"`;
    case "parameter": {
      const { name, prefix, index, operator, argument } = part;
      const inside = mode === "plain" || isPatternOperator(operator) ? "plain" : "inner";
      const more = argument === undefined ? "" : argument.parts.map((one) => partText(one, inside, argument)).join("");
      return `\${${prefix ?? ""}${name}${index === undefined ? "" : `[${index}]`}${operator ?? ""}${more}}`;
    }
    case "arithmetic":
      return `$((${part.expression}))`;
    case "command-substitution":
      // A backslash in backquotes goes through one more unquoting; they stay as they were written.
      if (part.backquoted) return written.text.slice(part.span.start - written.span.start, part.span.end - written.span.start);
      return `$(\n${statements(part.body)})`;
    case "process-substitution":
      return `${part.direction}(\n${statements(part.body)})`;
    case "glob":
    case "braces":
      return part.text;
  }
};

const literal = (value: string, mode: Mode): string => {
  // A line end in a plain word stands between braces, where it needs no escape and would lose its meaning with one.
  if (mode === "plain") return value.replace(/[^\w./:,+%@^=~\n\u0080-\uffff-]/gu, "\\$&");
  return value.replace(ESCAPED[mode], "\\$&");
};

/** What is written with a backslash where most characters stand for themselves. */
const ESCAPED = {
  double: /[$`"]|\\(?=[$`"\\\n]|$)/gu,
  inner: /[$`"}]|\\(?=[$`"}\\\n]|$)/gu,
  heredoc: /[$`]|\\(?=[$`\\\n]|$)/gu,
};
