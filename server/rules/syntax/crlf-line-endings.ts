import { siteOf, type MappedText, type Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";

export default defineRule({
  id: "crlf-line-endings",
  summary: "Lines that end in CR LF: keepalived copes with them, other programs that read the file do not.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:2810"],
  subject: "configuration",
  fix: "safe",

  *check({ expansion }) {
    yield* inConfiguration(expansion.text);
  },
});

/** Once for each file, at its first such line. */
function* inConfiguration(mapped: MappedText): Generator<RuleFinding> {
  const ends = new Map<string, Site[]>();
  for (const { index } of mapped.text.matchAll(/\r\n/gu)) {
    const site = siteOf(mapped, { start: index, end: index + 1 });
    // What came out of a definition has no line end of its own.
    if (site.via !== undefined || site.span.end !== site.span.start + 1) continue;
    const own = ends.get(site.file);
    if (own === undefined) ends.set(site.file, [site]);
    else own.push(site);
  }
  for (const sites of ends.values())
    yield {
      at: sites[0]!,
      message: `the lines end in CR LF, ${sites.length} in this file: keepalived drops the CR, other programs take it for part of the value`,
      fixes: withoutCarriageReturns(sites),
    };
}

const withoutCarriageReturns = (sites: readonly Site[]): readonly Fix[] =>
  fixWith(
    "End the lines in LF",
    "safe",
    sites.map((at) => ({ at, replacement: "" })),
  );
