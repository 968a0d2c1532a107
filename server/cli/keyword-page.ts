/**
 * What `kalint explain` says of a keyword: every place it stands in with its arguments and an example, and what goes wrong with it,
 * taken from the examples of the rules. Both kinds of examples are judged before they are shown.
 */
import { contextsOf, lookup } from "../../grammar/vocabulary/index.ts";
import type { ContextId, Keyword } from "../../grammar/vocabulary/types.ts";
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { type Finding, severities } from "../analysis/finding.ts";
import { analyse } from "../analysis/run.ts";
import { keywordExample } from "../features/keyword-example.ts";
import { keywordHelp, usage } from "../features/keyword-help.ts";
import { memoryFiles } from "../host/memory.ts";
import { readProject } from "../model/cluster/project.ts";
import { rules } from "../rules/index.ts";
import { pageOf } from "./pages.ts";

/** Undefined for what is no keyword. */
export const keywordPage = (word: string): string | undefined => {
  const places = new Map<string, { readonly help: string; readonly where: string[]; readonly context: ContextId; readonly row: Keyword }>();
  for (const context of contextsOf(word)) {
    const row = lookup(context, word);
    if (row === undefined) continue;
    const help = keywordHelp(row, false);
    const key = `${usage(row)}\n${help}`;
    const place = places.get(key) ?? { help, where: [], context, row };
    places.set(key, place);
    place.where.push(context === "" ? "at the top level" : `in ${context.split("/").join(" > ")}`);
  }
  if (places.size === 0) return undefined;
  return [
    `# ${word}`,
    ...[...places.values()].flatMap(({ help, where, context, row }) => [
      `## ${capital(where.join(", "))}`,
      fence(usage(row)),
      help,
      ...rightExample(context, row),
    ]),
    ...wrongExamples(word),
  ].join("\n\n");
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const fence = (text: string): string => ["```", text, "```"].join("\n");

/** An example in which kalint has nothing to say about the keyword; of one that is not to be written any more, of what is written instead. */
const rightExample = (context: ContextId, row: Keyword): readonly string[] => {
  const instead = row.deprecated?.by;
  if (instead === undefined) return shownExample("For example:", context, row);
  const place = [context, ...contextsOf(instead)].find((id) => lookup(id, instead) !== undefined);
  return place === undefined ? [] : shownExample("Today one writes:", place, lookup(place, instead)!);
};

const shownExample = (title: string, context: ContextId, row: Keyword): readonly string[] => {
  const example = keywordExample(context, row);
  if (example === undefined) return [];
  const { text, whole, first, end } = example;
  const lines = lineIndex(whole);
  const about = judged({ [entryFile]: whole }).filter(({ at, rule }) => {
    const line = positionAt(lines, at.span.start).line - 1;
    return line >= first && line < end && !besideThePoint.has(rule);
  });
  return about.length > 0 ? [] : [title, fence(text)];
};

const entryFile = "keepalived.conf";

/** What the help says in other words, and what another node would settle. */
const besideThePoint: ReadonlySet<string> = new Set([
  "keyword-needs-build-option",
  "plaintext-auth-pass",
  "unicast-peer-unknown",
  "vip-dropped-by-strict",
]);

interface Wrong {
  readonly finding: Finding;
  readonly line: string;
}

/** More are named, and not shown. */
const shownAtMost = 8;

const wrongExamples = (word: string): readonly string[] => {
  const all = wrongIn(word);
  if (all.length === 0) return [];
  const more = all.slice(shownAtMost).map(({ finding }) => `\`${finding.rule}\``);
  return [
    "## What goes wrong with it",
    ...all
      .slice(0, shownAtMost)
      .flatMap(({ finding: { rule, severity, message }, line }) => [...shownLine(word, line), `**${severity}[${rule}]**: ${message}`]),
    ...(more.length === 0 ? [] : [`Other rules that are about it: ${more.join(", ")}.`]),
    `\`kalint explain ${all[0]!.finding.rule}\` shows the whole of such an example, and the right one.`,
  ];
};

/** A line that says more than its keyword. */
const shownLine = (word: string, line: string): readonly string[] =>
  [word, `${word} {`].includes(line.trim()) ? [] : [fence(line.trim())];

/** What the rules find on lines of this keyword in the wrong examples of their own pages, the worst first. */
const wrongIn = (word: string): readonly Wrong[] => {
  const starts = (line: string): boolean => line.trimStart().split(/[\s{]/u, 1)[0] === word;
  return rules
    .flatMap(({ id }): readonly Wrong[] => {
      const files = wrongFilesOf(id);
      if (!Object.values(files).some((text) => text.split("\n").some(starts))) return [];
      const found = judged(files, id).flatMap((finding): readonly Wrong[] => {
        const text = files[finding.at.file] ?? "";
        const line = text.split("\n")[positionAt(lineIndex(text), finding.at.span.start).line - 1] ?? "";
        return finding.rule === id && starts(line) ? [{ finding, line }] : [];
      });
      return found.slice(0, 1);
    })
    .toSorted((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity));
};

/** The files under "Wrong" in the page of a rule. */
const wrongFilesOf = (rule: string): Readonly<Record<string, string>> => {
  const [, section = ""] = /^## Wrong\n([^]*?)(?=^## |(?![^]))/mu.exec(pageOf(rule) ?? "") ?? [];
  const files: Record<string, string> = {};
  for (const [, name, language, text] of section.matchAll(/(?:^`([^`\s]+)`:\n\n)?^```(\w+)[^\n]*\n([^]*?)^```$/gmu))
    files[name ?? (language === "keepalived" ? entryFile : "script.sh")] = text!;
  return files;
};

/** What is found in these files: by all rules, or by one, also when it is off by default. */
const judged = (files: Readonly<Record<string, string>>, only?: string): readonly Finding[] => {
  const asked = only === undefined ? rules : rules.filter(({ id }) => id === only);
  const project = readProject({ files: memoryFiles(files), paths: [""] });
  return analyse(project, asked, {
    rules: new Map(only === undefined ? [] : asked.map(({ id, severity }) => [id, severity])),
    textOf: (file) => files[file],
  }).findings;
};
