/** Compound commands, assignments and redirections that dash does not have. */
import type { Assignment, Command, FunctionDefinition, Pipeline, Redirection, TestCommand } from "../../../../grammar/shell/tree.ts";
import { type Bashism, differs, fails, refused, stops } from "./bashism.ts";

const notRead = "cannot be read: dash stops there with status 2";

/** The bash constructs of a command itself, not of its words or of commands inside. */
export const ofSyntax = (command: Command, text: string): readonly Bashism[] => {
  const { span } = command;
  const head = (length: number): Bashism["span"] => ({ start: span.start, end: Math.min(span.start + length, span.end) });
  switch (command.kind) {
    case "simple":
      return [...command.assignments.flatMap(ofAssignment), ...ofRedirections(command.redirections, command.words[0]?.text === "exec")];
    case "pipeline":
      return ofBars(command, text);
    case "function":
      return [...ofFunction(command, text), ...ofRedirections(command.redirections)];
    case "test":
      return [ofTest(command), ...ofRedirections(command.redirections)];
    case "arithmetic-command":
      return [
        {
          kind: "((",
          span: head(2),
          name: "`(( … ))`",
          // `(( x > 3 ))` is `x >3` in two subshells.
          does: /[<>]/u.test(command.expression)
            ? "runs a command of that name, with a redirection for each `<` and `>`"
            : "runs a command of that name, which nobody has (status 127)",
          instead: /^\s*\w+\s*(?:\+\+|--|[-+*/]?=(?!=))/u.test(command.expression)
            ? "write `name=$((name + 1))`"
            : 'write `[ "$((…))" -ne 0 ]`',
          outcome: /[<>]/u.test(command.expression) ? differs : fails(127),
        },
        ...ofRedirections(command.redirections),
      ];
    case "arithmetic-for":
      return [
        {
          kind: "for ((",
          span: head(3),
          name: "`for (( … ))`",
          does: notRead,
          instead: 'write `i=0; while [ "$i" -lt N ]; do …; i=$((i + 1)); done`',
          outcome: refused,
        },
      ];
    case "select":
      return [
        { kind: "select", span: head(6), name: "`select`", does: notRead, instead: "write `while read -r answer`", outcome: refused },
      ];
    case "coproc":
      return [
        {
          kind: "coproc",
          span: head(6),
          name: "`coproc`",
          does: command.command.kind === "simple" ? "is a command that nobody has (status 127)" : notRead,
          instead: "use `mkfifo`",
          outcome: command.command.kind === "simple" ? fails(127) : refused,
        },
      ];
    case "case":
      return [
        ...command.arms.flatMap(({ end, span: arm }): readonly Bashism[] =>
          end === ";;"
            ? []
            : [
                {
                  kind: ";&",
                  span: { start: arm.end - end.length, end: arm.end },
                  name: `\`${end}\``,
                  does: notRead,
                  instead: "repeat the commands in both arms, or put them into a function",
                  outcome: refused,
                },
              ],
        ),
        ...ofRedirections(command.redirections),
      ];
    case "and-or":
      return [];
    default:
      return ofRedirections(command.redirections);
  }
};

const ofTest = ({ span, words }: TestCommand): Bashism => {
  const operators = words.map(({ text }) => text);
  const matches = operators.includes("=~");
  const patterns = operators.some((operator) => operator === "==" || operator === "=" || operator === "!=");
  const unread =
    operators.some((one) => one === "(" || one === ")") || words.some((word, i) => operators[i - 1] === "=~" && /[()|]/u.test(word.text));
  const redirects = operators.some((one) => one === "<" || one === ">");
  return {
    kind: "[[",
    span: { start: span.start, end: span.start + 2 },
    name: "`[[`",
    does: unread
      ? notRead
      : redirects
        ? "is a command that nobody has, and `<` and `>` read and write files"
        : "is a command that nobody has: status 127, which counts as false",
    instead: matches ? "write `case … in` or `grep -Eq`" : patterns ? "write `[ … ]`, and `case … in` for a pattern" : "write `[ … ]`",
    outcome: unread ? refused : redirects ? differs : fails(127),
  };
};

