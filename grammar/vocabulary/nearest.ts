/**
 * What somebody probably meant: the one candidate a few typing mistakes away from a word.
 */

/** Longer words are never compared: no keyword is that long, and hostile input must stay cheap. */
const LONGEST = 64;

/**
 * Edits between two words (insert, delete, replace, swap of neighbours; optimal string alignment), or `limit + 1`
 * as soon as there are more than `limit`.
 */
const edits = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit + 1);
};

/**
 * The candidate at most two edits from `word` (one for words of up to four letters), upper and lower case counting as equal.
 * Undefined when there is none, or when two are equally near. A word that is itself a candidate is its own nearest.
 */
export const nearestWord = (word: string, candidates: Iterable<string>): string | undefined => {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const lower = word.toLowerCase();
  let limit = word.length <= 4 ? 1 : 2;
  let nearest: string | undefined;
  let tied = false;
  let found = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word) return candidate;
    if (candidate.length > LONGEST || candidate === nearest) continue;
    const distance = edits(lower, candidate.toLowerCase(), limit);
    if (distance > limit || distance > found) continue;
    tied = distance === found;
    if (tied) continue;
    nearest = candidate;
    found = distance;
    limit = distance;
  }
  return tied ? undefined : nearest;
};
