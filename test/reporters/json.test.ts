import { expect, it } from "vitest";
import type { Finding } from "../../server/analysis/finding.ts";
import { reportJson } from "../../server/reporters/json.ts";
import { reportOn, siteIn } from "./report.ts";

const contents = { "keepalived.conf": "vrrp_instance 😀 {\r\n  auth_pass abc123\r\n}\r\n" };
const finding = (more: Partial<Finding>): Finding => ({
  rule: "some-rule",
  severity: "warning",
  message: "something is wrong",
  at: siteIn(contents, "keepalived.conf", "{"),
  nodes: ["keepalived"],
  cluster: ".",
  notes: [],
  fixes: [],
  ...more,
});
const parsed = (more: Partial<Finding>): unknown =>
  (JSON.parse(reportJson(reportOn(contents, [finding(more)]))) as { readonly findings: readonly unknown[] }).findings[0];

it("counts lines and columns from 1, columns and offsets in UTF-16 units", () => {
  expect(parsed({})).toMatchObject({ start: { line: 1, column: 18, offset: 17 }, end: { line: 1, column: 19, offset: 18 } });
  expect(parsed({ at: siteIn(contents, "keepalived.conf", "auth_pass") })).toMatchObject({ start: { line: 2, column: 3, offset: 22 } });
});

it("gives a note without a place only its message", () => {
  expect(parsed({ notes: [{ message: "why" }] })).toMatchObject({ notes: [{ message: "why" }] });
  expect(Object.keys((parsed({ notes: [{ message: "why" }] }) as { readonly notes: readonly object[] }).notes[0]!)).toEqual(["message"]);
});

it("replaces what a fix would put in for a secret", () => {
  const edit = (replacement: string, secret?: true): Finding["fixes"] => [
    {
      title: "t",
      safety: "review",
      edits: [{ at: siteIn(contents, "keepalived.conf", "abc123"), replacement, ...(secret === undefined ? {} : { secret }) }],
    },
  ];
  expect(parsed({ fixes: edit("other") })).toMatchObject({ fixes: [{ edits: [{ replacement: "••••", secret: true }] }] });
  expect(parsed({ fixes: edit("") })).toMatchObject({ fixes: [{ edits: [{ replacement: "" }] }] });
});

it("masks a secret that a message quotes", () => {
  expect(parsed({ at: siteIn(contents, "keepalived.conf", "auth_pass"), message: "abc123 is a password" })).toMatchObject({
    message: "•••• is a password",
  });
});

it("survives a place that the file does not have", () => {
  expect(parsed({ at: { file: "gone.conf", span: { start: 5, end: 9 } } })).toMatchObject({
    file: "gone.conf",
    start: { line: 1, column: 1, offset: 5 },
  });
});

it("holds no character that a terminal would obey", () => {
  const text = reportJson(reportOn(contents, [finding({ message: "\u001b[31m \u007f \u009b \u202e \u2028" })]));
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/u);
  expect((JSON.parse(text) as { readonly findings: readonly Finding[] }).findings[0]?.message).toBe(
    "\u001b[31m \u007f \u009b \u202e \u2028",
  );
});
