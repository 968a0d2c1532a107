/** What the vocabulary says of a keyword, as Markdown: for hover, completion and signatures. */
import type { Argument, Keyword } from "../../grammar/vocabulary/types.ts";

/** `virtual_router_id VRID`, `weight WEIGHT [reverse]`: as a usage line. */
export const usage = ({ name, args, kind }: Keyword): string => {
  const words = args.map(argumentLabel);
  const head = name.startsWith("<") ? words : [name, ...words];
  return `${head.join(" ")}${kind === "block" || kind === "named-block" || kind === "list-block" ? " { … }" : ""}`;
};

/** One argument in a usage line: `MASTER|BACKUP`, `[seconds]`. */
export const argumentLabel = ({ name, values, type, optional, repeated, introducedBy }: Argument): string => {
  const value = type === "enum" && values !== undefined && values.length <= 4 ? values.join("|") : name;
  const whole = `${introducedBy === undefined ? "" : `${introducedBy} `}${value}${repeated === true ? " …" : ""}`;
  return optional === true ? `[${whole}]` : whole;
};

/** "1 to 255", "seconds, at least 0.01". Empty where the type says nothing. */
export const argumentRange = ({ type, min, max, unit, values, maxLength, decimals }: Argument): string => {
  const bounds =
    min !== undefined && max !== undefined ? `${min} to ${max < 4_000_000_000 ? max : "any"}` : min !== undefined ? `at least ${min}` : "";
  const choice = values === undefined || values.length === 0 ? "" : values.map((each) => `\`${each}\``).join(", ");
  const parts = [
    type === "enum" ? choice : "",
    typeNames[type] ?? "",
    bounds,
    type === "decimal" && decimals !== undefined ? `up to ${decimals} decimals` : "",
    unit ?? "",
    type !== "enum" && choice !== "" ? `or ${choice}` : "",
    maxLength === undefined ? "" : `at most ${maxLength} characters`,
  ];
  return parts.filter((part) => part !== "").join(", ");
};

const typeNames: Partial<Readonly<Record<Argument["type"], string>>> = {
  integer: "a whole number",
  decimal: "a decimal number",
  boolean: "`on`, `off`, `true`, `false`, `yes` or `no`",
  address: "an address",
  "address-prefix": "an address, with or without prefix length",
  "address-range": "an address, a range or a network",
  interface: "an interface",
  path: "a path",
  script: "a command; with arguments it must be one quoted word",
  port: "a port",
  password: "a secret",
  reference: "a name defined elsewhere",
};

/** The help of a value: what it may be, and what its keyword does. */
export const argumentHelp = ({ name, help }: Keyword, argument: Argument): string => {
  const range = argumentRange(argument);
  return `**${argument.name}** of \`${name}\`${range === "" ? "" : `: ${range}`}\n\n${help}`;
};

/** The help of a row: usage, what it does, arguments, default, versions. */
export const keywordHelp = (keyword: Keyword, heading = true): string => {
  const { help, args, default: byDefault, since, removed, deprecated, buildOption, aliasOf, required, onRepeat } = keyword;
  const facts = [
    ...args.flatMap((argument) => {
      const range = argumentRange(argument);
      return range === "" ? [] : [`- \`${argument.name}\`: ${range}`];
    }),
    ...(required === true ? ["- needed"] : []),
    ...(byDefault === undefined ? [] : [`- default: ${byDefault}`]),
    ...(aliasOf === undefined ? [] : [`- the same as \`${aliasOf}\``]),
    ...(onRepeat === "last" || keyword.kind === "entry-option" ? [] : [`- written twice: ${repetition[onRepeat]}`]),
    ...(since === undefined ? [] : [`- since keepalived ${since}`]),
    ...(removed === undefined ? [] : [`- gone in keepalived ${removed}`]),
    ...(deprecated === undefined ? [] : [`- deprecated: ${deprecated.note}`]),
    ...(buildOption === undefined ? [] : [`- only in a keepalived built with \`${buildOption}\``]),
  ];
  return [
    ...(heading ? [`\`\`\`keepalived\n${usage(keyword)}\n\`\`\``] : []),
    help,
    ...(facts.length === 0 ? [] : [facts.join("\n")]),
  ].join("\n\n");
};

const repetition: Readonly<Record<Keyword["onRepeat"], string>> = {
  last: "the last one counts",
  first: "the first one counts",
  "first-error": "the first one counts, the second is reported",
  "last-error": "the last one counts, and is reported",
  append: "added to the first",
  merge: "both count",
  largest: "the largest counts",
  "duplicate-error": "the second block is skipped",
};
