/**
 * Unified diffs that `patch` and `git apply` take. Lines that hold a secret are kept out of the context; where such a line
 * itself changes it is masked, and that hunk is only to be read.
 */
import { diffArrays } from "diff";
import { secretsInLine } from "./secret-patterns.ts";
import { maskSpans } from "./secrets.ts";

export interface Changed {
  /** As it is shown. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** Secrets of a line of the text before, counted from 1: offsets in it. */
  readonly secrets: (line: number) => ReturnType<typeof secretsInLine>;
}

const context = 3;

/** The diff of one file; nothing when there is none. */
export const unifiedDiff = ({ file, before, after, secrets }: Changed): string => {
  const lines = changesOf(linesIn(before), linesIn(after));
  const hidden = lines.map(({ kind, text, old }) => (kind === "added" ? secretsInLine(text.replace(/\r?\n$/u, "")) : secrets(old + 1)));
  const hunks = hunksOf(lines, (index) => hidden[index]!.length > 0);
  if (hunks.length === 0) return "";
  const named = file.replace(/^\/+/u, "").replaceAll(/[\t\n\r]/gu, " ");
  return [`--- a/${named}\n+++ b/${named}\n`, ...hunks.map((hunk) => hunkText(lines, hunk, hidden))].join("");
};

interface Line {
  readonly kind: "kept" | "removed" | "added";
  /** With its line end. */
  readonly text: string;
  /** How many lines of the old and of the new text stand before it. */
  readonly old: number;
  readonly fresh: number;
}

const linesIn = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? [];

const signs = { kept: " ", removed: "-", added: "+" } as const;

const changesOf = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  const found: Line[] = [];
  let old = 0;
  let fresh = 0;
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    for (const text of value) {
      const kind = added ? "added" : removed ? "removed" : "kept";
      found.push({ kind, text, old, fresh });
      if (kind !== "added") old++;
      if (kind !== "removed") fresh++;
    }
  }
  return found;
};

interface Hunk {
  readonly start: number;
  readonly end: number;
}

/**
 * Changes with their context. Where it is cut short on one side, it is on the other as well: uneven context means the
 * beginning or the end of the file to those who read it.
 */
const hunksOf = (lines: readonly Line[], isSecret: (index: number) => boolean): readonly Hunk[] => {
  const changed = lines.flatMap(({ kind }, index) => (kind === "kept" ? [] : [index]));
  const groups: { first: number; last: number }[] = [];
  for (const index of changed) {
    const group = groups.at(-1);
    const near = group !== undefined && index - group.last <= 2 * context + 1;
    if (near && !lines.slice(group.last + 1, index).some((_, at) => isSecret(group.last + 1 + at))) group.last = index;
    else groups.push({ first: index, last: index });
  }
  return groups.map(({ first, last }, position): Hunk => {
    const floor = (groups[position - 1]?.last ?? -1) + 1;
    const ceiling = groups[position + 1]?.first ?? lines.length;
    const room = (step: 1 | -1): { readonly length: number; readonly cut: boolean } => {
      let length = 0;
      for (let at = step < 0 ? first - 1 : last + 1; length < context; at += step, length++) {
        if (at < 0 || at >= lines.length) return { length, cut: false };
        if (at < floor || at >= ceiling || isSecret(at)) return { length, cut: true };
      }
      return { length, cut: false };
    };
    const above = room(-1);
    const below = room(1);
    const most = Math.min(above.cut ? above.length : context, below.cut ? below.length : context);
    return { start: first - Math.min(above.length, most), end: last + 1 + Math.min(below.length, most) };
  });
};

const hunkText = (lines: readonly Line[], { start, end }: Hunk, hidden: readonly ReturnType<typeof secretsInLine>[]): string => {
  const own = lines.slice(start, end);
  const count = (kind: Line["kind"]): number => own.filter((line) => line.kind !== kind).length;
  const range = (from: number, length: number): string => `${length === 0 ? from : from + 1}${length === 1 ? "" : `,${length}`}`;
  const head = `@@ -${range(own[0]!.old, count("added"))} +${range(own[0]!.fresh, count("removed"))} @@\n`;
  return [
    head,
    ...own.map(({ kind, text }, index) => {
      const shown = maskSpans(text, hidden[start + index]!);
      return `${signs[kind]}${shown}${text.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`;
    }),
  ].join("");
};
