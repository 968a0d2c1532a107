/**
 * Writes what is generated in docs/rules/: the head of every page (severity, group, fix, since, what it rests on), between
 * markers, and README.md, the list of all rules by group; the tables of docs/daemon.md (daemon-table.mjs); and from the table of kalint.toml's keys schemas/kalint.schema.json
 * and the table in docs/configuration.md. `node scripts/docs.mjs`; with `--check` it only says what is not
 * up to date (exit status 1).
 */
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readMessages, strangers, withTables } from "./daemon-table.mjs";
import { format, resolveConfig } from "prettier";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pages = path.join(root, "docs/rules");
const begin = "<!-- generated -->";
const end = "<!-- end of generated -->";

/** The rules and the keys of kalint.toml as data, from the sources: Node cannot read TypeScript. */
const readSources = async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { allRules } from "./server/cli/rules.ts"; export { metrics } from "./server/analysis/metrics.ts"; export { rules } from "./server/rules/index.ts"; export { jsonSchema, keyTable } from "./server/analysis/settings/json-schema.ts";`,
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "warning",
  });
  const { allRules, metrics, rules, jsonSchema, keyTable } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`
  );
  const details = new Map(rules.map((rule) => [rule.id, rule]));
  const listed = allRules().map((row) => ({
    ...row,
    subject: details.get(row.id)?.subject,
    sources: details.get(row.id)?.sources ?? [],
    seen: details.get(row.id)?.seen,
  }));
  const byId = listed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    rules: listed,
    metrics,
    settingsSchema: await formatted(
      JSON.stringify(
        jsonSchema(
          byId,
          [...new Set(rules.map(({ group }) => group))].toSorted((a, b) => (a < b ? -1 : 1)),
        ),
      ),
    ),
    settingsKeys: keyTable(),
  };
};

/** As `npm run check:format` wants it. */
const formatted = async (json) => format(json, { ...(await resolveConfig(root)), parser: "json" });

const fixWords = { safe: "safe", review: "for review" };

const head = ({ severity, off, group, fix, since, sources }) =>
  [
    begin,
    "",
    [
      `Severity: ${off ? `off (${severity} when switched on)` : severity}`,
      `group: ${group}`,
      `fix: ${fixWords[fix] ?? "none"}`,
      `since: ${since}`,
    ].join(" · "),
    ...(sources.length === 0
      ? []
      : [
          "",
          `Rests on: ${sources.map((source) => (source.startsWith("test/") ? `[${path.basename(source)}](../../${source})` : source)).join(", ")}`,
        ]),
    "",
    end,
  ].join("\n");

/** The page with a fresh head behind its title; what somebody wrote stays. */
const withHead = (text, rule) => {
  const title = text.indexOf("\n") < 0 ? text : text.slice(0, text.indexOf("\n"));
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  const rest = start < 0 || stop < start ? text.slice(title.length) : text.slice(stop + end.length);
  return `${title}\n\n${head(rule)}\n\n${rest.trimStart()}`;
};

const runTimeBegin = "<!-- generated: at run time -->";
const runTimeEnd = "<!-- end of at run time -->";
/** More cases than these are behind the links of the head. */
const mostCases = 3;

/** What the log, monitoring and real daemons say where the rule is right; empty when nothing is known. */
const runTime = ({ sources, seen }, metrics) => {
  const quoted = (words) => words.map((word) => `\`${word}\``).join(", or ");
  const names = ({ json, snmp, gen2brain, mehdy }) =>
    [
      mehdy === undefined ? [] : `\`${mehdy}\` (mehdy/keepalived-exporter)`,
      gen2brain === undefined ? [] : `\`${gen2brain}\` (gen2brain/keepalived_exporter)`,
      snmp === undefined ? [] : `\`${snmp}\` (SNMP)`,
      `\`${json}\` (keepalived's JSON)`,
    ]
      .flat()
      .join(", ");
  const cases = sources
    .filter((source) => source.startsWith("test/observed/"))
    .slice(0, mostCases)
    .map(
      (source) => `- Real daemons ([${path.basename(source)}](../../${source})): ${firstParagraph(path.join(root, source, "README.md"))}`,
    );
  return [
    ...(seen?.log === undefined ? [] : [`- The log says ${quoted(seen.log)}.`]),
    ...(seen?.metrics ?? []).map(([name, does]) => `- \`${name}\` ${does}. It is ${names(metrics[name])}.`),
    ...cases,
  ];
};

