import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ShellParser } from "../../../grammar/shell/grammar.ts";
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Command, SimpleCommand, WordPart } from "../../../grammar/shell/tree.ts";
import { INVALID, VALID } from "./samples.ts";

const only = (text: string): Command => {
  const script = parseShell(text);
  expect(script.problems).toEqual([]);
  expect(script.body).toHaveLength(1);
  return script.body[0]!.command;
};

const simple = (text: string): SimpleCommand => {
  const command = only(text);
  if (command.kind !== "simple") throw new Error(`a simple command expected, ${command.kind} found`);
  return command;
};

/** The second word's parts: `echo WORD`. */
const parts = (word: string): readonly WordPart[] => simple(`echo ${word}`).words[1]!.parts;

test("Chevrotain accepts the rules", () => {
  expect(() => new ShellParser(true)).not.toThrow();
});

describe("what bash -n accepts has no problem", () => {
  test.each(VALID)("%j", (text) => {
    expect(parseShell(text).problems).toEqual([]);
  });
});

describe("what bash -n refuses has one problem, inside the text", () => {
  test.each(INVALID)("%j", (text) => {
    const { problems } = parseShell(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.kind).toBe("syntax");
    expect(problems[0]!.span.end).toBeLessThanOrEqual(text.length);
    expect(problems[0]!.detail).not.toBe("");
  });
});

test("extended globs are words once the script switches them on", () => {
  expect(parseShell("shopt -s extglob\nls !(a|b)").problems).toEqual([]);
});

describe("a problem stands where the mistake is", () => {
  const at = (text: string): string => {
    const [problem] = parseShell(text).problems;
    return text.slice(problem!.span.start, problem!.span.end);
  };
  test("an unexpected word", () => expect(at("if a; then b; done; fi")).toBe("done"));
  test("an unclosed quote, at the quote", () => expect(parseShell("a\necho 'b").problems[0]!.span).toEqual({ start: 7, end: 8 }));
  test("inside a substitution, in offsets of the whole text", () => expect(at("x=$(a; fi)")).toBe("fi"));
  test("an unclosed block names its opener as the other place", () => {
    const [problem] = parseShell("while a; do\n b\n").problems;
    expect(problem!.other).toEqual({ start: 0, end: 5 });
    expect(problem!.detail).toBe("`done` expected, but the script ends");
  });
});

test("a shebang is not a comment", () => {
  const script = parseShell("#!/bin/bash -e\n# a\nb # c\n");
  expect(script.shebang).toEqual({ span: { start: 0, end: 14 }, interpreter: "/bin/bash", argument: "-e" });
  expect(script.comments.map(({ text }) => text)).toEqual(["# a", "# c"]);
});

test("CRLF ends lines and is in no word", () => {
  const script = parseShell("#!/bin/sh\r\nif a; then\r\n  b 'c'\r\nfi\r\n");
  expect(script.problems).toEqual([]);
  expect(script.shebang?.interpreter).toBe("/bin/sh");
  expect(script.body[0]!.command.kind).toBe("if");
});

