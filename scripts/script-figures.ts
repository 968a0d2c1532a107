/**
 * `npm run -s script-figures -- FOLDER [RULE…]`: what kalint makes of the scripts and host files below FOLDER, each folder in it a project of
 * its own. Two tables: how many findings each rule about them has, and of how many effects everything is known that the
 * command says. With rules: their findings instead, one a line. docs/scripts.md has the figures of 188 repositories.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { lineIndex, positionAt } from "../grammar/text.ts";
import { analyse } from "../server/analysis/run.ts";
import { openProject } from "../server/cli/project.ts";
import { factFiles } from "../server/model/cluster/facts.ts";
import { readProject } from "../server/model/cluster/project.ts";
import type { Effect } from "../server/model/effects/types.ts";
import { printable } from "../server/reporters/cells.ts";
import { rules } from "../server/rules/index.ts";

const GROUPS = new Set(["script", "notify", "checker", "database", "firewall", "lvs-host"]);

/** The command family of an effect; undefined for what only tells how a script goes on. */
const familyOf = (effect: Effect): string | undefined => {
  switch (effect.kind) {
    case "mark":
    case "connection-mark":
    case "firewall":
      return effect.tool === "nft" || effect.tool === "firewalld" ? effect.tool : "iptables";
    case "address":
    case "link":
    case "route":
    case "routing-rule":
      return "ip, ifconfig, route";
    case "announce":
    case "arp-filter":
      return "arping, arptables";
    case "sysctl":
      return "sysctl, /proc/sys";
    case "ipvs":
      return "ipvsadm";
    case "load":
      return "files of rules and settings";
    case "service":
      return "systemctl, service";
    case "kill":
    case "lookup":
      return "kill, killall, pidof, ps";
    case "probe":
      return /^(?:mysql|mariadb|psql|pg_|redis)/u.test(effect.client)
        ? "clients of databases"
        : /^(?:curl|wget)$/u.test(effect.client)
          ? "curl, wget"
          : "nc, ping, telnet";
    case "mail":
    case "log":
      return "mail, logger";
    case "wait":
      return "sleep, read, wait";
    case "file":
      return "redirections, touch, rm";
    case "run":
      return "any other command";
    case "trap":
    case "option":
    case "source":
    case "exit":
      return undefined;
  }
};

/** Fields that every effect has, and what stands in which words. */
const OUTSIDE = new Set(["kind", "site", "command", "path", "words", "user", "timeLimit", "background"]);

/** How many values of an effect are known, and how many are not. */
const counted = (value: unknown): readonly [known: number, unknown: number] => {
  if (typeof value !== "object" || value === null) return [0, 0];
  const { kind } = value as { readonly kind?: unknown };
  if (kind === "known") return [1, 0];
  if (kind === "unknown") return [0, 1];
  const parts = Object.entries(value).flatMap(([name, field]) => (OUTSIDE.has(name) ? [] : [counted(field)]));
  return [parts.reduce((sum, [known]) => sum + known, 0), parts.reduce((sum, [, unknown]) => sum + unknown, 0)];
};

const [top, ...asked] = process.argv.slice(2);
if (top === undefined) {
  console.error("usage: script-figures FOLDER [RULE...]");
  process.exit(2);
}

interface Found {
  readonly rule: string;
  readonly place: string;
  readonly file: string;
  readonly message: string;
}

/** Rules that are off unless somebody asks for them count as well. */
const severities = new Map(rules.flatMap(({ id, off, severity }) => (off === true ? [[id, severity] as const] : [])));

const found: Found[] = [];
const effects = new Map<string, { all: number; whole: number; partly: number }>();
let scripts = 0;
let complete = 0;

for (const folder of readdirSync(top, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted()) {
  const opened = await openProject({ paths: ["."] }, path.resolve(top, folder));
  if (opened.kind === "refused") continue;
  const project = readProject(opened.request);
  const { findings } = analyse(project, rules, { rules: severities, textOf: opened.textOf });
  for (const { rule, at, message } of findings) {
    const { line } = positionAt(lineIndex(opened.textOf(at.file) ?? ""), at.span.start);
    found.push({ rule, place: `${folder}/${at.file}:${line}`, file: `${folder}/${at.file}`, message });
  }
  const seen = new Set<string>();
  for (const file of project.clusters.flatMap(({ nodes }) => nodes).flatMap(factFiles)) {
    if (seen.has(file.file)) continue;
    seen.add(file.file);
    if (file.script !== undefined) {
      scripts++;
      if (file.script.effects.complete && file.script.script.problems.length === 0) complete++;
    }
    for (const effect of file.effects) {
      const family = familyOf(effect);
      if (family === undefined) continue;
      const [known, unknown] = counted(effect);
      const row = effects.get(family) ?? { all: 0, whole: 0, partly: 0 };
      effects.set(family, row);
      row.all++;
      if (unknown === 0) row.whole++;
      else if (known > 0) row.partly++;
    }
  }
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  console.log(`| ${head.join(" | ")} |\n| ${head.map((_, index) => (index === 0 ? "---" : "---:")).join(" | ")} |`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
  console.log();
};

if (asked.length > 0) {
  for (const { rule, place, message } of found.filter((one) => asked.includes(one.rule)))
    console.log(`${printable(place)} ${rule} ${printable(message)}`);
} else {
  const shown = rules.filter(({ group }) => GROUPS.has(group));
  table(
    ["rule", "findings", "files"],
    shown.map(({ id }) => {
      const own = found.filter(({ rule }) => rule === id);
      return [id, own.length, new Set(own.map(({ file }) => file)).size];
    }),
  );
  console.log(`${scripts} scripts, of which ${complete} were followed to every end.\n`);
  table(
    ["commands", "effects", "all known", "partly", "nothing known"],
    [...effects]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([family, { all, whole, partly }]) => [family, all, whole, partly, all - whole - partly]),
  );
}
