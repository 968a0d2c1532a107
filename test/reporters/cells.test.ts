import { describe, expect, it } from "vitest";
import { columnsOf, printable, showLine, wrapped } from "../../server/reporters/cells.ts";

/** A line with its carets below, as the pretty report shows it: `what` is in focus. */
const shown = (line: string, what: string, { masked = "", room = 200 } = {}): readonly string[] => {
  const at = (part: string): { start: number; end: number } => ({ start: line.indexOf(part), end: line.indexOf(part) + part.length });
  const { text, before, width } = showLine(line, at(what), masked === "" ? [] : [at(masked)], "••••", room);
  return [text, " ".repeat(before) + "^".repeat(width)];
};

describe("a shown line", () => {
  it("has its carets below what is meant", () => {
    expect(shown("    state MASTER", "MASTER")).toEqual(["    state MASTER", "          ^^^^^^"]);
  });

  it("spreads tabs", () => {
    expect(shown("\tstate\tMASTER", "MASTER")).toEqual(["    state   MASTER", "            ^^^^^^"]);
  });

  it("counts wide characters twice and combining ones not at all", () => {
    expect(shown("虚拟 nopreempt", "nopreempt")).toEqual(["虚拟 nopreempt", "     ^^^^^^^^^"]);
    expect(shown("e\u0301 nopreempt", "nopreempt")).toEqual(["e\u0301 nopreempt", "  ^^^^^^^^^"]);
    expect(shown("😀 一 x", "一")).toEqual(["😀 一 x", "   ^^"]);
  });

  it("escapes what a terminal would obey, and bytes that are no text", () => {
    expect(shown("a\u001b[31m b", "b")).toEqual(["a\\x1b[31m b", "          ^"]);
    expect(shown("a\u202eb c", "c")).toEqual(["a\\u{202e}b c", "           ^"]);
    expect(shown("\udcd6\udcd0 c", "c")).toEqual(["\ufffd\ufffd c", "   ^"]);
  });

  it("masks a secret by a mark that does not tell its length", () => {
    expect(shown("auth_pass secret # why", "secret", { masked: "secret" })).toEqual(["auth_pass •••• # why", "          ^^^^"]);
    expect(shown("auth_pass s # why", "why", { masked: "s # " })[0]).not.toContain("s #");
  });

  it("shows a focus inside a secret below the whole mask", () => {
    const line = "auth_pass my secret";
    const { before, width } = showLine(line, { start: 13, end: 19 }, [{ start: 10, end: 19 }], "••••", 80);
    expect({ before, width }).toEqual({ before: 10, width: 4 });
  });

  it.each([20, 33, 80])("is cut to %i columns with the focus in sight", (room) => {
    for (const position of [0, 5, 60, 150, 290]) {
      const line = `${"x".repeat(position)}HERE${"y".repeat(300 - position)}`;
      const [text = "", carets = ""] = shown(line, "HERE", { room });
      expect(columnsOf(text)).toBeLessThanOrEqual(room);
      expect(text).toContain("…");
      expect(text.slice(carets.indexOf("^"), carets.length)).toBe("HERE");
    }
  });

  it("of a megabyte is cut without being measured", () => {
    const line = `${"a b ".repeat(250_000)}HERE`;
    const start = performance.now();
    const [text = "", carets = ""] = shown(line, "HERE", { room: 60 });
    expect(performance.now() - start).toBeLessThan(200);
    expect(text.slice(carets.indexOf("^"), carets.length)).toBe("HERE");
  });

  it("has one caret for an empty focus, also at the end", () => {
    expect(showLine("abc", { start: 3, end: 3 }, [], "••••", 80)).toEqual({ text: "abc", before: 3, width: 1 });
    expect(showLine("", { start: 0, end: 0 }, [], "••••", 80)).toEqual({ text: "", before: 0, width: 1 });
  });
});

describe("sentences", () => {
  it("are printable", () => expect(printable("a\u001b]0;x\u0007\u200b\udcff")).toBe("a\\x1b]0;x\\x07\\u{200b}\ufffd"));
  it("are broken at blanks", () => {
    expect(wrapped("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(wrapped("one incomprehensible two", 9)).toEqual(["one", "incomprehensible", "two"]);
    expect(wrapped("一二 三四 五", 5)).toEqual(["一二", "三四", "五"]);
    expect(wrapped("never broken", Number.POSITIVE_INFINITY)).toEqual(["never broken"]);
    expect(wrapped("two  blanks stay", 20)).toEqual(["two  blanks stay"]);
  });

  it("costs no more than its length", () => {
    const start = performance.now();
    expect(wrapped("word ".repeat(100_000), Number.POSITIVE_INFINITY)).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
