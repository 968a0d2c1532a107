/** Holds a TOML value against the table of keys. */
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { parseVersion } from "../../../grammar/vocabulary/version.ts";
import type { Key, Shape } from "./schema.ts";
import type { TomlPath } from "./sites.ts";

/** One thing that is wrong, with the path of the key it is said at. */
export interface Wrong {
  readonly path: TomlPath;
  readonly message: string;
}

export interface Known {
  /** Ids that `rules` may name. */
  readonly rules: ReadonlySet<string>;
  /** Groups of rules, which stand for those of them that are on unless somebody switches them off. */
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}

/** Everything wrong with a value, in no particular order. Empty when it has the shape. */
export const wrongsIn = (value: unknown, shape: Shape, path: TomlPath, known: Known): readonly Wrong[] => {
  const here = (message: string): readonly Wrong[] => [{ path, message }];
  const wants = (what: string): readonly Wrong[] => here(`${nameOf(path)} wants ${what}, not ${inWords(value)}`);
  switch (shape.kind) {
    case "text":
      if (typeof value !== "string") return wants(shape.oneOf === undefined ? `${shape.what} in quotes` : listed(shape.oneOf));
      if (shape.oneOf !== undefined && !shape.oneOf.includes(value)) return here(noneOf(value, shape.what, shape.oneOf));
      return value === "" ? wants(shape.what) : [];
    case "version":
      if (typeof value !== "string") return wants('a version in quotes, such as "2.2.8"');
      return parseVersion(value) === undefined ? here(`"${cut(value)}" is no version of keepalived; write it like "2.2.8"`) : [];
    case "path":
      if (typeof value !== "string" || value === "") return wants(`a ${shape.to === "pattern" ? "path or pattern" : shape.to} in quotes`);
      return value.includes("\0") || value.includes("\\")
        ? here(`${nameOf(path)}: "${cut(value)}" has a ${value.includes("\\") ? "backslash; folders are separated by /" : "NUL"}`)
        : [];
    case "address":
      if (typeof value !== "string") return wants('addresses in quotes, such as "10.0.0.69/24"');
      return parseAddress(value) !== undefined ? [] : here(`"${cut(value)}" is no address; write it like "10.0.0.69/24"`);
    case "list":
      if (!Array.isArray(value)) return wants(shape.what);
      return value.flatMap((item, index) => wrongsIn(item, shape.of, [...path, index], known));
    case "short-or-full":
      if (Array.isArray(value)) return wrongsIn(value, shape.short, path, known);
      return isTable(value) ? wrongsIn(value, shape.full, path, known) : wants(shape.what);
    case "map":
      if (!isTable(value)) return wants(shape.what);
      return Object.entries(value).flatMap(([name, item]) => {
        const strange = wrongName(name, shape.keys, [...path, name], known);
        return strange.length > 0 ? strange : wrongsIn(item, shape.of, [...path, name], known);
      });
    case "table":
      if (!isTable(value)) return wants(path.some((part) => typeof part === "number") ? "a table" : "a table of keys");
      return [
        ...Object.entries(value).flatMap(([name, item]) => {
          const key = shape.keys.find((each) => each.name === name);
          return key === undefined
            ? [{ path: [...path, name], message: unknownKey(name, path, shape.keys) }]
            : wrongsIn(item, key.shape, [...path, name], known);
        }),
        ...(shape.required ?? [])
          .filter((name) => !(name in value) && !Object.keys(value).some((other) => nearestKey(other, shape.keys) === name))
          .map((name) => ({ path, message: `${nameOf(path)}: ${name} is missing` })),
      ];
  }
};

const wrongName = (
  name: string,
  kind: (Shape & { readonly kind: "map" })["keys"],
  path: TomlPath,
  { rules, groups }: Known,
): readonly Wrong[] => {
  switch (kind) {
    case "rule": {
      if (rules.has(name) || groups?.has(name) === true) return [];
      const near = nearestWord(name, [...rules, ...(groups?.keys() ?? [])]);
      return [
        { path, message: `there is no rule "${cut(name)}"${near === undefined ? "; kalint rules lists them" : `, did you mean ${near}?`}` },
      ];
    }
    case "absolute-path":
      return name.startsWith("/") && !name.split("/").includes("..")
        ? []
        : [{ path, message: `paths: "${cut(name)}" is no absolute path of a host; it begins with /` }];
    case "interface":
      return /^[^\s/]{1,15}$/u.test(name) ? [] : [{ path, message: `interfaces: "${cut(name)}" is no name of an interface` }];
  }
};

const unknownKey = (name: string, path: TomlPath, keys: readonly Key[]): string => {
  const names = keys.map((key) => key.name);
  const near = nearestKey(name, keys);
  const where = path.length === 0 ? "" : ` in ${nameOf(path)}`;
  return `there is no key "${cut(name)}"${where}${near === undefined ? `; there are ${names.join(", ")}` : `, did you mean ${near}?`}`;
};

const nearestKey = (name: string, keys: readonly Key[]): string | undefined => {
  const names = keys.map((key) => key.name);
  return nearestWord(name, names) ?? nearestWord(name.replaceAll("_", "-"), names) ?? names.find((each) => each === singular(name));
};

/** `[[clusters]]` for `[[cluster]]`. */
const singular = (name: string): string => name.replace(/s$/u, "");

const noneOf = (value: string, what: string, words: readonly string[]): string => {
  const near = nearestWord(value, words);
  return `"${cut(value)}" is not ${what}${near === undefined ? "; there" : `, did you mean ${near}? There`} are ${words.join(", ")}`;
};

const listed = (words: readonly string[]): string => `one of ${words.map((word) => `"${word}"`).join(", ")}`;

/** Names and values in messages are cut: nobody reads more of a wrong one. */
const cut = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);

/** How a key is called: the last two words of its path, without numbers. */
const nameOf = (path: TomlPath): string => {
  const words = path.filter((part) => typeof part === "string");
  return words.length === 0 ? "kalint.toml" : words.slice(-2).map(cut).join(".");
};

const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  switch (typeof value) {
    case "string":
      return value === "" ? "an empty text" : "a text";
    case "number":
    case "bigint":
      return "a number";
    case "boolean":
      return String(value);
    default:
      return "a table";
  }
};

export const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
