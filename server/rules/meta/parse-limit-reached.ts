import type { ExpandProblemKind } from "../../../grammar/keepalived/expand.ts";
import type { Site } from "../../../grammar/text.ts";
import { defineRule, type RuleFinding, type ScriptSubject } from "../../analysis/rule.ts";
import { scriptsOf } from "../../analysis/subjects.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "parse-limit-reached",
  summary: "The configuration or a script goes beyond a limit of kalint: the rest is not read.",
  severity: "info",
  since: "0.1.0",
  sources: ["kalint grammar/keepalived/expand.ts", "kalint grammar/keepalived/parse.ts", "kalint grammar/shell/parse.ts"],
  subject: "node",

  *check(node) {
    if (node.configuration !== undefined) yield* ofConfiguration(node.configuration);
    for (const script of scriptsOf(node)) yield* ofScript(script);
  },
});

function* ofConfiguration({ expansion, tree }: Configuration): Iterable<RuleFinding> {
  const told = new Set<string>();
  for (const { kind, site, detail } of expansion.problems) {
    const what = limits[kind];
    // Each limit once: whoever reaches it reaches it again and again.
    if (what === undefined || told.has(kind)) continue;
    told.add(kind);
    yield limit(site, what.replace("#", detail));
  }
  const deep = tree.problems.find(({ kind }) => kind === "too-deep");
  if (deep !== undefined) yield limit(deep.site, "blocks are nested deeper than kalint reads");
}

/** A script that is not read to its end may do anything: rules about what it does are silent. */
function* ofScript({ file, script, effects, uses }: ScriptSubject): Iterable<RuleFinding> {
  const unread = script.problems.find(({ kind }) => kind !== "syntax");
  const [use] = uses;
  const notes = use === undefined ? [] : [{ message: `${use.command.item.keyword.value} runs it`, at: use.path.site }];
  if (unread !== undefined) {
    const { start, end } = unread.span;
    // One character of a construct that may be as long as the file.
    yield { at: { file, span: { start, end: Math.min(end, start + 1) } }, message: `${unread.detail}: what it does is not judged`, notes };
  } else if (effects.limit !== undefined)
    yield { at: effects.limit.site, message: `${effects.limit.what}: what it does behind that is not judged`, notes };
}

const limit = (at: Site, what: string): { readonly at: Site; readonly message: string } => ({
  at,
  message: `${what}: what lies behind is not judged`,
});

/** `#` stands for the limit. */
const limits: Partial<Readonly<Record<ExpandProblemKind, string>>> = {
  "include-depth": "includes are nested deeper than # files",
  "file-limit": "more than # files are included, or they are too long together",
  "line-limit": "definitions and sequences make too much text or more than # lines",
  "sequence-limit": "a sequence has more than # rounds",
};
