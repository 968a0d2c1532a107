import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { expand, type ConfigFiles, type Expansion } from "../../../grammar/keepalived/expand.ts";
import { siteOf } from "../../../grammar/text.ts";

/** Files by name; a pattern with `*` matches by prefix and suffix, names are relative to nothing. */
const filesOf = (contents: Readonly<Record<string, string>>): ConfigFiles => ({
  read: (file) => {
    const text = contents[file];
    return text === undefined ? { kind: "unreadable", reason: "there is no such file" } : { kind: "text", text };
  },
  find: (pattern) => {
    const [start, end] = pattern.split("*");
    const wildcard = end !== undefined;
    return {
      wildcard,
      files: Object.keys(contents).filter((name) => (wildcard ? name.startsWith(start!) && name.endsWith(end) : name === pattern)),
    };
  },
});

const expanded = (contents: Readonly<Record<string, string>> | string, id?: string): Expansion =>
  expand("main.conf", filesOf(typeof contents === "string" ? { "main.conf": contents } : contents), id);

const lines = (contents: Parameters<typeof expanded>[0], id?: string): readonly string[] =>
  expanded(contents, id)
    .text.text.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

describe("a file without directives", () => {
  test("is its own expansion, to the byte", () => {
    const text = "vrrp_instance A { # x\r\n priority 1\n}";
    expect(expanded(text).text).toEqual({
      text,
      segments: [{ start: 0, file: "main.conf", fileStart: 0, fileEnd: text.length, literal: true }],
    });
  });
});

describe("definitions", () => {
  test("are replaced in braces anywhere, without braces before a space, comma, parenthesis or line end", () => {
    expect(lines("$A=10.0.0\n$B=eth0\nx ${A}.1/24 dev $B\ny $A.2\nz $B,$B\n")).toEqual(["x 10.0.0.1/24 dev eth0", "y $A.2", "z eth0,eth0"]);
  });
  test("hold any text: quotes, half words, braces", () => {
    expect(lines('$Q="a b"\n$O=vrrp_script x {\nscript $Q\n$O\n}\n')).toEqual(['script "a b"', "vrrp_script x {", "}"]);
  });
  test("are expanded at their use", () => {
    expect(lines("$A=$B\n$B=1\nx $A\n$B=2\ny $A\n")).toEqual(["x 1", "y 2"]);
  });
  test("over several lines replace a use at the end of its line, further lines follow", () => {
    expect(lines("$M=track_script { \\\n chk \\\n }\nvrrp_instance A {\n $M\n}\n")).toEqual([
      "vrrp_instance A {",
      "track_script {",
      "chk",
      "}",
      "}",
    ]);
  });
  test("that nobody made stay as text and are told", () => {
    const { text, uses } = expanded("x $NOBODY\n");
    expect(text.text.trim()).toBe("x $NOBODY");
    expect(uses).toMatchObject([{ name: "NOBODY" }]);
    expect(uses[0]!.definition).toBeUndefined();
  });
  test("in a comment are left alone", () => {
    expect(expanded("$A=1\n# $A\nx # $A\n").uses).toEqual([]);
  });
  test("that lead in a circle end, and are told", () => {
    expect(expanded("$A=$B\n$B=$A\nx $A\n").problems.map(({ kind }) => kind)).toEqual(["definition-loop"]);
    expect(expanded("$A=x$A y\nx ${A}\n").problems.map(({ kind }) => kind)).toEqual(["line-full"]);
  });
  test("that double each other end in bounded time", () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `$L${i}=\${L${i + 1}} \\\n \${L${i + 1}}\n`).join("");
    const { problems } = expanded(`${doubling}$L40=z\n\${L0}\n`);
    expect(problems.length).toBeGreaterThan(0);
  });
  test("_HASH brings in a comment, _INSTANCE the configuration id", () => {
    expect(lines("$A=1\nx ${_HASH} gone\nrouter_id ${_INSTANCE}\n", "n1")).toEqual(["x", "router_id n1"]);
  });
});

describe("@id lines", () => {
  const text = "@n1 priority 150\n@n2 priority 100\n@^n1 nopreempt\n  @n1   state MASTER\n";
  test("are kept for their id", () => {
    expect(lines(text, "n1")).toEqual(["priority 150", "state MASTER"]);
    expect(lines(text, "n2")).toEqual(["priority 100", "nopreempt"]);
  });
  test("without an id only the negated ones stay", () => {
    expect(lines(text)).toEqual(["nopreempt"]);
  });
  test("may hold definitions, includes and blocks", () => {
    const contents = {
      "main.conf": "@a $P=1\n@b $P=2\n@a include x.conf\n@b vrrp_instance V {\n@b }\npriority $P\n",
      "x.conf": "from x\n",
    };
    expect(lines(contents, "a")).toEqual(["from x", "priority 1"]);
    expect(lines(contents, "b")).toEqual(["vrrp_instance V {", "}", "priority 2"]);
  });
  test("are told with their ids", () => {
    expect(expanded(text).conditions.map(({ id, negated, kept }) => `${negated ? "^" : ""}${id} ${kept}`)).toEqual([
      "n1 false",
      "n2 false",
      "^n1 true",
      "n1 false",
    ]);
  });
});

