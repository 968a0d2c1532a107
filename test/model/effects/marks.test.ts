/** One mark in every notation: what a rule does to the mark of a packet or of its connection is the same fact whoever wrote it. */
import { describe, expect, test } from "vitest";
import { effectsOfIptablesSave } from "../../../server/model/effects/iptables-save.ts";
import { effectsOfNftRuleset } from "../../../server/model/effects/nft-ruleset.ts";
import type { Effect, Known } from "../../../server/model/effects/types.ts";
import { read } from "./reading.ts";

const hex = (bits: Known<number> | undefined): string =>
  bits === undefined ? "" : bits.kind === "known" ? `0x${bits.value.toString(16)}` : "?";

/** "0x10/0xff for 10.0.0.100": the mark, the bits it touches and whom it is for, without tool, table and place. */
const marks = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== "mark" && effect.kind !== "connection-mark") return [];
    const { match } = effect;
    const whom = match.destination?.value.kind === "known" ? match.destination.value.value.join(",").replaceAll("/32", "") : "any";
    const value = `${hex(effect.mark)}/${hex(effect.mask)}`;
    const at = effect.chain.kind === "known" ? effect.chain.value : "?";
    const what = effect.kind === "mark" ? "packet" : `connection ${effect.does}`;
    const taken = effect.kind === "connection-mark" && effect.taken !== undefined ? ` of ${hex(effect.taken)}` : "";
    return [`${at}: ${what} ${value}${taken} for ${whom}`];
  });

const inScript = (text: string): readonly string[] => marks(read(`#!/bin/bash\n${text}\n`).effects);
const inDump = (rule: string): readonly string[] =>
  marks(effectsOfIptablesSave(`*mangle\n:PREROUTING ACCEPT [0:0]\n${rule}\nCOMMIT\n`, "rules.v4"));
const inRuleset = (rule: string): readonly string[] =>
  marks(
    effectsOfNftRuleset(
      `table ip mangle {\n chain pre {\n type filter hook prerouting priority mangle;\n ${rule}\n }\n}\n`,
      "nftables.conf",
    ),
  );

const rule = "iptables -t mangle -A PREROUTING -d 10.0.0.100 -j MARK";
const restRule = "-A PREROUTING -d 10.0.0.100/32 -j MARK";

describe("the whole mark", () => {
  test.each([
    ["decimal", inScript(`${rule} --set-mark 16`)],
    ["hexadecimal", inScript(`${rule} --set-mark 0x10`)],
    ["octal", inScript(`${rule} --set-mark 020`)],
    ["glued", inScript("iptables -tmangle -APREROUTING -d10.0.0.100 -jMARK --set-mark=16")],
    ["every bit as a mask", inScript(`${rule} --set-xmark 0x10/0xffffffff`)],
    ["no mask", inScript(`${rule} --set-xmark 0x10`)],
    ["a variable", inScript(`MARK=16\nVIP=10.0.0.100\niptables -t mangle -A PREROUTING -d $VIP -j MARK --set-mark "$MARK"`)],
    ["a computed one", inScript(`${rule} --set-mark $((8 + 8))`)],
    ["a default", inScript(`${rule} --set-mark \${MARK:-0x10}`)],
    ["a function", inScript(`mark() { iptables -t mangle -A PREROUTING -d "$1" -j MARK --set-mark $2; }\nmark 10.0.0.100 16`)],
    ["a loop", inScript(`for vip in 10.0.0.100; do iptables -t mangle -A PREROUTING -d $vip -j MARK --set-mark 16; done`)],
    ["a program in a variable", inScript(`IPT=/sbin/iptables\n$IPT -t mangle -A PREROUTING -d 10.0.0.100 -j MARK --set-mark 16`)],
    ["a restored heredoc", inScript(`iptables-restore -n <<EOF\n*mangle\n-A PREROUTING -d 10.0.0.100 -j MARK --set-mark 16\nCOMMIT\nEOF`)],
    ["iptables-save", inDump(`${restRule} --set-xmark 0x10/0xffffffff`)],
    ["iptables-save with counters", inDump(`[12:720] ${restRule} --set-xmark 0x10/0xffffffff`)],
    ["a ruleset", inRuleset("ip daddr 10.0.0.100 meta mark set 0x10")],
    ["a ruleset as nft prints it", inRuleset("ip daddr 10.0.0.100 counter packets 0 bytes 0 meta mark set 0x00000010")],
    ["nft", inScript("nft add rule ip mangle PREROUTING ip daddr 10.0.0.100 meta mark set 16")],
    ["nft without add", inScript("nft rule ip mangle PREROUTING ip daddr 10.0.0.100 mark set 16")],
    ["nft in one argument", inScript('MARK=16\nnft "add rule ip mangle PREROUTING ip daddr 10.0.0.100 mark set $MARK"')],
    [
      "nft with a chain of its own",
      inScript(
        `nft add chain ip m pre '{ type filter hook prerouting priority -150; }'\nnft add rule ip m pre ip daddr 10.0.0.100 mark set 16`,
      ),
    ],
    ["nft with a heredoc", inScript("nft -f - <<EOF\nadd rule ip mangle PREROUTING ip daddr { 10.0.0.100 } mark set 16\nEOF")],
  ])("%s", (_, found) => {
    expect(found).toEqual(["PREROUTING: packet 0x10/0xffffffff for 10.0.0.100"]);
  });

  test("each round of a loop is a rule", () => {
    expect(inScript("for vip in 10.0.0.100 10.0.0.101; do\n iptables -t mangle -A PREROUTING -d $vip -j MARK --set-mark 16\ndone")).toEqual(
      ["PREROUTING: packet 0x10/0xffffffff for 10.0.0.100", "PREROUTING: packet 0x10/0xffffffff for 10.0.0.101"],
    );
  });
});

