/**
 * How the daemon reads, fact by fact; the numbers are those of the project's list of facts. What a version does
 * differently was tried with keepalived 2.2.7 and 2.4.3.
 */
import { describe, expect, test } from "vitest";
import { splitCommandLine } from "../../../grammar/keepalived/command-words.ts";
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { Item } from "../../../grammar/keepalived/tree.ts";
import { expanded, filesOf, linesOf, problemsOf } from "./files.ts";
import { expand } from "../../../grammar/keepalived/expand.ts";

const old = { version: "2.2.7" };
const words = (text: string): readonly (readonly string[])[] =>
  parseKeepalived(text).items.map((item) => item.words.map((word) => word.text));
const problems = (text: string): readonly string[] => parseKeepalived(text).problems.map(({ kind }) => kind);
const outline = (items: readonly Item[]): unknown =>
  items.map((item) => {
    const header = item.words.map((word) => word.text).join(" ");
    return item.kind === "statement" ? header : { [header]: outline(item.body) };
  });
const tree = (text: string): unknown => outline(parseKeepalived(text).items);

describe("2 lines", () => {
  const long = `router_id ${"a".repeat(1100)}`;
  test("2.1 of a line of more than 1,022 bytes the beginning is dropped, or it is two lines", () => {
    const rest = "a".repeat(long.length - 1023);
    expect(linesOf(`${long}\nkw\n`)).toEqual([rest, "kw"]);
    expect(problemsOf(`${long}\nkw\n`)).toEqual(["line-too-long"]);
    expect(linesOf(`${long}\nkw\n`, old)).toEqual([long.slice(0, 1023), rest, "kw"]);
  });
  test("2.1 bytes are counted, not characters", () => {
    expect(problemsOf(`# ${"a".repeat(1020)}\nkw\n`)).toEqual([]);
    expect(problemsOf(`# ${"é".repeat(510)}\nkw\n`)).toEqual([]);
    expect(problemsOf(`# ${"é".repeat(511)}\nkw\n`)).toEqual(["line-too-long"]);
    expect(problemsOf(`# ${"😀".repeat(256)}\nkw\n`)).toEqual(["line-too-long"]);
  });
  test("2.1 bytes that are no UTF-8 count once", () => {
    expect(problemsOf(`# ${"\udcff".repeat(1020)}\nkw\n`)).toEqual([]);
  });
  test("2.2 a NUL drops its line, or ends it", () => {
    expect(linesOf("a b\0c\nd\n")).toEqual(["d"]);
    expect(linesOf("a b\0c\nd\n", old)).toEqual(["a b", "d"]);
    expect(problemsOf("a b\0c\nd\n")).toEqual(["nul-in-line"]);
  });
  test("2.2 a carriage return at the end is no part of the last word, nor of a value", () => {
    expect(linesOf("$A=1\r\nx ${A}2\r\n")).toEqual(["x 12"]);
    expect(words("a b\r\nc\r\n")).toEqual([["a", "b"], ["c"]]);
  });
  test("2.2 a byte order mark is part of the first word", () => {
    expect(words("\ufeffvrrp_script x\n")).toEqual([["\ufeffvrrp_script", "x"]]);
    expect(linesOf("\ufeff$A=1\nx ${A}\n")).toEqual(["\ufeff$A=1".trim(), "x ${A}"]);
  });
  test("2.3 form feeds part words, but only blanks and tabs may stand before a directive", () => {
    expect(words("a\fb\vc\n")).toEqual([["a", "b", "c"]]);
    expect(linesOf("\t @n kept\n\f@n not looked at\n", { configId: "n" })).toEqual(["kept", "@n not looked at"]);
  });
  test("2.4 an empty line ends a multi-line definition; one of blanks or a comment does not", () => {
    expect(linesOf("$M= \\\n a \\\n\n b\n$M\n")).toEqual(["b", "a"]);
    expect(linesOf("$M= \\\n a \\\n  \n# c\n b\n$M\n")).toEqual(["a", "b"]);
  });
  test("2.5 a backslash at the end continues nothing", () => {
    expect(words("interface \\\neth0\n")).toEqual([["interface", "\\"], ["eth0"]]);
  });
  test("2.5 the backslash becomes part of the last word", () => {
    expect(linesOf("interface \\\nkw \\ # c\n")).toEqual(["interface\\", "kw \\ # c"]);
  });
  test("2.6 a line is one statement", () => {
    expect(words("state MASTER interface eth0\n")).toEqual([["state", "MASTER", "interface", "eth0"]]);
  });
});

