/**
 * Commands in the configuration: `script`, `misc_path`, `notify_…`, `quorum_up`. The daemon takes the command with its
 * arguments from ONE word and splits it a second time, with single and double quotes (keepalived v2.4.3 lib/notify.c,
 * set_script_params_array; grammar facts 4.2, 4.3). No shell is involved.
 */
import { splitCommandLine } from "../../../grammar/keepalived/command-words.ts";
import type { Site, Sited } from "../../../grammar/text.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem, ConfigWord } from "./items.ts";
import { partOfWord } from "./settings.ts";

export interface Command {
  readonly item: ConfigItem;
  /** The whole command as written, quotes removed. */
  readonly text: string;
  readonly site: Site;
  /** The program; undefined when it cannot be known. */
  readonly program: Sited<string | undefined>;
  readonly arguments: readonly Sited<string | undefined>[];
  /** Words after the command: the user and group that run it (not for `script` and `misc_path`). */
  readonly user?: Sited<string>;
  readonly group?: Sited<string>;
}

/** The command of a statement; undefined when there is none, or for the `</path` form, which tests a file. */
export const commandOf = (item: ConfigItem | undefined): Command | undefined => {
  const [word, user, group] = item?.args ?? [];
  if (item === undefined || word === undefined) return undefined;
  const words = splitCommand(word);
  const [program, ...args] = words;
  if (program === undefined) return undefined;
  const takesUser = item.keyword.value !== "script" && item.keyword.value !== "misc_path";
  return {
    item,
    text: word.value,
    site: word.site,
    program,
    arguments: args,
    ...(takesUser && user !== undefined ? { user } : {}),
    ...(takesUser && group !== undefined ? { group } : {}),
  };
};

const splitCommand = (word: ConfigWord): Sited<string | undefined>[] =>
  splitCommandLine(word.value, { escapes: true }).words.map(({ text, start, end }) => ({
    value: isUnexpanded(text) ? undefined : text,
    site: partOfWord(word, start, end),
  }));
