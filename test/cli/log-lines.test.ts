/** Lines that real daemons logged lead to a rule, whatever a log puts in front of them. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { logPhrases } from "../../server/cli/log-phrases.ts";
import { rulesOfLine } from "../../server/cli/log-lines.ts";
import { rules } from "../../server/rules/index.ts";

const observed = new URL("../observed/", import.meta.url);

interface Observed {
  readonly steps?: readonly { readonly log?: Readonly<Record<string, readonly string[]>> }[];
}

/** What the daemons of the observed cases logged while they ran, each line once, without numbers. */
const lines = [
  ...new Map(
    readdirSync(observed)
      .map((name) => new URL(`${name}/observed.json`, observed))
      .filter((file) => existsSync(file))
      .flatMap((file) => Object.values(JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Observed>>))
      .flatMap(({ steps = [] }) => steps.flatMap(({ log = {} }) => Object.values(log).flat()))
      .filter((line) => line.startsWith("("))
      .map((line) => [line.replaceAll(/\d+/gu, "0"), line] as const),
  ).values(),
];

/** They say what happens when all is well. */
const harmless = /master changed from|Deassigned address/u;

test("there are enough of them", () => expect(lines.length).toBeGreaterThan(20));

describe.each([
  ["as the daemon writes it", ""],
  ["syslog", "Nov 28 12:00:01 lb1 Keepalived_vrrp[4711]: "],
  ["journald", "Nov 28 12:00:01 lb1 keepalived[4710]: Keepalived_vrrp: "],
  ["with a time of its own", "Sat Nov 28 12:00:01 2026: "],
])("%s", (_, prefix) => {
  test.each(lines.filter((line) => !harmless.test(line)))("%s", (line) => {
    expect(rulesOfLine(prefix + line)).not.toEqual([]);
  });
});

test.each([
  ["(VI_DB) received an invalid passwd!", "peer-auth-mismatch"],
  ["(VI_DB) received a 0 auth, expecting 1!", "peer-auth-mismatch"],
  ["(VI_DB) received an unexpected ip number count 1, expected 2!", "peer-vip-set-mismatch"],
  ["(VI_DB) wrong version. Received 3 and expect 2", "peer-version-mismatch"],
  ["(VI_DB) ignoring eth2 tracked interface weight due to SYNC group", "sync-group-weighted-member-track"],
  ["(VI_1) Warning - nopreempt will not work with initial state MASTER - clearing", "nopreempt-with-master-state"],
  ["SECURITY VIOLATION - scripts are being executed but script_security not enabled.", "script-security-disabled"],
])("%s", (line, rule) => {
  expect(rulesOfLine(`Nov 28 12:00:01 lb1 Keepalived_vrrp[4711]: ${line}`)).toContain(rule);
});

test("every phrase names rules that there are", () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(logPhrases.flatMap(([, ...named]) => named).filter((id) => !ids.has(id))).toEqual([]);
});

test("a line of something else leads nowhere", () => {
  expect(rulesOfLine("Nov 28 12:00:01 lb1 sshd[1]: Accepted publickey for root")).toEqual([]);
});
