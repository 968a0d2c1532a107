/**
 * Is one word right for one argument? Pure checks by the daemon's own readers (reference: lib/parser.c read_*, lib/utils.c
 * inet_stosockaddr, v2.4.3), told as data so that a rule can say what would be right.
 */
import { type BadAddressRange, parseAddressRange, parsePlainAddress } from "./addresses.ts";
import { nearestWord } from "./nearest.ts";
import type { Argument, Version } from "./types.ts";
import { compareVersions } from "./version.ts";

export { addressesEqual, canonicalAddress, parseAddress } from "./addresses.ts";

export type ValueCheck =
  | { readonly kind: "ok" }
  /** The word holds an unexpanded `$NAME` or a template mark: nobody can know. */
  | { readonly kind: "unknown" }
  | { readonly kind: "not-a-number"; readonly wanted: "integer" | "decimal" }
  | { readonly kind: "out-of-range"; readonly min?: number; readonly max?: number; readonly unit?: NonNullable<Argument["unit"]> }
  /** The daemon reports 0 and takes this instead. */
  | { readonly kind: "zero-replaced"; readonly by: number }
  /** A fraction where the version in question knows whole numbers only. */
  | { readonly kind: "fraction-too-new"; readonly since: Version }
  /** The daemon reports it, rounds, and uses the value. */
  | { readonly kind: "too-many-decimals"; readonly decimals: number }
  | { readonly kind: "unknown-value"; readonly values: readonly string[]; readonly nearest?: string }
  | { readonly kind: "bad-address"; readonly family?: 4 | 6 }
  | { readonly kind: "wrong-family"; readonly wanted: 4 | 6 }
  | { readonly kind: "bad-prefix"; readonly max: number }
  /** The daemon cuts it off without a word: `/24` behind a plain address. */
  | { readonly kind: "ignored-suffix"; readonly suffix: string }
  | BadAddressRange
  | { readonly kind: "bad-integer-range"; readonly reason: "not-a-range" | "end-before-start" }
  | { readonly kind: "bad-mac" }
  /** Not of the argument's own shape; `what` says what is. */
  | { readonly kind: "bad-form"; readonly what: string }
  | { readonly kind: "bad-netmask" }
  /** No hex digits, or not as many as there must be. */
  | { readonly kind: "bad-hex"; readonly digits?: number }
  | { readonly kind: "too-long"; readonly maxLength: number; readonly length: number };

/** What the daemon takes for a boolean; anything else, upper case included, it refuses. */
const BOOLEANS = ["true", "on", "yes", "false", "off", "no"] as const;

/** The meaning of a boolean word; undefined when it is none. */
export const parseBoolean = (text: string): boolean | undefined => {
  const index = (BOOLEANS as readonly string[]).indexOf(text);
  return index < 0 ? undefined : index < 3;
};

const OK: ValueCheck = { kind: "ok" };
/** IFNAMSIZ - 1. */
const INTERFACE_LENGTH = 15;

