/** What can be written at an offset: keywords of the block, values of an argument, names that are defined. */
import type { Span } from "../../grammar/text.ts";
import { context as contextOf, lookup } from "../../grammar/vocabulary/index.ts";
import type { Argument, Context, Keyword, SymbolKind, Version } from "../../grammar/vocabulary/types.ts";
import { knownIn } from "../../grammar/vocabulary/version.ts";
import type { ProjectFiles } from "../model/cluster/files.ts";
import type { Project } from "../model/cluster/project.ts";
import type { PathMap } from "../model/cluster/stated.ts";
import { type LineAt, lineAt, type Occurrence, occurrences } from "./cursor.ts";
import { keywordHelp, usage } from "./keyword-help.ts";
import { knownInterfaces } from "./known-interfaces.ts";
import { knownScripts, pathCompletions } from "./path-completion.ts";
import { shownValue } from "./secret-definitions.ts";

export type CompletionRole = "keyword" | "block" | "value" | "name" | "interface" | "file" | "folder" | "definition" | "id";

export interface Completion {
  readonly label: string;
  readonly role: CompletionRole;
  /** What replaces `replace`. Placeholders as editors write them (`${1:name}`) where `snippet`. */
  readonly text: string;
  readonly snippet: boolean;
  readonly replace: Span;
  /** Short, beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly help?: string;
  readonly deprecated?: true;
  /** What is missing comes before what may be added. */
  readonly rank: number;
}

export interface CompletionRequest {
  readonly project: Project;
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly version: Version;
  readonly files: ProjectFiles;
  /** `[paths]` of kalint.toml. */
  readonly paths?: readonly PathMap[];
}

/** Never throws; empty in comments and where nothing is known. Of several readings everything is offered once. */
export const completions = (request: CompletionRequest): readonly Completion[] => {
  const { project, file, text, offset, version } = request;
  const line = lineAt(text, offset);
  if (line.comment) return [];
  const found = new Map<string, Completion>();
  for (const occurrence of occurrences(project, file, text, offset, version)) {
    for (const each of at(occurrence, line, { ...request, version: occurrence.node?.version ?? version }))
      if (!found.has(each.label)) found.set(each.label, each);
  }
  return [...found.values()];
};