describe("3 comments", () => {
  test("3.1, 3.2 outside double quotes, also inside a word; single quotes do not protect", () => {
    expect(words("a b#c\nd \"e#f\" g!h\ni 'j # k'\n")).toEqual([
      ["a", "b"],
      ["d", "e#f", "g"],
      ["i", "'j"],
    ]);
  });
  test("3.3 escaped, a comment character lives in global_defs only", () => {
    expect(tree("global_defs {\n router_id a\\#b\\!c\n}\nvrrp_script x {\n script a\\!b c\n user d\n}\n")).toEqual([
      { global_defs: ["router_id a#b!c"] },
      { "vrrp_script x": ["script a", "user d"] },
    ]);
  });
  test("3.3 before the first version with a copy it lives everywhere", () => {
    const [block] = parseKeepalived("vrrp_script x {\n script a\\#b\n}\n", "2.1.5").items;
    expect(outline([block!])).toEqual([{ "vrrp_script x": ["script a#b"] }]);
  });
  test("3.3 what went through a definition has lost its backslash", () => {
    expect(linesOf("$A=x\\#y\nk ${A} z\nk $A\\#q ${A}\n")).toEqual(["k x", "k $A"]);
  });
  test("3.4 any other backslash stays", () => {
    expect(words("a\\b \\c\n")).toEqual([["a\\b", "\\c"]]);
  });
  test("3.5 an odd number of quotes is told, and reading goes on", () => {
    expect(problems('a "b\nc d\n')).toEqual(["unterminated-quote"]);
    expect(words('a "b\nc d\n')).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });
  test("a backslash hides a quote from the search for comments, though not from the words", () => {
    expect(words('script "echo \\"a # b\\" c"\nd\n')).toEqual([["script", "echo \\", "a", "#", "b\\", " c"], ["d"]]);
    expect(problems('x "a\\"b # c\n')).toEqual(["unterminated-quote"]);
  });
  test("before 2.4.0 a backslash at the end of a comment stays behind", () => {
    expect(linesOf("# c:\\dir\\\nkw\n", old)).toEqual(["\\", "kw"]);
    expect(linesOf("# c:\\dir\\\nkw\n")).toEqual(["# c:\\dir\\", "kw"]);
  });
});

describe("4 quoting", () => {
  test("4.1 a quote ends a word, without escapes; quotes go", () => {
    expect(words('VI"_1" "" a"b c"d "x\\"\n')).toEqual([["VI", "_1", "", "a", "b c", "d", "x\\"]]);
  });
  const split = (text: string, escapes = true): readonly string[] => splitCommandLine(text, { escapes }).words.map((word) => word.text);
  test("4.2 commands: both quotes protect and pieces join; in the first split backslashes stay", () => {
    expect(split("script '/bin/x a' user", false)).toEqual(["script", "/bin/x a", "user"]);
    expect(split("a\"b c\"'d e'f", false)).toEqual(["ab cd ef"]);
    expect(split('script "sh -c \\"a b\\" c"', false)).toEqual(["script", 'sh -c \\"a b\\" c']);
  });
  test("4.3 escapes", () => {
    expect(split("\\a\\t\\x41\\x4g\\101\\cA\\E\\q\\'")).toEqual(["\u0007\tA\u0004gA\u0001\u001bq'"]);
    expect(split("\\x414")).toEqual(["A4"]);
    expect(splitCommandLine("\\x4142", { escapes: true, longHex: true }).words[0]?.text).toBe("B");
  });
  test.each([
    ["x 'a b", 2, "'"],
    ['x "a', 2, '"'],
    ["x a\\", 3, "\\"],
  ])("4.4 %s is broken", (text, at, character) => {
    expect(splitCommandLine(text, { escapes: true }).broken).toEqual({ at, character });
  });
});

