/** What of the text each node of the tree covers, for every construct: spans.md. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { Span } from "../../../grammar/text.ts";

interface Node {
  readonly label: string;
  readonly span: Span;
}

const spanOf = (value: object): Span | undefined => {
  const span = "span" in value ? value.span : value;
  return typeof span === "object" && span !== null && "start" in span && "end" in span ? (span as Span) : undefined;
};

/** The nodes of a tree, each before what lies in it, named by what they are or by where they hang. */
const nodesIn = (value: unknown, name: string): readonly Node[] => {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => nodesIn(one, name.replace(/s$/u, "")));
  const inner = Object.entries(value).flatMap(([key, one]) => (key === "span" ? [] : nodesIn(one, key)));
  const span = spanOf(value);
  const label = "kind" in value && typeof value.kind === "string" ? value.kind : name;
  return span === undefined ? inner : [{ label, span }, ...inner];
};

const covers = (a: Node | undefined, b: Node): boolean => a?.span.start === b.span.start && a.span.end === b.span.end;

const outlineOf = (text: string): readonly string[] => {
  const { body, comments, problems } = parseShell(text);
  expect(problems).toEqual([]);
  const nodes = nodesIn(body, "").toSorted((a, b) => a.span.start - b.span.start);
  const told = nodes.filter((node, i) => {
    if (node.label === "statement") return !covers(nodes[i + 1], node);
    return !(node.label === "literal" && nodes[i - 1]?.label === "word" && covers(nodes[i - 1], node));
  });
  return [...told, ...nodesIn(comments, "comment")].map(({ label, span }) => `${label} ${text.slice(span.start, span.end)}`);
};

const cases = [
  ...readFileSync(new URL("spans.md", import.meta.url), "utf8").matchAll(/^## (.*)\n\n```sh\n([^]*?)\n```\n\n```text\n([^]*?)\n```$/gmu),
].map(([, title, script, outline]) => ({ title: title!, script: script!, outline: outline!.split("\n") }));

test("spans.md has cases", () => {
  expect(cases.length).toBeGreaterThan(20);
});

describe.each([
  ["LF", "", "\n"],
  ["CR LF", "", "\r\n"],
  ["continued lines", "\\\n", "\n"],
  ["continued lines that end in CR LF", "\\\r\n", "\r\n"],
])("with %s", (_name, continued, lineEnd) => {
  const written = (text: string): string => text.replaceAll(/\n|⏎/gu, lineEnd).replaceAll("¶", continued);
  test.each(cases)("$title", ({ script, outline }) => {
    expect(outlineOf(written(script))).toEqual(outline.map(written));
  });
});
