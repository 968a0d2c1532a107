import { leftWithoutAddress } from "../../analysis/left.ts";
import { leftoversOf } from "../../analysis/leftover.ts";
import { defineRule } from "../../analysis/rule.ts";
import { shown } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "leftover-placeholder",
  summary: "A placeholder that nobody has filled in: `<VIP>`, `x.x.x.x`, `CHANGE_ME`.",
  severity: "error",
  since: "0.1.0",
  sources: ["measured: keepalived takes such a word as it stands: no address, no interface, but a password of its own right"],
  subject: "item",

  *check(item, { node }) {
    const { configuration } = node;
    if (configuration === undefined || item.context === undefined || isTemplate(configuration)) return;
    // The words of an unknown keyword go with it.
    const groups = leftoversOf(item).filter(([first]) => item.entry !== undefined || first === item.keyword);
    const [words] = groups;
    const first = words?.[0];
    if (words === undefined || first === undefined) return;
    const { file, span } = first.site;
    const free = isFreeText(item, first);
    const others = groups.length === 1 ? "" : `, and ${groups.length === 2 ? "another one follows" : `${groups.length - 1} others follow`}`;
    yield {
      at: { file, span: { start: span.start, end: words.at(-1)!.site.span.end } },
      message: `${placeOfWord(item, words)} is a placeholder that nobody has filled in${free ? ": keepalived takes it as it stands" : others}`,
      notes: leftWithoutAddress(item),
      ...(free ? { severity: "warning" as const } : {}),
    };
  },
});

/** A secret is not shown, even one that looks like a placeholder. */
const placeOfWord = (item: ConfigItem, words: readonly ConfigWord[]): string => {
  if (item.entry?.args.some(({ type }) => type === "password") === true) return `the value of ${item.keyword.value}`;
  const text = shown(words.map(({ value }) => value).join(" "));
  return words[0] === item.keyword ? text : `${item.keyword.value} ${text}`;
};

const freeTypes = new Set(["string", "password", "words", "name", "reference", "email", "regex", "url"]);

/** Whether keepalived takes any text there. */
const isFreeText = (item: ConfigItem, word: ConfigWord): boolean => {
  const argument = argumentsOf(item).values.find((value) => value.word === word)?.argument;
  return argument !== undefined && freeTypes.has(argument.type);
};
