/** What a word of a file is: a keyword, an argument, a name, a use of a definition, an id. */
import type { Site, Span } from "../../grammar/text.ts";
import { lookup } from "../../grammar/vocabulary/index.ts";
import type { Argument, Keyword, SymbolKind } from "../../grammar/vocabulary/types.ts";
import type { LinkedScript, NodeModel } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import { argumentsOf } from "../model/node/arguments.ts";
import { scriptNames } from "./script-names.ts";
import { type ConfigItem, type ConfigWord, walkItems } from "../model/node/items.ts";
import type { Configuration } from "../model/node/model.ts";

interface In {
  readonly node: NodeModel;
  readonly configuration: Configuration;
  readonly span: Span;
}

export type Target =
  /** `keyword` is absent where the vocabulary does not know the word. */
  | (In & { readonly kind: "keyword"; readonly item: ConfigItem; readonly keyword: Keyword })
  | (In & {
      readonly kind: "argument";
      readonly item: ConfigItem;
      readonly keyword: Keyword;
      readonly argument: Argument;
      readonly word: ConfigWord;
    })
  | (In & {
      readonly kind: "name";
      readonly item: ConfigItem;
      readonly symbol: SymbolKind;
      readonly name: string;
      readonly defines: boolean;
    })
  | (In & { readonly kind: "definition"; readonly name: string })
  | (In & { readonly kind: "command"; readonly script: LinkedScript; readonly item: ConfigItem; readonly keyword: Keyword })
  | (In & { readonly kind: "condition"; readonly id: string })
  | (In & { readonly kind: "include"; readonly files: readonly string[] });

const holds = (site: Site, file: string, offset: number): boolean =>
  site.file === file && site.span.start <= offset && offset <= site.span.end;

/** What stands at an offset, in every reading that contains it; the nearest meaning of each. */
export const targetsAt = (project: Project, file: string, offset: number): readonly Target[] =>
  project.clusters.flatMap(({ nodes }) =>
    nodes.flatMap((node) => {
      const { configuration } = node;
      if (configuration === undefined) return [];
      const found = configuration.expansion.files.includes(file)
        ? targetIn(node, configuration, file, offset)
        : nameInScript(node, configuration, file, offset);
      return found === undefined ? [] : [found];
    }),
  );

const nameInScript = (node: NodeModel, configuration: Configuration, file: string, offset: number): Target | undefined => {
  const found = scriptNames(node).find(({ site }) => holds(site, file, offset));
  if (found === undefined) return undefined;
  const { site, ...named } = found;
  return { node, configuration, kind: "name", ...named, defines: false, span: site.span };
};

const targetIn = (node: NodeModel, configuration: Configuration, file: string, offset: number): Target | undefined => {
  const { expansion, symbols, tree } = configuration;
  const base = { node, configuration };
  const use = expansion.uses.find(({ site }) => holds(site, file, offset));
  if (use !== undefined) return { ...base, kind: "definition", name: use.name, span: use.site.span };
  const definition = expansion.definitions.find(({ site }) => holds(site, file, offset));
  if (definition !== undefined) return { ...base, kind: "definition", name: definition.name, span: definition.site.span };
  const include = expansion.includes.find(({ site }) => holds(site, file, offset));
  if (include !== undefined) return { ...base, kind: "include", files: include.matches.files, span: include.site.span };
  const condition = expansion.conditions.find(({ site }) => holds(site, file, offset));
  if (condition !== undefined) return { ...base, kind: "condition", id: condition.id, span: condition.site.span };
  const defined = symbols.definitions.find(({ name }) => holds(name.site, file, offset));
  const symbol = defined ?? symbols.references.find(({ name }) => holds(name.site, file, offset));
  if (symbol !== undefined) {
    const { item, name, kind } = symbol;
    return { ...base, kind: "name", item, symbol: kind, name: name.value, defines: defined !== undefined, span: name.site.span };
  }
  for (const item of walkItems(tree.items)) {
    if (!wordsOf(item).some(({ site }) => holds(site, file, offset))) continue;
    return wordTarget(base, item, file, offset);
  }
  return undefined;
};

const wordsOf = ({ keyword, args }: ConfigItem): readonly ConfigWord[] => [keyword, ...args];

const wordTarget = (base: Pick<In, "node" | "configuration">, item: ConfigItem, file: string, offset: number): Target | undefined => {
  const { entry, keyword: first, args } = item;
  if (entry === undefined) return undefined;
  const isEntry = entry.name.startsWith("<");
  const words = isEntry ? [first, ...args] : args;
  const index = words.findIndex(({ site }) => holds(site, file, offset));
  if (index < 0) return { ...base, kind: "keyword", item, keyword: entry, span: first.site.span };
  const word = words[index]!;
  const script = base.node.linkedScripts.find(({ command }) => holds(command.site, file, offset));
  if (script !== undefined) return { ...base, kind: "command", script, item, keyword: entry, span: word.site.span };
  const { values } = argumentsOf(item);
  const read = values.find((each) => each.word === word);
  if (read !== undefined)
    return { ...base, kind: "argument", item, keyword: read.row, argument: read.argument, word, span: word.site.span };
  // Of `virtual_server group web` the word that says what follows; an option of a list's line, also one without a value.
  const named = values.find((each) => each.name === word)?.row;
  const option = isEntry && index > 0 && item.context !== undefined ? lookup(item.context, word.value) : undefined;
  return { ...base, kind: "keyword", item, keyword: named ?? option ?? entry, span: word.site.span };
};
