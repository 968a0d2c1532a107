/** What only a shell understands, in a command that keepalived runs without one. */
import type { Command } from "./command.ts";

/** A sign with its place in the command's text. */
export interface ShellSign {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a program is a shell, by its name. */
export const isShell = (program: string): boolean => /(?:^|\/)(?:ba|da|a|k|z)?sh$/u.test(program);

interface RawWord {
  readonly start: number;
  readonly end: number;
  /** The text with everything quoted or escaped blanked out, as long as the word itself. */
  readonly bare: string;
  /** The same, but what stands in double quotes is kept. */
  readonly loose: string;
}

/** Words that are no programs: the shell's own. `[` and `test` are programs as well. */
const shellWords = new Set(
  "[[ if for while until case { ( ! cd source . exit export set unset eval exec return local declare ulimit".split(" "),
);

/** Signs in the order they stand. What a shell gets as `-c` text is its own business. */
export const shellSigns = ({ text, program }: Command): readonly ShellSign[] => {
  const words = rawWords(text);
  const found: ShellSign[] = [];
  const given = program.value !== undefined && isShell(program.value) ? words.findIndex(({ bare }) => /^-[a-z]*c$/u.test(bare)) + 1 : 0;
  words.forEach((word, index) => {
    if (given > 0 && index === given) return;
    const first = index === 0 ? ownWord(word) : undefined;
    const sign = first ?? (index === 0 && word.bare.startsWith("<") ? undefined : signIn(word));
    if (sign !== undefined) found.push(sign);
  });
  return found;
};

const ownWord = ({ bare, start, end }: RawWord): ShellSign | undefined => {
  if (shellWords.has(bare)) return { text: bare, start, end };
  const assigned = /^[A-Za-z_]\w*=/u.exec(bare)?.[0];
  return assigned === undefined ? undefined : { text: assigned, start, end: start + assigned.length };
};

const wholeOperator = /^(?:\|\|?|&&?|;;?|(?:\d*|&)(?:>>?|<<?)(?:&\d|&-)?)$/u;
const redirection = /^(?:\d*|&)(?:>>?|<)(?=[&/.\w~])/u;
const gluedOperator = /&&|\|\||;$|\|(?=(?:e?grep|awk|wc|head|tail|cut|sed|xargs|tr|sort|tee|uniq)\b)/u;

const signIn = ({ bare, loose, start, end }: RawWord): ShellSign | undefined => {
  if (wholeOperator.test(bare)) return { text: bare, start, end };
  if (/^<[^<>]*>$/u.test(bare)) return undefined;
  const found = redirection.exec(bare) ?? gluedOperator.exec(bare) ?? /\$\(|`/u.exec(loose);
  return found === null ? undefined : { text: found[0], start: start + found.index, end: start + found.index + found[0].length };
};

const rawWords = (text: string): readonly RawWord[] => {
  const words: RawWord[] = [];
  let at = 0;
  while (at < text.length) {
    while (at < text.length && isBlank(text[at])) at++;
    if (at >= text.length) break;
    const start = at;
    let quote = "";
    let bare = "";
    let loose = "";
    for (; at < text.length && (quote !== "" || !isBlank(text[at])); at++) {
      const c = text[at]!;
      const hidden = quote !== "" || c === "'" || c === '"' || c === "\\";
      bare += hidden ? " " : c;
      loose += quote === '"' && c !== '"' && c !== "\\" ? c : hidden ? " " : c;
      if (c === "\\" && quote !== "'" && at + 1 < text.length) {
        at++;
        bare += " ";
        loose += " ";
      } else if (quote === "" && (c === "'" || c === '"')) quote = c;
      else if (c === quote) quote = "";
    }
    words.push({ start, end: at, bare, loose });
  }
  return words;
};

const isBlank = (c: string | undefined): boolean => c === " " || c === "\t";
