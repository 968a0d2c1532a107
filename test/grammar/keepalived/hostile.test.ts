/** Any text, edits of valid ones, and texts made to cost much: no exception, places that lie inside, bounded work. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expand, type Expansion } from "../../../grammar/keepalived/expand.ts";
import { parseKeepalived } from "../../../grammar/keepalived/parse.ts";
import type { Item } from "../../../grammar/keepalived/tree.ts";
import { isLiteral, siteOf, type Site } from "../../../grammar/text.ts";
import { filesOf } from "./files.ts";

const versions = ["2.4.3", "2.2.7", "2.0.9", "1.3.0"] as const;

/** Every place an expansion tells lies inside its file, literal segments hold what the file says, words are where they are said to be. */
const checkAll = (contents: Readonly<Record<string, string>>, expansion: Expansion, version?: string): void => {
  const { text } = expansion;
  const inside = ({ file, span, via }: Site): void => {
    const own = contents[file];
    if (own === undefined || span.start < 0 || span.end < span.start || span.end > own.length)
      throw new Error(`${file} ${span.start}–${span.end}`);
    if (via?.site !== undefined) inside(via.site);
  };
  let previous = -1;
  text.segments.forEach((segment, index) => {
    if (segment.start < previous || (index === 0 && text.text !== "" && segment.start !== 0))
      throw new Error("segments do not cover the text");
    previous = segment.start;
    const held = text.text.slice(segment.start, text.segments[index + 1]?.start ?? text.text.length).replace(/\n$/u, "");
    if (segment.literal && contents[segment.file]?.startsWith(held, segment.fileStart) !== true)
      throw new Error(`not in the file: ${JSON.stringify(held)}`);
  });
  for (const { site } of [...expansion.problems, ...expansion.uses, ...expansion.includes, ...expansion.conditions]) inside(site);
  for (const { site, valueSite } of expansion.definitions) {
    inside(site);
    inside(valueSite);
  }
  const { items, problems } = parseKeepalived(text.text, version);
  const visit = (list: readonly Item[], start: number, end: number): void => {
    let at = start;
    for (const item of list) {
      if (item.span.start < at || item.span.end > end || item.span.end < item.span.start) throw new Error("an item lies outside");
      for (const word of item.words) {
        const written = text.text.slice(word.span.start, word.span.end);
        if (word.escaped !== true && (word.quoted ? written.replace(/^"|"$/gu, "") : written) !== word.text)
          throw new Error(`word ${word.text}`);
        const site = siteOf(text, word.span);
        inside(site);
        if (isLiteral(text, word.span) && contents[site.file]!.slice(site.span.start, site.span.end) !== written)
          throw new Error(`place of ${written}`);
      }
      if (item.kind === "block") visit(item.body, item.span.start, item.span.end);
      at = item.span.end;
    }
  };
  visit(items, 0, text.text.length);
  for (const { span, other } of problems)
    for (const each of [span, ...(other === undefined ? [] : [other])])
      if (each.start < 0 || each.end > text.text.length || each.end < each.start) throw new Error("a problem lies outside");
};

const check = (main: string, configId: string | undefined, version: string): void => {
  const contents = { "main.conf": main, "i.conf": "included $A\n$A=5\n", "j.conf": "$M= \\\nx {\n" };
  checkAll(contents, expand("main.conf", filesOf(contents), { configId, version }), version);
};

const pieces = [
  "$A=1\n",
  "$B=${A}x\n",
  "$C=$C ",
  "$M=a \\\n b ${M}\\\n",
  "$S=~SEQ(V,2) $A\n",
  "${A}",
  "$M\n",
  "${_RANDOM 1}",
  "${_ENV }",
  "${_PWD}",
  "@n ",
  "@^n ",
  "~SEQ(N, 2) ",
  "~LST({L,K}, {a}, b) ",
  "~LST(L) ",
  "include i.conf\n",
  "include {i,x}.conf\n",
  "include j.conf\n",
  "vrrp_instance V ",
  "virtual_ipaddress\n",
  "10.0.0.1\n",
  "{",
  "}",
  '"',
  "'",
  "\\",
  "\\#",
  '\\"',
  "#",
  "!",
  "\n",
  "\r\n",
  " ",
  "\t",
  "\f",
  "\0",
  "\ufeff",
  "é",
  "😀",
  "\udc80",
  "a".repeat(600),
] as const;
const mixture = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""));
const place = fc.tuple(fc.constantFrom(undefined, "n"), fc.constantFrom(...versions));

describe("any text", () => {
  test("of the language's own pieces", () => {
    fc.assert(
      fc.property(mixture, place, (text, [id, version]) => check(text, id, version)),
      { numRuns: 300 },
    );
  });
  test("of arbitrary characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), place, (text, [id, version]) => check(text, id, version)),
      { numRuns: 300 },
    );
  });
});

const fixtureTexts = (): readonly string[] => {
  const folder = path.join(import.meta.dirname, "../../../fixtures/clusters");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("keepalived.conf"))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
};