describe("includes", () => {
  test("put files in place, in order, with their own positions", () => {
    const contents = { "main.conf": "a\ninclude d/*.conf\nz\n", "d/1.conf": "b one\n", "d/2.conf": "b two\n" };
    const { text, files } = expanded(contents);
    expect(lines(contents)).toEqual(["a", "b one", "b two", "z"]);
    expect(files).toEqual(["main.conf", "d/1.conf", "d/2.conf"]);
    const at = text.text.indexOf("two");
    expect(siteOf(text, { start: at, end: at + 3 })).toEqual({ file: "d/2.conf", span: { start: 2, end: 5 } });
  });
  test("that find nothing are told, not invented", () => {
    const { includes } = expanded("include gone.conf\nincludea also*.conf\n");
    expect(includes.map(({ variant, pattern, matches }) => [variant, pattern, matches.files.length])).toEqual([
      ["include", "gone.conf", 0],
      ["includea", "also*.conf", 0],
    ]);
  });
  test("may lead in a circle, once", () => {
    const { problems } = expanded({ "main.conf": "include a.conf\n", "a.conf": "x\ninclude main.conf\n" });
    expect(problems.map(({ kind, detail, site }) => [kind, detail, site.file])).toEqual([["include-cycle", "main.conf", "a.conf"]]);
  });
  test("included and includeX are keywords of nobody", () => {
    expect(lines("included x\nincludex y\ninclude\n")).toEqual(["included x", "includex y", "include"]);
  });
});

describe("~SEQ and ~LST", () => {
  test("repeat a line with their variables", () => {
    expect(lines("~SEQ(N, 3) 10.0.0.${N}\n~SEQ(N, 5, -2, 1) $N\n~SEQx(H, 9, 11) $H\n")).toEqual([
      "10.0.0.1",
      "10.0.0.2",
      "10.0.0.3",
      "5",
      "3",
      "1",
      "9",
      "a",
      "b",
    ]);
    expect(lines("~LST({N,P}, {a,1}, {b,2}) real ${N} $P\n")).toEqual(["real a 1", "real b 2"]);
  });
  test("nest, the inner one fastest", () => {
    expect(lines("~SEQ(A, 2) ~SEQ(B, 2) ${A}.$B\n")).toEqual(["1.1", "1.2", "2.1", "2.2"]);
  });
  test("that cannot end are told", () => {
    expect(expanded("~SEQ(N, 1, 0, 5) x\n").problems).toMatchObject([{ kind: "sequence-invalid" }]);
    expect(expanded("~SEQ(N, 999999999) x $N\n").problems).toMatchObject([{ kind: "sequence-limit" }]);
  });
});

describe("origins", () => {
  test("a composed word stands at its use and tells the definition", () => {
    const { text } = expanded("$NET=10.0.0\n  ${NET}.5/24 dev eth0\n");
    const at = text.text.indexOf("10.0.0.5/24");
    expect(siteOf(text, { start: at, end: at + "10.0.0.5/24".length })).toEqual({
      file: "main.conf",
      span: { start: 14, end: 25 },
      via: { kind: "definition", name: "NET", site: { file: "main.conf", span: { start: 5, end: 11 } } },
    });
  });

  const part = fc.constantFrom(
    "$A=1\n",
    "$B=${A}x\n",
    "x $A y\n",
    "z ${B}\n",
    "@n ",
    "@^n ",
    "q\n",
    "# c $A\n",
    "$M=a \\\n b\n",
    "$M\n",
    "~SEQ(N, 2) s ${N}\n",
    "include i.conf\n",
    "{\n",
    "}\n",
    "~LST(L,a) $L\n",
  );
  test("any mixture gives segments that cover the text, and literal ones hold what the file says", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.constantFrom(undefined, "n"), (parts, id) => {
        const contents: Record<string, string> = { "main.conf": parts.join(""), "i.conf": "included $A\n" };
        const { text } = expanded(contents, id);
        let previous = -1;
        text.segments.forEach((segment, index) => {
          expect(segment.start).toBeGreaterThanOrEqual(previous);
          previous = segment.start;
          const end = text.segments[index + 1]?.start ?? text.text.length;
          const held = text.text.slice(segment.start, end).replace(/\n$/u, "");
          if (segment.literal) expect(contents[segment.file]!.slice(segment.fileStart, segment.fileStart + held.length)).toBe(held);
        });
      }),
      { numRuns: 400 },
    );
  });
});
