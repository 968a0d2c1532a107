/** Where a configuration holds a secret of its own: a password, a key. */
import { isTrivialPassword } from "./password.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";
import { isUnknownWord } from "./settings.ts";

/** The word of an item that is a secret. What everybody knows is none, nor is a placeholder, nor a key in a file of its own. */
export const secretIn = (item: ConfigItem): ConfigWord | undefined => {
  const word = secretWord(item);
  if (word === undefined || isUnknownWord(item, word) || isTrivialPassword(word.value)) return undefined;
  return /^[<[{%@].*[>\]}%@]$/u.test(word.value) ? undefined : word;
};

const secretWord = ({ keyword, args, parent }: ConfigItem): ConfigWord | undefined => {
  const block = parent?.keyword.value;
  if (keyword.value === "auth_pass" && block === "authentication") return args[0];
  return keyword.value === "key" && block === "auth_hmac" && args[1]?.value.startsWith("file:") !== true ? args[1] : undefined;
};
