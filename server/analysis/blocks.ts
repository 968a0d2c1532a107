/**
 * Answers of rules that hang on one block of a configuration alone, kept by the text of the block: whoever types in one
 * block is not told anew about the others. Which answers these are is not declared by the rules but tried: a rule is first
 * asked with a configuration that shows what is the same for all blocks and what stands in this one, and shuts the door
 * when it looks further. Then it is asked again with everything, and every time from then on.
 */
import type { Segment, Site, Span } from "../../grammar/text.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import type { ConfigItem } from "../model/node/items.ts";
import { hasUnreadIncludes } from "../model/node/lost.ts";
import type { Configuration } from "../model/node/model.ts";
import type { Source } from "../model/node/source.ts";
import type { Given, RuleFinding } from "./rule.ts";

/** Answers by file and configuration id. */
export type KeptBlocks = Map<string, Scope>;

interface Scope {
  /** What all blocks have in common: an answer holds for as long as it is the same. */
  readonly common: string;
  /** By the text of the block. */
  readonly records: ReadonlyMap<string, BlockRecord>;
}

export interface BlockRecord {
  /** Where the block stood when it was asked about. */
  readonly start: number;
  /** By rule; `looks` where the answer hangs on more than the block. */
  readonly answers: Map<string, readonly RuleFinding[] | "looks">;
}

export interface Block {
  readonly item: ConfigItem;
  /** The lines of the block, in its file. */
  readonly span: Span;
  /** Undefined where the text was composed, so that no other block is like it. */
  readonly record: BlockRecord | undefined;
}

/** Forgets configurations that are gone. */
export const sweepBlocks = (kept: KeptBlocks, nodes: readonly NodeModel[]): void => {
  const there = new Set(nodes.flatMap(({ configuration }) => (configuration === undefined ? [] : [keyOf(configuration)])));
  for (const key of kept.keys()) if (!there.has(key)) kept.delete(key);
};

const keyOf = ({ configId, file }: Configuration): string => `${configId ?? ""} ${file}`;

/** The blocks of a machine's configuration; undefined where something that is no block decides what they mean. */
export const blocksOf = (node: NodeModel, given: Given, kept: KeptBlocks): readonly Block[] | undefined => {
  const { configuration } = node;
  if (configuration === undefined || configuration.source.isTemplate() || hasUnreadIncludes(configuration)) return undefined;
  if (configuration.damage().earlyEnds.length > 0) return undefined;
  const linesOf = lineReader(configuration);
  const pieces = configuration.tree.items.map((item) => ({ item, lines: linesOf(item.site) }));
  const globals = pieces.filter(({ item }) => item.keyword.value === "global_defs").map(({ lines }) => lines?.text);
  const common = JSON.stringify([node.name, given.version, given.versionStated, globals]);
  const key = keyOf(configuration);
  const earlier = globals.includes(undefined) ? undefined : kept.get(key);
  const known = earlier?.common === common ? earlier.records : undefined;
  const records = new Map<string, BlockRecord>();
  const isModelled = modelledIn(configuration);
  const blocks = pieces.map(({ item, lines }): Block => {
    if (lines === undefined || globals.includes(undefined)) return { item, span: item.site.span, record: undefined };
    // The second instance of a name is none: equal texts, and one of them is nobody's subject.
    const text = `${isModelled(item) ? "+" : "-"} ${item.site.span.start - lines.span.start} ${item.site.span.end - lines.span.start} ${item.site.file} ${lines.text}`;
    const record = records.get(text) ?? known?.get(text) ?? { start: lines.span.start, answers: new Map() };
    // A piece of a text keeps all of it alive: what is kept is a copy.
    records.set(known?.has(text) === true ? text : copied(text), record);
    return { item, span: lines.span, record };
  });
  kept.set(key, { common, records });
  return blocks;
};

const copied = (text: string): string => Array.from(text).join("");

const modelledIn = ({ instances, syncGroups }: Configuration): ((item: ConfigItem) => boolean) => {
  const items = new Set([...instances, ...syncGroups].map(({ item }) => item));
  return (item) => items.has(item);
};