describe("5 braces", () => {
  test("5.1, 5.2 they need no blanks, and may stand on the next line", () => {
    const expected = [{ "vrrp_script x": ["script a"] }, "b c"];
    for (const text of ["vrrp_script x{script a}b c\n", "vrrp_script x\n# why\n\n{\nscript a\n} b c\n", "vrrp_script x { script a }\nb c"])
      expect(tree(text)).toEqual(expected);
  });
  test("5.1 what stands behind a brace is a line of its own: for directives too", () => {
    expect(linesOf("a { @n b\n@m x\n} $A=1\n{ include i.conf\nc ${A}\n", { configId: "n" })).toEqual(["a {", "b", "}", "{", "c 1"]);
    expect(linesOf({ "main.conf": "a { include i.conf\n}\n", "i.conf": "b\n" })).toEqual(["a {", "b", "}"]);
    expect(linesOf("a { b } ~SEQ(N, 2) c $N\n")).toEqual(["a { b }", "c 1", "c 2"]);
  });
  test("5.1 not inside quotes", () => {
    expect(linesOf('a "{ @n b"\n')).toEqual(['a "{ @n b"']);
  });
  test("5.5 a block keyword without brace has its content all the same, at any depth", () => {
    expect(tree("vrrp_instance A\n priority 1\n}\nvrrp_script s {\n}\n")).toEqual([
      { "vrrp_instance A": ["priority 1"] },
      { "vrrp_script s": [] },
    ]);
    const nested =
      "vrrp_instance A {\n authentication\n  auth_type PASS\n  auth_pass x\n }\n virtual_ipaddress\n  10.0.0.1\n }\n priority 1\n}\n";
    expect(tree(nested)).toEqual([
      { "vrrp_instance A": [{ authentication: ["auth_type PASS", "auth_pass x"] }, { virtual_ipaddress: ["10.0.0.1"] }, "priority 1"] },
    ]);
    expect(problems(nested)).toEqual(["missing-open", "missing-open"]);
  });
  test("5.5 not when the next brace belongs to the block around", () => {
    const text = "vrrp_instance A {\n virtual_ipaddress\n priority 1\n}\nvrrp_script s {\n}\n";
    expect(tree(text)).toEqual([{ "vrrp_instance A": ["virtual_ipaddress", "priority 1"] }, { "vrrp_script s": [] }]);
    expect(problems(text)).toEqual([]);
  });
  test("5.6, 5.7 a brace behind a statement or an unknown word takes its content along, and no more", () => {
    expect(tree("vrrp_instance A {\n interface e {\n  x\n }\n what {\n y\n }\n priority 1\n}\n")).toEqual([
      { "vrrp_instance A": [{ "interface e": ["x"] }, { what: ["y"] }, "priority 1"] },
    ]);
  });
  test("5.8 a brace too many, one too few", () => {
    expect(problems("a {\n}\n}\n")).toEqual(["extra-close"]);
    expect(problems("a {\n b {\n }\n")).toEqual(["unclosed-block"]);
    expect(tree("vrrp_instance A {\n virtual_ipaddress {\n 10.0.0.1\n}\nvrrp_instance B {\n}\n")).toEqual([
      { "vrrp_instance A": [{ virtual_ipaddress: ["10.0.0.1"] }] },
      { "vrrp_instance B": [] },
    ]);
  });
  test("5.9 a word that is a quoted brace and nothing else", () => {
    expect(problems('a "x{"\nb "{"\n"}"\n')).toEqual(["quoted-brace", "quoted-brace"]);
  });
});