const firstParagraph = (file) => {
  const paragraph = readFileSync(file, "utf8")
    .split(/\n\s*\n/u)
    .find((part) => !part.startsWith("#") && !part.startsWith("|"));
  return (paragraph ?? "").replaceAll(/\s+/gu, " ").trim();
};

/** The page with that before its last heading. */
const withRunTime = (page, lines) => {
  const start = page.indexOf(runTimeBegin);
  const stop = page.indexOf(runTimeEnd);
  const text = start < 0 || stop < start ? page : page.slice(0, start) + page.slice(stop + runTimeEnd.length).trimStart();
  const last = text.lastIndexOf("\n## When to turn it off");
  if (lines.length === 0 || last < 0) return text;
  return `${text.slice(0, last + 1)}${[runTimeBegin, "", "## At run time", "", ...lines, "", runTimeEnd, "", ""].join("\n")}${text.slice(last + 1)}`;
};

const index = (rules) => {
  const groups = groupBy(rules);
  const section = ([group, list]) =>
    [
      `## ${group}`,
      "",
      "| rule | severity | fix | what it finds |",
      "|---|---|---|---|",
      ...list.map(({ id, severity, off, fix, summary }) => {
        const link = existsSync(path.join(pages, `${id}.md`)) ? `[${id}](${id}.md)` : id;
        return `| ${link} | ${off ? "off" : severity} | ${fix ?? ""} | ${summary.replaceAll("|", "\\|")} |`;
      }),
    ].join("\n");
  return `# Rules

${rules.length} rules in ${groups.size} groups. \`kalint explain RULE\` prints a page, \`--rule RULE=SEVERITY\` and \`--rule RULE=off\` change one.
Written by \`npm run docs\`.

${[...groups].map(section).join("\n\n")}
`;
};

const groupBy = (rules) => {
  const groups = new Map();
  for (const rule of rules) groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule]);
  return groups;
};

/** A text with its generated part replaced. */
const withGenerated = (text, part) => {
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  return `${text.slice(0, start)}${begin}\n\n${part}\n\n${text.slice(stop)}`;
};

const { rules, metrics, settingsSchema, settingsKeys } = await readSources();
const wanted = new Map();
for (const rule of rules) {
  const file = path.join(pages, `${rule.id}.md`);
  if (existsSync(file)) wanted.set(file, withRunTime(withHead(readFileSync(file, "utf8"), rule), runTime(rule, metrics)));
}
wanted.set(path.join(pages, "README.md"), index(rules));
const daemonPage = path.join(root, "docs/daemon.md");
const messages = readMessages(root);
wanted.set(daemonPage, withTables(readFileSync(daemonPage, "utf8"), messages));
wanted.set(path.join(root, "schemas/kalint.schema.json"), settingsSchema);
const configuration = path.join(root, "docs/configuration.md");
wanted.set(configuration, withGenerated(readFileSync(configuration, "utf8"), settingsKeys));

const stale = [];
for (const [file, text] of wanted) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  stale.push(path.relative(root, file));
  if (!process.argv.includes("--check")) writeFileSync(file, text);
}

const missing = rules.filter(({ id }) => !existsSync(path.join(pages, `${id}.md`))).map(({ id }) => id);
const orphans = readdirSync(pages).filter((name) => name !== "README.md" && !rules.some(({ id }) => name === `${id}.md`));
const unknown = strangers(messages, new Set(rules.map(({ id }) => id)));
for (const id of unknown) console.error(`docs: docs/daemon-messages.tsv names ${id}, which is no rule`);
for (const id of missing) console.error(`docs: the rule ${id} has no page docs/rules/${id}.md`);
for (const name of orphans) console.error(`docs: docs/rules/${name} belongs to no rule`);
if (process.argv.includes("--check") && stale.length > 0) console.error(`docs: ${stale.join(", ")} not up to date: run npm run docs`);
if (process.argv.includes("--check") && stale.length + missing.length + orphans.length + unknown.length > 0) process.exitCode = 1;