/** Whether a word still holds a definition's use or a template's mark, so that its value is not known. */
export const isUnexpanded = (word: string): boolean => /\$[A-Za-z_{]|\{\{|<%|\{%|\u{fdd0}/u.test(word);

/** The number a text of decimal digits says, or infinity when it has too many to matter. */
const magnitude = (digits: string): number => {
  const significant = digits.replace(/^0+/u, "");
  return significant.length > 25 ? Number.POSITIVE_INFINITY : Number(significant === "" ? "0" : significant);
};

const outOfRange = ({ min, max, unit }: Argument): ValueCheck => ({
  kind: "out-of-range",
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(unit === undefined ? {} : { unit }),
});

const inRange = (value: number, argument: Argument): ValueCheck => {
  const { min, max, zeroBecomes } = argument;
  if (value === 0 && zeroBecomes !== undefined) return { kind: "zero-replaced", by: zeroBecomes };
  return (min === undefined || value >= min) && (max === undefined || value <= max) ? OK : outOfRange(argument);
};

/** An integer as strtol with base 10 and the daemon's check behind it read it; undefined when it is none. Empty is 0. */
export const parseInteger = (text: string): number | undefined => {
  const match = /^[ \t\v\f\r\n]*([+-]?)(\d+)$/u.exec(text);
  if (match === null) return text === "" ? 0 : undefined;
  const value = magnitude(match[2] ?? "");
  return match[1] === "-" && value !== 0 ? -value : value;
};

/** A minus sign where nothing may be negative is refused even for 0. */
const signAllowed = (word: string, { min }: Argument): boolean => min === undefined || min < 0 || !word.trimStart().startsWith("-");

const parseAnyBase = (text: string): number | undefined => {
  const match = /^([+-]?)(?:0[xX]([0-9a-fA-F]{1,16})|0([0-7]{1,22}))$/u.exec(text);
  if (match === null) return /^[+-]?0\d/u.test(text) ? undefined : parseInteger(text);
  const value = match[2] === undefined ? Number.parseInt(match[3] ?? "0", 8) : Number.parseInt(match[2], 16);
  return match[1] === "-" && value !== 0 ? -value : value;
};

const checkInteger = (word: string, argument: Argument): ValueCheck => {
  const value = argument.anyBase ? parseAnyBase(word) : parseInteger(word);
  if (value === undefined) return { kind: "not-a-number", wanted: "integer" };
  return signAllowed(word, argument) ? inRange(value, argument) : outOfRange(argument);
};

const checkDecimal = (text: string, argument: Argument, version: Version | undefined): ValueCheck => {
  const word = text.trimStart();
  const { decimalsSince } = argument;
  const tooOld = version !== undefined && decimalsSince !== undefined && compareVersions(version, decimalsSince) < 0;
  if (tooOld && !word.includes(".")) return checkInteger(word, argument);
  // Nothing at all, "+" and "." are 0: the daemon appends zeros before it reads.
  const match = /^(?:[+-]?\d*|[+-]?\d*\.(\d*))$/u.exec(word);
  if (match === null) return { kind: "not-a-number", wanted: "decimal" };
  if (word.startsWith("-")) return outOfRange(argument);
  const fraction = match[1] ?? "";
  const value = magnitude(/\d*/u.exec(word.replace("+", ""))?.[0] ?? "") + Number(`0.${fraction.slice(0, 20)}0`);
  const range = inRange(value, argument);
  if (range.kind !== "ok") return range;
  if (tooOld) return { kind: "fraction-too-new", since: decimalsSince };
  const decimals = argument.decimals ?? 6;
  return fraction.length > decimals ? { kind: "too-many-decimals", decimals } : OK;
};

const checkEnum = (word: string, values: readonly string[], ignoreCase: boolean): ValueCheck => {
  if (values.includes(word)) return OK;
  if (ignoreCase && values.some((value) => value.toLowerCase() === word.toLowerCase())) return OK;
  const nearest = nearestWord(word, values);
  return nearest === undefined ? { kind: "unknown-value", values } : { kind: "unknown-value", values, nearest };
};

const checkFamily = (family: 4 | 6, wanted: 4 | 6 | undefined): ValueCheck =>
  wanted === undefined || wanted === family ? OK : { kind: "wrong-family", wanted };

const badAddress = (argument: Argument): ValueCheck =>
  argument.family === undefined ? { kind: "bad-address" } : { kind: "bad-address", family: argument.family };

const checkAddress = (word: string, argument: Argument): ValueCheck => {
  // The daemon cuts at the first `-`, else at the first `/`.
  const cut = argument.exact ? -1 : Math.max(word.indexOf("-"), word.includes("-") ? -1 : word.indexOf("/"));
  const address = parsePlainAddress(cut < 0 ? word : word.slice(0, cut));
  if (address === undefined) return badAddress(argument);
  const family = checkFamily(address.family, argument.family);
  if (family.kind !== "ok" || cut < 0) return family;
  return { kind: "ignored-suffix", suffix: word.slice(cut) };
};

const checkAddressPrefix = (word: string, argument: Argument): ValueCheck => {
  const slash = word.indexOf("/");
  const address = parsePlainAddress(slash < 0 ? word : word.slice(0, slash));
  if (address === undefined) return badAddress(argument);
  const family = checkFamily(address.family, argument.family);
  if (family.kind !== "ok" || slash < 0) return family;
  const max = address.family === 4 ? 32 : 128;
  const prefix = parseInteger(word.slice(slash + 1));
  return prefix === undefined || prefix < 0 || prefix > max ? { kind: "bad-prefix", max } : OK;
};

const checkAddressRange = (word: string): ValueCheck => {
  const range = parseAddressRange(word);
  if (range.kind === "range") return OK;
  return range.reason === "bad-address" ? { kind: "bad-address" } : range;
};

const checkIntegerRange = (word: string, argument: Argument): ValueCheck => {
  const match = /^(\d+)(?:-(\d+))?$/u.exec(word);
  if (match === null || (argument.bothEnds && match[2] === undefined)) return { kind: "bad-integer-range", reason: "not-a-range" };
  const first = magnitude(match[1] ?? "");
  const last = match[2] === undefined ? first : magnitude(match[2]);
  for (const end of [first, last]) {
    const range = inRange(end, argument);
    if (range.kind !== "ok") return range;
  }
  return first > last ? { kind: "bad-integer-range", reason: "end-before-start" } : OK;
};

const checkNetmask = (word: string): ValueCheck => {
  if (word.includes(".")) return parsePlainAddress(word) === undefined ? { kind: "bad-netmask" } : OK;
  const prefix = parseInteger(word);
  return prefix === undefined || prefix < 1 || prefix > 128 ? { kind: "bad-netmask" } : OK;
};

const checkLength = (word: string, maxLength: number | undefined): ValueCheck => {
  if (maxLength === undefined) return OK;
  // The daemon counts bytes.
  let length = 0;
  for (const character of word) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length > maxLength ? { kind: "too-long", maxLength, length } : OK;
};

const checkHex = (word: string, { wildcards, digits }: Argument): ValueCheck => {
  const form = wildcards ? /^[0-9a-fx \t]*$/iu : /^[0-9a-f \t]*$/iu;
  if (form.test(word) && (digits === undefined || word.length === digits)) return OK;
  return digits === undefined ? { kind: "bad-hex" } : { kind: "bad-hex", digits };
};

/**
 * Checks one word, quotes already removed, against one argument. Types whose values only the host or another place of
 * the configuration can judge (paths, users, references, commands) are checked for length alone. The version matters only
 * for arguments that once were whole numbers; without one the newest is meant.
 */
export const checkValue = (word: string, argument: Argument, version?: Version): ValueCheck => {
  if (isUnexpanded(word)) return { kind: "unknown" };
  const { type, values = [] } = argument;
  if (type !== "enum" && values.length > 0 && checkEnum(word, values, argument.ignoreCase === true).kind === "ok") return OK;
  if (argument.form !== undefined && !argument.form.test(word)) return { kind: "bad-form", what: argument.form.what };
  switch (type) {
    case "integer":
      return checkInteger(word, argument);
    case "port":
      return checkInteger(word, { min: 1, max: 65535, ...argument });
    case "decimal":
      return checkDecimal(word, argument, version);
    case "boolean":
      return checkEnum(word, BOOLEANS, false);
    case "enum":
      return checkEnum(word, values, argument.ignoreCase === true);
    case "enum-or-number": {
      const number = checkInteger(word, argument);
      return number.kind === "not-a-number" ? checkEnum(word, values, argument.ignoreCase === true) : number;
    }
    case "integer-range":
      return checkIntegerRange(word, argument);
    case "address":
      return checkAddress(word, argument);
    case "address-prefix":
      return checkAddressPrefix(word, argument);
    case "address-range":
      return checkAddressRange(word);
    case "netmask":
      return checkNetmask(word);
    case "mac":
      return /^(?:[0-9a-f]{1,2}:){4}(?:[0-9a-f]{1,2}:?|[0-9a-f]{1,2}:[0-9a-f]{1,2})$/iu.test(word) ? OK : { kind: "bad-mac" };
    case "hex":
      return checkHex(word, argument);
    case "interface":
      return checkLength(word, argument.maxLength ?? INTERFACE_LENGTH);
    case "string":
    case "password":
    case "path":
    case "script":
    case "user":
    case "group":
    case "regex":
    case "email":
    case "url":
    case "reference":
    case "name":
    case "words":
      return checkLength(word, argument.maxLength);
  }
};