describe("7 conditional lines", () => {
  const at = (text: string, configId?: string, version?: string): readonly string[] =>
    linesOf(text, { ...(configId === undefined ? {} : { configId }), ...(version === undefined ? {} : { version }) });
  test("7.1 are kept for their id, or for all others", () => {
    expect(at("@a x\n@b y\n@^a z\n@^b q\n", "a")).toEqual(["x", "q"]);
  });
  test("7.3 need something behind the id; @ alone has none; @! is a comment; in the middle it is text", () => {
    expect(at("@a\n@ a x\n@!a y\nz @a q\n", "a")).toEqual(["z @a q"]);
    expect(words("@!a y\nz\n")).toEqual([["@"], ["z"]]);
  });
  test("7.4 a second prefix is text, and before 2.4.0 one only where a definition was replaced", () => {
    expect(at("$A=1\n@a @^b x\n@a @^b y${A}\n", "a")).toEqual(["@^b x", "@^b y1"]);
    expect(at("$A=1\n@a @^b x\n@a @^b y${A}\n@a @b z${A}\n", "a", "2.2.7")).toEqual(["@^b x", "y1"]);
  });
  test("7.5 before definitions, sequences and braces; definitions are not replaced in ids", () => {
    expect(at("@a $X=1\n@b $X=2\n@a ~SEQ(N, 2) k $N\n@a v {\n@a }\nx ${X}\n@$X y\n", "a")).toEqual(["k 1", "k 2", "v {", "}", "x 1"]);
  });
  test("are older than definitions, and @^ is not", () => {
    expect(at("@a x\n@^b y\n", "a", "1.3.0")).toEqual(["x"]);
    expect(at("@a x\n", "a", "1.2.24")).toEqual(["@a x"]);
  });
});

describe("8 definitions", () => {
  test("8.1 names, blanks, quotes, empty values", () => {
    expect(linesOf('  $_a1= Q # c\nx ${_a1}\n$E=\ny_${E}_z\n$B =1\n$1a=Z\n$Q="a b"\nk_${Q}\n')).toEqual([
      "x Q",
      "y__z",
      "$B =1",
      "$1a=Z",
      'k_"a b"',
    ]);
  });
  test("8.2 hold from there on, in reading order, and may change", () => {
    expect(linesOf({ "main.conf": "a ${Z}\ninclude i\nb ${Z}\n$Z=3\nc ${Z}\n", i: "$Z=2\n" })).toEqual(["a ${Z}", "b 2", "c 3"]);
  });
  test("8.3, 8.4 without braces only before a blank, a comma, a parenthesis or the end", () => {
    expect(linesOf("$A=1\nx $A.y $A,$A) $A/2 ${A}z $A\n")).toEqual(["x $A.y 1,1) $A/2 1z 1"]);
  });
  test("8.5 values are expanded at their use", () => {
    expect(linesOf("$A=1\n$B=x$A\nk ${B}\n$A=2\nk ${B}\n")).toEqual(["k x1", "k x2"]);
  });
  test("8.5 one that names itself fills the line, two that name each other never end", () => {
    const [line] = linesOf("$A=x$A\nk_${A}\n");
    expect(line).toMatch(/^k_x{900,1020}\$A$/u);
    expect(problemsOf("$A=x$A\nk_${A}\n")).toEqual(["line-full"]);
    expect(problemsOf("$A=${B}\n$B=${A}\nk ${A}\nk ${A}\n")).toEqual(["definition-loop"]);
  });
  test("8.6 a line has at most 1,023 bytes after replacement", () => {
    const half = `$A=${"a".repeat(500)}\n`;
    expect(linesOf(`${half}k \${A}\${A}\n`)[0]).toHaveLength(1002);
    expect(linesOf(`${half}k \${A}\${A}\${A}\n`)).toEqual([`k ${"a".repeat(1000)}\${A}`]);
    expect(problemsOf(`${half}k \${A}\${A}\${A}\n`)).toEqual(["line-full"]);
  });
  test("8.7 several lines replace a use at the end of its line only", () => {
    const text = "$M=a \\ # c\n b \\\n c\n";
    expect(linesOf(`${text}x $M\n`)).toEqual(["x a", "b", "c"]);
    expect(linesOf(`${text}x \${M} y\n`)).toEqual(["x ${M} y"]);
    expect(expanded(`${text}x \${M} y\n`).uses).toMatchObject([{ name: "M", left: "multi-line" }]);
    expect(linesOf("$M= \\\n  a \\\n  b\nx {\n $M\n}\n")).toEqual(["x {", "a", "b", "}"]);
  });
  test("8.7 a later one line takes the place of several", () => {
    expect(linesOf("$M= \\\n a \\\n b\n$M=c\n$M\n")).toEqual(["c"]);
  });
  test("8.8 they nest, with definitions and sequences inside", () => {
    expect(linesOf("$I=a\n$M= \\\n  m $I \\\n  $I=b\n$N=\\\n n { \\\n $M \\\n ~SEQ(V, 2) s $V \\\n }\n$N\nz ${I}\n")).toEqual([
      "n {",
      "m a",
      "s 1",
      "s 2",
      "}",
      "z b",
    ]);
  });
  test("8.9 parameters are for predefined names", () => {
    expect(linesOf("$A=1\nx ${A 1}\n")).toEqual(["x ${A 1}"]);
    expect(expanded("$A=1\nx ${A 1}\n").uses).toMatchObject([{ name: "A", left: "parameters" }]);
  });
  test("a blank before the closing brace leaves the brace behind", () => {
    expect(linesOf("$A=x\nk_${A }y\n")).toEqual(["k_x}y"]);
  });
  test("8.10 predefined names, which may be redefined", () => {
    expect(linesOf("a ${_PWD}/x ${_INSTANCE} ${_HASH} b\nc${_BANG}d\n$_PWD=/p\ne ${_PWD}\n", { configId: "n" })).toEqual([
      "a /etc/keepalived/x n",
      "c",
      "e /p",
    ]);
  });
  test("8.10 what only the running daemon knows stays unknown, without braces in the text", () => {
    expect(linesOf("a ${_RANDOM 1 9}b ${_ENV HOME} $_RANDOM\n")).toEqual(["a $_RANDOMb $_ENV $_RANDOM"]);
    expect(linesOf("a ${_INSTANCE}\n")).toEqual(["a $_INSTANCE"]);
  });
  test("8.10 wrong parameters are told, also where the daemon says nothing (before 2.4.0); _ENV is no name before", () => {
    expect(problemsOf("a ${_RANDOM x}\nb ${_RANDOM 9 1}\nc ${_RANDOM 1 2 3}\nd ${_ENV}\n")).toEqual([
      "definition-parameters",
      "definition-parameters",
      "definition-parameters",
      "environment-name-missing",
    ]);
    expect(linesOf("a ${_RANDOM x}\nd ${_ENV A}\n", old)).toEqual(["a ${_RANDOM x}", "d ${_ENV A}"]);
    expect(problemsOf("a ${_RANDOM x}\n", old)).toEqual(["definition-parameters"]);
    expect(expanded("d ${_ENV A}\n", old).uses).toMatchObject([{ name: "_ENV" }]);
  });
  test("before 1.4.0 there are none", () => {
    expect(linesOf("$A=1\nx ${A}\n", { version: "1.3.9" })).toEqual(["$A=1", "x ${A}"]);
  });
});

