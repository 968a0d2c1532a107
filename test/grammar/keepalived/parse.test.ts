import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { parseKeepalived, validateGrammar } from "../../../grammar/keepalived/parse.ts";
import type { Item } from "../../../grammar/keepalived/tree.ts";

/** A tree as an indented list of words: what the parser understood. */
const outline = (items: readonly Item[], indent = ""): string =>
  items
    .map((item) => {
      const words = item.words.map((word) => (word.quoted ? `"${word.text}"` : word.text)).join(" ");
      return item.kind === "statement" ? `${indent}${words}\n` : `${indent}${words} {\n${outline(item.body, `${indent}  `)}${indent}}\n`;
    })
    .join("");

const read = (text: string): { readonly tree: string; readonly problems: readonly string[] } => {
  const { items, problems } = parseKeepalived(text);
  return { tree: outline(items), problems: problems.map(({ kind, span }) => `${kind} at ${text.slice(span.start, span.end)}`) };
};

test("Chevrotain finds nothing wrong with the grammar", () => {
  expect(validateGrammar).not.toThrow();
});

describe("words and comments, as the daemon reads them", () => {
  test("# and ! begin a comment anywhere outside double quotes, also inside a word", () => {
    expect(read("auth_pass ab#cd\nauth_pass ab!cd\nauth_pass \"ab#cd\"\nauth_pass 'ab#cd'\n").tree).toBe(
      'auth_pass ab\nauth_pass ab\nauth_pass "ab#cd"\nauth_pass \'ab\n',
    );
  });
  test("a backslash hides a comment character where the first process reads, and cuts the line elsewhere", () => {
    expect(read("global_defs {\n router_id b\\#c d\\\\#e\n}\n").tree).toBe("global_defs {\n  router_id b#c d\\\\\n}\n");
    expect(read("vrrp_script s {\n script b\\#c d\n user e\n}\n")).toEqual({
      tree: "vrrp_script s {\n  script b\n  user e\n}\n",
      problems: ["escaped-comment at \\#"],
    });
  });
  test("a double quote ends an unquoted word", () => {
    expect(read('a"b c"d\n').tree).toBe('a "b c" d\n');
  });
  test("an unclosed quote takes the rest of the line and is told", () => {
    expect(read('a "b c\nd e\n')).toEqual({ tree: 'a "b c"\nd e\n', problems: ['unterminated-quote at "b c'] });
  });
  test("CR, tabs and form feeds separate words; a no-break space does not", () => {
    expect(read("a\tb\fc\r\nd\u00a0e f\r\n").tree).toBe("a b c\nd\u00a0e f\n");
  });
  test("a missing final newline is fine", () => {
    expect(read("a b")).toEqual({ tree: "a b\n", problems: [] });
  });
});

describe("braces", () => {
  test.each([
    ["at the end of the line", "a b {\n c d\n}\n"],
    ["on the next line, with blank lines and comments between", "a b\n\n# why\n{\n c d\n}\n"],
    ["without spaces", "a b{c d}\n"],
    ["content behind the brace", "a b { c d\n}\n"],
  ])("%s", (_, text) => {
    expect(read(text)).toEqual({ tree: "a b {\n  c d\n}\n", problems: [] });
  });
  test("text behind a closing brace is the next statement", () => {
    expect(read("a {\n b\n} c d\n").tree).toBe("a {\n  b\n}\nc d\n");
  });
  test("a brace in a quoted word is text; a word that is nothing else is told", () => {
    expect(read('a "x{y" b\nc "}z"\n')).toEqual({ tree: 'a "x{y" b\nc "}z"\n', problems: [] });
    expect(read('a "{" b\n')).toEqual({ tree: 'a "{" b\n', problems: ['quoted-brace at "{"'] });
  });
  test("a brace too many is told and the rest is read", () => {
    expect(read("a {\n}\n}\nb c\n")).toEqual({ tree: "a {\n}\nb c\n", problems: ["extra-close at }"] });
  });
  test("a top-level keyword ends the blocks that are still open", () => {
    const text = "vrrp_instance A {\n virtual_ipaddress {\n  10.0.0.1\n}\nvrrp_instance B {\n priority 1\n}\n";
    const { tree, problems } = read(text);
    expect(tree).toBe("vrrp_instance A {\n  virtual_ipaddress {\n    10.0.0.1\n  }\n}\nvrrp_instance B {\n  priority 1\n}\n");
    expect(problems).toEqual(["unclosed-block at vrrp_instance"]);
  });
  test("the block that is open at the end of the file is told with its header", () => {
    const { problems } = parseKeepalived("vrrp_instance A {\n authentication {\n  auth_type PASS\n }\n");
    expect(problems).toEqual([
      { kind: "unclosed-block", span: { start: 0, end: 13 }, detail: "vrrp_instance A", other: { start: 56, end: 56 } },
    ]);
  });
  test("a top-level keyword without its brace still opens its block", () => {
    const { tree, problems } = read("vrrp_instance A\n state MASTER\n}\nvrrp_script c {\n}\n");
    expect(tree).toBe("vrrp_instance A {\n  state MASTER\n}\nvrrp_script c {\n}\n");
    expect(problems).toEqual(["missing-open at vrrp_instance"]);
  });
  test("a brace without a keyword", () => {
    expect(read("{\n a\n}\n").problems).toEqual(["unexpected-open at {"]);
  });
});

describe("hostile text", () => {
  test("a hundred thousand open braces give a tree, in bounded depth", () => {
    const { items, problems } = parseKeepalived("x {\n".repeat(100_000));
    expect(items).toHaveLength(1);
    expect(problems.some(({ kind }) => kind === "too-deep")).toBe(true);
  });
  test("what is nested too deeply does not swallow what follows", () => {
    const text = `${"x {\n".repeat(200)}${"}\n".repeat(200)}vrrp_instance A {\n}\n`;
    expect(parseKeepalived(text).items.map(({ words }) => words[0]?.text)).toEqual(["x", "vrrp_instance"]);
  });

  const pieces = fc.array(
    fc.constantFrom(
      "vrrp_instance",
      "A",
      "{",
      "}",
      "\n",
      " ",
      '"',
      "#",
      "!",
      "\\",
      "virtual_server",
      "10.0.0.1",
      "\t",
      "\r\n",
      "é",
      "\u0000",
      "priority 1\n",
    ),
    { maxLength: 120 },
  );
  test("any text gives a tree whose spans lie inside the text and hold the words", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          pieces.map((parts) => parts.join("")),
        ),
        (text) => {
          const check = (items: readonly Item[], start: number, end: number): void => {
            let at = start;
            for (const item of items) {
              expect(item.span.start).toBeGreaterThanOrEqual(at);
              expect(item.span.end).toBeGreaterThanOrEqual(item.span.start);
              expect(item.span.end).toBeLessThanOrEqual(end);
              for (const { text: word, quoted, span, escaped } of item.words)
                if (escaped !== true) expect(text.slice(span.start, span.end).replace(quoted ? /^"|"$/gu : /$^/u, "")).toBe(word);
              if (item.kind === "block") check(item.body, item.span.start, item.span.end);
              at = item.span.end;
            }
          };
          const { items, problems } = parseKeepalived(text);
          check(items, 0, text.length);
          for (const { span } of problems) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
