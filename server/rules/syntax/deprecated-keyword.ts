import { lookup } from "../../../grammar/vocabulary/index.ts";
import type { Keyword, Version } from "../../../grammar/vocabulary/types.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";
import { fixWith, replaceWord } from "../../analysis/edits.ts";
import { placesOf } from "../../analysis/keywords.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import type { ConfigItem, ConfigWord } from "../../model/node/items.ts";
import { isSwallowed } from "../../model/node/lost.ts";

export default defineRule({
  id: "deprecated-keyword",
  summary: "An early name of a keyword: it still works, and keepalived reports it.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_http.c:484", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1396"],
  subject: "item",
  fix: "safe",

  *check(item, { version }) {
    const { entry, keyword } = item;
    if (entry === undefined || isSwallowed(item)) return;
    if (!isListLine(item)) yield* told(item, entry, keyword, version);
    else
      for (const { row, name } of [...argumentsOf(item).values, ...argumentsOf(item).missing])
        if (row.deprecated !== undefined) yield* told(item, row, name, version);
  },
});

function* told({ context = "" }: ConfigItem, row: Keyword, word: ConfigWord, version: Version): Generator<RuleFinding> {
  const { deprecated, aliasOf } = row;
  if (deprecated === undefined || !knownIn(row, version)) return;
  const { by } = deprecated;
  // An old release knows only the old name.
  const here = by === undefined ? undefined : lookup(context, by);
  if (
    by !== undefined &&
    !(here === undefined ? placesOf(by).map((place) => place.row) : [here]).some((modern) => knownIn(modern, version))
  )
    return;
  yield {
    at: word.site,
    message: `${row.name} is deprecated: ${by === undefined || here === undefined ? deprecated.note : `the word is ${by}`}`,
    notes: by !== undefined && here !== undefined ? [{ message: `${by}: ${here.help}` }] : [],
    // Only an alias is read by the same code.
    fixes: by !== undefined && aliasOf === by && here !== undefined ? fixWith(`Write ${by}`, "safe", replaceWord(word, by)) : [],
  };
}
