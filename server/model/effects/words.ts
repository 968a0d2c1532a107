/** Words of a script as arguments, asked for without running what stands in them. */
import type { Word, WordPart } from "../../../grammar/shell/tree.ts";
import type { Argument } from "./commands.ts";
import { variantsOf } from "./expand.ts";
import type { Source } from "./source.ts";
import { isUntouched, type Run, type State, variable } from "./state.ts";
import { onlyText, UNKNOWN } from "./values.ts";

/** A word as one argument; unknown when it is none or several. */
export const argumentOf = (run: Run, state: State, word: Word): Argument => {
  const [only, ...more] = variantsOf(word, quietSource(run, state));
  return {
    text: more.length === 0 && only?.fields.length === 1 ? only.fields[0] : undefined,
    site: run.mapSite(word.span),
    word,
  };
};

/** Asks words for values without running what stands in them a second time. */
const quietSource = (run: Run, state: State): Source => ({
  variable: (name) => variable(run, state, name),
  untouched: (name) => isUntouched(state, name),
  assign: () => undefined,
  substitute: () => UNKNOWN,
});

/**
 * The files below /proc/sys that a word names one of, when all that is not known of it is which of them a loop is at: `$d/rp_filter`
 * behind `for d in /proc/sys/net/ipv4/conf/*`.
 */
export const settingsIn = (run: Run, state: State, { parts }: Word): string | undefined => {
  const text = (part: WordPart): string | undefined => {
    if (part.kind === "literal" || part.kind === "single-quoted") return part.value;
    if (part.kind === "double-quoted") return joinedTexts(part.parts.map(text));
    if (part.kind !== "parameter" || part.operator !== undefined || part.prefix !== undefined || part.index !== undefined) return undefined;
    const value = variable(run, state, part.name);
    return value?.kind === "unknown" ? value.files : onlyText(value);
  };
  const files = joinedTexts(parts.map(text));
  return files?.startsWith("/proc/sys/") === true ? files : undefined;
};

const joinedTexts = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.includes(undefined) ? undefined : texts.join("");

/** The names that `read`, `unset` and their like are given. */
export const assignedIn = (words: readonly Argument[]): readonly string[] =>
  words.flatMap(({ text }) => (text !== undefined && /^[A-Za-z_]\w*$/u.test(text) ? [text] : []));
