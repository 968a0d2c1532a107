/** Words into arguments: quoting, variables, splitting. A word over variables with several choices has several variants. */
import type { Parameter, Word, WordPart } from "../../../grammar/shell/tree.ts";
import { arithmeticValue, refuseUnsetIn } from "./arithmetic-expansion.ts";
import { matchesGlob } from "./glob.ts";
import type { Source } from "./source.ts";
import type { BranchStep } from "./types.ts";
import { both, type Choice, onlyText, UNKNOWN, type Value } from "./values.ts";

/** One reading of a word: its fields (undefined where unknown) and the branches under which it is this one. */
export interface Variant {
  readonly fields: readonly (string | undefined)[];
  readonly under: readonly BranchStep[];
}

const MAX_VARIANTS = 16;
const MAX_FIELDS = 4096;

/** A word under construction. `current`: the field being built; undefined while there is none. */
interface Build {
  readonly done: readonly (string | undefined)[];
  readonly current: { readonly text: string; readonly unknown: boolean } | undefined;
  readonly under: readonly BranchStep[];
}

/** A longer field is unknown: a variable that doubles itself must not fill the memory. */
const MAX_LENGTH = 65_536;

const append = (build: Build, text: string): Build => {
  const before = build.current?.text ?? "";
  if (before.length + text.length > MAX_LENGTH) return appendUnknown(build);
  return { ...build, current: { text: before + text, unknown: build.current?.unknown ?? false } };
};

const appendUnknown = (build: Build): Build => ({ ...build, current: { text: "", unknown: true } });

const finish = (build: Build): Build =>
  build.current === undefined || build.done.length > MAX_FIELDS
    ? { ...build, current: undefined }
    : { done: [...build.done, build.current.unknown ? undefined : build.current.text], current: undefined, under: build.under };

/** Text outside quotes: blanks in it end fields. */
const appendSplit = (build: Build, text: string): Build => {
  if (!/[ \t\n]/u.test(text)) return text === "" ? build : append(build, text);
  const pieces = text.split(/[ \t\n]+/u);
  let result = build;
  pieces.forEach((piece, index) => {
    if (index > 0) result = finish(result);
    if (piece !== "") result = append(result, piece);
  });
  return result;
};

const appendItems = (build: Build, items: readonly (string | undefined)[], quoted: boolean): Build => {
  let result = build;
  items.forEach((item, index) => {
    if (index > 0) result = finish(result);
    result = item === undefined ? appendUnknown(result) : quoted ? append(result, item) : appendSplit(result, item);
  });
  return result;
};

/** Adds a value to every build; choices multiply them. */
const add = (builds: readonly Build[], value: Value, quoted: boolean): readonly Build[] => {
  if (value.kind === "unknown") return builds.map(appendUnknown);
  if (value.kind === "list") return builds.map((build) => appendItems(build, value.items, quoted));
  const put = (build: Build, choice: Choice): readonly Build[] => {
    const under = both(build.under, choice.under);
    return under === undefined ? [] : [{ ...(quoted ? append(build, choice.text) : appendSplit(build, choice.text)), under }];
  };
  const next = builds.flatMap((build) => value.choices.flatMap((choice) => put(build, choice)));
  return next.length === 0 || next.length > MAX_VARIANTS ? builds.map(appendUnknown) : next;
};

const MAX_BRACES = 256;

/** `{1..3}`, `{a..c}`, `{01..10..3}` and `{a,b}`: at most 256 texts, else undefined. */
export const braceTexts = (text: string): readonly string[] | undefined => {
  if (!text.includes("..")) return text.slice(1, -1).split(",");
  const range =
    /^\{(?:(?<from>-?[0-9]{1,6})\.\.(?<to>-?[0-9]{1,6})|(?<first>[A-Za-z])\.\.(?<last>[A-Za-z]))(?:\.\.-?(?<step>[0-9]{1,4}))?\}$/u.exec(
      text,
    )?.groups;
  if (range === undefined) return text.includes(",") ? text.slice(1, -1).split(",") : undefined;
  const { first, last } = range;
  const from = first === undefined ? Number(range["from"]) : first.charCodeAt(0);
  const to = last === undefined ? Number(range["to"]) : last.charCodeAt(0);
  const step = Math.max(1, Number(range["step"] ?? 1));
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  // Between capital and small letters stand other characters, which bash quotes.
  if (count > MAX_BRACES || (first !== undefined && /[a-z]/u.test(first) !== /[a-z]/u.test(last!))) return undefined;
  const ends = [range["from"] ?? "", range["to"] ?? ""];
  const width = ends.some((end) => /^-?0[0-9]/u.test(end)) ? Math.max(...ends.map((end) => end.length)) : 0;
  return Array.from({ length: count }, (_, i) => {
    const number = from + (to < from ? -i : i) * step;
    if (first !== undefined) return String.fromCharCode(number);
    return number < 0 ? `-${String(-number).padStart(width - 1, "0")}` : String(number).padStart(width, "0");
  });
};

