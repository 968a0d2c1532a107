/** Bytes survive reading and writing: GBK comments, broken UTF-8, byte order marks. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../server/host/text.ts";

test("any bytes come back as they were", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([...encode(decode(bytes))]).toEqual([...bytes]);
    }),
  );
});

test("valid UTF-8 reads as such, a byte order mark included", () => {
  const text = "\ufeff# 虚拟路由 🙂\nvrrp_instance VI_1 {\n";
  expect(decode(new TextEncoder().encode(text))).toBe(text);
});

test("one GBK character is two units, so that positions count its bytes", () => {
  expect(decode(Uint8Array.from([0x23, 0xd6, 0xf7, 0x0a])).length).toBe(4);
});
