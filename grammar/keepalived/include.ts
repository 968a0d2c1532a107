/** Include lines, and what the daemon makes of one that finds less than it names (keepalived v2.4.3 lib/parser.c:1750, 1822, 2565). */
import type { Dialect } from "./dialect.ts";
import type { IncludeFailure, IncludeFailureKind, IncludeMatches, IncludeVariant } from "./expansion.ts";

/** What `include_check` and the letters ask for. */
export interface Strictness {
  readonly read: boolean;
  readonly match: boolean;
  readonly brace: boolean;
  readonly wildcard: boolean;
}

export const lenient: Strictness = { read: false, match: false, brace: false, wildcard: false };
const strictest: Strictness = { read: true, match: true, brace: true, wildcard: true };

const byVariant: Readonly<Record<IncludeVariant, Strictness>> = {
  include: lenient,
  includer: { ...lenient, read: true },
  includem: { ...lenient, read: true, match: true },
  includeb: { ...lenient, read: true, brace: true },
  includew: { ...lenient, read: true, match: true, wildcard: true },
  includea: strictest,
};

const pattern = /^include([rmwba]?)[ \t\r\v\f]/u;

/** Variant and pattern of an include line; undefined for any other line. The rest of the line is one pattern, quotes and blanks included. */
export const readInclude = (
  line: string,
  { includeLetters }: Dialect,
): { readonly variant: IncludeVariant; readonly start: number } | undefined => {
  const found = pattern.exec(line);
  if (found === null || (found[1] !== "" && !includeLetters)) return undefined;
  let start = found[0].length;
  while (line[start] === " " || line[start] === "\t") start++;
  return start >= line.length ? undefined : { variant: `include${found[1]!}` as IncludeVariant, start };
};

const flags: ReadonlyMap<string, keyof Strictness> = new Map([
  ["read", "read"],
  ["match", "match"],
  ["wildcard_match", "wildcard"],
  ["brace_match", "brace"],
]);

/** The strictness after an `include_check` line (lib/parser.c:3423); undefined for any other line. */
export const readIncludeCheck = (line: string, before: Strictness): Strictness | undefined => {
  const [keyword, ...words] = line.split(/[ \t\r\v\f]+/u);
  if (keyword !== "include_check") return undefined;
  if (words.length === 0) return strictest;
  let now = before;
  words.forEach((word, index) => {
    const sign = word[0] === "+" || word[0] === "-" ? word[0] : "";
    const flag = flags.get(word.slice(sign.length));
    if (sign === "" && index > 0) return;
    if (sign === "") now = lenient;
    if (flag === undefined) return;
    now = sign === "" ? { ...lenient, read: true, [flag]: true } : { ...now, [flag]: sign === "+" };
  });
  return now;
};

/** What goes wrong with an include; files that turn out to be unreadable are told by the caller. */
export const includeFailures = (variant: IncludeVariant, name: string, matches: IncludeMatches, base: Strictness): IncludeFailure[] => {
  const own = byVariant[variant];
  const failure = (kind: IncludeFailureKind, flag: keyof Strictness, printed: boolean, names: readonly string[]): IncludeFailure => ({
    kind,
    enforced: own[flag] || base[flag],
    printed: printed || own[flag] || base[flag],
    names,
  });
  if (matches.outside === true) return [];
  const hasBrace = name.includes("{");
  if (matches.files.length === 0) {
    if (matches.missing !== undefined && matches.missing.length > 0)
      return [failure("missing", hasBrace ? "brace" : "match", true, [name])];
    return matches.wildcard && !hasBrace
      ? [failure("no-match", "wildcard", false, [name])]
      : [failure("missing", hasBrace ? "brace" : "match", true, [name])];
  }
  return matches.missing === undefined || matches.missing.length === 0
    ? []
    : [failure("alternative-missing", "brace", true, matches.missing)];
};

export const unreadableFailure = (variant: IncludeVariant, base: Strictness, file: string): IncludeFailure => ({
  kind: "unreadable",
  enforced: byVariant[variant].read || base.read,
  printed: true,
  names: [file],
});