/** A word with each choice of its braces: what bash does before anything else. Undefined where it cannot be known. */
const withoutBraces = (parts: readonly WordPart[]): readonly (readonly WordPart[])[] | undefined => {
  const count = parts.filter(({ kind }) => kind === "braces").length;
  if (count === 0) return [parts];
  // Each part is copied for each of the braces.
  if (count * parts.length > MAX_BRACES * 16) return undefined;
  let all: readonly (readonly WordPart[])[] = [[]];
  for (const [i, part] of parts.entries()) {
    if (part.kind !== "braces") {
      all = all.map((one) => [...one, part]);
      continue;
    }
    const texts = braceTexts(part.text);
    const [before, after] = [parts[i - 1], parts[i + 1]];
    // The text of the braces may lengthen a name before them (`$a{1,2}` is `$a1 $a2`), or leave a tilde first.
    if (before?.kind === "parameter" && before.span.end - before.span.start === before.name.length + 1 && /^\w/u.test(before.name))
      return undefined;
    if (i === 0 && after?.kind === "literal" && after.value.startsWith("~") && texts?.includes("") === true) return undefined;
    if (texts === undefined || texts.length * all.length > MAX_BRACES) return undefined;
    all = all.flatMap((one) =>
      texts.map((value): readonly WordPart[] => (value === "" ? one : [...one, { kind: "literal", span: part.span, value }])),
    );
  }
  return all;
};

