/**
 * Replacing `$NAME` and `${NAME}` in a line (keepalived v2.4.3 lib/parser.c:1885, find_definition; 2020, replace_param;
 * grammar facts 8.3 to 8.10).
 */
import { siteOf, type Site, type Via } from "../text.ts";
import type { Dialect } from "./dialect.ts";
import type { Definition, DefinitionUse, ExpandProblemKind } from "./expansion.ts";
import { byteLength, replacedLine, spliceLine, type Line } from "./lines.ts";

/** A definition as it is replaced. */
export interface StoredDefinition extends Definition {
  /** The lines of a multi-line definition, or the one line of a simple one. */
  readonly parts: readonly DefinitionPart[];
  readonly sequence?: true;
}

/** One line of a definition, with where it was written. */
export interface DefinitionPart {
  readonly text: string;
  readonly via: Via;
}

export interface Replacer {
  readonly dialect: Dialect;
  readonly definitions: ReadonlyMap<string, StoredDefinition>;
  /** The text of a predefined name; undefined when only the running daemon knows it. */
  readonly predefined: (name: string) => string | undefined;
  readonly use: (use: DefinitionUse) => void;
  readonly problem: (kind: ExpandProblemKind, site: Site, detail: string) => void;
  /** Whether replacing a name has turned out never to end. */
  readonly isEndless: (name: string) => boolean;
  /** Asked before every replacement with the length of the line: false ends all replacing. */
  readonly allowed: (length: number) => boolean;
}

export interface Replaced {
  readonly line: Line;
  /** The further lines of a multi-line definition at the end of the line, outermost use first. */
  readonly following: readonly (readonly Line[])[];
}

/** More replacements than this in one line cannot come to an end: a line has 1,023 bytes. */
const maxRounds = 4096;
/** From here on, a text that was there before is a circle. */
const watchedRounds = 32;
/** Uses told for one line. */
const maxUses = 64;

/** `$NAME` before a space, tab, comma, closing parenthesis or the end; `${NAME}`, `${NAME words}`. */
const usePattern =
  /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?:[ \t]+((?:[A-Za-z0-9_][A-Za-z0-9_ \t]*)?))?\}|([A-Za-z_][A-Za-z0-9_]*)(?=[ \t,)]|$))/uy;

interface Use {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Up to the closing brace. */
  readonly end: number;
  /** Up to where the daemon replaces: in `${NAME }` it forgets to count the blank, and something stays behind. */
  readonly replacedEnd: number;
}

const useAt = (text: string, at: number): Use | undefined => {
  usePattern.lastIndex = at;
  const found = usePattern.exec(text);
  if (found === null) return undefined;
  const end = at + found[0].length;
  const name = found[1] ?? found[3]!;
  const words = found[2] ?? "";
  // A blank behind the last parameter makes it no use at all.
  if (/[ \t]$/u.test(words)) return undefined;
  const parameters = words === "" ? [] : words.split(/[ \t]+/u);
  return { name, parameters, end, replacedEnd: found[2] === "" ? at + name.length + 3 : end };
};

/** The line with its uses replaced, of at most `maxBytes - 1` bytes; undefined when there was nothing to replace. */
export const replaceUses = (replacer: Replacer, input: Line, maxBytes = 1024): Replaced | undefined => {
  let line = input;
  let rounds = 0;
  const following: (readonly Line[])[] = [];
  const seen = new Set<string>();
  let told = 0;
  const tell = (use: DefinitionUse): void => {
    if (told++ < maxUses) replacer.use(use);
  };
  for (let at = line.text.indexOf("$"); at >= 0; at = line.text.indexOf("$", at)) {
    const use = useAt(line.text, at);
    if (use === undefined) {
      at++;
      continue;
    }
    const site = siteOf(line, { start: at, end: use.end });
    const value = valueOf(replacer, use, line.text.length, site, tell);
    if (value === undefined) {
      at++;
      continue;
    }
    if (replacer.isEndless(use.name)) {
      at++;
      continue;
    }
    if (!replacer.allowed(line.text.length)) break;
    const { text, via } = value.first;
    const replacedBytes = byteLength(text) - (use.replacedEnd - at);
    if (line.text.length + replacedBytes >= maxBytes / 3 && byteLength(line.text) + replacedBytes >= maxBytes) {
      replacer.problem("line-full", site, use.name);
      // What was replaced so far stays, but the daemon takes the line as unchanged.
      return rounds === 0 ? undefined : { line, following: [] };
    }
    if (++rounds > watchedRounds) {
      const state = `${at} ${line.text}`;
      if (rounds > maxRounds || seen.has(state)) {
        replacer.problem("definition-loop", site, use.name);
        break;
      }
      seen.add(state);
    }
    const place = { file: site.file, fileStart: site.span.start, fileEnd: site.span.end, via };
    line = spliceLine(line, at, use.replacedEnd, text, place);
    if (value.rest.length > 0) following.push(value.rest.map((part) => replacedLine(part.text, site, part.via)));
    if (value.placeholder) at += text.length;
    // The daemon leaves the rest to the rounds of the sequence that has come in.
    else if (text.includes("~") && /^[ \t]*~/u.test(text)) break;
  }
  return rounds === 0 ? undefined : { line, following };
};

interface Value {
  readonly first: DefinitionPart;
  readonly rest: readonly DefinitionPart[];
  /** The text only stands for a value that nobody knows. */
  readonly placeholder: boolean;
}

const valueOf = (
  { definitions, dialect, predefined, problem }: Replacer,
  { name, parameters, end, replacedEnd }: Use,
  length: number,
  site: Site,
  tell: (use: DefinitionUse) => void,
): Value | undefined => {
  const definition = definitions.get(name);
  const builtin = dialect.predefined.get(name);
  if (definition !== undefined) {
    const left =
      parameters.length > 0 && builtin === undefined
        ? "parameters"
        : definition.multiline && (end !== length || end !== replacedEnd)
          ? "multi-line"
          : undefined;
    if (left !== undefined) tell({ name, site, definition, left });
    else if (definition.sequence !== true) tell({ name, site, definition });
    const [first, ...rest] = definition.parts;
    return left === undefined && first !== undefined ? { first, rest, placeholder: false } : undefined;
  }
  if (builtin === undefined) {
    tell({ name, site });
    return undefined;
  }
  const { least, most, numeric } = builtin;
  if (parameters.length > most || (numeric && parameters.some((word) => /[^0-9]/u.test(word)))) {
    if (most > 0) problem("definition-parameters", site, name);
    return undefined;
  }
  if (parameters.length < least) problem("environment-name-missing", site, name);
  const [low, high] = parameters;
  if (!dialect.digitsOnly && Number(low) > Number(high ?? 32767)) problem("definition-parameters", site, name);
  const text = predefined(name);
  return { first: { text: text ?? `$${name}`, via: { kind: "definition", name } }, rest: [], placeholder: text === undefined };
};
