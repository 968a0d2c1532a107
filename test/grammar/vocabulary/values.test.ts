import { describe, expect, test } from "vitest";
import type { Argument } from "../../../grammar/vocabulary/types.ts";
import { checkValue, isUnexpanded, parseBoolean, parseInteger } from "../../../grammar/vocabulary/values.ts";

const kinds = (argument: Argument, words: readonly string[]) => words.map((word) => checkValue(word, argument).kind);
const vrid: Argument = { name: "vrid", type: "integer", min: 1, max: 255 };
const seconds: Argument = { name: "seconds", type: "decimal", min: 0.01, max: 255, unit: "seconds", decimals: 6 };

describe("integers", () => {
  test("are decimal, may have a plus sign and leading zeros", () =>
    expect(kinds(vrid, ["1", "255", "+51", "051", "  51"])).toEqual(["ok", "ok", "ok", "ok", "ok"]));

  test("are nothing else", () =>
    expect(kinds(vrid, ["0x33", "51a", "5 1", "5.0", "+", "51 ", "fifty"])).toEqual(Array.from({ length: 7 }, () => "not-a-number")));

  test("tell their range", () => {
    expect(checkValue("256", vrid)).toEqual({ kind: "out-of-range", min: 1, max: 255 });
    expect(checkValue("", vrid)).toEqual({ kind: "out-of-range", min: 1, max: 255 });
    expect(checkValue("9".repeat(100_000), vrid).kind).toBe("out-of-range");
    expect(checkValue("-1", { ...vrid, unit: "seconds" })).toEqual({ kind: "out-of-range", min: 1, max: 255, unit: "seconds" });
  });

  test("a minus sign is refused where nothing is negative, even before 0", () => {
    expect(checkValue("-0", { name: "n", type: "integer", min: 0, max: 9 }).kind).toBe("out-of-range");
    expect(kinds({ name: "n", type: "integer", min: -253, max: 253 }, ["-0", "-253", "-254"])).toEqual(["ok", "ok", "out-of-range"]);
  });

  test("have C bases in a few places only", () => {
    const mark: Argument = { name: "mark", type: "integer", min: 0, max: 255, anyBase: true };
    expect(kinds(mark, ["0xff", "0377", "255", "0x100", "09", "0x"])).toEqual([
      "ok",
      "ok",
      "ok",
      "out-of-range",
      "not-a-number",
      "not-a-number",
    ]);
  });

  test("0 that the daemon replaces is told with what it becomes", () =>
    expect(checkValue("0", { name: "n", type: "integer", min: 0, max: 9, zeroBecomes: 1 })).toEqual({ kind: "zero-replaced", by: 1 }));

  test("parseInteger gives the number", () =>
    expect(["007", "+5", "-5", "", "x", "0x1"].map(parseInteger)).toEqual([7, 5, -5, 0, undefined, undefined]));
});

describe("decimals", () => {
  test("need no whole part and no fraction", () =>
    expect(kinds(seconds, ["1", ".5", "1.", "0.01", "255.000000", "+1.5"])).toEqual(Array.from({ length: 6 }, () => "ok")));

  test("have no unit and no exponent", () =>
    expect(kinds(seconds, ["1s", "1e3", "1,5", "1.2.3", "0x1", "one"])).toEqual(Array.from({ length: 6 }, () => "not-a-number")));

  test("tell range and surplus decimals", () => {
    expect(checkValue("255.000001", seconds)).toEqual({ kind: "out-of-range", min: 0.01, max: 255, unit: "seconds" });
    expect(checkValue("0", seconds).kind).toBe("out-of-range");
    expect(checkValue("-1", seconds).kind).toBe("out-of-range");
    expect(checkValue("1.1234567", seconds)).toEqual({ kind: "too-many-decimals", decimals: 6 });
    expect(checkValue("1.1234", { ...seconds, decimals: 3 })).toEqual({ kind: "too-many-decimals", decimals: 3 });
  });

  test("were whole numbers in older versions", () => {
    const interval: Argument = { ...seconds, decimalsSince: "2.3.2" };
    expect(checkValue("0.5", interval, "2.2.8")).toEqual({ kind: "fraction-too-new", since: "2.3.2" });
    expect(checkValue("0.5", interval, "2.3.2").kind).toBe("ok");
    expect(checkValue("0.5", interval).kind).toBe("ok");
    expect(checkValue("2", interval, "2.2.8").kind).toBe("ok");
  });
});

test("booleans are six words in lower case", () => {
  const argument: Argument = { name: "value", type: "boolean" };
  expect(kinds(argument, ["true", "on", "yes", "false", "off", "no"])).toEqual(Array.from({ length: 6 }, () => "ok"));
  expect(checkValue("TRUE", argument)).toMatchObject({ kind: "unknown-value", nearest: "true" });
  expect(checkValue("1", argument).kind).toBe("unknown-value");
  expect(["on", "off", "ON"].map(parseBoolean)).toEqual([true, false, undefined]);
});

describe("enums", () => {
  test("mind the case unless told not to", () => {
    const state: Argument = { name: "state", type: "enum", values: ["MASTER", "BACKUP"] };
    expect(checkValue("master", state)).toEqual({ kind: "unknown-value", values: ["MASTER", "BACKUP"], nearest: "MASTER" });
    expect(checkValue("FAULT", state)).toEqual({ kind: "unknown-value", values: ["MASTER", "BACKUP"] });
    expect(checkValue("tcp", { name: "p", type: "enum", values: ["TCP"], ignoreCase: true }).kind).toBe("ok");
  });

  test("may be numbers instead", () => {
    const scope: Argument = { name: "scope", type: "enum-or-number", values: ["global", "link"], min: 0, max: 255 };
    expect(kinds(scope, ["global", "253", "256", "glbal"])).toEqual(["ok", "ok", "out-of-range", "unknown-value"]);
  });
});

