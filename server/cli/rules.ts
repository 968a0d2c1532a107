/** `kalint rules`, and looking rules up by id. */
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import type { Severity } from "../analysis/finding.ts";
import type { ListedRule } from "../analysis/rule.ts";
import { wrapped } from "../reporters/cells.ts";
import { ruleDocs } from "../reporters/report.ts";
import { rules } from "../rules/index.ts";
import type { RulesFormat } from "./invocation.ts";
import { terminalWidth, type Terminal } from "./terminal.ts";

export interface RuleRow {
  readonly id: string;
  readonly group: string;
  readonly severity: ListedRule["severity"];
  readonly summary: string;
  readonly fix?: ListedRule["fix"];
  readonly since: string;
  readonly off?: true;
}

export const allRules = (): readonly RuleRow[] =>
  rules.toSorted((a, b) => (a.group === b.group ? (a.id < b.id ? -1 : 1) : a.group < b.group ? -1 : 1));

export type FoundRule = { readonly kind: "found"; readonly row: RuleRow } | { readonly kind: "unknown"; readonly line: string };

export const findRule = (id: string): FoundRule => {
  const rows = allRules();
  const row = rows.find((each) => each.id === id);
  if (row !== undefined) return { kind: "found", row };
  const near = nearestWord(
    id,
    rows.map((each) => each.id),
  );
  return {
    kind: "unknown",
    line: `there is no rule "${id}"${near === undefined ? "; kalint rules lists them" : `, did you mean ${near}?`}`,
  };
};

/**
 * Severities by rule, of severities by rule or group, the later before the earlier. A group leaves alone what is off unless
 * somebody asks for it by name. A line when there is no such rule or group.
 */
export const bySingleRule = (settings: ReadonlyMap<string, Severity | "off">): ReadonlyMap<string, Severity | "off"> | string => {
  const rows = allRules();
  const groups = new Set(rows.map(({ group }) => group));
  const found = new Map<string, Severity | "off">();
  for (const [name, severity] of settings) {
    if (groups.has(name)) {
      for (const { id, group, off } of rows) if (group === name && off !== true) found.set(id, severity);
      continue;
    }
    const rule = findRule(name);
    if (rule.kind === "unknown") return rule.line;
    found.set(name, severity);
  }
  return found;
};

/** Columns for what a rule is about. */
const narrowest = 45;

export const listRules = (format: RulesFormat, terminal: Terminal): number => {
  const rows = allRules();
  switch (format) {
    case "json": {
      const listed = rows.map(({ id, group, severity, summary, fix, since, off }) => ({
        id,
        group,
        severity: off === true ? "off" : severity,
        fix: fix ?? "none",
        since,
        summary,
        docs: ruleDocs(id),
      }));
      terminal.print(`${JSON.stringify({ version: 1, rules: listed }, undefined, 2)}\n`);
      return 0;
    }
    case "pretty": {
      const wide = Math.max(...rows.map(({ id }) => id.length));
      const width = terminalWidth();
      let group = "";
      for (const row of rows) {
        if (row.group !== group) terminal.print(`${group === "" ? "" : "\n"}${(group = row.group)}\n`);
        const start = `  ${row.id.padEnd(wide)}  ${(row.off === true ? "off" : row.severity).padEnd(7)}`;
        const room = (width ?? Number.POSITIVE_INFINITY) - start.length - 2;
        // Beside it, a sentence in a column that is too narrow to read; below it, one line or two.
        const below = room < narrowest;
        const indent = " ".repeat(below ? 6 : start.length + 2);
        const lines = wrapped(row.summary, below ? width! - indent.length : room);
        terminal.print(`${below ? `${start.trimEnd()}\n${indent}` : `${start}  `}${lines.join(`\n${indent}`)}\n`);
      }
      return 0;
    }
  }
};
