import { hasSmartQuotes } from "../../analysis/characters.ts";
import { fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { secondOnLine } from "../../model/node/second.ts";

export default defineRule({
  id: "script-args-unquoted",
  summary: "A command with arguments must be one quoted word: the words behind it are not its arguments.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/notify.c:1054", "keepalived v2.4.3 lib/notify.c:1218"],
  subject: "item",
  fix: "review",

  *check(item) {
    const { entry, args, keyword } = item;
    const [command, ...behind] = args;
    if (item.kind !== "statement" || entry?.args[0]?.type !== "script" || command === undefined || behind.length === 0) return;
    if (args.some(({ value }) => isUnexpanded(value)) || secondOnLine(item) !== undefined) return;
    // `notify_up <STRING> | <QUOTED-STRING>` is a description of the keyword.
    if (args.every(({ value }) => value === "|" || /^<[^<>]*>$/u.test(value))) return;
    // Typographic quotes are the cause there.
    if (args.some(({ value }) => hasSmartQuotes(value))) return;
    const takesUser = entry.args.length > 1;
    if (takesUser && behind.length <= 2 && behind.every((word) => isAccount(word, item))) return;
    const words = list(
      behind.map(({ value }) => shown(value)),
      "and",
      4,
    );
    const last = args.at(-1)!;
    const plain = args.every(({ literal, quoted }) => literal && !quoted) && command.site.file === last.site.file;
    yield {
      at: {
        file: command.site.file,
        span: { start: behind[0]!.site.span.start, end: Math.max(behind[0]!.site.span.end, last.site.span.end) },
      },
      message: takesUser
        ? `${words} behind ${keyword.value} ${shown(command.value)}: keepalived takes the first as the user to run it, the second as the group`
        : `${words} behind ${keyword.value} ${shown(command.value)} ${behind.length === 1 ? "is" : "are"} not passed on: the command with its arguments must be one quoted word`,
      fixes: plain
        ? fixWith("Put the command with its arguments into quotes", "review", [
            insertAt(command.site.file, command.site.span.start, '"'),
            insertAt(last.site.file, last.site.span.end, '"'),
          ])
        : [],
    };
  },
});

/** Whether a word may be meant as a user or a group: not a state, not an option, not the instance's own name. */
const isAccount = ({ value }: ConfigWord, { parent }: ConfigItem): boolean =>
  /^[a-z_][a-z0-9_.-]{0,31}\$?$/u.test(value) &&
  !/^(?:master|backup|fault|stop|start|up|down)$/u.test(value) &&
  value !== parent?.args[0]?.value;
