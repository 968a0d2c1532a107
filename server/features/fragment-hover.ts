/** What an editor says in a fragment that no configuration reads: what the vocabulary knows of the word. */
import { matchArguments } from "../../grammar/vocabulary/arguments.ts";
import { lookup } from "../../grammar/vocabulary/index.ts";
import type { Keyword } from "../../grammar/vocabulary/types.ts";
import type { Project } from "../model/cluster/project.ts";
import { fragmentContexts, lineAt, occurrences } from "./cursor.ts";
import type { Hover } from "./hover.ts";
import { argumentHelp, keywordHelp } from "./keyword-help.ts";

/** Where several kinds of block would hold the fragment, each thing is said once. */
export const fragmentHoverAt = (project: Project, file: string, text: string, offset: number): Hover | undefined => {
  const { before, word: span, comment } = lineAt(text, offset);
  if (comment || span.start === span.end || fragmentContexts(file, text, offset) === undefined) return undefined;
  const word = text.slice(span.start, span.end);
  const parts = new Set(
    occurrences(project, file, text, offset).flatMap(({ node, context }) => {
      if (node !== undefined || context === undefined || context.entry !== undefined) return [];
      const keyword = lookup(context.id, before[0] ?? word);
      return keyword === undefined ? [] : [before.length === 0 ? keywordHelp(keyword) : valueSaid(keyword, [...before.slice(1), word])];
    }),
  );
  return parts.size === 0 ? undefined : { markdown: [...parts].join("\n\n---\n\n"), span };
};

/** About the last of the words behind a keyword. */
const valueSaid = (keyword: Keyword, words: readonly string[]): string => {
  const argument = matchArguments(keyword, words).values.find(({ index }) => index === words.length - 1)?.argument;
  return argument === undefined ? keywordHelp(keyword) : argumentHelp(keyword, argument);
};