/** `x=(…)` as an argument, as `declare` takes it: its elements are not read. */
const isArray = ({ text }: Word): boolean => /^[A-Za-z_]\w*\+?=\(/u.test(text);

/** Whether braces that may be expanded stand around other parts, as in `{$a,b}`, or around other braces: these are not read. */
const hasUnreadBraces = ({ text, span, parts }: Word): boolean => {
  if (!text.includes("{")) return false;
  // Only what stands outside quotes and expansions counts.
  const bare = parts
    .map((part) => (part.kind === "literal" ? text.slice(part.span.start - span.start, part.span.end - span.start) : " "))
    .join("")
    .replace(/\\[^]/gu, " ");
  const inside = bare.slice(bare.indexOf("{") + 1, Math.max(0, bare.lastIndexOf("}")));
  return bare.includes("{") && (inside.includes(",") || inside.includes(".."));
};

/** `~` and `~/…` at the start of a word become the home of whoever runs it; `~name` and what may be one are not known. */
const withHome = ({ text, parts }: Word, source: Source): readonly WordPart[] => {
  const tilde = /^~(?<name>[A-Za-z0-9_.+-]*)(?=[/{]|$|(?<other>:))/u.exec(text.replace(/\\\r?\n/gu, ""));
  const [first, ...rest] = parts;
  if (tilde === null || first?.kind !== "literal") return parts;
  const { name, other } = tilde.groups!;
  // In front of a colon it depends on what follows.
  const home = name === "" && other === undefined && text[tilde[0].length] !== "{" ? onlyText(source.variable("HOME")) : undefined;
  const { span } = first;
  const start: WordPart = home === undefined ? UNKNOWN_PART : { kind: "single-quoted", span, value: home };
  return [start, { kind: "literal", span, value: first.value.slice(tilde[0].length) }, ...rest];
};

/** A parameter without a name is no parameter: nothing is known of it. */
const UNKNOWN_PART: WordPart = { kind: "parameter", span: { start: 0, end: 0 }, name: "" };

const addPart = (builds: readonly Build[], part: WordPart, quoted: boolean, source: Source): readonly Build[] => {
  switch (part.kind) {
    case "literal":
    case "single-quoted":
      return builds.map((build) => append(build, part.value));
    case "double-quoted": {
      // "" is an empty field; "$@" of nothing is none, which is rare enough to forget.
      const opened = builds.map((build) => append(build, ""));
      return part.parts.reduce<readonly Build[]>((all, inner) => addPart(all, inner, true, source), opened);
    }
    case "parameter":
      return add(builds, parameterValue(part, quoted, source), quoted || part.name === "?");
    case "command-substitution":
      return add(builds, source.substitute(part), quoted);
    case "process-substitution":
      source.substitute(part);
      return builds.map(appendUnknown);
    case "arithmetic": {
      expandFor(part.parts, source);
      refuseUnsetIn(part, source);
      const value = arithmeticValue(part, source);
      return value === undefined ? builds.map(appendUnknown) : builds.map((build) => append(build, String(value)));
    }
    case "glob":
      // A bracket is rather an address of IPv6 than the name of a file; without such a file it stays as it is.
      return part.text.startsWith("[") ? builds.map((build) => append(build, part.text)) : builds.map(appendUnknown);
    case "braces":
      return builds.map(appendUnknown);
  }
};

/** Expands parts for what their substitutions do: of an expression or a subscript. */
export const expandFor = (parts: readonly WordPart[], source: Source): void => {
  const builds: readonly Build[] = [{ done: [], current: undefined, under: [] }];
  for (const part of parts) if (part.kind !== "literal") addPart(builds, part, true, source);
};

const patternText = (word: Word, source: Source): string | undefined => {
  let text = "";
  for (const part of word.parts) {
    if (part.kind === "literal" || part.kind === "single-quoted") text += part.value;
    else if (part.kind === "glob") text += part.text;
    else {
      const [only, ...rest] = variantsOf({ ...word, parts: [part] }, source);
      if (only === undefined || rest.length > 0 || only.fields.length > 1 || (only.fields.length === 1 && only.fields[0] === undefined))
        return undefined;
      text += only.fields[0] ?? "";
    }
  }
  return text;
};

/** `${name%pattern}` and its kin on a known text. */
const cutPattern = (text: string, operator: string, pattern: string): string | undefined => {
  if (text.length > 500) return undefined;
  const lengths = Array.from({ length: text.length + 1 }, (_, i) => i);
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    const front = operator.startsWith("#");
    const hit = matchesGlob(pattern, front ? text.slice(0, length) : text.slice(text.length - length));
    if (hit === undefined) return undefined;
    if (hit) return front ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
};

const parameterValue = (part: Parameter, quoted: boolean, source: Source): Value => {
  const { name, operator, argument } = part;
  if (name === "" || part.prefix === "!") return UNKNOWN;
  if (part.indexParts !== undefined) expandFor(part.indexParts, source);
  let value = source.variable(name);
  refuseUnset(part, value, source);
  if (part.index !== undefined && value !== undefined) {
    if (value.kind === "list" && /^[0-9]{1,6}$/u.test(part.index)) {
      const item = value.items[Number(part.index)];
      value = item === undefined ? UNKNOWN : { kind: "texts", choices: [{ text: item, under: [] }] };
    } else if (value.kind === "texts" && part.index !== "0" && part.index !== "@" && part.index !== "*") value = UNKNOWN;
  } else if (value?.kind === "list" && name !== "@" && name !== "*") {
    const item = value.items[0];
    value = item === undefined ? UNKNOWN : { kind: "texts", choices: [{ text: item, under: [] }] };
  }
  if (value?.kind === "list" && quoted && (name === "*" || part.index === "*")) {
    value = value.items.includes(undefined) ? UNKNOWN : { kind: "texts", choices: [{ text: value.items.join(" "), under: [] }] };
  }
  if (part.prefix === "#") {
    if (value?.kind === "list") return { kind: "texts", choices: [{ text: String(value.items.length), under: [] }] };
    return mapText(value, (text) => String(text.length));
  }
  if (operator === undefined) return value ?? UNKNOWN;
  const given = argument === undefined ? undefined : variantsOf(argument, source);
  const alternative = (): Value => {
    const fields = given?.[0]?.fields;
    if (given?.length !== 1 || fields === undefined || fields.includes(undefined))
      return argument?.parts.length === 0 ? { kind: "texts", choices: [{ text: "", under: [] }] } : UNKNOWN;
    return { kind: "texts", choices: [{ text: fields.join(" "), under: [] }] };
  };
  switch (operator) {
    case ":-":
    case "-":
    case ":=":
    case "=":
      // A name nothing has assigned comes from the environment or not at all: the script's own word for it is the best guess.
      if (value === undefined || value.unset === "surely" || source.untouched?.(name) === true) {
        const fallback = alternative();
        if (operator.endsWith("=")) source.assign(name, fallback, part.span);
        return fallback;
      }
      if (value.kind !== "texts") return value;
      if (value.unset === "perhaps") return UNKNOWN;
      return operator.startsWith(":") && onlyText(value) === "" ? alternative() : value;
    case ":+":
    case "+":
      if (value?.kind !== "texts" || value.unset === "perhaps") return UNKNOWN;
      if (value.unset === "surely") return { kind: "texts", choices: [{ text: "", under: [] }] };
      if (operator === "+" || value.choices.every(({ text }) => text !== "")) return alternative();
      return onlyText(value) === "" ? { kind: "texts", choices: [{ text: "", under: [] }] } : UNKNOWN;
    case ":?":
    case "?":
      return value ?? UNKNOWN;
    case "#":
    case "##":
    case "%":
    case "%%": {
      const pattern = argument === undefined ? "" : patternText(argument, source);
      return pattern === undefined ? UNKNOWN : mapText(value, (text) => cutPattern(text, operator, pattern));
    }
    default: {
      const pattern = argument === undefined ? "" : patternText(argument, source);
      const plain = argument?.parts.every(({ kind }) => kind !== "glob") ?? true;
      return pattern === undefined || !plain ? UNKNOWN : mapText(value, (text) => edited(text, operator, pattern));
    }
  }
};

/** `${name:1:2}`, `${name/a/b}`, `${name^^}` on a known text; undefined for what is not followed. */
const edited = (text: string, operator: string, argument: string): string | undefined => {
  switch (operator) {
    case ":": {
      const range = /^ ?(?<from>-?[0-9]{1,6})(?::(?<length>[0-9]{1,6}))?$/u.exec(argument)?.groups;
      if (range === undefined) return undefined;
      const from = Number(range["from"]);
      const start = from < 0 ? text.length + from : from;
      if (start < 0) return "";
      return range["length"] === undefined ? text.slice(start) : text.slice(start, start + Number(range["length"]));
    }
    case "/":
    case "//": {
      const slash = argument.indexOf("/");
      const pattern = slash < 0 ? argument : argument.slice(0, slash);
      const replacement = slash < 0 ? "" : argument.slice(slash + 1);
      // What a backslash or an ampersand in the replacement means depends on the version.
      if (pattern === "" || /[\\&]/u.test(argument)) return undefined;
      return operator === "//" ? text.split(pattern).join(replacement) : text.replace(pattern, () => replacement);
    }
    case "^":
    case "^^":
    case ",":
    case ",,": {
      if (argument !== "" || !/^[\0-\x7f]*$/u.test(text)) return undefined;
      const change = (some: string): string => (operator.startsWith("^") ? some.toUpperCase() : some.toLowerCase());
      return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
    }
    default:
      return undefined;
  }
};

/** `${name?…}` and `set -u` end a shell that comes to a variable that is not set. */
const refuseUnset = ({ name, operator, span }: Parameter, value: Value | undefined, { unset }: Source): void => {
  if (unset === undefined) return;
  const demands = operator === "?" || operator === ":?";
  const provides = operator !== undefined && /^:?[-=+]$/u.test(operator);
  const isEmpty = operator === ":?" && (value?.kind !== "texts" || value.choices.some(({ text }) => text === ""));
  if (demands ? isEmpty || unset.mayBe(name) : unset.endsShell && !provides && unset.mayBe(name)) {
    const certain = demands || unset.certain;
    unset.refuse(span, certain && (unset.surely(name) || (operator === ":?" && onlyText(value) === "")));
  }
};

const mapText = (value: Value | undefined, change: (text: string) => string | undefined): Value => {
  if (value?.kind !== "texts") return UNKNOWN;
  const choices: Choice[] = [];
  for (const choice of value.choices) {
    const text = change(choice.text);
    if (text === undefined) return UNKNOWN;
    choices.push({ ...choice, text });
  }
  return { kind: "texts", choices };
};

/** The readings of a word as arguments of a command; no field at all for an unquoted empty one. */
export const variantsOf = (word: Word, source: Source): readonly Variant[] => {
  let builds: readonly Build[] = [{ done: [], current: undefined, under: [] }];
  const parts = withHome(word, source);
  const unread = isArray(word) || hasUnreadBraces(word);
  for (const one of (unread ? undefined : withoutBraces(parts)) ?? [parts]) {
    for (const part of one) builds = addPart(builds, part, false, source);
    builds = builds.map(finish);
  }
  // The parts were expanded for what their substitutions do.
  if (unread) return [{ fields: [undefined], under: [] }];
  return builds.map(({ done, under }) => ({ fields: done, under }));
};

/** The value of an assignment's right side, which is neither split nor globbed. */
export const assignedValue = (word: Word, source: Source): Value => {
  let builds: readonly Build[] = [{ done: [], current: { text: "", unknown: false }, under: [] }];
  for (const part of withHome(word, source)) {
    builds =
      part.kind === "glob" || part.kind === "braces"
        ? builds.map((build) => append(build, part.text))
        : addPart(builds, part, true, source);
  }
  const choices: Choice[] = [];
  for (const build of builds) {
    if (build.done.length > 0 || build.current === undefined || build.current.unknown) return UNKNOWN;
    choices.push({ text: build.current.text, under: build.under });
  }
  return { kind: "texts", choices };
};

/** A pattern of `case`: its text if it is all known, and whether nothing in it is a wildcard. */
export const casePattern = (word: Word, source: Source): { readonly text: string; readonly literal: boolean } | undefined => {
  const text = patternText(word, source);
  return text === undefined ? undefined : { text, literal: !word.parts.some((part) => part.kind === "glob") };
};
