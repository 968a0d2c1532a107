import type { Definition, Expansion } from "../../../grammar/keepalived/expand.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import type { Edit } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";

export default defineRule({
  id: "unused-variable",
  summary: "A definition that nothing uses.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2168"],
  subject: "cluster",
  fix: "safe",

  *check({ nodes }) {
    const configurations = nodes.flatMap(({ configuration }) => configuration ?? []);
    // A use may stand where nobody has read: in a file that is not there, in a line for another id.
    if (configurations.some((each) => isTemplate(each) || hasUnreadIncludes(each))) return;
    const expansions = configurations.map(({ expansion }) => expansion);
    if (expansions.every(({ definitions }) => definitions.length === 0) || dropsLines(expansions)) return;
    const used = new Set(
      expansions.flatMap(({ uses }) => uses.flatMap(({ definition }) => (definition === undefined ? [] : key(definition.site)))),
    );
    // A name that is used and defined nowhere is most likely a misspelt one of these: told there.
    const unknown = new Set(
      expansions.flatMap(({ uses }) => uses.flatMap(({ name, definition }) => (definition === undefined ? [name] : []))),
    );
    const told = new Set<string>();
    for (const expansion of expansions) {
      const mentioned = mentionedIn(expansion);
      for (const definition of expansion.definitions) {
        const own = key(definition.site);
        if (used.has(own) || told.has(own) || mentioned.has(definition.name) || isMeant(definition.name, unknown)) continue;
        told.add(own);
        yield {
          at: withSign(definition.site),
          message: `$${definition.name} is defined and used nowhere`,
          nodes: nodes.filter(({ configuration }) => configuration?.expansion.files.includes(definition.site.file) === true),
          fixes: fixWith("Remove the definition", "safe", removed(definition, expansion)),
        };
      }
    }
  },
});

/** The site of a name is without its `$`. */
const withSign = (site: Site): Site => ({ ...site, span: { start: site.span.start - 1, end: site.span.end } });

const key = ({ file, span }: Site): string => `${span.start} ${file}`;

/** Whether a line is read with none of the ids. */
const dropsLines = (expansions: readonly Expansion[]): boolean => {
  const kept = new Set<string>();
  const all = new Set<string>();
  for (const { conditions } of expansions) {
    for (const condition of conditions) {
      all.add(key(condition.site));
      if (condition.kept) kept.add(key(condition.site));
    }
  }
  return kept.size < all.size;
};

/** A definition that is itself used nowhere may use this one: one finding is enough to begin with. */
const mentionedIn = ({ definitions }: Expansion): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { value } of definitions) for (const [, name] of value.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/gu)) found.add(name!);
  return found;
};

/** Looking for near words takes time; a text with more unknown names than this has other troubles. */
const mostLooked = 50;

const isMeant = (name: string, unknown: ReadonlySet<string>): boolean =>
  unknown.size <= mostLooked && nearestWord(name, unknown) !== undefined;

/** Nothing where the definition has several lines, came through another one, or shares its line with an `@id`. */
const removed = ({ site, valueSite, multiline }: Definition, { conditions }: Expansion): readonly Edit[] => {
  const { file, span } = site;
  const onItsLine = conditions.some(
    ({ site: other }) => other.file === file && other.span.end < span.start && span.start - other.span.end < 40,
  );
  if (multiline || onItsLine || site.via !== undefined || valueSite.file !== file || valueSite.span.end < span.end) return [];
  return [{ at: { file, span: { start: span.start - 1, end: valueSite.span.end } }, replacement: "" }];
};