describe("commands", () => {
  test("assignments, words and redirections are told apart", () => {
    const text = "A=1 B+='x y' cmd -f >out 2>&1 C=3";
    const command = simple(text);
    expect(command.assignments.map(({ name, append, value }) => [name.text, append, text.slice(value.span.start, value.span.end)])).toEqual(
      [
        ["A", false, "1"],
        ["B", true, "'x y'"],
      ],
    );
    expect(command.words.map((word) => word.text)).toEqual(["cmd", "-f", "C=3"]);
    expect(command.redirections.map((one) => [one.descriptor, one.operator, one.target.text])).toEqual([
      [undefined, ">", "out"],
      ["2", ">&", "1"],
    ]);
  });

  test("an array keeps its elements", () => {
    const [assignment] = simple("VIPS=(10.0.0.1 '10.0.0.2' # two\n $x)").assignments;
    if (assignment?.value.kind !== "array") throw new Error("an array expected");
    expect(assignment.value.elements.map(({ text }) => text)).toEqual(["10.0.0.1", "'10.0.0.2'", "$x"]);
  });

  test("an index may hold blanks", () => {
    expect(simple("a[ $i + 1 ]=x").assignments[0]).toMatchObject({ index: " $i + 1 ", name: { text: "a" } });
  });

  test("case: patterns, bodies and their ends", () => {
    const command = only('case "$1" in\nstart|stop) a; b ;;\n*) c\nesac');
    if (command.kind !== "case") throw new Error("a case expected");
    expect(command.subject.text).toBe('"$1"');
    expect(command.arms.map(({ patterns, body, end }) => [patterns.map(({ text }) => text), body.length, end])).toEqual([
      [["start", "stop"], 2, ";;"],
      [["*"], 1, ";;"],
    ]);
  });

  test("&&, || and | bind as in a shell", () => {
    const command = only("a | b && c || ! d");
    expect(
      command.kind === "and-or" && [command.first.kind, command.rest.map(({ operator, command: { kind } }) => [operator, kind])],
    ).toEqual([
      "pipeline",
      [
        ["&&", "simple"],
        ["||", "pipeline"],
      ],
    ]);
  });

  test("& puts only its own command into the background", () => {
    expect(parseShell("a & b; c").body.map(({ background }) => background)).toEqual([true, false, false]);
  });

  test("heredocs: body, quoting, what follows on the line and behind the body", () => {
    const text = "cat <<-'A' <<B | wc\n\tx $y\n\tA\nz $y\nB\necho end\n";
    const script = parseShell(text);
    expect(script.body).toHaveLength(2);
    const pipeline = script.body[0]!.command;
    const cat = pipeline.kind === "pipeline" ? pipeline.commands[0] : undefined;
    const docs = cat?.kind === "simple" ? cat.redirections.map(({ heredoc }) => heredoc!) : [];
    expect(docs.map(({ span, quoted }) => [text.slice(span.start, span.end), quoted])).toEqual([
      ["\tx $y\n", true],
      ["z $y\n", false],
    ]);
    expect(docs.map((doc) => doc.parts.map(({ kind }) => kind))).toEqual([["literal"], ["literal", "parameter", "literal"]]);
  });
});

