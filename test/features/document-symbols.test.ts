import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type DocumentSymbol, documentSymbols } from "../../server/features/document-symbols.ts";

const root = path.resolve(import.meta.dirname, "../../fixtures");

describe("the outline", () => {
  it("tells what a block is", () => {
    const roles = documentSymbols(
      "global_defs {\n}\nvrrp_script chk {\n}\nvrrp_sync_group G {\n  group {\n    A\n  }\n}\nvrrp_instance A {\n}\nvirtual_server fwmark 1 {\n  real_server 10.0.0.1 80 {\n    MISC_CHECK {\n    }\n  }\n}\n",
    ).map(function roleOf({ name, role, children }): unknown {
      return children.length === 0 ? [name, role] : [name, role, children.map(roleOf)];
    });
    expect(roles).toEqual([
      ["global_defs", "settings"],
      ["vrrp_script chk", "script"],
      ["vrrp_sync_group G", "group", [["group", "list"]]],
      ["vrrp_instance A", "instance"],
      ["virtual_server fwmark 1", "service", [["real_server 10.0.0.1 80", "server", [["MISC_CHECK", "checker"]]]]],
    ]);
  });

  it("of any file nests: children within their parents, the header within the block", () => {
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("keepalived.conf"));
    expect(files.length).toBeGreaterThan(20);
    let count = 0;
    const within = (inner: DocumentSymbol["span"], outer: DocumentSymbol["span"]): boolean =>
      outer.start <= inner.start && inner.end <= outer.end && inner.start <= inner.end;
    for (const file of files) {
      const text = readFileSync(path.join(root, file), "latin1");
      const check = (symbol: DocumentSymbol): void => {
        count++;
        expect(within(symbol.selection, symbol.span), `${file}: ${symbol.name}`).toBe(true);
        for (const child of symbol.children) {
          expect(within(child.span, symbol.span), `${file}: ${child.name}`).toBe(true);
          check(child);
        }
      };
      const symbols = documentSymbols(text);
      for (const symbol of symbols) {
        expect(symbol.span.end).toBeLessThanOrEqual(text.length);
        check(symbol);
      }
    }
    expect(count).toBeGreaterThan(100);
  });
});
