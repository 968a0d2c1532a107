import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseAddressRange } from "../../../grammar/vocabulary/addresses.ts";
import { matchArguments } from "../../../grammar/vocabulary/arguments.ts";
import { allKeywords, context, contextsOf, isRootOnlyBlock, lookup } from "../../../grammar/vocabulary/index.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { canonicalAddress, checkValue, parseAddress } from "../../../grammar/vocabulary/values.ts";
import { parseVersion } from "../../../grammar/vocabulary/version.ts";

const keywords = allKeywords().map(({ keyword }) => keyword);
/** Words as they stand in configurations, and words that look like numbers, addresses or nothing at all. */
const anyWord = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.stringMatching(/^[0-9.+:/x-]{0,20}$/u),
  fc.constantFrom("", "inet6", "lock", "reverse", "all", "id", "type", "$X", "__proto__", "constructor"),
);

test("no text makes the vocabulary throw", () => {
  fc.assert(
    fc.property(fc.constantFrom(...keywords), fc.array(anyWord, { maxLength: 8 }), (keyword, words) => {
      const { values, next } = matchArguments(keyword, words);
      expect(values.every(({ index }) => index < words.length)).toBe(true);
      expect(next).toBeLessThanOrEqual(words.length);
      for (const word of words) {
        for (const argument of keyword.args) expect(checkValue(word, argument).kind).toMatch(/^[a-z-]+$/u);
        parseAddressRange(word);
        parseVersion(word);
        nearestWord(word, [keyword.name, ...words]);
        context(word);
        lookup(word, word);
        contextsOf(word);
        isRootOnlyBlock(word);
      }
    }),
    { numRuns: 2000, seed: 20 },
  );
});

test("the canonical spelling of an address is its own canonical spelling, and keeps its value", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const canonical = canonicalAddress(text);
      expect(parseAddress(canonical)?.parts).toEqual(parseAddress(text)?.parts);
      expect(canonicalAddress(canonical)).toBe(canonical);
    }),
    { numRuns: 2000, seed: 20 },
  );
});

/**
 * Time is measured against time: what grows with the square of a word's length takes sixteen times as long for four times the
 * length, on any machine however busy. The best of several runs counts, and only what can be measured at all.
 */
test("the cost of a word grows with its length, and no faster", () => {
  const sized = [...new Map(keywords.flatMap(({ args }) => args).map((argument) => [JSON.stringify(argument), argument])).values()];
  const cost = (word: string): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const started = process.cpuUsage();
        for (const argument of sized) checkValue(word, argument);
        nearestWord(word, ["priority", word.slice(1)]);
        const { user, system } = process.cpuUsage(started);
        return user + system;
      }),
    );
  for (const piece of ["9", "a", ":", ".", "-", " ", "$", "{", "0x", "1:"]) {
    const once = cost(piece.repeat(10_000));
    expect([piece, cost(piece.repeat(40_000)) <= 10 * once + 50_000]).toEqual([piece, true]);
  }
});