describe("some bits of it", () => {
  test.each([
    ["--set-xmark", inScript(`${rule} --set-xmark 0x10/0xff`)],
    ["--set-mark", inScript(`${rule} --set-mark 16/255`)],
    ["iptables-save", inDump(`${restRule} --set-xmark 0x10/0xff`)],
    ["and, or", inRuleset("ip daddr 10.0.0.100 meta mark set meta mark and 0xffffff00 or 0x10")],
    ["&, |, as nft prints it", inRuleset("ip daddr 10.0.0.100 meta mark set meta mark & 0xffffff10 | 0x00000010")],
    ["and, xor, as nft prints what iptables made", inRuleset("ip daddr 10.0.0.100 counter meta mark set mark and 0xffffff00 xor 0x10")],
    ["nft", inScript("nft add rule ip mangle PREROUTING ip daddr 10.0.0.100 meta mark set mark and 0xffffff00 or 0x10")],
  ])("%s", (_, found) => {
    expect(found).toEqual(["PREROUTING: packet 0x10/0xff for 10.0.0.100"]);
  });

  // What iptables-save makes of each: --set-xmark 0xf/0xf, 0xf/0xa, 0x20/0x20, 0x0/0xffffff0f.
  test.each([
    ["--set-mark 0xf/0xa", "0xf/0xf"],
    ["--set-xmark 0xf/0xa", "0xf/0xf"],
    ["--or-mark 0x20", "0x20/0x20"],
    ["--xor-mark 0x20", "0x20/0x20"],
    ["--and-mark 0xf0", "0x0/0xffffff0f"],
  ])("%s", (options, expected) => {
    expect(inScript(`${rule} ${options}`)).toEqual([`PREROUTING: packet ${expected} for 10.0.0.100`]);
  });

  test.each([
    ["an unknown mask", inScript(`${rule} --set-xmark 0x10/$MASK`)],
    ["an unknown mark", inScript(`${rule} --set-mark $1`)],
    ["a mask that is none", inScript(`${rule} --set-mark 16/`)],
    ["a map", inRuleset("ip daddr 10.0.0.100 meta mark set ip saddr map { 10.0.0.1 : 0x1, 10.0.0.2 : 0x2 }")],
    ["a counted one", inRuleset("ip daddr 10.0.0.100 meta mark set numgen inc mod 2")],
    ["brackets", inRuleset("ip daddr 10.0.0.100 meta mark set (mark xor 0x10) and 0xffffff00")],
    // nft reads it as xor (0x10 and 0xffffff00).
    ["an operator that binds tighter", inRuleset("ip daddr 10.0.0.100 meta mark set mark xor 0x10 and 0xffffff00")],
  ])("%s stays unknown", (_, found) => {
    expect(found).toEqual(["PREROUTING: packet ?/? for 10.0.0.100"]);
  });
});

describe("the mark of the connection", () => {
  const connmark = (options: string): readonly string[] => [
    ...new Set([...inScript(`iptables -t mangle -A PREROUTING -j CONNMARK ${options}`), ...inDump(`-A PREROUTING -j CONNMARK ${options}`)]),
  ];
  test.each([
    ["--set-mark 16", "set 0x10/0xffffffff"],
    ["--set-xmark 0x10/0xff", "set 0x10/0xff"],
    ["--and-mark 0x10", "set 0x0/0xffffffef"],
    ["--save-mark", "save 0x0/0xffffffff of 0xffffffff"],
    ["--save-mark --mask 0xff", "save 0x0/0xff of 0xff"],
    ["--save-mark --nfmask 0xff --ctmask 0xf0", "save 0x0/0xf0 of 0xff"],
    ["--restore-mark --nfmask 0xffffffff --ctmask 0xffffffff", "restore 0x0/0xffffffff of 0xffffffff"],
    ["--restore-mark --nfmask 0xff --ctmask 0xf0", "restore 0x0/0xff of 0xf0"],
  ])("CONNMARK %s", (options, expected) => {
    expect(connmark(options)).toEqual([`PREROUTING: connection ${expected} for any`]);
  });

  test.each([
    ["ct mark set 0x10", "set 0x10/0xffffffff"],
    ["ct mark set ct mark and 0xffffff00 or 0x10", "set 0x10/0xff"],
    ["ct mark set mark", "save 0x0/0xffffffff of 0xffffffff"],
    ["ct mark set meta mark and 0xff", "save 0x0/0xffffffff of 0xff"],
    ["meta mark set ct mark", "restore 0x0/0xffffffff of 0xffffffff"],
    ["meta mark set ct mark and 0xff or 0x100", "restore 0x100/0xffffffff of 0xff"],
  ])("%s", (statement, expected) => {
    expect(inRuleset(statement)).toEqual([`PREROUTING: connection ${expected} for any`]);
  });

  test("both marks in one rule", () => {
    expect(inRuleset("ct mark set 0x20 meta mark set 16 accept")).toEqual([
      "PREROUTING: connection set 0x20/0xffffffff for any",
      "PREROUTING: packet 0x10/0xffffffff for any",
    ]);
  });
});
