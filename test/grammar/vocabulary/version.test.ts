import { describe, expect, test } from "vitest";
import { compareVersions, knownIn, parseVersion } from "../../../grammar/vocabulary/version.ts";

describe("parseVersion", () => {
  test.each([
    ["2.2.8", "2.2.8"],
    ["v2.2.8", "2.2.8"],
    ["2.2", "2.2"],
    [" 2.0.20 ", "2.0.20"],
    ["2.02.8", "2.2.8"],
  ])("%s is %s", (text, version) => expect(parseVersion(text)).toBe(version));

  test.each(["", "2", "2.2.8.1", "2.2.x", "V2.2.8", "debian12", "2..8", "1:2.2.7-1", `${"9".repeat(10000)}.1`])("%s is none", (text) =>
    expect(parseVersion(text)).toBeUndefined(),
  );
});

test("versions are ordered by number, not by letter, and a missing part is 0", () => {
  const mixed = ["2.2.10", "2.2.8", "1.4.5", "2.2", "2.0.20", "10.0.0"];
  expect(mixed.toSorted(compareVersions)).toEqual(["1.4.5", "2.0.20", "2.2", "2.2.8", "2.2.10", "10.0.0"]);
  expect(compareVersions("2.2", "2.2.0")).toBe(0);
});

test("a keyword is known from its first version on, and no longer in the version that removed it", () => {
  const keyword = { since: "1.2.13", removed: "2.0.0" };
  expect(["1.2.9", "1.2.13", "1.4.5", "2.0.0", "2.1.0"].map((version) => knownIn(keyword, version))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(knownIn({}, "0.1.0")).toBe(true);
});
