/** Words that stand for something nobody has filled in: `<VIP>`, `x.x.x.x`, `CHANGE_ME`. */
import type { ConfigItem, ConfigWord } from "../model/node/items.ts";

/** Words that say so themselves. In lower case `changeme` is a password as well. */
const spoken = /^(?:CHANGE_?ME|REPLACE_?ME|FILL_?ME_?IN|TO_?DO|FIX_?ME|PLACEHOLDER|(?:YOUR|MY)[_-][A-Z0-9_-]+|your[_-][a-z0-9_-]+)$/u;
/** What a script was to replace: `__VIP__`, `@VIP@`, `%VIP%`, `[VIP]`. */
const marked = /^(?:__[A-Z][A-Z0-9_]*__|@[A-Z][A-Z0-9_]*@|%{1,2}[A-Z][A-Z0-9_]*%{1,2}|\[[A-Z][A-Z0-9_ -]*\])(?:\/\d{1,3})?$/u;
/** `<VIP>`, `<<VIP>>`; an address of mail may stand in such brackets. */
const bracketed = /^<+[^<>@]+>+(?:\/\d{1,3})?$/u;
/** `10.0.xxx.xxx/16`, but not a name made of letters only that happens to have an x. */
const crossedOut = /^[\dxX]{1,4}(?:\.[\dxX]{1,4}){3}(?:\/(?:\d{1,3}|[xX]{1,2}))?$/u;

/** Whether a word is a placeholder. */
export const isLeftover = (text: string): boolean =>
  bracketed.test(text) || marked.test(text) || spoken.test(text) || (crossedOut.test(text) && /x/iu.test(text));

/** The placeholders among the words of an item; `<source IP address>` is one of several words. */
export const leftoversOf = ({ keyword, args }: ConfigItem): readonly (readonly ConfigWord[])[] => {
  const found: (readonly ConfigWord[])[] = [];
  const words = [keyword, ...args];
  for (let at = 0; at < words.length; at++) {
    const { value } = words[at]!;
    if (isLeftover(value)) found.push([words[at]!]);
    else if (/^<[A-Za-z]\w*$/u.test(value)) {
      const length = words.slice(at + 1, at + 8).findIndex((word) => /^[\w-]+>$/u.test(word.value));
      if (length < 0) continue;
      found.push(words.slice(at, at + length + 2));
      at += length + 1;
    }
  }
  return found;
};
