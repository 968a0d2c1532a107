/** Command lines as getopt reads them. */
import type { Argument } from "./commands.ts";

export interface Option {
  /** "-e" or "--execute". */
  readonly name: string;
  /** Undefined when it takes none. */
  readonly value?: Argument;
  readonly at: Argument;
}

export interface Options {
  readonly options: readonly Option[];
  readonly operands: readonly Argument[];
  /** A word that cannot be known may be an option, or several words. */
  readonly uncertain: boolean;
}

/**
 * `valued`: letters and long names that take a value ("hPu" and ["host"]); `glued`: letters whose value, if any, is glued to
 * them (`-pSECRET`); long names take a value only with `=` unless they are valued.
 */
export interface OptionTable {
  readonly valued: string;
  readonly glued?: string;
  readonly long?: readonly string[];
  /** Long names begin with one dash (find, ifconfig, openssl), so letters are not bundled. */
  readonly single?: boolean;
}

export const readOptions = (words: readonly Argument[], { valued, glued = "", long = [], single = false }: OptionTable): Options => {
  const options: Option[] = [];
  const operands: Argument[] = [];
  let uncertain = false;
  for (let i = 0; i < words.length; i++) {
    const at = words[i]!;
    const { text } = at;
    if (text === undefined) {
      uncertain ||= !isQuoted(at);
      operands.push(at);
    } else if (text === "--") {
      for (const operand of words.slice(i + 1)) operands.push(operand);
      break;
    } else if (text.startsWith("--")) {
      const equals = text.indexOf("=");
      const name = equals < 0 ? text : text.slice(0, equals);
      if (equals >= 0) options.push({ name, at, value: { ...at, text: text.slice(equals + 1) } });
      else if (long.includes(name.slice(2)) && words[i + 1] !== undefined) options.push({ name, at, value: words[++i]! });
      else options.push({ name, at });
    } else if (text.startsWith("-") && text.length > 1) {
      if (single) {
        if (long.includes(text.slice(1)) && words[i + 1] !== undefined) options.push({ name: text, at, value: words[++i]! });
        else options.push({ name: text, at });
        continue;
      }
      for (let j = 1; j < text.length; j++) {
        const letter = text[j]!;
        const rest = text.slice(j + 1);
        if (glued.includes(letter)) {
          options.push(rest === "" ? { name: `-${letter}`, at } : { name: `-${letter}`, at, value: { ...at, text: rest } });
          break;
        }
        if (valued.includes(letter)) {
          if (rest !== "") options.push({ name: `-${letter}`, at, value: { ...at, text: rest } });
          else if (words[i + 1] !== undefined) options.push({ name: `-${letter}`, at, value: words[++i]! });
          else options.push({ name: `-${letter}`, at });
          break;
        }
        options.push({ name: `-${letter}`, at });
      }
    } else operands.push(at);
  }
  return { options, operands, uncertain };
};

/** An unknown text in quotes is one word, whatever it holds. */
const isQuoted = ({ word }: Argument): boolean => word?.parts.length === 1 && word.parts[0]!.kind === "double-quoted";

/** The value of the last option with one of the names. */
export const optionValue = ({ options }: Options, ...names: readonly string[]): Argument | undefined =>
  options.findLast(({ name, value }) => value !== undefined && names.includes(name))?.value;

export const hasOption = ({ options }: Options, ...names: readonly string[]): boolean => options.some(({ name }) => names.includes(name));

/** `10`, `0.5`, `10s`, `2m`, `1h` in seconds. */
export const secondsIn = (text: string): number | undefined => {
  const hit = /^([0-9]{1,9}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})([smhd]?)$/u.exec(text);
  return hit === null ? undefined : Number(hit[1]) * { "": 1, s: 1, m: 60, h: 3600, d: 86_400 }[hit[2] as "" | "s" | "m" | "h" | "d"];
};
