/** Shell patterns against a text, in time that grows with the product of their lengths at worst. */

/** Whether the whole text matches `*`, `?`, `[…]` and plain characters; undefined for extended globs. */
export const matchesGlob = (pattern: string, text: string): boolean | undefined => {
  if (/[@+!?*]\(/u.test(pattern)) return undefined;
  let p = 0;
  let t = 0;
  let star = -1;
  let from = 0;
  while (t < text.length) {
    const length = p < pattern.length && pattern[p] !== "*" ? matchOne(pattern, p, text[t]!) : 0;
    if (pattern[p] === "*") {
      star = p++;
      from = t;
    } else if (length > 0) {
      p += length;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p >= pattern.length;
};

/** How many characters of the pattern match the character; 0 for none. */
const matchOne = (pattern: string, at: number, char: string): number => {
  const first = pattern[at]!;
  if (first === "?") return 1;
  if (first === "\\" && at + 1 < pattern.length) return pattern[at + 1] === char ? 2 : 0;
  if (first !== "[") return first === char ? 1 : 0;
  const close = pattern.slice(at, at + 100).indexOf("]", 2);
  if (close < 0) return char === "[" ? 1 : 0;
  const inside = pattern.slice(at + 1, at + close);
  const negated = inside[0] === "!" || inside[0] === "^";
  let hit = false;
  for (let i = negated ? 1 : 0; i < inside.length; i++) {
    if (inside[i + 1] === "-" && i + 2 < inside.length) {
      if (inside[i]! <= char && char <= inside[i + 2]!) hit = true;
      i += 2;
    } else if (inside[i] === char) hit = true;
  }
  return hit !== negated ? close + 1 : 0;
};
