/** Colours that a pattern cannot know: which word is a keyword here, which a name, a number, a choice. */
import { literalText, type Span } from "../../grammar/text.ts";
import { matchArguments } from "../../grammar/vocabulary/arguments.ts";
import { lookup } from "../../grammar/vocabulary/index.ts";
import type { Argument } from "../../grammar/vocabulary/types.ts";
import { type ConfigItem, readTree, walkItems } from "../model/node/items.ts";

export const tokenTypes = ["keyword", "class", "property", "enumMember", "number", "string", "variable", "function"] as const;
export const tokenModifiers = ["definition", "deprecated"] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  readonly modifiers: readonly (typeof tokenModifiers)[number][];
}

/** Of a file's own text, sorted, not overlapping. Words that nobody knows have none. */
export const semanticTokens = (text: string): readonly SemanticToken[] =>
  [...walkItems(readTree(literalText("", text)).items)].flatMap(tokensOf).toSorted((a, b) => a.span.start - b.span.start);

const tokensOf = (item: ConfigItem): readonly SemanticToken[] => {
  const { entry, keyword, args, kind, context } = item;
  if (entry === undefined) return [];
  const isEntry = entry.name.startsWith("<");
  const words = isEntry ? [keyword, ...args] : args;
  const own: readonly SemanticToken[] = isEntry
    ? []
    : [
        {
          span: keyword.site.span,
          type: kind === "block" ? "keyword" : "property",
          modifiers: entry.deprecated === undefined ? [] : ["deprecated"],
        },
      ];
  const rest = words.flatMap((word, index): readonly SemanticToken[] => {
    const option = isEntry && index > 0 && context !== undefined ? lookup(context, word.value) : undefined;
    if (option !== undefined) return [{ span: word.site.span, type: "property", modifiers: [] }];
    const argument = matchArguments(
      entry,
      words.map(({ value }) => value),
    ).values.find((each) => each.index === index)?.argument;
    const type = argument === undefined ? undefined : typeOf(argument);
    return type === undefined ? [] : [{ span: word.site.span, type, modifiers: argument!.defines === undefined ? [] : ["definition"] }];
  });
  return [...own, ...rest];
};

const typeOf = ({ type, refersTo, defines }: Argument): SemanticToken["type"] | undefined => {
  if (refersTo !== undefined || defines !== undefined) return (refersTo ?? defines) === "script" ? "function" : "class";
  switch (type) {
    case "integer":
    case "decimal":
    case "port":
    case "address":
    case "address-prefix":
    case "address-range":
    case "integer-range":
      return "number";
    case "enum":
    case "boolean":
    case "enum-or-number":
      return "enumMember";
    case "interface":
      return "variable";
    case "path":
    case "script":
    case "string":
      return "string";
    default:
      return undefined;
  }
};
