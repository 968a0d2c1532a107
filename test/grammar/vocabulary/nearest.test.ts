import { expect, test } from "vitest";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";

const keywords = [
  "state",
  "interface",
  "virtual_router_id",
  "priority",
  "advert_int",
  "virtual_ipaddress",
  "lb_algo",
  "lb_kind",
  "track_file",
];

test.each([
  ["virtual_ipadress", "virtual_ipaddress"],
  ["priorty", "priority"],
  ["prioirty", "priority"],
  ["virtual-router-id", "virtual_router_id"],
  ["Priority", "priority"],
  ["PRIORITY", "priority"],
  ["statte", "state"],
  ["priority", "priority"],
])("%s means %s", (word, meant) => expect(nearestWord(word, keywords)).toBe(meant));

test("more than two mistakes are another word", () => expect(nearestWord("prrioorrity", keywords)).toBeUndefined());

test("short words may have one mistake only", () => {
  expect(nearestWord("MASER", ["MASTER", "BACKUP"])).toBe("MASTER");
  expect(nearestWord("rx", ["rr", "wrr", "sh"])).toBe("rr");
  expect(nearestWord("xyrr", ["rr"])).toBeUndefined();
});

test("of two equally near words neither is told, a nearer third is", () => {
  expect(nearestWord("lc2", ["lc1", "lc3"])).toBeUndefined();
  expect(nearestWord("trackfile", ["track_file", "trackxfile"])).toBeUndefined();
  expect(nearestWord("retyr", ["retyx", "retyz", "retry"])).toBeUndefined();
  expect(nearestWord("weights", ["weightss", "weight", "weights"])).toBe("weights");
  expect(nearestWord("weihgts", ["weixhts", "weights"])).toBe("weights");
});

test("a word named twice among the candidates is no tie", () => expect(nearestWord("prioriy", ["priority", "priority"])).toBe("priority"));

test("nothing and very long words have no neighbour", () => {
  expect(nearestWord("", keywords)).toBeUndefined();
  expect(nearestWord("a".repeat(1_000_000), ["a".repeat(1_000_001)])).toBeUndefined();
});