const at = (occurrence: Occurrence, line: LineAt, request: CompletionRequest): readonly Completion[] => {
  const use = /\$\{?\w*$/u.exec(line.typed)?.[0];
  if (use !== undefined) return definitions(occurrence, request, use);
  if (line.before.length === 0) {
    if (line.typed.startsWith("@")) return ids(request.project, line);
    return [...statements(occurrence, line, request), ...(line.condition ? [] : includes(occurrence, line))];
  }
  const [first = "", ...written] = line.before;
  if (/^include[rmwba]?$/u.test(first)) return pathCompletions(request, occurrence, line);
  const { context } = occurrence;
  if (context === undefined) return [];
  if (context.entry !== undefined) return entryOptions(context, occurrence, line, request);
  const keyword = lookup(context.id, first);
  return keyword === undefined ? [] : values(keyword, written, occurrence, line, request);
};

/** Keywords that are allowed in the block, those that are written already and count once left out. */
const statements = (occurrence: Occurrence, line: LineAt, request: CompletionRequest): readonly Completion[] => {
  const { context, level } = occurrence;
  if (context === undefined) return [];
  if (context.entry !== undefined) return firstWords(context.entry.args[0], occurrence, line, request);
  const here = request.text.slice(line.word.start, line.word.end);
  const used = new Set(level.flatMap(({ words }) => words[0]?.text ?? []));
  return context.keywords
    .filter((keyword) => knownIn(keyword, request.version))
    .filter((keyword) => !used.has(keyword.name) || keyword.name === here || isRepeated(keyword))
    .map((keyword) => keywordCompletion(keyword, line, used.has(keyword.name)));
};

/** What people write more than once in one place. A second list only adds to the first, which is where its lines belong. */
const isRepeated = ({ name, kind, onRepeat }: Keyword): boolean =>
  kind === "named-block" ||
  (kind === "block" ? /(?:_CHECK|_GET)$|^(?:host|url|garp_group)$/u.test(name) : kind === "statement" && onRepeat === "append");

const keywordCompletion = (keyword: Keyword, line: LineAt, used: boolean): Completion => {
  const isBlock = keyword.kind === "block" || keyword.kind === "named-block" || keyword.kind === "list-block";
  return {
    label: keyword.name,
    role: isBlock ? "block" : "keyword",
    text: keywordSnippet(keyword),
    snippet: true,
    replace: line.word,
    detail: usage(keyword),
    help: keywordHelp(keyword, false),
    ...(keyword.deprecated === undefined ? {} : { deprecated: true as const }),
    rank: keyword.deprecated !== undefined ? 3 : keyword.required === true && !used ? 0 : keyword.aliasOf === undefined ? 1 : 2,
  };
};

/** A keyword with its needed arguments as places to fill in, a block with its braces. */
export const keywordSnippet = ({ name, args, kind }: Keyword): string => {
  const needed = args.filter(({ optional }) => optional !== true);
  const places = needed.map(({ name: what, type, values: choices, introducedBy }, index) => {
    const place =
      type === "enum" && choices !== undefined && choices.length > 0
        ? `\${${index + 1}|${choices.map((each) => each.replaceAll(/[,|\\$}]/gu, String.raw`\$&`)).join(",")}|}`
        : type === "script"
          ? `"\${${index + 1}:${what}}"`
          : `\${${index + 1}:${what}}`;
    return introducedBy === undefined ? place : `${introducedBy} ${place}`;
  });
  const head = [name, ...places].join(" ");
  return kind === "block" || kind === "named-block" || kind === "list-block" ? `${head} {\n\t$0\n}` : head;
};

/** What stands at the beginning of a line of a list: an address, the name of a script. */
const firstWords = (
  argument: Argument | undefined,
  occurrence: Occurrence,
  line: LineAt,
  request: CompletionRequest,
): readonly Completion[] => (argument === undefined ? [] : argumentValues(argument, occurrence, line, request));

/** Words behind the first one of a line of a list. */
const entryOptions = (context: Context, occurrence: Occurrence, line: LineAt, request: CompletionRequest): readonly Completion[] => {
  const last = line.before.at(-1) ?? "";
  const option = line.before.length > 1 || context.id.endsWith("routes") ? lookup(context.id, last) : undefined;
  const argument = option?.args.find(({ optional }) => optional !== true);
  if (argument !== undefined) return argumentValues(argument, occurrence, line, request);
  const used = new Set(line.before);
  return context.keywords
    .filter((keyword) => knownIn(keyword, request.version) && !used.has(keyword.name))
    .map((keyword) => ({ ...keywordCompletion(keyword, line, false), role: "keyword" as const }));
};

/** Values of the argument that the cursor stands at. */
const values = (
  keyword: Keyword,
  written: readonly string[],
  occurrence: Occurrence,
  line: LineAt,
  request: CompletionRequest,
): readonly Completion[] => {
  const forms = contextOf(formContext(occurrence, keyword))?.forms ?? [];
  const form = forms.find(({ name }) => name === written[0]);
  if (form !== undefined) return values(form, written.slice(1), occurrence, line, request);
  const introducer = keyword.args.find(({ introducedBy }) => introducedBy !== undefined && introducedBy === written.at(-1));
  if (introducer !== undefined) return argumentValues(introducer, occurrence, line, request);
  const plain = keyword.args.filter(({ introducedBy }) => introducedBy === undefined);
  const argument = plain[written.length] ?? (plain.at(-1)?.repeated === true ? plain.at(-1) : undefined);
  const introduced = keyword.args.flatMap(({ introducedBy }) =>
    introducedBy === undefined || written.includes(introducedBy) ? [] : [value(introducedBy, line)],
  );
  return [
    ...(argument === undefined ? [] : argumentValues(argument, occurrence, line, request)),
    ...(written.length === 0 ? forms.map(({ name, help }) => ({ ...value(name, line), help })) : []),
    ...introduced,
  ];
};

const formContext = ({ context }: Occurrence, { name }: Keyword): string => (context?.id === "" ? name : `${context?.id ?? ""}/${name}`);

const argumentValues = (argument: Argument, occurrence: Occurrence, line: LineAt, request: CompletionRequest): readonly Completion[] => {
  const words = argument.type === "boolean" ? ["on", "off"] : (argument.values ?? []);
  const listed = words.map((word) => value(word, line));
  switch (argument.type) {
    case "reference":
      return [...listed, ...(argument.refersTo === undefined ? [] : names(argument.refersTo, occurrence, line))];
    case "interface":
      return [
        ...listed,
        ...knownInterfaces(request.project, occurrence.node).map(({ name, near }) => ({
          ...value(name, line, "interface"),
          rank: near ? 1 : 2,
        })),
      ];
    case "path":
      return [...listed, ...pathCompletions(request, occurrence, line)];
    case "script":
      return [...listed, ...pathCompletions(request, occurrence, line), ...knownScripts(request, occurrence, line)];
    default:
      return listed;
  }
};

const value = (label: string, line: LineAt, role: CompletionRole = "value", detail?: string): Completion => ({
  label,
  role,
  text: label,
  snippet: false,
  replace: line.word,
  ...(detail === undefined ? {} : { detail }),
  rank: 1,
});

const kindNames: Readonly<Record<SymbolKind, string>> = {
  instance: "vrrp_instance",
  syncGroup: "vrrp_sync_group",
  script: "vrrp_script",
  trackFile: "track_file",
  trackProcess: "vrrp_track_process",
  trackGroup: "track_group",
  bfd: "bfd_instance",
  virtualServerGroup: "virtual_server_group",
  garpGroup: "garp_group",
};

const names = (kind: SymbolKind, { configuration }: Occurrence, line: LineAt): readonly Completion[] =>
  [...new Set(configuration?.symbols.definitions.filter((each) => each.kind === kind).map(({ name }) => name.value))].map((name) =>
    value(name, line, "name", kindNames[kind]),
  );

/** Those of the reading, for a use of one that is typed so far, wherever it stands in a word. */
const definitions = ({ configuration }: Occurrence, { text, offset }: CompletionRequest, use: string): readonly Completion[] => {
  const rest = /^\w*/u.exec(text.slice(offset))![0];
  const closed = use.startsWith("${") && text[offset + rest.length] === "}";
  const replace = { start: offset - use.length, end: offset + rest.length + (closed ? 1 : 0) };
  const known = new Map(configuration?.expansion.definitions.map((each) => [each.name, each]));
  return [...known.values()].map(({ name, value: meaning, multiline }) => ({
    label: `\${${name}}`,
    role: "definition" as const,
    text: `\${${name}}`,
    snippet: false,
    replace,
    detail: multiline ? "several lines" : shownValue(configuration!, name, meaning),
    rank: 1,
  }));
};

const ids = ({ clusters }: Project, line: LineAt): readonly Completion[] => {
  const found = new Set(
    clusters.flatMap(({ nodes }) =>
      nodes.flatMap(({ configuration }) => [
        ...(configuration?.configId === undefined ? [] : [configuration.configId]),
        ...(configuration?.expansion.conditions.map(({ id }) => id) ?? []),
      ]),
    ),
  );
  return [...found]
    .filter((id) => id !== "")
    .toSorted()
    .flatMap((id) => [value(`@${id}`, line, "id"), value(`@^${id}`, line, "id", "every node but this")]);
};

const includes = ({ context }: Occurrence, line: LineAt): readonly Completion[] =>
  context === undefined || context.entry !== undefined
    ? []
    : [
        {
          ...value("include", line, "keyword", "include PATTERN"),
          help: "Reads other files here, also inside of a block. A plain name that does not exist is passed over in silence.",
        },
      ];