/** Whole lines of a site, where they stand in a file as they were read. */
const lineReader = ({
  expansion: { text: mapped },
}: Configuration): ((site: Site) => { readonly span: Span; readonly text: string } | undefined) => {
  const byFile = new Map<string, Segment[]>();
  for (const segment of mapped.segments) {
    if (!segment.literal) continue;
    const list = byFile.get(segment.file);
    if (list === undefined) byFile.set(segment.file, [segment]);
    else list.push(segment);
  }
  return ({ file, span, via }) => {
    const holder =
      via === undefined ? byFile.get(file)?.find(({ fileStart, fileEnd }) => fileStart <= span.start && span.end <= fileEnd) : undefined;
    if (holder === undefined) return undefined;
    const toText = holder.start - holder.fileStart;
    const start = mapped.text.lastIndexOf("\n", span.start + toText - 1) + 1;
    const feed = mapped.text.indexOf("\n", span.end + toText);
    const end = feed < 0 ? mapped.text.length : feed;
    const lines = { start: start - toText, end: end - toText };
    return lines.start < holder.fileStart || lines.end > holder.fileEnd ? undefined : { span: lines, text: mapped.text.slice(start, end) };
  };
};

/** Thrown where a rule looks further than the block: it ends nothing but the trial. */
const looked = new Error("a rule looked further than its block");

const look = (): never => {
  throw looked;
};

/** What a rule finds when it sees no more than the block; undefined where it looks further, or fails. */
export const tried = (ask: (given: Given) => readonly RuleFinding[], block: Block, given: Given): readonly RuleFinding[] | undefined => {
  try {
    const found = ask(narrowed(given, block));
    // A copy: see above.
    return found.length === 0
      ? []
      : found.every((finding) => staysIn(finding, block))
        ? (JSON.parse(JSON.stringify(found)) as readonly RuleFinding[])
        : undefined;
  } catch {
    return undefined;
  }
};

const narrowed = (given: Given, block: Block): Given => ({
  version: given.version,
  versionStated: given.versionStated,
  node: narrow(given.node, { name: given.node.name, configuration: narrowedConfiguration(given.node.configuration!, block) }),
  get cluster() {
    return look();
  },
  get rehearsals() {
    return look();
  },
});

const narrowedConfiguration = (configuration: Configuration, block: Block): Configuration => {
  const { file, configId, damage, global, globalStatement, expansion, source } = configuration;
  return narrow(configuration, {
    file,
    ...(configId === undefined ? {} : { configId }),
    damage,
    global,
    globalStatement,
    // A block with an include in it is not read as it stands.
    expansion: narrow(expansion, { ...(configId === undefined ? {} : { configId }), includes: [] }),
    source: narrowedSource(source, block),
  });
};

const narrowedSource = (source: Source, { item, span }: Block): Source => {
  const within =
    <Sites extends readonly Site[], Answer>(answer: (...sites: Sites) => Answer) =>
    (...sites: Sites): Answer =>
      sites.every((site) => site.file === item.site.file && span.start <= site.span.start && site.span.end <= span.end)
        ? answer(...sites)
        : look();
  return {
    line: within(source.line),
    indentation: within(source.indentation),
    between: within(source.between),
    text: within(source.text),
    next: within(source.next),
    hasDroppedLines: within(source.hasDroppedLines),
    language: source.language,
    isTemplate: source.isTemplate,
  };
};

/** An object of which only some properties may be looked at. The id of a configuration is the same for all its blocks, or there is none. */
const narrow = <T extends object>(whole: T, open: Partial<T>): T =>
  new Proxy(whole, {
    get: (_, name) => (name in open ? open[name as keyof T] : name === "configId" ? undefined : look()),
    has: (_, name) => (name in open ? true : look()),
  });

const staysIn = ({ at, notes = [], fixes = [], nodes }: RuleFinding, { item, span }: Block): boolean =>
  nodes === undefined &&
  [at, ...notes.flatMap((note) => note.at ?? []), ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.at))].every(
    (site) => site.file === item.site.file && site.via === undefined && span.start <= site.span.start && site.span.end <= span.end,
  );

/** The same findings with the block standing elsewhere. */
export const movedBy = (findings: readonly RuleFinding[], distance: number): readonly RuleFinding[] => {
  if (distance === 0 || findings.length === 0) return findings;
  const moved = ({ span, ...site }: Site): Site => ({ ...site, span: { start: span.start + distance, end: span.end + distance } });
  return findings.map(({ at, notes, fixes, ...finding }) => ({
    ...finding,
    at: moved(at),
    ...(notes === undefined ? {} : { notes: notes.map((note) => (note.at === undefined ? note : { ...note, at: moved(note.at) })) }),
    ...(fixes === undefined
      ? {}
      : { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, at: moved(edit.at) })) })) }),
  }));
};
