/**
 * What the daemon does with a text, fact by fact, as a reader of findings sees it: each text holds one thing, and the
 * findings tell it and nothing else. The numbers are those of test/grammar/keepalived/facts.test.ts, which asserts how such texts are read.
 */
import { describe, expect, test } from "vitest";
import { judge } from "../judge.ts";

const instance = (more = "", address = "10.0.0.1/24"): string =>
  `vrrp_instance V {\n interface eth0\n virtual_router_id 77\n priority 100\n virtual_ipaddress {\n  ${address}\n }\n${more}}\n`;
const globals = (more: string): string => `global_defs {\n ${more}\n}\n`;
const pass = (word: string): string => instance(` authentication {\n  auth_type PASS\n  auth_pass ${word}\n }\n`);

/** Errors and warnings as `rule:line`. What a text is advised beyond its fact does not matter here. */
const told = (text: string, version: string): readonly string[] =>
  judge({ "keepalived.conf": text }, { version })
    .findings.filter(({ severity, rule }) => severity === "error" || (severity === "warning" && !advice.has(rule)))
    .map(({ rule, at }) => `${rule}:${text.slice(0, at.span.start).split("\n").length}`)
    .toSorted();
const advice = new Set(["single-node-cluster", "no-protection-multicast", "plaintext-auth-pass", "trivial-auth-pass", "unused-variable"]);

