import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { argumentsOf, isListLine } from "../../model/node/arguments.ts";
import { walkItems, type ConfigItem } from "../../model/node/items.ts";
import type { Keyword } from "../../../grammar/vocabulary/types.ts";
import { knownIn } from "../../../grammar/vocabulary/version.ts";

/** What the sources leave out unless somebody asks for it, with the switch that asks. All others are in unless asked out. */
const asked: readonly (readonly [option: RegExp, switchName: string])[] = [
  [/_WITH_BFD_/u, "--enable-bfd"],
  [/_WITH_DBUS_/u, "--enable-dbus"],
  [/_WITH_JSON_/u, "--enable-json"],
  [/_WITH_REGEX_CHECK_/u, "--enable-regex"],
  [/_WITH_SNMP_RFC/u, "--enable-snmp-rfc"],
  [/_WITH_SNMP_/u, "--enable-snmp"],
];

export default defineRule({
  id: "keyword-needs-build-option",
  summary: "A word that keepalived only knows when it was built with an option that is off by default.",
  severity: "info",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 configure.ac:150",
    "keepalived v2.4.3 configure.ac:159",
    "keepalived v2.4.3 configure.ac:175",
    "keepalived v2.4.3 configure.ac:179",
    "keepalived v2.4.3 configure.ac:187",
  ],
  subject: "configuration",

  *check({ tree }, { version }) {
    const uses = new Map<string, { readonly word: string; readonly site: Site }[]>();
    for (const item of walkItems(tree.items))
      for (const { row, word, site } of wordsOf(item)) {
        const needed = row.buildOption === undefined ? undefined : asked.find(([option]) => option.test(row.buildOption!))?.[1];
        if (needed === undefined || !knownIn(row, version)) continue;
        uses.set(needed, [...(uses.get(needed) ?? []), { word, site }]);
      }
    for (const [needed, [first, ...others]] of uses) {
      if (first === undefined) continue;
      yield {
        at: first.site,
        message: `${first.word} needs a keepalived that was built with ${needed}: any other calls it an unknown keyword`,
        notes: [
          { message: "`keepalived -v` lists what it was built with" },
          ...others.slice(0, 3).map(({ word, site }) => ({ message: `${word} needs it as well`, at: site })),
        ],
      };
    }
  },
});

interface Word {
  readonly row: Keyword;
  readonly word: string;
  readonly site: Site;
}

/** The keyword of an item, or the options of a line in a list block. What a block needs, its content needs as well. */
const wordsOf = (item: ConfigItem): readonly Word[] => {
  const { entry, keyword, parent } = item;
  if (entry === undefined) return [];
  if (isListLine(item)) return argumentsOf(item).values.map(({ row, name }) => ({ row, word: name.value, site: name.site }));
  return parent?.entry?.buildOption !== undefined && parent.entry.buildOption === entry.buildOption
    ? []
    : [{ row: entry, word: keyword.value, site: keyword.site }];
};
