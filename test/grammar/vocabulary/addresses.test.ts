import { describe, expect, test } from "vitest";
import {
  addressesEqual,
  canonicalAddress,
  parseAddress,
  parseAddressRange,
  parsePlainAddress,
} from "../../../grammar/vocabulary/addresses.ts";

describe("plain addresses are read as strictly as the daemon does", () => {
  test.each([
    ["10.0.0.1", "10.0.0.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["FE80::1", "fe80::1"],
    ["fe80:0:0:0:0:0:0:1", "fe80::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:0db8::", "2001:db8::"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
  ])("%s", (text, canonical) => expect(parsePlainAddress(text)?.text).toBe(canonical));

  test.each([
    "", ".", ":", ":::", "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.1.", "10.0.0.1/24", "10.0.0.1-5", " 10.0.0.1", "0x0a.0.0.1", "10.0.0.1a",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::", "1::2::3", ":1", "1:", "12345::", "g::", "fe80::1%eth0", "10.0.0.1::",
    "::10.0.0.1:1", "::1.2.3", "1".repeat(100_000), ":".repeat(100_000),
  ])("%j is none", (text) => expect(parsePlainAddress(text)).toBeUndefined()); // prettier-ignore
});

test("an address keeps its prefix apart, and a wrong prefix makes it none", () => {
  expect(parseAddress("10.0.0.1/24")).toEqual({ family: 4, parts: [10, 0, 0, 1], text: "10.0.0.1", prefix: 24 });
  expect(parseAddress("10.0.0.1")).not.toHaveProperty("prefix");
  expect(parseAddress("fe80::1/128")?.prefix).toBe(128);
  for (const text of ["10.0.0.1/33", "fe80::1/129", "10.0.0.1/", "10.0.0.1/x", "10.0.0.1/-1", "/24"])
    expect(parseAddress(text)).toBeUndefined();
});

test("equal addresses have equal keys, whatever their spelling and prefix", () => {
  expect(canonicalAddress("10.0.0.1/24")).toBe("10.0.0.1");
  expect(canonicalAddress("FE80:0::1/64")).toBe("fe80::1");
  expect(canonicalAddress("$VIP")).toBe("$VIP");
  expect(addressesEqual("10.0.0.1/24", "10.0.0.1")).toBe(true);
  expect(addressesEqual("::0001", "0::1/128")).toBe(true);
  expect(addressesEqual("10.0.0.1", "10.0.0.2")).toBe(false);
  expect(addressesEqual("10.0.0.1", "::ffff:10.0.0.1")).toBe(false);
  expect(addressesEqual("nonsense", "nonsense")).toBe(true);
});

describe("ranges of a virtual_server_group", () => {
  const ends = (text: string) => {
    const range = parseAddressRange(text);
    return range.kind === "range" ? `${range.first.text} ${range.last.text}` : range.reason;
  };

  test.each([
    ["10.0.0.1", "10.0.0.1 10.0.0.1"],
    ["10.0.0.1-5", "10.0.0.1 10.0.0.5"],
    ["10.0.0.1-10.0.3.255", "10.0.0.1 10.0.3.255"],
    ["10.0.0.7-10.0.0.7", "10.0.0.7 10.0.0.7"],
    ["10.0.0.0/24", "10.0.0.0 10.0.0.255"],
    ["10.0.4.0/22", "10.0.4.0 10.0.7.255"],
    ["10.0.0.1/32", "10.0.0.1 10.0.0.1"],
    ["2001:db8::10-1f", "2001:db8::10 2001:db8::1f"],
    ["2001:db8::/64", "2001:db8:: 2001:db8::ffff:ffff:ffff:ffff"],
    ["2001:db8::1-2001:db8::1:0", "2001:db8::1 2001:db8::1:0"],
    ["10.0.0.1-256", "end-too-large"],
    ["10.0.0.5-5", "end-before-start"],
    ["10.0.0.5-1", "end-before-start"],
    ["10.0.0.9-10.0.0.1", "end-before-start"],
    ["10.0.0.1-", "bad-end"],
    ["10.0.0.1-x", "bad-end"],
    ["10.0.0.1-10.0.0", "bad-end"],
    ["10.0.0.1-::1", "other-family"],
    ["10.0.0.1/24", "host-bits"],
    ["10.0.0.0/0", "bad-prefix"],
    ["10.0.0.0/33", "bad-prefix"],
    ["2001:db8::1-10000", "end-too-large"],
    ["2001:db8::1/64", "host-bits"],
    ["mysql", "bad-address"],
  ])("%s", (text, expected) => expect(ends(text)).toBe(expected));
});
