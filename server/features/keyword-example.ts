/**
 * A keyword as it stands in a configuration: made from its row, inside the blocks it belongs to. Only what is needed is shown,
 * so an example shows the form; whether a value is wise, no row knows.
 */
import { childContext, context, lookup } from "../../grammar/vocabulary/index.ts";
import type { Argument, ContextId, Keyword } from "../../grammar/vocabulary/types.ts";
import { checkValue } from "../../grammar/vocabulary/values.ts";
import { contents, displaced, followers, named, partners, samples, secondInstance, sensible, surroundings } from "./example-words.ts";
import { entryWith } from "./example-lines.ts";

export interface KeywordExample {
  readonly text: string;
  /** The same with everything around it that keepalived wants to see, and that is not what the example is about. */
  readonly whole: string;
  /** The lines of the keyword in `whole`, and of what goes with it, counted from 0, the end exclusive. */
  readonly first: number;
  readonly end: number;
}

/** Undefined where the row does not say enough, and for what is not to be written any more. */
export const keywordExample = (contextId: ContextId, keyword: Keyword): KeywordExample | undefined => {
  if (keyword.deprecated !== undefined || keyword.removed !== undefined) return undefined;
  const place = placeOf(contextId);
  const own = place === undefined ? undefined : ownLines(place, keyword);
  if (place === undefined || own === undefined) return undefined;
  const { blocks } = place;
  const depth = blocks.length;
  const beside = (table: typeof partners): readonly string[] =>
    keyword.kind === "entry-option" ? [] : (byPlace(table, place.block, keyword.name) ?? []);
  const [before, behind] = [beside(partners), beside(followers)];
  const taken = new Set([...[...before, ...own, ...behind].map(firstWord), ...beside(displaced)]);
  const around = blocks.map(({ header, context: id, row }, index) => ({
    header: `${indent(index)}${header} {`,
    // The line of an option is the entry that a list needs.
    hidden: (index === depth - 1 && keyword.kind === "entry-option" ? [] : neededIn(id, row))
      .filter((chunk) => !stands(chunk, index + 1 < depth ? new Set([blocks[index + 1]!.row.name]) : taken))
      .flatMap((chunk) => chunk.split("\n").map((line) => `${indent(index + 1)}${line}`)),
    end: `${indent(index)}}`,
  }));
  const middle = [...before, ...own, ...behind].map((line) => `${indent(depth)}${line}`);
  const ends = around.map(({ end }) => end).toReversed();
  const inner = [...around.flatMap(({ header, hidden }) => [header, ...hidden]), ...middle, ...ends];
  const definitions = surroundings + definitionsFor(inner);
  const first = definitions.split("\n").length - 1 + around.reduce((sum, { hidden }) => sum + 1 + hidden.length, 0);
  return {
    text: [...around.map(({ header }) => header), ...middle, ...ends].join("\n"),
    whole: `${definitions}${inner.join("\n")}\n`,
    first,
    end: first + middle.length,
  };
};

const indent = (depth: number): string => "    ".repeat(depth);

