/** The command nft: its arguments are statements of a ruleset. */
import { baseOf, type Interpreter } from "./commands.ts";
import { effectsOfNftTokens } from "./nft-ruleset.ts";
import { type NftToken, nftTokens, unknownWord } from "./nft-tokens.ts";

/** nft puts its arguments together with blanks and reads that, so that a rule may be one quoted argument or many. */
export const nft: Interpreter = (call) => {
  const isOption = call.arguments.findIndex(({ text }) => text?.startsWith("-") !== true);
  const tokens = call.arguments.slice(Math.max(isOption, 0)).flatMap(({ text, site }): readonly NftToken[] => {
    const found = text === undefined ? [{ kind: "word" as const, text: unknownWord, start: 0, end: 0 }] : nftTokens(text);
    return found.map((token) => ({ ...token, site }));
  });
  const effects = effectsOfNftTokens(tokens, call.site.file).map((effect) => ({ ...effect, ...baseOf(call) }));
  return effects.length === 0 && !makesRoom(tokens) ? undefined : effects;
};

/** `add table …`, `add chain …` without a hook, `list …`: packets go as they did. */
const makesRoom = (tokens: readonly NftToken[]): boolean => {
  const [verb, what] = tokens.filter(({ kind }) => kind === "word").map(({ text }) => text);
  return (
    verb === "list" ||
    ((verb === "add" || verb === "create") && (what === "table" || what === "chain" || what === "set" || what === "counter"))
  );
};