describe("edits of the fixtures", () => {
  const texts = fixtureTexts();
  test("there are some", () => expect(texts.length).toBeGreaterThan(4));
  const edit = fc.constantFrom(
    "delete line",
    "double line",
    "delete {",
    "delete }",
    'delete "',
    "insert {",
    "insert }",
    'insert "',
    "insert #",
    "insert $",
    "swap",
  );
  test("a line, a brace or a quote less or more gives a tree, with places inside", () => {
    fc.assert(
      fc.property(
        fc.nat(texts.length - 1),
        fc.array(fc.tuple(edit, fc.nat()), { minLength: 1, maxLength: 4 }),
        place,
        (index, edits, [id, version]) => {
          const edited = edits.reduce((text, [kind, at]) => {
            const [what, character = ""] = kind.split(" ");
            const lines = text.split("\n");
            const line = at % lines.length;
            if (character === "line") lines.splice(line, what === "delete" ? 1 : 0, ...(what === "delete" ? [] : [lines[line]!]));
            else if (what === "swap") lines.push(...lines.splice(line, 1));
            else if (what === "insert") lines[line] = `${lines[line]}${character}`;
            else lines[line] = lines[line]!.replace(character, "");
            return lines.join("\n");
          }, texts[index]!);
          check(edited, id, version);
        },
      ),
      { numRuns: 300 },
    );
  });
  test("a lost brace leaves the blocks behind it as they are", () => {
    for (const text of texts) {
      const roots = (of: string): readonly string[] =>
        parseKeepalived(of).items.flatMap((item) => (item.kind === "block" ? [item.words.map((word) => word.text).join(" ")] : []));
      const braces = [...text.matchAll(/^[ \t]+\}/gmu)];
      for (const { index, 0: found } of braces) {
        const without = text.slice(0, index) + text.slice(index + found.length);
        expect(roots(without)).toEqual(roots(text));
      }
    }
  });
});

describe("cost", () => {
  /** Lines and replacements that an expansion takes, and tokens the parser could see. */
  const effort = (text: string, version = "2.4.3"): { readonly work: number; readonly length: number } => {
    let work = 0;
    const count = (): void => void work++;
    const { text: made } = expand("main.conf", filesOf(text), {
      version,
      effort: { line: count, replacement: (length) => void (work += 1 + length / 64) },
    });
    parseKeepalived(made.text, version);
    return { work, length: made.text.length };
  };
  test.each([
    ["plain lines", "vrrp_script x {\n script a\n}\n", "$A=1\n"],
    ["uses", "k ${A} $B ${A}\n", "$A=1\n$B=x${A}\n"],
    ["multi-line uses", "$M\n", "$M=a \\\n b \\\n c\n"],
    ["sequences", "~SEQ(V, 3) k ${V}\n", ""],
    ["conditions", "@n x\n@m y\n", ""],
    ["a definition that fills its line", "k ${A}\n", "$A=x$A\n"],
    ["a definition that never ends", "k ${A}\n", "$A=${B}\n$B=${A}\n"],
    ["braces before directives", "{ } { @n x\n", ""],
    ["one long line", "{ } $A # ", "$A=1\n"],
    ["open quotes", 'x "y\\"', ""],
    ["dollars", "${A", ""],
  ])("%s: eight times the text costs at most eight times the work", (_, line, head) => {
    for (const version of ["2.4.3", "2.2.7"]) {
      const once = effort(head + line.repeat(100), version);
      const eight = effort(head + line.repeat(800), version);
      expect(eight.work).toBeLessThanOrEqual(once.work * 8 + 64);
      expect(eight.length).toBeLessThanOrEqual(once.length * 8 + 4096);
    }
  });
  test.each([
    ["block keywords without a brace", "vrrp_instance A {\n virtual_ipaddress\n"],
    ["content that might be theirs", " virtual_ipaddress\n 10.0.0.1\n"],
    ["top-level words in open blocks", "vrrp_instance A {\n x {\n"],
    ["headers without end", "vrrp_instance A { vrrp_instance a b c "],
    ["blocks of a block around", "track_script {\n x y {\n virtual_ipaddress a b c {\n"],
  ])("the parser looks ahead a bounded number of times: %s", (_, line) => {
    const looks = (times: number): number => {
      let count = 0;
      parseKeepalived(`vrrp_instance V {\n${line.repeat(times)}`, undefined, () => void count++);
      return count;
    };
    // From each header at most 400 tokens ahead, however long the text, which is read twice where a brace is lost.
    expect(looks(500)).toBeLessThanOrEqual(500 * 2 * 400);
    expect(looks(4000)).toBeLessThanOrEqual(4000 * 2 * 400);
  });
  test.each([
    [
      "definitions that double each other",
      Array.from({ length: 40 }, (_, i) => `$L${i}=\${L${i + 1}} \\\n \${L${i + 1}}\n`).join("") + "$L40=z\n${L0}\n",
      "line-limit",
    ],
    ["sequences in sequences", `${"~SEQ(A, 1000) ".repeat(20)}k $A\n`, "line-limit"],
    ["an endless sequence", "~SEQ(A, 999999999999) k $A\n", "sequence-limit"],
    ["sequences of long lines", `$A=${"a".repeat(900)}\n${"~SEQ(V, 100000) k ${A}\n".repeat(20)}`, "line-limit"],
  ])("%s end, and are told", (_, text, kind) => {
    const { problems, text: made } = expand("main.conf", filesOf(text));
    expect(problems.map((problem) => problem.kind)).toContain(kind);
    expect(made.text.length).toBeLessThan(200_000_000);
  });
  test("files that include each other crosswise are read once on each way, and not endlessly", () => {
    const names = Array.from({ length: 12 }, (_, i) => `f${i}`);
    const contents = Object.fromEntries(["main.conf", ...names].map((name) => [name, names.map((other) => `include ${other}\n`).join("")]));
    const kinds = new Set(expand("main.conf", filesOf(contents)).problems.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(["include-cycle", "file-limit"]));
  });
});