describe("addresses", () => {
  const plain: Argument = { name: "address", type: "address" };

  test("what stands behind a plain one is cut off in silence, or refused where the daemon is exact", () => {
    expect(checkValue("10.0.0.1/24", plain)).toEqual({ kind: "ignored-suffix", suffix: "/24" });
    expect(checkValue("10.0.0.1-5", plain)).toEqual({ kind: "ignored-suffix", suffix: "-5" });
    expect(checkValue("10.0.0.1/24", { ...plain, exact: true }).kind).toBe("bad-address");
    expect(checkValue("db1.example.org", plain)).toEqual({ kind: "bad-address" });
  });

  test("have the family that is asked for", () => {
    expect(checkValue("fe80::1", { ...plain, family: 4 })).toEqual({ kind: "wrong-family", wanted: 4 });
    expect(checkValue("ff02::12", { ...plain, family: 6 }).kind).toBe("ok");
  });

  test("may be words where words are known", () => {
    const destination: Argument = { name: "destination", type: "address-prefix", values: ["default"] };
    expect(kinds(destination, ["default", "10.0.0.0/8", "defualt"])).toEqual(["ok", "ok", "bad-address"]);
  });

  test("prefixes belong to their family", () => {
    const prefixed: Argument = { name: "address", type: "address-prefix" };
    expect(kinds(prefixed, ["10.0.0.1", "10.0.0.1/0", "fe80::1/128"])).toEqual(["ok", "ok", "ok"]);
    expect(checkValue("10.0.0.1/33", prefixed)).toEqual({ kind: "bad-prefix", max: 32 });
    expect(checkValue("fe80::1/x", prefixed)).toEqual({ kind: "bad-prefix", max: 128 });
  });

  test("ranges say what is wrong with them", () => {
    const range: Argument = { name: "address", type: "address-range" };
    expect(checkValue("10.0.0.1-10", range).kind).toBe("ok");
    expect(checkValue("10.0.0.1/24", range)).toEqual({ kind: "bad-range", reason: "host-bits" });
    expect(checkValue("nowhere", range).kind).toBe("bad-address");
  });

  test("masks are dotted or a length", () =>
    expect(kinds({ name: "mask", type: "netmask" }, ["255.255.255.0", "64", "0", "129", "255.255"])).toEqual([
      "ok",
      "ok",
      "bad-netmask",
      "bad-netmask",
      "bad-netmask",
    ]));
});

test("ports run from 1, or from 0 where that means none", () => {
  expect(kinds({ name: "port", type: "port" }, ["1", "65535", "65536", "0", "http"])).toEqual([
    "ok",
    "ok",
    "out-of-range",
    "out-of-range",
    "not-a-number",
  ]);
  expect(kinds({ name: "port", type: "port", min: 0 }, ["0", "00"])).toEqual(["ok", "ok"]);
});

test("number ranges", () => {
  const codes: Argument = { name: "code", type: "integer-range", min: 100, max: 599 };
  expect(kinds(codes, ["200", "200-299", "299-200", "99", "200-600", "2xx", "200-"])).toEqual([
    "ok", "ok", "bad-integer-range", "out-of-range", "out-of-range", "bad-integer-range", "bad-integer-range",
  ]); // prettier-ignore
  expect(kinds({ ...codes, bothEnds: true }, ["200", "200-200"])).toEqual(["bad-integer-range", "ok"]);
});

test("hardware addresses have six octets, or five for the daemon to complete", () =>
  expect(kinds({ name: "mac", type: "mac" }, ["02:00:5e:00:01:33", "2:0:5e:0:1", "02:00:5e:00:01:", "02:00:5e:00", "02-00-5e-00-01-33", "02:00:5e:00:01:333"])).toEqual([
    "ok", "ok", "ok", "bad-mac", "bad-mac", "bad-mac",
  ])); // prettier-ignore

test("hex digits, with wildcards where allowed", () => {
  expect(kinds({ name: "bytes", type: "hex" }, ["00ff", "00 FF", "0x", "zz"])).toEqual(["ok", "ok", "bad-hex", "bad-hex"]);
  expect(checkValue("abc", { name: "md5", type: "hex", digits: 32 })).toEqual({ kind: "bad-hex", digits: 32 });
  expect(checkValue("0xffxx", { name: "bytes", type: "hex", wildcards: true }).kind).toBe("ok");
});

test("lengths count bytes, interfaces have at most 15", () => {
  expect(checkValue("enp0s31f6.4094v", { name: "interface", type: "interface" }).kind).toBe("ok");
  expect(checkValue("enp0s31f6.4094vl", { name: "interface", type: "interface" })).toEqual({ kind: "too-long", maxLength: 15, length: 16 });
  expect(checkValue("passé123", { name: "password", type: "password", maxLength: 8 })).toEqual({
    kind: "too-long",
    maxLength: 8,
    length: 9,
  });
});

test("what is not expanded is not judged", () => {
  expect(kinds(vrid, ["$VRID", "${VRID}", "5$X", "{{ vrid }}", "<%= @vrid %>", "{% if a %}"])).toEqual(
    Array.from({ length: 6 }, () => "unknown"),
  );
  expect(["a$", "$", "$1", "100%", "{x}"].map(isUnexpanded)).toEqual([false, false, false, false, false]);
});