const ofFunction = ({ name, keyword, body, span }: FunctionDefinition, text: string): readonly Bashism[] => {
  if (keyword !== undefined) {
    const between = text.slice(name.span.end, body.span.start);
    const parentheses = between.includes("(");
    // `function f` on a line of its own is a command with an argument; the group behind it runs at once.
    const command = !parentheses && between.includes("\n") && body.kind === "group";
    return [
      {
        kind: "function",
        span: keyword,
        name: `\`function ${name.text}\``,
        does: command ? "defines nothing: the body runs at once, and each call ends with 127" : notRead,
        instead: `write \`${name.text}() {\``,
        outcome: command ? differs : refused,
        ...(NAME.test(name.text)
          ? {
              replacement: [
                { span: { start: span.start, end: name.span.start }, text: "" },
                ...(parentheses ? [] : [{ span: { start: name.span.end, end: name.span.end }, text: "()" }]),
              ],
            }
          : {}),
      },
    ];
  }
  return NAME.test(name.text)
    ? []
    : [
        {
          kind: "function name",
          span: name.span,
          name: `the function name \`${name.text}\``,
          does: notRead,
          instead: "name it with letters, digits and `_`",
          outcome: refused,
        },
      ];
};

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;

const ofBars = ({ commands, operators }: Pipeline, text: string): readonly Bashism[] =>
  operators.flatMap((operator, i): readonly Bashism[] => {
    if (operator === "|") return [];
    const start = text.indexOf("|&", commands[i]!.span.end);
    const span = { start, end: start + 2 };
    return [
      {
        kind: "|&",
        span,
        name: "`|&`",
        does: notRead,
        instead: "write `2>&1 |`",
        outcome: refused,
        replacement: [{ span, text: "2>&1 |" }],
      },
    ];
  });

const ofAssignment = ({ span, name, index, append, value }: Assignment): readonly Bashism[] => {
  if (value.kind === "array")
    return [
      {
        kind: "array",
        span,
        name: `the array ${name.text}`,
        does: notRead,
        instead: "keep the words in `set -- …` or in a list with blanks",
        outcome: refused,
      },
    ];
  if (index !== undefined)
    return [
      {
        kind: "array element",
        span,
        name: `\`${name.text}[…]=\``,
        does: "is no assignment but a command that nobody has (status 127)",
        instead: "use a variable for each",
        outcome: fails(127),
      },
    ];
  if (!append) return [];
  const operator = { start: name.span.end, end: name.span.end + 2 };
  return [
    {
      kind: "+=",
      span: { start: span.start, end: operator.end },
      name: `\`${name.text}+=\``,
      does: "is no assignment but a command that nobody has (status 127)",
      instead: `write \`${name.text}="$${name.text}…"\``,
      outcome: fails(127),
    },
  ];
};

const ofRedirections = (redirections: readonly Redirection[], exec = false): readonly Bashism[] =>
  redirections.flatMap(({ descriptor, operator, target, span }): readonly Bashism[] => {
    if (operator === "<<<")
      return [
        {
          kind: "<<<",
          span,
          name: `\`<<<\``,
          does: notRead,
          instead: `write \`printf '%s\\n' ${target.text.length > 30 ? "…" : target.text} |\` before the command`,
          outcome: refused,
        },
      ];
    if (operator === "&>" || operator === "&>>")
      return [
        {
          kind: "&>",
          span,
          name: `\`${operator}\``,
          does: "sends the command into the background, so that it counts as success at once, and empties the file",
          instead: `write \`${operator.slice(1)}${target.text} 2>&1\``,
          outcome: { kind: "fails", status: 0 },
          replacement: [{ span, text: `${operator.slice(1)}${target.text} 2>&1` }],
        },
      ];
    if (operator === ">&" && descriptor === undefined && !/^(?:\d+-?|-|\$.*)$/su.test(target.text))
      return [
        {
          kind: ">&",
          span,
          name: `\`>& ${target.text}\``,
          does: "ends the script with status 2 (Bad fd number)",
          instead: `write \`>${target.text} 2>&1\``,
          outcome: refused,
          replacement: [{ span, text: `>${target.text} 2>&1` }],
        },
      ];
    if (descriptor?.startsWith("{") === true)
      return [
        {
          kind: "{fd}",
          span,
          name: `\`${descriptor}${operator}\``,
          does: exec ? "ends the script with status 127" : "is an argument of the command",
          instead: "write the number of the descriptor",
          outcome: exec ? stops(127) : differs,
        },
      ];
    if (/^\/dev\/(?:tcp|udp)\//u.test(target.text))
      return [
        {
          kind: "/dev/tcp",
          span,
          name: `\`${operator}${target.text}\``,
          does: "is a file that does not exist: the command does not run (status 2)",
          instead: "use `nc -z` or `curl`",
          outcome: fails(2),
        },
      ];
    return [];
  });
