import { describe, expect, it } from "vitest";
import type { ShownCompletion } from "../../playground/messages.ts";
import { matching, written } from "../../playground/page/matching.ts";

const item = (label: string, rank = 0): ShownCompletion => ({
  label,
  rank,
  role: "keyword",
  text: label,
  snippet: false,
  start: 0,
  end: 0,
});

describe("completions for what is typed", () => {
  const labels = (typed: string, ...all: readonly ShownCompletion[]): readonly string[] => matching(all, typed).map(({ label }) => label);

  it("are those that begin so, then those with a part that does, then those with the letters in this order", () => {
    const all = ["dont_track_primary", "track_script", "timer_backup_rank_k", "state", "track_file"].map((label) => item(label));
    expect(labels("track", ...all)).toEqual(["track_file", "track_script", "dont_track_primary", "timer_backup_rank_k"]);
  });

  it("come in the order of the analysis, whatever case is typed", () => {
    expect(labels("S", item("b_s", 1), item("state", 3), item("source", 2))).toEqual(["source", "state", "b_s"]);
    expect(labels("", item("one", 2), item("two", 1))).toEqual(["two", "one"]);
    expect(labels("x", item("one"))).toEqual([]);
  });
});

describe("an accepted completion", () => {
  it("writes its text as it is", () => {
    expect(written({ text: "${NAME}", snippet: false }, "  ")).toEqual({ insert: "${NAME}", start: 7, end: 7 });
  });

  it("writes names in place of what is to be filled in, selects the first, and goes on as far in as the line", () => {
    const { insert, start, end } = written({ text: "track_script {\n\t${1:name}\n}$0", snippet: true }, "    ");
    expect(insert).toBe("track_script {\n        name\n    }");
    expect(insert.slice(start, end)).toBe("name");
  });

  it("puts the cursor where it says, or behind it", () => {
    expect(written({ text: "weight $0 ", snippet: true }, "")).toEqual({ insert: "weight  ", start: 7, end: 7 });
    expect(written({ text: "nopreempt", snippet: true }, "")).toEqual({ insert: "nopreempt", start: 9, end: 9 });
  });
});
