/**
 * The commonest use, paths and no option, understood without the parser of options, which takes a tenth of a start.
 * Everything else is arguments/read.ts's.
 */
import type { Invocation } from "./invocation.ts";

export const commandNames: readonly string[] = [
  "check",
  "rules",
  "explain",
  "doctor",
  "init",
  "failover",
  "upgrade",
  "fmt",
  "graph",
  "collect",
  "lsp",
  "completion",
  "help",
];

export const plainCheck = (words: readonly string[]): Invocation | undefined => {
  if (words.length === 1 && words[0] === "--version") return { kind: "version" };
  if (words.some((word) => word.startsWith("-") && word !== "-")) return undefined;
  const [first, ...rest] = words;
  if (first !== undefined && first !== "check" && commandNames.includes(first)) return undefined;
  return { kind: "check", paths: first === "check" ? rest : words, outputs: [{ format: "pretty" }], failOn: "warning", rules: new Map() };
};
