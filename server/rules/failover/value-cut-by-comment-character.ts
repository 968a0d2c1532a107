import type { ArgumentType } from "../../../grammar/vocabulary/types.ts";
import { behind, fixWith, insertAt } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import { walkItems } from "../../model/node/items.ts";

/** Where a value may well hold `#` or `!`. Behind a number or an address it is a comment that lacks its blank. */
const types = new Set<ArgumentType>(["password", "string", "script", "path", "regex", "url", "email", "words", "name", "reference"]);

export default defineRule({
  id: "value-cut-by-comment-character",
  summary: "`#` and `!` begin a comment even inside a word: the value ends before them.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2297"],
  subject: "configuration",
  fix: "review",

  *check({ tree, source, expansion }) {
    for (const { kind, site, detail } of tree.problems) {
      if (kind !== "escaped-comment") continue;
      yield {
        at: site,
        message: `${detail} does not help here: the process that reads this block finds ${detail.slice(1)} without its backslash, and a comment begins`,
        notes: [{ message: "only global_defs is read before the backslash goes; elsewhere double quotes protect" }],
      };
    }
    for (const { kind, site, detail } of expansion.problems) {
      if (kind !== "comment-made") continue;
      yield {
        at: site,
        message: `${detail} does not help here: the line is searched for comments again once it is replaced, and its character begins one`,
        notes: [{ message: "inside double quotes it would be kept, and so would the character itself" }],
      };
    }
    for (const item of walkItems(tree.items)) {
      const last = item.args.at(-1);
      if (last === undefined || last.quoted || !last.literal) continue;
      const cut = source.next(last.site);
      if (cut !== "#" && cut !== "!") continue;
      const read = argumentsOf(item).values.find(({ word }) => word === last);
      if (read === undefined || !types.has(read.argument.type)) continue;
      const lost = /^[#!][^\s"{}]+/u.exec(source.line(last.site)?.after ?? "")?.[0];
      if (lost === undefined) continue;
      const secret = read.argument.type === "password";
      yield {
        at: last.site,
        message: `the value of ${read.name.value} ends before ${cut}, which begins a comment even inside a word`,
        notes: secret ? [{ message: "quoting it changes the password that is in use: do it on all nodes at once" }] : [],
        fixes: fixWith("Put the value into quotes", "review", [
          insertAt(last.site.file, last.site.span.start, '"'),
          insertAt(last.site.file, behind(last.site, lost.length).span.end, '"'),
        ]),
      };
    }
  },
});
