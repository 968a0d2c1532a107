/** nftables rulesets as effects: rules stand in the hook of their chain, whatever the chain is called. */
import { describe, expect, test } from "vitest";
import { effectsOfNftRuleset, looksLikeNftRuleset } from "../../../server/model/effects/nft-ruleset.ts";

const shown = (text: string): readonly string[] =>
  effectsOfNftRuleset(text, "nftables.conf").map((effect) => {
    if (effect.kind !== "mark" && effect.kind !== "firewall") return effect.kind;
    const chain = effect.chain?.kind === "known" ? effect.chain.value : "?";
    const at = text.slice(effect.site.span.start, effect.site.span.end);
    if (effect.kind === "mark") return `${chain}: mark ${effect.mark.kind === "known" ? effect.mark.value : "?"} «${at}»`;
    return `${chain}: ${effect.action} ${effect.target?.kind === "known" ? effect.target.value : "-"} «${at}»`;
  });

describe("a ruleset", () => {
  test("gives marks and verdicts with the line they stand on", () => {
    const text = `#!/usr/sbin/nft -f
flush ruleset
define VIP = 10.0.0.140
table ip mangle {
  chain before {
    type filter hook prerouting priority mangle; policy accept;
    ip daddr $VIP tcp dport 3306 meta mark set 0x10 # reads
  }
}
table inet filter {
  set peers {
    type ipv4_addr
    elements = { 10.0.0.69,
      10.0.0.70 }
  }
  chain in {
    type filter hook input priority 0; policy drop;
    ip saddr @peers accept
    jump more
  }
  chain more { tcp dport 22 accept; }
}
`;
    expect(looksLikeNftRuleset(text)).toBe(true);
    expect(shown(text)).toEqual([
      "?: flush - «flush ruleset»",
      "PREROUTING: policy ACCEPT «policy accept»",
      "PREROUTING: mark 16 «ip daddr $VIP tcp dport 3306 meta mark set 0x10»",
      "INPUT: policy DROP «policy drop»",
      "INPUT: append ACCEPT «ip saddr @peers accept»",
      "INPUT: append more «jump more»",
      "more: append ACCEPT «tcp dport 22 accept»",
    ]);
  });

  test("may be a list of commands behind its tables", () => {
    const text = "table ip m {\n chain pre {\n type filter hook prerouting priority 0;\n }\n}\nadd rule ip m pre tcp dport 80 mark set 3\n";
    expect(shown(text)).toEqual(["PREROUTING: mark 3 «add rule ip m pre tcp dport 80 mark set 3»"]);
  });

  test("keeps no address of fields that are compared together", () => {
    const text = "table ip m {\n chain pre {\n ip daddr . tcp dport { 10.0.0.1 . 80, 10.0.0.2 . 81 } meta mark set 7\n }\n}\n";
    const [effect] = effectsOfNftRuleset(text, "f");
    expect(effect).toMatchObject({ kind: "mark", match: { other: ["fields together"] } });
    expect(effect).not.toHaveProperty("match.destination");
  });

  test("is not whole where another file is included", () => {
    const [effect] = effectsOfNftRuleset('include "/etc/nftables.d/*.nft"\n', "f");
    expect(effect).toMatchObject({ kind: "source", target: { value: "/etc/nftables.d/*.nft" } });
  });

  test("keeps what it does not know", () => {
    expect(shown("table ip m {\n chain pre {\n meta mark set $UNKNOWN\n tcp dport 3 frobnicate\n }\n}\n")).toEqual([
      "pre: mark ? «meta mark set $UNKNOWN»",
      "pre: append - «tcp dport 3 frobnicate»",
    ]);
  });

  test("may be any text", () => {
    for (const text of [
      "",
      "table {",
      "table ip x {\n chain",
      "}}}}",
      "table ip x {\nchain y {\n{{{",
      "table ip \u0000 {\n chain c {\nmark set\n",
    ])
      expect(() => effectsOfNftRuleset(text, "f")).not.toThrow();
    expect(looksLikeNftRuleset("CREATE table users {")).toBe(false);
  });
});
