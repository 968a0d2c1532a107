import { hasSmartQuotes } from "../../analysis/characters.ts";
import type { Fix } from "../../analysis/finding.ts";
import { fixWith } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { Command } from "../../model/node/command.ts";
import { commandIn } from "../../model/node/commands.ts";
import { isTemplate } from "../../model/node/lost.ts";
import { partOfWord } from "../../model/node/settings.ts";
import { shellSigns } from "../../model/node/shell-signs.ts";

export default defineRule({
  id: "script-shell-metacharacters",
  summary: "Pipes, redirections, `&&` in a command: keepalived runs no shell and passes them on as arguments.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/notify.c:272",
    "keepalived v2.4.3 lib/notify.c:1150",
    "measured: the check `true | false` succeeds, `true` has two more arguments",
  ],
  subject: "item",
  fix: "review",

  *check(item, given) {
    const command = commandIn(item);
    if (command === undefined || !isFrom(given, "1.3.0") || hasSmartQuotes(command.text)) return;
    if (given.node.configuration === undefined || isTemplate(given.node.configuration)) return;
    const signs = shellSigns(command);
    const [first] = signs;
    const word = item.args[0];
    if (first === undefined || word === undefined) return;
    const texts = [...new Set(signs.map(({ text }) => text))];
    const own = first.start === 0;
    yield {
      at: partOfWord(word, first.start, first.end),
      message: own
        ? `${shown(first.text)} in ${item.keyword.value} is no program but a word of the shell, and keepalived runs no shell: the command does not start`
        : `keepalived runs no shell: ${list(texts, "and", 5)} in ${item.keyword.value} ${texts.length === 1 ? "is" : "are"} passed to ${shown(command.program.value ?? "the program")} as ${texts.length === 1 ? "an argument" : "arguments"}`,
      fixes: word.literal && word.quoted ? wrapped(command, texts) : [],
    };
  },
});

/** Only where nothing in the command is quoted, so that its meaning for the shell is plain. */
const wrapped = ({ text, site }: Command, texts: readonly string[]): readonly Fix[] => {
  if (/['"\\]/u.test(text)) return [];
  const shell = texts.includes("[[") || /\[\[|&>/u.test(text) ? "/usr/bin/bash" : "/usr/bin/sh";
  return fixWith("Let a shell run it", "review", [{ at: site, replacement: `"${shell} -c '${text}'"` }]);
};
