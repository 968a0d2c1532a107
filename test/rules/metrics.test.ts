/** What the rules say of run time is there: metrics in the sources of the exporters, log lines in what daemons logged. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { metrics, type MetricNames } from "../../server/analysis/metrics.ts";
import { rules } from "../../server/rules/index.ts";
import lists from "./metrics.json" with { type: "json" };

const told: Readonly<Record<keyof MetricNames, readonly string[]>> = {
  json: lists["keepalived"].names,
  snmp: lists["VRRP-MIB"].names,
  gen2brain: lists["gen2brain/keepalived_exporter"].names,
  mehdy: lists["mehdy/keepalived-exporter"].names,
};

describe.each(Object.entries(metrics) as readonly (readonly [string, MetricNames])[])("%s", (_, names) => {
  test.each(Object.entries(names) as readonly (readonly [keyof MetricNames, string])[])("%s: %s", (where, name) => {
    expect(told[where]).toContain(name);
  });
});

const observed = new URL("../observed/", import.meta.url);
const logs = readdirSync(observed, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => new URL(`${name}/observed.json`, observed))
  .filter((file) => existsSync(file))
  .map((file) => readFileSync(file, "utf8"));

const seen = rules.flatMap(({ id, seen: shows }) => (shows === undefined ? [] : [{ id, shows }]));

test("some rules say what shows them at run time", () => expect(seen.length).toBeGreaterThan(10));

test.each(seen.flatMap(({ id, shows }) => (shows.log ?? []).map((words) => ({ id, words }))))(
  "$id: a daemon logged $words",
  ({ words }) => {
    expect(logs.some((log) => log.includes(words))).toBe(true);
  },
);

test.each(seen)("$id: its page says so", ({ id, shows }) => {
  const page = readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), "utf8");
  const section = page.slice(page.indexOf("## At run time"));
  for (const words of [...(shows.log ?? []), ...(shows.metrics ?? []).map(([name]) => metrics[name].json)])
    expect(section).toContain(words);
});
