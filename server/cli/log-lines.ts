/** From a line of keepalived's log, or of `keepalived -t`, to the rules that are about what it says. */
import { logMarks } from "./log-marks.ts";
import { logPhrases } from "./log-phrases.ts";

interface Known {
  readonly rules: readonly string[];
  readonly marks: readonly string[];
}

/** A line is read no further. */
const longest = 4000;

/** The rules whose line it is: those of which the most words stand in it, in their order. Empty when none is known. */
export const rulesOfLine = (line: string): readonly string[] => {
  const words = line
    .slice(0, longest)
    .toLowerCase()
    .split(/[^a-z_]+/u)
    .filter((word) => word.length >= 2);
  const phrases = logPhrases.filter(([phrase]) => standsIn(phrase.split(" "), words));
  const longestPhrase = Math.max(0, ...phrases.map(([phrase]) => phrase.length));
  const told = phrases.flatMap(([phrase, ...rules]) => (phrase.length === longestPhrase ? rules : []));
  return told.length > 0 ? [...new Set(told)] : rulesOfMarks(words.map(markOf));
};

const rulesOfMarks = (marks: readonly string[]): readonly string[] => {
  const fitting = known().filter((each) => standsIn(each.marks, marks));
  const most = Math.max(0, ...fitting.map((each) => each.marks.length));
  return [...new Set(fitting.filter((each) => each.marks.length === most).flatMap(({ rules }) => rules))].toSorted();
};

const known = (): readonly Known[] =>
  logMarks.split("\n").flatMap((line) => {
    const [rules = "", all = ""] = line.split(":");
    return all.split(" ").map((marks) => ({ rules: rules.split(" "), marks: marks.match(/.{2}/gu) ?? [] }));
  });

/** Whether they stand among the others, in their order. */
const standsIn = (wanted: readonly string[], marks: readonly string[]): boolean => {
  let at = 0;
  for (const mark of marks) if (mark === wanted[at]) at++;
  return at === wanted.length;
};

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** FNV-1a of a word, folded to 12 bits: what tells lines apart is that all the marks of one stand in another, in their order. */
const markOf = (word: string): string => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193) >>> 0;
  const folded = (hash >>> 16) ^ (hash & 0xffff);
  return `${digits[(folded >>> 6) & 63]}${digits[folded & 63]}`;
};