describe("9 sequences", () => {
  test("9.1, 9.8 only at the start of a line; other words with ~ pass as they are", () => {
    expect(linesOf("$A=1\na ~SEQ(N, 2) x\n~FOO(1) ${A}\n")).toEqual(["a ~SEQ(N, 2) x", "~FOO(1) ${A}"]);
  });
  test.each([
    ["~SEQ(V, 3)", ["1", "2", "3"]],
    ["~SEQ(V, -2)", ["-1", "-2"]],
    ["~SEQ(V,0)", ["1", "0"]],
    ["~SEQ(V, )", ["1", "0"]],
    ["~SEQ(V, 3, 1)", ["3", "2", "1"]],
    ["~SEQ(V, 5, -2, 1)", ["5", "3", "1"]],
    ["~SEQ(V, 1, 2, 6)", ["1", "3", "5"]],
    ["~SEQ( V , 0x0f, 020 )", ["15", "16"]],
    ["~SEQ(V 1,3)", ["0", "1", "2", "3"]],
    ["~SEQx(V, 9, 11)", ["9", "a", "b"]],
    ["~LST(V, a, b,, c)", ["a", "b", "", "c"]],
    ["~LST({V}, {a}, b)", ["a", "b"]],
  ])("9.2, 9.3, 9.6 %s", (header, values) => {
    expect(linesOf(`${header} k_\${V}_\n`)).toEqual(values.map((value) => `k_${value}_`));
  });
  test("9.2 numbers may be definitions", () => {
    expect(linesOf("$N=2\n~SEQ(V, 1, $N) k ${V}\n~SEQ(V, ${N}) l $V\n")).toEqual(["k 1", "k 2", "l 1", "l 2"]);
  });
  test.each([
    "~SEQ(V, 1, 0, 5)",
    "~SEQ(V, 1, -1, 5)",
    "~SEQ(V, 08)",
    "~SEQ(V, x)",
    "~SEQ(V)",
    "~SEQ(V, 1, 2, 3, 4)",
    "~SEQ(V, 1",
    "~SEQ V",
    "~SEQx(V, -1, 2)",
    `~SEQ(V, 1${" ".repeat(70)})`,
    "~LST(V)",
    "~LST({A,B}, {1,2,3})",
    "~LST(V, a b)",
    "~LST(V, a",
    "~LST({A, {1})",
  ])("9.2, 9.3, 9.6 %s is dropped and told", (header) => {
    expect(linesOf(`${header} k\nend\n`)).toEqual(["end"]);
    expect(problemsOf(`${header} k\nend\n`)).toEqual(["sequence-invalid"]);
  });
  test("9.4 the variable keeps its last value", () => {
    expect(linesOf("~SEQ(V, 2) k $V\nx ${V}\n")).toEqual(["k 1", "k 2", "x 2"]);
  });
  test("9.5 they nest, the inner fastest; the text may have several lines", () => {
    expect(linesOf("~LST(A, x, y) ~SEQ(B, 2) k ${A}${B}\n")).toEqual(["k x1", "k x2", "k y1", "k y2"]);
    expect(linesOf("$T= \\\n a${V} { \\\n }\n~SEQ(V, 2) $T\n")).toEqual(["a1 {", "}", "a2 {", "}"]);
  });
  test("9.6 missing values are empty", () => {
    expect(linesOf("~LST({A,B}, {1,x}, {2}, 3) k_${A}_${B}_\n")).toEqual(["k_1_x_", "k_2__", "k_3__"]);
  });
  test("an invalid ~LST makes the daemon lose the next sequence", () => {
    expect(problemsOf("~LST(V) a\n~SEQ(V, 2) b\n~SEQ(V, 2) c\n")).toEqual(["sequence-invalid", "sequence-lost"]);
    expect(problemsOf("~SEQ(V) a\n~SEQ(V, 2) b\n")).toEqual(["sequence-invalid"]);
  });
  test("9.7 a sequence from a definition works before 2.4.0", () => {
    const text = "$S=~SEQ(V, 2) k ${V}\n$S\n";
    expect(linesOf(text, old)).toEqual(["k 1", "k 2"]);
    expect(linesOf(text)).toEqual(["~SEQ(V, 2) k ${V}"]);
  });
  test("came in with 2.0.9, ~SEQx and ~LST with 2.1.0", () => {
    expect(linesOf("~SEQ(V, 2) k $V\n~LST(V, a) l\n", { version: "2.0.20" })).toEqual(["k 1", "k 2", "~LST(V, a) l"]);
    expect(linesOf("~SEQ(V, 2) k\n", { version: "2.0.8" })).toEqual(["~SEQ(V, 2) k"]);
  });
});