type Fact = readonly [fact: string, text: string, findings: readonly string[], before240?: readonly string[]];
const facts: readonly Fact[] = [
  ["1.2 an unknown word is told once, whoever reads the block", instance(" nonsense 1\n"), ["unknown-keyword:8"]],
  ["2.1 a line too long", globals(`router_id ${"a".repeat(1100)}`), ["line-not-read:2", "unknown-keyword:2"]],
  ["2.2 a NUL", instance(" advert_int 1\0\n"), ["line-not-read:8"]],
  ["2.2 a byte order mark", `\ufeff${instance()}`, ["invisible-character:1"]],
  ["2.3 form feeds part words", instance().replaceAll(" ", "\f"), []],
  ["2.5 no line is continued", instance(" advert_int \\\n 1\n"), ["unknown-keyword:8", "unknown-keyword:9"]],
  ["2.6 a line is one statement", instance(" advert_int 1 preempt_delay 3\n"), ["two-keywords-on-one-line:8"]],
  ["2.7 keywords have their case", instance(" State MASTER\n"), ["unknown-keyword:8"]],
  ["2.7 values too", instance(" state master\n"), ["invalid-state:8"]],
  ["3.1 # inside a word", pass("ab#cd"), ["value-cut-by-comment-character:10"]],
  ["3.2 single quotes do not protect", instance(" notify '/bin/echo # x'\n"), ["unterminated-quote:8"]],
  ["3.2 double quotes do", pass('"ab#cd"'), []],
  ["3.3 an escaped # is cut all the same", pass("ab\\#cd"), ["value-cut-by-comment-character:10"]],
  ["3.3 but for global_defs", globals("router_id ab\\#cd"), []],
  ["3.5 a quote without its partner", globals('router_id "a b'), ["unterminated-quote:2"]],
  ["4.1 a quote ends a word", pass('a"b c"d'), ["extra-argument:10"]],
  ["5.1 braces need no blanks", "vrrp_sync_group G{group{V}}\nvrrp_instance V{interface eth0\nvirtual_router_id 77\n}", ["missing-vip:2"]],
  [
    "5.3 one statement to a line, in one-line blocks too",
    instance(" authentication { auth_type PASS auth_pass x }\n"),
    ["two-keywords-on-one-line:8"],
  ],
  ["5.3 one entry to a line", instance("", "10.0.0.1/24 10.0.0.2/24"), ["two-keywords-on-one-line:6"]],
  ["5.4 entries have no blocks", instance("", "10.0.0.1/24 {\n }"), ["unexpected-block-brace:6"]],
  ["5.5 { missing at the top", instance().replace("V {", "V"), ["missing-block-brace:1"]],
  ["5.6 { behind a statement", instance(" advert_int 1 {\n }\n"), ["unexpected-block-brace:8"]],
  ["5.7 an unknown block", instance(" foo {\n bar\n }\n"), ["unknown-keyword:8"]],
  ["5.8 a } too many", instance(" }\n"), ["unbalanced-brace:9"]],
  ["5.8 a } too few at the end", instance().slice(0, -2), ["unbalanced-brace:1"]],
  ["5.8 a } too few inside", instance(" advert_int 1\n").replace(" }\n", ""), ["unbalanced-brace:7"]],
  ["5.9 a quoted brace alone", globals('router_id "{"'), ["unexpected-block-brace:2"]],
  ["6.1 an instance twice", instance() + instance(), ["duplicate-block-name:9"]],
  [
    "6.2 a file to track twice",
    `track_file f {\n file /x\n}\ntrack_file f {\n file /y\n}\n${instance(" track_file {\n  f\n }\n")}`,
    ["duplicate-block-name:4"],
  ],
  ["6.3 SSL twice", `SSL {\n}\nSSL {\n}\n${instance()}`, ["duplicate-directive:3"]],
  ["6.3 lists are joined", instance(" virtual_ipaddress {\n  10.0.0.2/24\n }\n"), []],
  ["6.4 the last one counts", instance(" advert_int 1\n advert_int 2\n"), ["duplicate-directive:8"]],
  ["6.4 but for BACKUP behind MASTER", instance(" state MASTER\n state BACKUP\n"), ["duplicate-directive:9"]],
  [
    "6.5 names stand before their use",
    instance(" track_file {\n  f\n }\n") + "track_file f {\n file /x\n}\n",
    ["track-script-used-before-definition:9"],
  ],
  ["7.4 a second prefix is a word", instance(" @a @^b advert_int 1\n"), ["unknown-keyword:8"]],
  ["8.4 an undefined name", globals("router_id ${NO}"), ["undefined-variable:2"]],
  ["8.5 one that fills its line", `$A=x$A\n${globals("router_id ${A}")}`, ["endless-definition:3"]],
  ["8.5 two that never end", `$A=\${B}\n$B=\${A}\n${globals("router_id ${A}")}`, ["endless-definition:4"]],
  ["8.6 more than a line holds", `$A=${"a".repeat(600)}\n${globals("router_id ${A}${A}")}`, ["endless-definition:3"]],
  ["8.9 parameters", `$A=1\n${globals("router_id ${A 1}")}`, ["undefined-variable:3"]],
  ["8.10 _HASH inside a word", globals("router_id a${_HASH}b"), ["value-cut-by-comment-character:2"]],
  ["8.10 _ENV without a name", globals("router_id ${_ENV}"), ["endless-definition:2"], ["undefined-variable:2"]],
  ["9.2 a step of nothing", `~SEQ(V, 1, 0, 5) static_ipaddress {\n${instance()}`, ["invalid-sequence:1"]],
  [
    "9.6 a broken list takes the next sequence along",
    globals("~LST(V) a\n ~SEQ(N, 2) router_id x$N"),
    ["invalid-sequence:2", "invalid-sequence:3"],
  ],
  ["10.1 a form that is none", `includex a\n${instance()}`, ["unknown-keyword:1"]],
  ["10.1 include alone", `include\n${instance()}`, ["unknown-keyword:1"]],
  ["10.2 quotes are part of the name", `include "a.conf"\n${instance()}`, ["include-not-found:1"]],
  ["10.3 a file that must be there", `includea a.conf\n${instance()}`, ["include-not-found:1"]],
  ["10.6 a file that includes itself", `include keepalived.conf\n${instance()}`, ["include-cycle:1"]],
  ["11.1 booleans", instance(" strict_mode TRUE\n"), ["invalid-boolean:8"]],
  ["11.2 no hexadecimal", instance(" garp_master_delay 0x10\n"), ["invalid-number:8"]],
  ["11.2 but where C bases hold", globals("umask 0x12"), []],
  ["11.3 no unit", instance(" advert_int 1s\n"), ["invalid-number:8"]],
  ["11.6 a length that is cut off", instance(" mcast_src_ip 10.0.0.3/24\n"), ["invalid-prefix:8"]],
  ["11.8 names of interfaces", instance().replace("eth0", "interface-too-long"), ["interface-name-too-long:2"]],
];

describe("each fact has its finding, and no other", () => {
  for (const [title, text, findings, before240] of facts) {
    test(title, () => {
      expect(told(text, "2.4.3")).toEqual(findings);
      expect(told(text, "2.2.7")).toEqual(before240 ?? findings);
    });
  }
});
