/** Examples that are made from the vocabulary: kalint reads back what they show, and says nothing against it. */
import { describe, expect, it } from "vitest";
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { allContexts, contextsOf } from "../../grammar/vocabulary/index.ts";
import { keywordExample } from "../../server/features/keyword-example.ts";
import { walkItems } from "../../server/model/node/items.ts";
import { judge } from "../judge.ts";

const rows = allContexts().flatMap(({ id, keywords }) => keywords.map((keyword) => ({ contextId: id, keyword })));
const made = rows.flatMap(({ contextId, keyword }) => {
  const example = keywordExample(contextId, keyword);
  return example === undefined ? [] : [{ contextId, keyword, example }];
});

/** What the help of such a keyword says anyway, and what another node would settle. */
const saidBesides = new Set(["keyword-needs-build-option", "plaintext-auth-pass", "unicast-peer-unknown", "vip-dropped-by-strict"]);

describe("an example", () => {
  it("is there for every keyword that is to be written", () => {
    const current = rows.filter(({ keyword }) => keyword.deprecated === undefined && keyword.removed === undefined);
    const lacking = current.filter(({ contextId, keyword }) => keywordExample(contextId, keyword) === undefined);
    expect(lacking.map(({ contextId, keyword }) => `${contextId} ${keyword.name}`)).toEqual([]);
    expect(made.filter(({ keyword }) => keyword.deprecated !== undefined || keyword.removed !== undefined)).toEqual([]);
  });

  it("is there of what is written instead, or there is nothing instead", () => {
    const without = rows.filter(
      ({ keyword: { deprecated, removed } }) => deprecated?.by === undefined && (deprecated ?? removed) !== undefined,
    );
    // Never supported; several blocks in its place; gone without a successor.
    expect([...new Set(without.map(({ keyword: { name } }) => name))].toSorted()).toEqual(["as", "host", "nat_mask", "plugin_dir"]);
    const lost = rows.filter(({ keyword: { deprecated } }) => deprecated?.by !== undefined && contextsOf(deprecated.by).length === 0);
    expect(lost.map(({ keyword: { name } }) => name)).toEqual([]);
  });

  it("has the keyword in its block, and no rule has anything against it", () => {
    const wrong: string[] = [];
    for (const { contextId, keyword, example } of made) {
      const text = example.whole;
      const { project, findings } = judge({ "keepalived.conf": text });
      const lines = lineIndex(text);
      const isShown = (offset: number): boolean => {
        const line = positionAt(lines, offset).line - 1;
        return line >= example.first && line < example.end;
      };
      const items = project.clusters.flatMap(({ nodes }) =>
        nodes.flatMap(({ configuration }) => (configuration === undefined ? [] : walkItems(configuration.tree.items))),
      );
      const standsThere = items.some(
        ({ keyword: { value, site }, context, args }) =>
          isShown(site.span.start) &&
          (context === contextId || contextId.startsWith(`${context}/`)) &&
          (value === keyword.name || (keyword.kind === "entry-option" && args.some((arg) => arg.value === keyword.name))),
      );
      const refused = findings.filter(({ at, rule }) => isShown(at.span.start) && !saidBesides.has(rule));
      if (!standsThere || refused.length > 0)
        wrong.push(`${contextId} ${keyword.name}: ${refused.map(({ message }) => message).join("; ")}`);
    }
    expect(wrong).toEqual([]);
  });
});
