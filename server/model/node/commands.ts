/** Every command that a configuration runs, and the user it runs as. */
import type { Site } from "../../../grammar/text.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { commandOf, type Command } from "./command.ts";
import { walkItems, type ConfigItem } from "./items.ts";
import { isSwallowed } from "./lost.ts";
import type { Configuration } from "./model.ts";
import { one } from "./settings.ts";

/** The command of a statement that runs one; undefined for every other item. */
export const commandIn = (item: ConfigItem): Command | undefined =>
  item.kind === "statement" && item.entry?.args[0]?.type === "script" && !isSwallowed(item) ? commandOf(item) : undefined;

/** All commands in the order they are written. What `</path` tests is a file: nothing is run. */
export const commandsOf = ({ tree }: Configuration): readonly Command[] => {
  const found: Command[] = [];
  for (const item of walkItems(tree.items)) {
    const command = commandIn(item);
    if (command !== undefined && !isFileTest(command)) found.push(command);
  }
  return found;
};

/** `</path`, blanks allowed between: the daemon only tests whether the file can be opened (lib/notify.c:859). */
export const isFileTest = ({ text }: Command): boolean => /^<[ \t]*\//u.test(text);

/** A check's or a notification's user. `default`: the account keepalived_script, else the daemon's own user, root. */
export type RunsAs =
  | { readonly kind: "stated"; readonly user: string; readonly group?: string; readonly site: Site }
  | { readonly kind: "default" }
  | { readonly kind: "unknown" };

/** The user behind the command, else the `user` of its block, else script_user (lib/notify.c:1105). */
export const runsAs = (configuration: Configuration, command: Command): RunsAs => {
  const { item } = command;
  if (command.user !== undefined) return stated([command.user, command.group]);
  const own = ownUser(item);
  if (own !== undefined) return stated(own.args);
  const common = globalStatement(configuration, "script_user");
  return common === undefined ? { kind: "default" } : stated(common.args);
};

/** The `user` statement of a vrrp_script or a MISC_CHECK. */
export const ownUser = ({ keyword, parent }: ConfigItem): ConfigItem | undefined =>
  parent !== undefined && (keyword.value === "script" || keyword.value === "misc_path") ? one(parent, "user") : undefined;

const stated = ([user, group]: readonly ({ readonly value: string; readonly site: Site } | undefined)[]): RunsAs => {
  if (user === undefined || isUnexpanded(user.value) || (group !== undefined && isUnexpanded(group.value))) return { kind: "unknown" };
  return { kind: "stated", user: user.value, site: user.site, ...(group === undefined ? {} : { group: group.value }) };
};

/** The last statement of a name in global_defs. */
export const globalStatement = (configuration: Configuration, name: string): ConfigItem | undefined => configuration.globalStatement(name);

/** Whether a word stands anywhere as a keyword, or nearly so: then what is wrong is where or how it is written. */
export const isAttempted = ({ tree }: Configuration, pattern: RegExp): boolean => {
  for (const { keyword } of walkItems(tree.items)) if (pattern.test(keyword.value)) return true;
  return false;
};
