import { siteOf, type MappedText, type Site } from "../../../grammar/text.ts";
import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import type { NodeModel } from "../../model/cluster/model.ts";

export default defineRule({
  id: "crlf-line-endings",
  summary: "Lines that end in CR LF: keepalived copes with them, the shell and the kernel do not.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:2810",
    "measured: execve of a script whose first line ends in CR LF fails, and a shell reads the CR as part of the last word",
  ],
  subject: "node",
  fix: "safe",

  *check(node) {
    const { configuration } = node;
    if (configuration !== undefined) yield* inConfiguration(configuration.expansion.text);
    for (const [file, text] of scriptsOf(node)) yield* inScript(file, text);
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

const scriptsOf = ({ companions, linkedScripts }: NodeModel): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { script } of companions) if (script !== undefined) found.set(script.file, script.text);
  for (const { resolution } of linkedScripts)
    if (resolution.kind === "found" && resolution.script !== undefined) found.set(resolution.file, resolution.script.text);
  return found;
};

function* inScript(file: string, text: string): Generator<RuleFinding> {
  const sites = [...text.matchAll(/\r(?=\n)/gu)].map(({ index }): Site => ({ file, span: { start: index, end: index + 1 } }));
  const [first] = sites;
  if (first === undefined) return;
  const interpreter = /^#![^\n]*\r\n/u.test(text);
  yield {
    at: first,
    severity: "error",
    message: interpreter
      ? "the first line ends in CR LF: the kernel looks for an interpreter with the CR in its name, and the script does not start"
      : "the lines of the script end in CR LF: the shell takes the CR for part of the last word",
    fixes: withoutCarriageReturns(sites),
  };
}

const withoutCarriageReturns = (sites: readonly Site[]): readonly Fix[] =>
  fixWith(
    "End the lines in LF",
    "safe",
    sites.map((at) => ({ at, replacement: "" })),
  );