const firstWord = (line: string): string => line.trimStart().split(/[\s{]/u, 1)[0]!;

const byPlace = <T>(table: Readonly<Record<string, T>>, block: string, name: string): T | undefined =>
  table[`${block}/${name}`] ?? table[name];

interface Block {
  readonly header: string;
  readonly context: ContextId;
  readonly row: Keyword;
}

interface Place {
  /** The outermost first. */
  readonly blocks: readonly Block[];
  /** Name of the innermost block. */
  readonly block: string;
  /** Options of a line that the keyword is itself an option of: `nexthop`, `encap`. */
  readonly options: readonly string[];
}

const placeOf = (contextId: ContextId): Place | undefined => {
  const blocks: Block[] = [];
  const options: string[] = [];
  let place: ContextId = "";
  for (const word of contextId === "" ? [] : contextId.split("/")) {
    const row = lookup(place, word);
    if (row === undefined) return undefined;
    place = childContext(place, row);
    if (row.kind === "entry-option") {
      options.push(row.name);
      continue;
    }
    const header = lineOf(row, blocks.at(-1)?.row.name ?? "");
    if (header === undefined) return undefined;
    blocks.push({ header, context: place, row });
  }
  return { blocks, block: blocks.at(-1)?.row.name ?? "", options };
};

const ownLines = ({ blocks, block, options }: Place, keyword: Keyword): readonly string[] | undefined => {
  const line = lineOf(keyword, options.at(-1) ?? block);
  if (line === undefined) return undefined;
  if (keyword.kind === "entry-option") {
    const entry = entryWith({ block, options, name: keyword.name, line });
    if (entry !== undefined) return entry.split("\n");
    const { entry: row } = context(blocks.at(-1)?.context ?? "") ?? {};
    const head = row === undefined ? undefined : lineOf(row, block);
    return head === undefined ? undefined : [`${head} ${line}`];
  }
  if (keyword.kind === "statement") return [line];
  const inside = neededIn(childContext(blocks.at(-1)?.context ?? "", keyword), keyword);
  return [`${line} {`, ...inside.flatMap((chunk) => chunk.split("\n").map((each) => `${indent(1)}${each}`)), "}"];
};

/** The lines that a block wants to have; several that belong together are one text. */
const neededIn = (id: ContextId, { name }: Keyword): readonly string[] => {
  const inside = context(id);
  const usual = contents[id] ?? contents[name] ?? [];
  const entry = inside?.entry === undefined || usual.length > 0 ? [] : [inside.entry];
  const required = inside?.keywords.filter((row) => row.required === true && !usual.some((each) => firstWord(each) === row.name)) ?? [];
  return [...[...entry, ...required].flatMap((row) => lineOf(row, name) ?? []), ...usual];
};

/** Whether what a block needs is there already, or another of its kind: one check of a server is enough. */
const stands = (chunk: string, there: ReadonlySet<string>): boolean => {
  const word = firstWord(chunk);
  return there.has(word) || (isCheck(word) && [...there].some(isCheck));
};

const isCheck = (word: string): boolean => /_(?:CHECK|GET)$/u.test(word);

/** What stands in these lines and is defined elsewhere; a definition may refer to another one. */
const definitionsFor = (lines: readonly string[]): string => {
  const wanted = [...Object.values(named), secondInstance];
  const isDefined = (name: string): boolean => lines.some((line) => /^\S.* \{$/u.test(line) && line.split(" ")[1] === name);
  const isNamed = (name: string, texts: readonly string[]): boolean => texts.some((line) => line.trim().split(/\s+/u).includes(name));
  const direct = wanted.filter(({ name }) => !isDefined(name) && isNamed(name, lines));
  const behind = direct.flatMap(({ definition }) => definition.split("\n"));
  const indirect = wanted.filter((one) => !direct.includes(one) && !isDefined(one.name) && isNamed(one.name, behind));
  return [...indirect, ...direct].map(({ definition }) => definition).join("");
};

/** The keyword with the arguments that it needs (an ipvlan its address too, a service its port); of entries of list blocks, the arguments alone. */
const lineOf = ({ name, args, needsArgument, default: byDefault }: Keyword, block: string): string | undefined => {
  const written = args.filter(
    ({ optional, type }, index) =>
      optional !== true ||
      (needsArgument === true && index === 0) ||
      (name === "use_ipvlan" && type === "address-prefix") ||
      (name.endsWith("_server") && type === "port"),
  );
  const words = written.map((argument, index) => {
    const usual = byDefault === undefined || byDefault === "0" ? [] : [byDefault];
    const value = sampleOf(argument, index === 0 ? [...(byPlace(sensible, block, name) ?? []), ...usual] : []);
    return value === undefined || argument.introducedBy === undefined ? value : `${argument.introducedBy} ${value}`;
  });
  if (words.includes(undefined)) return undefined;
  return [...(name.startsWith("<") ? [] : [name]), ...words].join(" ");
};

/** The first of these words that the argument takes. */
const sampleOf = (argument: Argument, first: readonly string[]): string | undefined => {
  const { type, min, values = [], refersTo, defines, digits } = argument;
  const kind = refersTo ?? defines;
  const candidates = [
    ...(kind === undefined ? [] : [named[kind].name]),
    ...first,
    ...(type === "enum" ? values : []),
    ...samples[type],
    ...(min === undefined ? [] : [`${min}`]),
    ...(digits === undefined ? [] : ["a".repeat(digits)]),
    ...values,
  ];
  return candidates.find((word) => !word.includes(" ") === (type !== "script") && checkValue(quoteless(word), argument).kind === "ok");
};

const quoteless = (word: string): string => word.replaceAll('"', "");
