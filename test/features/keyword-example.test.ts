/** Examples that are made from the vocabulary: kalint reads back what they show, and says nothing against it. */
import { describe, expect, it } from "vitest";
import { lineIndex, positionAt } from "../../grammar/text.ts";
import { allContexts } from "../../grammar/vocabulary/index.ts";
import { keywordExample } from "../../server/features/keyword-example.ts";
import { walkItems } from "../../server/model/node/items.ts";
import { judge } from "../judge.ts";

const rows = allContexts().flatMap(({ id, keywords }) => keywords.map((keyword) => ({ contextId: id, keyword })));
const made = rows.flatMap(({ contextId, keyword }) => {
  const example = keywordExample(contextId, keyword);
  return example === undefined ? [] : [{ contextId, keyword, example }];
});

describe("an example", () => {
  it("is there for most of the keywords that are to be written", () => {
    const current = rows.filter(({ keyword }) => keyword.deprecated === undefined && keyword.removed === undefined);
    expect(made.length / current.length).toBeGreaterThan(0.8);
    expect(made.filter(({ keyword }) => keyword.deprecated !== undefined || keyword.removed !== undefined)).toEqual([]);
  });

  it("has the keyword in its block, and nothing there is unknown, refused or out of range", () => {
    const refusals = ["unknown-keyword", "out-of-range", "missing-argument", "extra-argument", "invalid-ip"];
    const wrong: string[] = [];
    for (const { contextId, keyword, example } of made) {
      const text = `${example.definitions}${example.text}\n`;
      const { project, findings } = judge({ "keepalived.conf": text }, { only: refusals });
      const lines = lineIndex(text);
      const above = example.definitions.split("\n").length - 1;
      const isShown = (offset: number): boolean => {
        const line = positionAt(lines, offset).line - 1 - above;
        return line >= example.first && line < example.end;
      };
      const items = project.clusters.flatMap(({ nodes }) =>
        nodes.flatMap(({ configuration }) => (configuration === undefined ? [] : walkItems(configuration.tree.items))),
      );
      const standsThere = items.some(
        ({ keyword: { value, site }, context, args }) =>
          isShown(site.span.start) &&
          context === contextId &&
          (value === keyword.name || (keyword.kind === "entry-option" && args.some((arg) => arg.value === keyword.name))),
      );
      const refused = findings.filter(({ at }) => isShown(at.span.start));
      if (!standsThere || refused.length > 0)
        wrong.push(`${contextId} ${keyword.name}: ${refused.map(({ message }) => message).join("; ")}`);
    }
    expect(wrong).toEqual([]);
  });
});
