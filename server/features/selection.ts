/** What a selection grows to, step by step: the word, its statement, the inside of the block, the block, the file. */
import { parseKeepalived } from "../../grammar/keepalived/parse.ts";
import type { Item } from "../../grammar/keepalived/tree.ts";
import type { Span } from "../../grammar/text.ts";

/** The smallest first; each holds the one before. */
export const selections = (text: string, offset: number): readonly Span[] => {
  const spans: Span[] = [{ start: 0, end: text.length }];
  let items: readonly Item[] = parseKeepalived(text).items;
  for (;;) {
    const item: Item | undefined = items.find(({ span }) => span.start <= offset && offset <= span.end);
    if (item === undefined) break;
    spans.push(item.span);
    const word = item.words.find(({ span }) => span.start <= offset && offset <= span.end);
    if (word !== undefined) {
      if (item.kind === "block") spans.push({ start: item.words[0]!.span.start, end: item.words.at(-1)!.span.end });
      spans.push(word.span);
      if (word.quoted && word.span.end - word.span.start > 2) spans.push({ start: word.span.start + 1, end: word.span.end - 1 });
      break;
    }
    if (item.kind !== "block") break;
    const inside = { start: item.open?.end ?? item.span.start, end: item.close?.start ?? item.span.end };
    if (inside.start <= offset && offset <= inside.end) spans.push(inside);
    items = item.body;
  }
  const growing = spans.filter(
    (span, index) => index === 0 || span.start !== spans[index - 1]!.start || span.end !== spans[index - 1]!.end,
  );
  return growing.toReversed();
};
