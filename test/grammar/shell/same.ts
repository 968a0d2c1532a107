/** What two readings of a text have in common when one was printed from the other: all but spans, comments and the words as written. */
import type { ShellScript } from "../../../grammar/shell/tree.ts";

/** The tree without what printing cannot keep. Neighbours without text are dropped: a continued line leaves an empty literal. */
export const meaning = (script: ShellScript): unknown => bare(script.body);

const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare).filter((one) => !isEmptyLiteral(one));
  if (typeof value !== "object" || value === null) return value;
  const written = ("kind" in value && value.kind === "word") || "quoted" in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "span" && !(key === "text" && written))
      .map(([key, one]) => [key, key === "keyword" ? true : bare(one)]),
  );
};

const isEmptyLiteral = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "literal" && "value" in value && value.value === "";
