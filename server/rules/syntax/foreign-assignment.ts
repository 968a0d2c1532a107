import { lookup } from "../../../grammar/vocabulary/index.ts";
import { fixWith } from "../../analysis/edits.ts";
import { leftWithoutAddress } from "../../analysis/left.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { endSign, namedValue } from "../../analysis/values.ts";
import { inPlace, shown } from "../../analysis/wording.ts";
import { argumentsOf, isListLine, type ReadArgument } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import type { ForeignLanguage } from "../../model/node/source.ts";

export default defineRule({
  id: "foreign-assignment",
  summary: "`key = value`, `key: value` and `key value;` belong to other languages: keepalived wants a blank, and nothing at the end.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1243", "keepalived v2.4.3 lib/parser.c:3239", "keepalived v2.4.3 lib/parser.c:434"],
  subject: "item",
  fix: "review",

  *check(item, { node: { configuration } }) {
    const { keyword, args, context, entry } = item;
    const language = configuration?.source.language();
    if (language !== undefined) {
      // Once for the whole text: nothing in it means what it says.
      if (item === configuration?.tree.items[0]) yield written(language, keyword);
      return;
    }
    if (context === undefined || keyword.quoted) return;
    const glued = entry === undefined ? /^([a-z0-9_-]+)([=:;])/iu.exec(keyword.value) : null;
    const word = glued?.[1];
    if (glued !== null && word !== undefined && lookup(context, word) !== undefined) {
      const behind = keyword.value.length > glued[0].length;
      yield {
        at: keyword.site,
        message: `${shown(keyword.value)} is no keyword ${inPlace(item)}: keepalived takes the ${names[glued[2]!]!} for a part of the word and ignores the line; write ${word}${glued[2] === ";" ? "" : " and a blank"}`,
        fixes: keyword.literal
          ? fixWith(behind ? "Write a blank instead" : `Remove the ${names[glued[2]!]!}`, "review", [
              { at: partOf(keyword, word.length, word.length + 1), replacement: behind ? " " : "" },
            ])
          : [],
      };
      return;
    }
    const [sign, value] = args;
    if (entry?.kind === "statement" && sign !== undefined && !sign.quoted && (sign.value === "=" || sign.value === ":")) {
      const { file, span } = sign.site;
      const isLiteral = sign.literal && (value === undefined || (value.literal && value.site.file === file));
      yield {
        at: sign.site,
        message: `${sign.value} behind ${keyword.value} ${inPlace(item)} is taken for its value`,
        fixes: isLiteral
          ? fixWith(`Remove ${sign.value}`, "review", [
              { at: { file, span: { start: span.start, end: value?.site.span.start ?? span.end } }, replacement: "" },
            ])
          : [],
      };
      return;
    }
    for (const read of argumentsOf(item).values) {
      const end = endSign(read);
      if (end !== undefined) yield withEndSign(item, read, end);
    }
  },
});

const written = (language: ForeignLanguage, { site }: ConfigWord): RuleFinding => ({
  at: site,
  message: `this is ${language}, which keepalived does not read: a keyword, a blank and its value make a line, and { } stand behind the header of a block`,
  notes: [{ message: "for example: vrrp_instance VI_1 {, then a line such as priority 150, then }" }],
});

const names: Readonly<Record<string, string>> = { "=": "equals sign", ":": "colon", ";": "semicolon", ",": "comma" };

/** `priority 150;`, `10.0.0.68/24,`: what ends a statement or parts a list elsewhere. */
const withEndSign = (item: ConfigItem, read: ReadArgument, sign: string): RuleFinding => {
  const { word } = read;
  const end = word.value.length;
  return {
    at: word.site,
    message: `${namedValue(read)} ends in a ${names[sign]!}, which keepalived takes for a part of the value: ${isListLine(item) ? "entries stand on lines of their own" : "the end of the line ends a statement"}`,
    notes: leftWithoutAddress(item),
    fixes: word.literal ? fixWith(`Remove the ${names[sign]!}`, "review", [{ at: partOf(word, end - 1, end), replacement: "" }]) : [],
  };
};

const partOf = ({ site: { file, span } }: ConfigWord, start: number, end: number) => ({
  file,
  span: { start: span.start + start, end: span.start + end },
});
