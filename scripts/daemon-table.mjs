/**
 * Writes what is generated in docs/daemon.md, from docs/daemon-messages.tsv: one line for each message of the daemon, by
 * its place in keepalived's source, with the rule that covers it or the reason why none does.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const begin = "<!-- generated -->";
const end = "<!-- end of generated -->";

/** Why a message is covered, or not. */
const covered = new Set(["seen", "tried", "read"]);

export const readMessages = (root) =>
  readFileSync(path.join(root, "docs/daemon-messages.tsv"), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [place, kind, rules, basis] = line.split("\t");
      return { place, file: place.slice(0, place.lastIndexOf(":")), kind, rules: rules === "-" ? [] : rules.split(", "), basis };
    });

/** Rules named in the table that do not exist. */
export const strangers = (messages, ids) => [...new Set(messages.flatMap(({ rules }) => rules))].filter((id) => !ids.has(id));

export const withTables = (text, messages) => {
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  return `${text.slice(0, start + begin.length)}\n\n${tables(messages)}\n\n${text.slice(stop)}`;
};

const tables = (messages) => [summary(messages), byFile(messages), byRule(messages), open(messages)].join("\n\n");

const count = (messages, ...bases) => messages.filter(({ basis }) => bases.includes(basis)).length;

const summary = (messages) =>
  [
    `${messages.length} messages; ${messages.filter(({ basis }) => covered.has(basis)).length} are covered by a rule.`,
    "",
    "| basis | messages | what it means |",
    "|---|---|---|",
    `| seen | ${count(messages, "seen")} | a daemon printed it about a configuration, and the rule has a finding at that place |`,
    `| tried | ${count(messages, "tried")} | a configuration was written that meets its condition, and the rule has a finding |`,
    `| read | ${count(messages, "read")} | the rule rests on that place of the source, or on that condition |`,
    `| host | ${count(messages, "host")} | it depends on the machine: interfaces, accounts, files, the kernel |`,
    `| log | ${count(messages, "log")} | it only goes to the log, \`keepalived -t\` does not print it |`,
    `| build | ${count(messages, "build")} | it only tells what a build lacks |`,
    `| follow-up | ${count(messages, "follow-up")} | it only follows another message |`,
    `| unreachable | ${count(messages, "unreachable")} | its code is switched off |`,
    `| open | ${count(messages, "open")} | no rule says it yet |`,
  ].join("\n");

const groups = (messages, keysOf) => {
  const found = new Map();
  for (const message of messages) for (const key of keysOf(message)) found.set(key, [...(found.get(key) ?? []), message]);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
};

const byFile = (messages) =>
  [
    "### By source file",
    "",
    "| file | messages | covered | host | log, build, follow-up | open |",
    "|---|---|---|---|---|---|",
    ...groups(messages, ({ file }) => [file]).map(
      ([file, own]) =>
        `| ${file} | ${own.length} | ${count(own, ...covered)} | ${count(own, "host")} | ${count(own, "log", "build", "follow-up", "unreachable")} | ${count(own, "open")} |`,
    ),
  ].join("\n");

const byRule = (messages) =>
  [
    "### By rule",
    "",
    "| rule | messages | seen | tried or read |",
    "|---|---|---|---|",
    ...groups(messages, ({ rules }) => rules).map(
      ([rule, own]) => `| [${rule}](rules/${rule}.md) | ${own.length} | ${count(own, "seen")} | ${count(own, "tried", "read")} |`,
    ),
  ].join("\n");

const open = (messages) =>
  [
    "### Open",
    "",
    "| file | lines |",
    "|---|---|",
    ...groups(
      messages.filter(({ basis }) => basis === "open"),
      ({ file }) => [file],
    ).map(
      ([file, own]) => `| ${file} | ${own.map(({ place, kind }) => `${place.slice(place.lastIndexOf(":") + 1)} (${kind})`).join(", ")} |`,
    ),
  ].join("\n");