describe("words", () => {
  test("quotes and backslashes", () => {
    expect(parts(`a\\ b'c d'"e \\$f \\g"$'\\n\\x41'`)).toMatchObject([
      { kind: "literal", value: "a b" },
      { kind: "single-quoted", value: "c d" },
      { kind: "double-quoted", parts: [{ kind: "literal", value: "e $f \\g" }] },
      { kind: "single-quoted", value: "\nA" },
    ]);
  });

  // What bash and dash print: `b  c`, `'b'`, `a}b`.
  test.each([
    ['"${a:+"b  c"}"', [{ kind: "double-quoted", parts: [{ kind: "literal", value: "b  c" }] }]],
    [`"\${a:+'b'}"`, [{ kind: "literal", value: "'b'" }]],
    ['"${a-a\\}b}"', [{ kind: "literal", value: "a}b" }]],
    [`"\${a#'1'}"`, [{ kind: "single-quoted", value: "1" }]],
    ['"${a%.*}"', [{ kind: "literal", value: "." }, { kind: "glob" }]],
  ])("in braces within double quotes: %s", (text, expected) => {
    expect(parts(text)).toMatchObject([
      { kind: "double-quoted", parts: [{ kind: "parameter", name: "a", argument: { parts: expected } }] },
    ]);
  });

  test("a continued line leaves no trace", () => {
    expect(parts("a\\\nb")).toMatchObject([{ kind: "literal", value: "ab" }]);
    expect(parts("a\\\r\nb")).toMatchObject([{ kind: "literal", value: "ab" }]);
    expect(parts("$a\\\nb")).toMatchObject([{ kind: "parameter", name: "ab" }]);
  });

  test.each([
    ["$ip", { name: "ip" }],
    ["${1}", { name: "1" }],
    ["$@", { name: "@" }],
    ["${#a}", { name: "a", prefix: "#" }],
    ["${!a}", { name: "a", prefix: "!" }],
    ["${a[@]}", { name: "a", index: "@" }],
    ["${a:-b c}", { name: "a", operator: ":-" }],
    ["${a%%.*}", { name: "a", operator: "%%" }],
    ["${a/x/y}", { name: "a", operator: "/" }],
    ["${#}", { name: "#" }],
  ])("parameter %s", (text, expected) => {
    expect(parts(text)).toMatchObject([{ kind: "parameter", ...expected }]);
  });

  test("substitutions are parsed at their place", () => {
    const text = 'echo "a $(b $(c))" `d`';
    const [, first, second] = simple(text).words;
    const spans = (list: readonly WordPart[]): readonly string[] =>
      list.flatMap((part) => {
        if (part.kind === "double-quoted") return spans(part.parts);
        if (part.kind !== "command-substitution") return [];
        return part.body.flatMap(({ span, command }) => [
          text.slice(span.start, span.end),
          ...(command.kind === "simple" ? command.words.flatMap((word) => spans(word.parts)) : []),
        ]);
      });
    expect(spans(first!.parts)).toEqual(["b $(c)", "c"]);
    expect(spans(second!.parts)).toEqual(["d"]);
  });

  test("globs, braces, arithmetic, process substitution", () => {
    expect(parts("a*[0-9]").map(({ kind }) => kind)).toEqual(["literal", "glob", "glob"]);
    expect(parts("{1..3}x{a,b}").map(({ kind }) => kind)).toEqual(["braces", "literal", "braces"]);
    expect(parts("$((1 + (2)))")).toMatchObject([{ kind: "arithmetic", expression: "1 + (2)" }]);
    expect(parts("<(a)")).toMatchObject([{ kind: "process-substitution", direction: "<" }]);
    expect(parts("'*' \"{a,b}\"").map(({ kind }) => kind)).toEqual(["single-quoted"]);
  });
});

describe("behind an error reading goes on", () => {
  test("commands inside an unclosed block are kept", () => {
    const { body, problems } = parseShell("if a; then\n  b\n  case x in\n  y) c\n");
    expect(problems).toHaveLength(1);
    const command = body[0]!.command;
    if (command.kind !== "if") throw new Error("an if expected");
    expect(command.arms[0]!.body.map(({ command: { kind } }) => kind)).toEqual(["simple", "case"]);
  });

  test("arms whose `case` is broken stay arms", () => {
    const { body, problems } = parseShell('fu\nnctionscase "$1" in\nstart)\n  a\n  ;;\nstop)\n  b\n  ;;\nesac\nc\n');
    expect(problems).toHaveLength(1);
    expect(problems[0]!.detail).toBe("`)` without a `(`");
    expect(body.map(({ command: { kind } }) => kind)).toEqual(["simple", "simple", "case", "simple"]);
  });
});

/** Every span of a tree: they lie in the text, start before they end. */
const spansOf = (value: unknown): readonly { readonly start: number; readonly end: number }[] => {
  if (typeof value !== "object" || value === null) return [];
  const own =
    "start" in value && "end" in value && typeof value.start === "number" && typeof value.end === "number"
      ? [{ start: value.start, end: value.end }]
      : [];
  return [...own, ...Object.values(value).flatMap(spansOf)];
};

const TOKENS = [
  "if ",
  "then ",
  "fi",
  "case ",
  " in ",
  "esac",
  "do ",
  "done",
  "for ",
  "while ",
  "{ ",
  "}",
  "(",
  ")",
  "((",
  "))",
  "[[ ",
  " ]]",
  "$(",
  "${",
  "`",
  "'",
  '"',
  "$((",
  "<<A",
  "\nA\n",
  ";",
  ";;",
  "&",
  "|",
  "<",
  ">",
  "\\",
  "\n",
  "\r\n",
  "#",
  "=",
  "a=(",
  "x",
  "$x",
  "é",
  "\u{1f600}",
  "\0",
];

