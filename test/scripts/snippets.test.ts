/** The snippets are what kalint itself has nothing to say against. */
import { describe, expect, it } from "vitest";
import { snippets } from "../../scripts/snippet-bodies.ts";
import { judge } from "../judge.ts";

/** The text an editor writes when nothing is filled in. */
const expanded = (body: readonly string[]): string => {
  const first = new Map<string, string>();
  return body
    .join("\n")
    .replaceAll(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/gu, (_, _number: string, choice: string) => choice)
    .replaceAll(/\$\{(\d+):([^}]*)\}/gu, (_, number: string, value: string) => {
      first.set(number, value);
      return value;
    })
    .replaceAll(/\$(\d+)/gu, (_, number: string) => first.get(number) ?? "");
};

/** What one snippet cannot bring: the other instances, peers and blocks. */
const elsewhere = new Set(["sync-group-unknown-member", "single-node-cluster", "undefined-track-script", "script-security-disabled"]);

describe("snippets", () => {
  it.each(Object.entries(snippets()))("%s", (_, { prefix, body }) => {
    const text = expanded(body);
    expect(text).not.toMatch(/\$/u);
    const whole =
      prefix === "real_server" ? `virtual_server 192.0.2.10 80 {\n\tlb_algo rr\n\tlb_kind DR\n\tprotocol TCP\n${text}\n}\n` : text;
    const found = judge({ "keepalived.conf": `${whole}\n` }).findings.filter(
      ({ rule, severity }) => severity !== "info" && !elsewhere.has(rule),
    );
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  it("fill in a name once where it is defined and used", () => {
    const [, tracked] = Object.entries(snippets()).find(([, { prefix }]) => prefix === "vrrp_instance track")!;
    const [, number] = /^vrrp_script \$\{(\d+):/u.exec(tracked.body[0]!)!;
    expect(tracked.body).toContain(`\t\t$${number}`);
  });
});
