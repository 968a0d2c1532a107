/**
 * IPv4 and IPv6 addresses as the daemon reads them: inet_pton's strict forms (no leading zeros, no short forms,
 * no zone), with whatever prefix or range part the place allows.
 */

export interface Address {
  readonly family: 4 | 6;
  /** Four bytes, or eight groups of 16 bits. */
  readonly parts: readonly number[];
  /** The one spelling of this address, without its prefix: equal addresses have equal text. */
  readonly text: string;
  /** Prefix length, when one was written. */
  readonly prefix?: number;
}

const DIGITS = /^\d{1,3}$/u;
const HEX_GROUP = /^[0-9a-f]{1,4}$/iu;
/** The longest spelling of an IPv6 address, with a dotted tail; anything longer is none. */
const LONGEST = 45;

const parse4 = (text: string): readonly number[] | undefined => {
  const words = text.split(".");
  if (words.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const word of words) {
    if (!DIGITS.test(word) || (word.length > 1 && word.startsWith("0"))) return undefined;
    const byte = Number(word);
    if (byte > 255) return undefined;
    bytes.push(byte);
  }
  return bytes;
};

/** The groups of one side of `::`; a dotted tail becomes two groups. */
const groupsOf = (text: string, tail: boolean): readonly number[] | undefined => {
  if (text === "") return [];
  const words = text.split(":");
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    if (tail && index === words.length - 1 && word.includes(".")) {
      const bytes = parse4(word);
      if (bytes === undefined) return undefined;
      groups.push(bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!);
      continue;
    }
    if (!HEX_GROUP.test(word)) return undefined;
    groups.push(Number.parseInt(word, 16));
  }
  return groups;
};

const parse6 = (text: string): readonly number[] | undefined => {
  const gap = text.indexOf("::");
  if (gap < 0) {
    const groups = groupsOf(text, true);
    return groups?.length === 8 ? groups : undefined;
  }
  const left = groupsOf(text.slice(0, gap), false);
  const right = groupsOf(text.slice(gap + 2), true);
  if (left === undefined || right === undefined || left.length + right.length > 7) return undefined;
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
};

/** Where the longest run of two or more zero groups is; the first of equally long ones (RFC 5952). */
const zeroRun = (groups: readonly number[]): { readonly start: number; readonly length: number } => {
  let best = { start: -1, length: 1 };
  for (let i = 0; i < groups.length; i++) {
    let end = i;
    while (end < groups.length && groups[end] === 0) end++;
    if (end - i > best.length) best = { start: i, length: end - i };
    if (end > i) i = end;
  }
  return best;
};

const spell6 = (groups: readonly number[]): string => {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const hex = groups.map((group) => group.toString(16));
  const run = zeroRun(groups);
  if (run.start < 0) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
};

const make = (family: 4 | 6, parts: readonly number[]): Address => ({
  family,
  parts,
  text: family === 4 ? parts.join(".") : spell6(parts),
});

/** A plain address, nothing before or behind it; undefined otherwise. */
export const parsePlainAddress = (text: string): Address | undefined => {
  if (text.length > LONGEST) return undefined;
  const family = text.includes(":") ? 6 : 4;
  const parts = family === 6 ? parse6(text) : parse4(text);
  return parts === undefined ? undefined : make(family, parts);
};

/** The latest addresses, and those before them: the same few are asked for by dozens of rules. */
let recent = new Map<string, Address | undefined>();
let older: typeof recent = new Map();
const mostRecent = 10_000;

/** An address with an optional `/prefix`; undefined when either part is wrong. */
export const parseAddress = (text: string): Address | undefined => {
  if (text.length > LONGEST) return undefined;
  const known = recent.get(text);
  if (known !== undefined || recent.has(text)) return known;
  const read = older.has(text) ? older.get(text) : readAddress(text);
  if (recent.size >= mostRecent) [recent, older] = [new Map(), recent];
  recent.set(text, read);
  return read;
};

const readAddress = (text: string): Address | undefined => {
  const slash = text.indexOf("/");
  if (slash < 0) return parsePlainAddress(text);
  const address = parsePlainAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !DIGITS.test(length)) return undefined;
  const prefix = Number(length);
  return prefix > (address.family === 4 ? 32 : 128) ? undefined : { ...address, prefix };
};