describe("10 includes", () => {
  const files = { a: "in a\n", b: "in b\n" };
  test("10.1, 10.7 six forms, alone it is a keyword; blocks may go through files", () => {
    expect(linesOf({ ...files, "main.conf": "include a\nincludew b\nincludex a\ninclude\ninclude  \n" })).toEqual([
      "in a",
      "in b",
      "includex a",
      "include",
      "include",
    ]);
    expect(linesOf({ "main.conf": "include open\n}\n", open: "v {\n" })).toEqual(["v {", "}"]);
    expect(linesOf({ ...files, "main.conf": "includer a\n" }, { version: "2.1.5" })).toEqual(["includer a"]);
  });
  test("10.2 the rest of the line is one pattern", () => {
    for (const line of ['include "a"', "include a b"])
      expect(expanded({ ...files, "main.conf": `${line}\n` }).includes).toMatchObject([{ pattern: line.slice(8), matches: { files: [] } }]);
    expect(linesOf({ ...files, "main.conf": "$F=a\ninclude ${F}\ninclude {a,b}\n" })).toEqual(["in a", "in a", "in b"]);
  });
  const failures = (line: string): readonly string[] =>
    expanded({ ...files, "main.conf": `${line}\n` }).includes.flatMap((include) =>
      include.failures.map(({ kind, enforced }) => `${kind}${enforced ? "!" : ""}`),
    );
  test.each([
    ["missing", "none", { include: "", r: "", m: "!", b: "", w: "!", a: "!" }],
    ["no-match", "none*", { include: "", r: "", m: "", b: "", w: "!", a: "!" }],
    ["alternative-missing", "{a,none}", { include: "", r: "", m: "", b: "!", w: "", a: "!" }],
  ])("10.3 %s: which forms make it an error", (kind, pattern, enforced) => {
    for (const [letter, mark] of Object.entries(enforced))
      expect([letter, failures(`include${letter.length === 1 ? letter : ""} ${pattern}`)]).toEqual([letter, [`${kind}${mark}`]]);
  });
  test("10.3 an alternative that must exist keeps the others out", () => {
    expect(linesOf({ ...files, "main.conf": "includem {a,none}\n" })).toEqual(["in a"]);
    expect(linesOf({ ...files, "main.conf": "includeb {a,none}\n" })).toEqual([]);
  });
  test("10.3, 10.8 an executable file is told", () => {
    const { includes } = expand("main.conf", filesOf({ ...files, "main.conf": "include a\nincluder a\n" }, ["a"]));
    expect(includes.map((include) => include.failures)).toMatchObject([
      [{ kind: "unreadable", enforced: false }],
      [{ kind: "unreadable", enforced: true }],
    ]);
  });
  test("10.4 include_check sets what later includes are held to, up to the end of its file", () => {
    expect(failures("global_defs {\n include_check\n}\ninclude none")).toEqual(["missing!"]);
    expect(failures("include_check read\ninclude none\ninclude_check +match\ninclude none\ninclude_check -match\ninclude none")).toEqual([
      "missing",
      "missing!",
      "missing",
    ]);
    const { includes } = expanded({ "main.conf": "include i\ninclude none\n", i: "include_check\ninclude none\n" });
    expect(includes.flatMap((include) => include.failures.map(({ enforced }) => enforced))).toEqual([true, false]);
  });
  test("10.5 names are seen from the including file", () => {
    const seen: string[] = [];
    expand("main.conf", {
      read: (file) => ({ kind: "text", text: file === "main.conf" ? "include d/x\n" : file === "d/x" ? "include y\n" : "" }),
      find: (pattern, from) => (seen.push(`${pattern} from ${from}`), { wildcard: false, files: pattern === "d/x" ? ["d/x"] : [] }),
    });
    expect(seen).toEqual(["d/x from main.conf", "y from d/x"]);
  });
  test("10.6 a circle is told with its files; forty deep is read, sixty is not", () => {
    expect(expanded({ "main.conf": "include a\n", a: "include b\n", b: "include a\n" }).problems).toMatchObject([
      { kind: "include-cycle", detail: "a", files: ["a", "b"] },
    ]);
    const chain = (length: number): Record<string, string> => ({
      "main.conf": "include f1\n",
      ...Object.fromEntries(Array.from({ length }, (_, i) => [`f${i + 1}`, i + 1 === length ? "end\n" : `include f${i + 2}\n`])),
    });
    expect(linesOf(chain(40))).toEqual(["end"]);
    expect(problemsOf(chain(60))).toEqual(["include-depth"]);
  });
  test("an include that does not begin its line is read twice from 2.2.0 on", () => {
    const contents = { ...files, "main.conf": "$I=include a\n$A=a\n$I\nv { include a\n@^x include a\ninclude ${A}\n" };
    expect(expanded(contents).includes.map(({ readTwice }) => readTwice)).toEqual([true, true, true, false]);
    expect(expanded(contents, { version: "2.1.5" }).includes.some(({ readTwice }) => readTwice)).toBe(false);
  });
  test("lines of definitions and rounds of sequences come before those of a file that was just included", () => {
    expect(linesOf({ ...files, "main.conf": "$M=include a \\\n m\n$M\n~LST(F, a, b) include ${F}\n" })).toEqual([
      "m",
      "in a",
      "in b",
      "in a",
    ]);
  });
});
