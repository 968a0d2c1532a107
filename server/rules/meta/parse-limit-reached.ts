import type { ExpandProblemKind } from "../../../grammar/keepalived/expand.ts";
import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "parse-limit-reached",
  summary: "The configuration goes beyond a limit of kalint: the rest is not read.",
  severity: "info",
  since: "0.1.0",
  sources: ["kalint grammar/keepalived/expand.ts", "kalint grammar/keepalived/parse.ts"],
  subject: "configuration",

  *check({ expansion, tree }) {
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
  },
});

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
