/**
 * How deep every line stands. Braces are counted as the daemon counts them, line by line; in alternatives (`@db1 vrrp_instance A {`,
 * `@db2 vrrp_instance B {`) only one of the lines is read, so that of neighbouring conditional lines the id that opens most counts.
 */
import type { FormatLine } from "./shape.ts";

/** Deeper than any valid place; unbalanced files must not walk off to the right. */
const maxDepth = 12;

export const depthsOf = (lines: readonly FormatLine[]): readonly number[] => {
  const depths: number[] = [];
  let depth = 0;
  let alternatives: { readonly from: number; readonly opened: Map<string, number> } | undefined;
  /** Where the branches of a template begin: all of them at the depth of the first. */
  const branches: number[] = [];
  for (const line of lines) {
    const { leading, delta } = bracesOf(line);
    const id = line.kind === "code" ? line.id : undefined;
    if (id === undefined) {
      if (line.kind !== "comment" && line.kind !== "blank") alternatives = undefined;
      depths.push(bounded(depth - leading));
      depth = Math.max(0, depth + delta);
      for (const step of line.kind === "kept" ? (line.steps ?? []) : []) {
        if (step === "open") branches.push(depth);
        else if (step === "middle") depth = branches.at(-1) ?? depth;
        else branches.pop();
      }
      continue;
    }
    alternatives ??= { from: depth, opened: new Map() };
    const { from, opened } = alternatives;
    const before = opened.get(id) ?? 0;
    depths.push(bounded(from + before - leading));
    opened.set(id, before + delta);
    depth = Math.max(0, from + strongest([...opened.values()]));
  }
  return depths;
};

const bounded = (depth: number): number => Math.min(maxDepth, Math.max(0, depth));

const strongest = (deltas: readonly number[]): number => deltas.reduce((best, each) => (Math.abs(each) > Math.abs(best) ? each : best), 0);

/** Braces that close before anything else stands on the line, and what the line opens in the end. */
const bracesOf = (line: FormatLine): { readonly leading: number; readonly delta: number } => {
  const code = line.kind === "code" ? line.code : line.kind === "kept" ? (line.code ?? "") : "";
  if (/^(?:\$[A-Za-z_]\w*=|~)/u.test(code)) return { leading: 0, delta: 0 };
  let leading = 0;
  let delta = 0;
  let only = true;
  let quoted = false;
  for (let at = 0; at < code.length; at++) {
    const c = code[at]!;
    if (c === '"') quoted = !quoted;
    if (quoted) only = false;
    else if (c === "$" && code[at + 1] === "{") {
      const close = code.indexOf("}", at);
      at = close < 0 ? code.length : close;
      only = false;
    } else if (c === "{") {
      delta++;
      only = false;
    } else if (c === "}") {
      delta--;
      if (only) leading++;
    } else if (c !== " " && c !== "\t") only = false;
  }
  return { leading, delta };
};
