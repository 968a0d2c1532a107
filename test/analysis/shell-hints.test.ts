/** What is said of the mistakes that people make in shell scripts: the message, what was opened, and the likely reason. */
import { expect, test } from "vitest";
import { parseShell } from "../../grammar/shell/parse.ts";
import { hintFor } from "../../server/analysis/shell-hints.ts";

const place = (text: string, { start, end }: { readonly start: number; readonly end: number }): string =>
  `${text.slice(0, start).split("\n").length} ${text.slice(start, end)}`;

/** "LINE TEXT: MESSAGE", the opener, the hint. */
const said = (text: string): readonly string[] => {
  const problem = parseShell(text).problems.find(({ kind }) => kind === "syntax");
  if (problem === undefined) return [];
  const hint = hintFor(text, problem);
  return [
    `${place(text, problem.span).trim()}: ${problem.detail}`,
    ...(problem.other === undefined ? [] : [`opened: ${place(text, problem.other)}`]),
    ...(hint === undefined ? [] : [`hint: ${place(text, hint.span)}: ${hint.message}`]),
  ];
};

const ONLY_AT_START = "only counts where a command begins: put `;` or a line end before it";

test.each<[string, string, readonly string[]]>([
  ["no fi", "if a; then\n  b\n", ["2: `fi` expected, but the script ends", "opened: 1 if"]],
  ["no fi in a function", "f() {\n  if a; then\n    b\n}\n", ["4 }: `fi` expected, `}` found", "opened: 2 if"]],
  ["no done", "while read l; do\n  a\n", ["2: `done` expected, but the script ends", "opened: 1 while"]],
  ["no done before a fi", "if a; then\n for x in 1; do\n  b\nfi\n", ["4 fi: `done` expected, `fi` found", "opened: 2 for"]],
  [
    "no esac",
    "case $1 in\n a) b ;;\n c) d ;;\necho x\n",
    [
      "4 x: `)` expected, `x` found",
      "opened: 1 case",
      "hint: 1 case: the `esac` of this `case` is missing: a line without `)` begins no arm",
    ],
  ],
  ["no brace", "f() {\n  a\n", ["2: `}` expected, but the script ends", "opened: 1 {"]],
  ["a brace too many", "f() {\n a\n}\n}\n", ["4 }: `}` without a `{`"]],
  [
    "a quote that lacks its end, far above",
    'a="x\nb "y" c\nd\n',
    [
      '2 ": nothing closes this double quote',
      'hint: 1 ": the quote that begins here is closed lines later, in front of a word: one is missing in this line',
    ],
  ],
  [
    "an apostrophe",
    "echo it's fine\necho done\n",
    [
      "1 ': nothing closes this single quote",
      "hint: 1 ': an apostrophe begins a quoted text: put the words into double quotes, or write \\'",
    ],
  ],
  ["no do", "while true\n  a\ndone\n", ["3 done: `do` expected, `done` found", "opened: 1 while"]],
  ["no do of a for", "for x in a b; echo $x; done\n", ["1 echo: `do` expected, `echo` found", "opened: 1 for"]],
  [
    "do behind a word",
    "while true do\n  a\ndone\n",
    ["3 done: `do` expected, `done` found", "opened: 1 while", `hint: 1 do: \`do\` ${ONLY_AT_START}`],
  ],
  ["no then", "if [ a = b ]\n echo x\nfi\n", ["3 fi: `then` expected, `fi` found", "opened: 1 if"]],
  [
    "then behind a word",
    "if a then b; fi\n",
    ["1 fi: `then` expected, `fi` found", "opened: 1 if", `hint: 1 then: \`then\` ${ONLY_AT_START}`],
  ],
  ["a parenthesis too many", "echo a )\n", ["1 ): `)` without a `(`"]],
  [
    "a parenthesis in a word",
    "echo a (b)\n",
    ["1 (: `;` or a line end expected, `(` found", "hint: 1 (: a parenthesis that is part of a word is quoted"],
  ],
  [
    "an array with blanks",
    "a = (1 2)\n",
    ["1 (: `;` or a line end expected, `(` found", "hint: 1 (: an array is assigned without blanks around the `=`"],
  ],
  [
    "the end of a heredoc is indented",
    "if a; then\ncat <<EOF\nx\n  EOF\nfi\n",
    [
      "2: `fi` expected, but the script ends",
      "opened: 1 if",
      "hint: 4   EOF: this does not end the heredoc: `EOF` must stand at the start of its line (`<<-` allows tabs before it)",
    ],
  ],
  [
    "blanks follow the end of a heredoc",
    "f() {\ncat <<'EOF'\nx\nEOF \n}\n",
    ["2: `}` expected, but the script ends", "opened: 1 {", "hint: 4 EOF: this does not end the heredoc: blanks follow `EOF`"],
  ],
  [
    "else if",
    "if a; then b\nelse if c; then d\nfi\n",
    [
      "3: `fi` expected, but the script ends",
      "opened: 1 if",
      "hint: 2 else if: `else if` begins another `if`, which needs a `fi` of its own: `elif` does not",
    ],
  ],
  [
    "elseif",
    "if a; then b\nelseif c; then d\nfi\n",
    ["2 then: `fi` expected, `then` found", "opened: 1 if", "hint: 2 elseif: `elseif` is no word of the shell: it is `elif`"],
  ],
  [
    "an empty branch",
    "if a; then\nfi\n",
    ["2 fi: a command expected, `fi` found", "hint: 2 fi: nothing stands before it; `:` is the command that does nothing"],
  ],
  [
    "[[ closed by ]",
    "if [[ $a == b ]; then c; fi\n",
    [
      "1 [[: nothing closes this `[[`: its condition is not complete",
      "hint: 1 [[: `[[` is closed by `]]`, and `[` by `]`: here one was mixed with the other",
    ],
  ],
  [
    "no ;;",
    "case x in a) b\n c) d ;; esac\n",
    ["2 ): `esac` expected, `)` found", "opened: 1 case", "hint: 2 ): the arm above must end with `;;`"],
  ],
  [
    "&& at the start of a line",
    "a\n&& b\n",
    ["2 &&: `&&` without a command before it", "hint: 2 &&: to go on with the line above, it stands at the end of that line"],
  ],
  ["two bars", "a | | b\n", ["1 |: a command expected, `|` found"]],
  [";; outside", "a ;; b\n", ["1 ;;: `;;` outside of a `case`"]],
  ["& and ;", "a &; b\n", ["1 ;: `;` without a command before it", "hint: 1 ;: `&` ends a command itself"]],
  ["a substitution", "x=$(a b\necho y\n", ["1 $: nothing closes this `$(`"]],
  ["a parameter", "x=${a\necho y\n", ["1 $: nothing closes this `${`"]],
  ["a backquote", "x=`a\necho y\n", ["1 `: nothing closes this backquote"]],
  ["a redirection to nothing", "a >\nb\n", ["1: a word expected, line end found"]],
  ["done alone", "a\ndone\n", ["2 done: `done` without a `do`"]],
  ["fi alone", "a\nfi\n", ["2 fi: `fi` without an `if`"]],
  ["no in", "case $x\n a) b;; esac\n", ["2 a: `in` expected, `a` found", "opened: 1 case"]],
  ["no body", "f()\necho a\n", ["2 echo: a function's body in `{ }` expected, `echo` found", "opened: 1 f"]],
  [
    "} behind a word",
    "if true; then { a } fi\n",
    ["1: `}` expected, but the script ends", "opened: 1 {", `hint: 1 }: \`}\` ${ONLY_AT_START}`],
  ],
])("%s", (_, text, lines) => expect(said(text)).toEqual(lines));