/**
 * A string that is equal for equal addresses, whatever their spelling and prefix: "10.0.0.1/24" gives "10.0.0.1",
 * "FE80::1" gives "fe80::1". What is no address comes back as it is.
 */
export const canonicalAddress = (text: string): string => parseAddress(text)?.text ?? text;

/** Whether two texts name the same address, prefixes aside. What is no address equals only the same text. */
export const addressesEqual = (a: string, b: string): boolean => a === b || canonicalAddress(a) === canonicalAddress(b);

/** Order of two addresses of one family: negative, 0 or positive. */
const compareAddresses = (a: Address, b: Address): number => {
  for (const [index, part] of a.parts.entries()) {
    const difference = part - (b.parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Whether any bit behind the first `prefix` bits is set. */
const hasHostBits = (address: Address, prefix: number): boolean => {
  const width = address.family === 4 ? 8 : 16;
  return address.parts.some((part, index) => {
    const hostBits = Math.min(width, Math.max(0, (index + 1) * width - prefix));
    return (part & (2 ** hostBits - 1)) !== 0;
  });
};

/** The addresses from `first` to `last`, both included and of one family. */
export interface AddressRange {
  readonly kind: "range";
  readonly first: Address;
  readonly last: Address;
}

/** Why a text is no range of addresses. */
export interface BadAddressRange {
  readonly kind: "bad-range";
  readonly reason: "bad-address" | "bad-end" | "end-too-large" | "end-before-start" | "other-family" | "bad-prefix" | "host-bits";
}

const badRange = (reason: BadAddressRange["reason"]): BadAddressRange => ({ kind: "bad-range", reason });

const lastOfPrefix = (first: Address, prefix: number): Address => {
  const width = first.family === 4 ? 8 : 16;
  const parts = first.parts.map((part, index) => part | (2 ** Math.min(width, Math.max(0, (index + 1) * width - prefix)) - 1));
  return make(first.family, parts);
};

const prefixRange = (first: Address, length: string): AddressRange | BadAddressRange => {
  const prefix = DIGITS.test(length) ? Number(length) : 0;
  if (prefix === 0 || prefix > (first.family === 4 ? 32 : 128)) return badRange("bad-prefix");
  if (hasHostBits(first, prefix)) return badRange("host-bits");
  return { kind: "range", first, last: lastOfPrefix(first, prefix) };
};

/**
 * What a virtual_server_group entry may say (check_data.c alloc_vsg_entry): ADDRESS, ADDRESS/PREFIX, ADDRESS-ADDRESS, or
 * ADDRESS-LAST where LAST replaces the last byte (decimal) or the last 16 bits (hexadecimal).
 */
export const parseAddressRange = (text: string): AddressRange | BadAddressRange => {
  const dash = text.indexOf("-");
  const slash = text.indexOf("/");
  const cut = dash >= 0 ? dash : slash;
  const first = parsePlainAddress(cut < 0 ? text : text.slice(0, cut));
  if (first === undefined) return badRange("bad-address");
  if (cut < 0) return { kind: "range", first, last: first };
  if (dash < 0) return prefixRange(first, text.slice(slash + 1));
  const end = text.slice(dash + 1);
  if (end.includes(".") || end.includes(":")) {
    const last = parsePlainAddress(end);
    if (last === undefined) return badRange("bad-end");
    if (last.family !== first.family) return badRange("other-family");
    return compareAddresses(first, last) > 0 ? badRange("end-before-start") : { kind: "range", first, last };
  }
  if (!(first.family === 4 ? /^\d{1,9}$/u : /^[0-9a-f]{1,8}$/iu).test(end)) return badRange("bad-end");
  const value = Number.parseInt(end, first.family === 4 ? 10 : 16);
  if (value > (first.family === 4 ? 0xff : 0xffff)) return badRange("end-too-large");
  const last = make(first.family, [...first.parts.slice(0, -1), value]);
  // A range of one, written with its end, is refused too.
  return compareAddresses(first, last) >= 0 ? badRange("end-before-start") : { kind: "range", first, last };
};