describe("any text", () => {
  test("gives a tree with spans inside it, without an exception", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 }).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const script = parseShell(text);
        for (const { start, end } of spansOf(script)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    "(",
    "$(",
    "${",
    "$((",
    '"$(',
    "`",
    "{ ",
    "if a; then ",
    "case x in y) ",
    "a=(",
    "a[",
    "<<A ",
    "[[ ",
    '"${a:-',
    "shopt -s extglob\n@(",
    "f() ",
    "{a,",
    "x) y ;;\n",
  ])("a hundred thousand characters of %j are read in linear time", (piece) => {
    const start = performance.now();
    parseShell(piece.repeat(Math.ceil(100_000 / piece.length)));
    // Quadratic reading would take minutes; the bound leaves room for a busy machine.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test.each([
  ["(", "nothing closes this `(` and"],
  ["{ ", "nothing closes this `{` and"],
  ["if a; then ", "nothing closes this `if` and"],
])("fifty thousand %j that nothing closes are told", (piece, detail) => {
  const syntax = parseShell(piece.repeat(50_000)).problems.find(({ kind }) => kind === "syntax");
  expect(syntax?.detail).toContain(detail);
});

test("fifty thousand groups in each other are more than bash follows; sixty-one are not", () => {
  const nested = (depth: number): string => `${"{ ".repeat(depth)}a${"; }".repeat(depth)}`;
  expect(parseShell(nested(50_000)).problems.map(({ kind }) => kind)).toEqual(["depth", "syntax"]);
  expect(parseShell(nested(100)).problems.map(({ kind }) => kind)).toEqual(["depth"]);
});

test.each(["$(", "$(a ", '"$(a ', "${x:-", "$((", "<("])("fifty thousand %j in each other are told as too deep, closed or not", (piece) => {
  const closing = { "$((": "))", "${x:-": "}", '"$(a ': ')"' }[piece] ?? ")";
  expect(parseShell(`a ${piece.repeat(50_000)}1${closing.repeat(50_000)}\n`).problems.map(({ kind }) => kind)).toEqual(["depth"]);
  expect(parseShell(`a ${piece.repeat(50_000)}\n`).problems).not.toEqual([]);
});

test("parentheses of an expression are told as too deep where bash falls", () => {
  const expression = (depth: number): string => `echo $((${"(".repeat(depth)}1${")".repeat(depth)}))\n`;
  expect(parseShell(expression(500)).problems).toEqual([]);
  expect(parseShell(expression(50_000)).problems.map(({ kind }) => kind)).toEqual(["depth"]);
});

test("what is too deep is not taken for unclosed, and what follows in it is not judged", () => {
  const text = `x=${"$(a ".repeat(62)}b${")".repeat(62)}\nexit 1\n`;
  expect(parseShell(text).problems).toEqual([
    { kind: "depth", span: { start: 242, end: 243 }, detail: "quotes, substitutions or parentheses lie in each other more than 60 deep" },
  ]);
});

test("a text that is longer than any script is not read, but for its first line", () => {
  const script = parseShell(`#!/bin/bash\n${"echo a\n".repeat(300_000)}`);
  expect(script.problems.map(({ kind, detail }) => [kind, detail])).toEqual([
    ["length", "the script has 2100012 characters, and kalint reads 1500000"],
  ]);
  expect(script.shebang?.interpreter).toBe("/bin/bash");
  expect(script.body).toEqual([]);
});

test("a heredoc that never ends, with more parts than a call takes arguments, is read to the end", () => {
  const text = `cat <<EOF\n${"line $x\n".repeat(100_000)}`;
  const [statement] = parseShell(text).body;
  const command = statement!.command as SimpleCommand;
  expect(command.redirections[0]!.heredoc!.span.end).toBe(text.length);
});
