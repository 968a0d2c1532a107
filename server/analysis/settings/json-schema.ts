/** The table of keys as a JSON schema, for editors that know TOML, and as the table in docs/configuration.md. */
import { type Key, schema, severity, type Shape } from "./schema.ts";

export interface RuleHelp {
  readonly id: string;
  readonly summary: string;
}

/** Draft 7, which taplo and VS Code's TOML extensions read. */
export const jsonSchema = (rules: readonly RuleHelp[], groups: readonly string[] = []): object => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "kalint.toml",
  description: "Settings of kalint: what it cannot see by itself of keepalived's nodes and clusters, and which rules count how much.",
  ...shapeSchema(schema),
  not: { required: ["keepalived-version", "distro"] },
  definitions: {
    rules: {
      type: "object",
      properties: Object.fromEntries([
        ...groups.map((name) => [name, { description: `All rules of the group ${name}.`, allOf: [{ $ref: severityPath }] }]),
        ...rules.map(({ id, summary }) => [id, { description: plain(summary), allOf: [{ $ref: severityPath }] }]),
      ]),
      additionalProperties: false,
    },
    severity: shapeSchema(severity),
  },
});

const severityPath = "#/definitions/severity";

const shapeSchema = (shape: Shape): object => {
  switch (shape.kind) {
    case "text":
      return shape.oneOf === undefined ? { type: "string", minLength: 1 } : { type: "string", enum: shape.oneOf };
    case "version":
      return { type: "string", pattern: "^\\s*v?\\d{1,4}\\.\\d{1,4}(\\.\\d{1,4})?\\s*$" };
    case "path":
      return { type: "string", minLength: 1, pattern: "^[^\\\\]*$" };
    case "address":
      return { type: "string", minLength: 2 };
    case "list":
      return { type: "array", items: shapeSchema(shape.of) };
    case "short-or-full":
      return { oneOf: [shapeSchema(shape.short), shapeSchema(shape.full)] };
    case "map":
      return mapSchema(shape);
    case "table":
      return {
        type: "object",
        properties: Object.fromEntries(shape.keys.map((key) => [key.name, { description: plain(key.help), ...shapeSchema(key.shape) }])),
        ...(shape.required === undefined ? {} : { required: shape.required }),
        additionalProperties: false,
      };
  }
};

const mapSchema = (shape: Shape & { readonly kind: "map" }): object => {
  const value = shapeSchema(shape.of);
  switch (shape.keys) {
    case "rule":
      return { allOf: [{ $ref: "#/definitions/rules" }] };
    case "absolute-path":
      return { type: "object", patternProperties: { "^/": value }, additionalProperties: false };
    case "interface":
      return { type: "object", patternProperties: { "^[^\\s/]{1,15}$": value }, additionalProperties: false };
  }
};

/** Without Markdown. */
const plain = (text: string): string => text.replaceAll("`", "");

/** A line per key, tables named by the path that leads to them. */
export const keyTable = (): string =>
  ["| key | value | meaning |", "|---|---|---|", ...rows(schema.keys, "").map((cells) => `| ${cells.map(cell).join(" | ")} |`)].join("\n");

const rows = (keys: readonly Key[], above: string): readonly (readonly string[])[] =>
  keys.flatMap(({ name, shape, help, example }) => {
    const path = above === "" ? name : `${above}.${name}`;
    const inner = tableIn(shape);
    const called = shape.kind === "list" && inner !== undefined ? `[[${path}]]` : shape.kind === "map" && above === "" ? `[${path}]` : path;
    const below = shape.kind === "map" ? `${path}.NAME` : path;
    return [[`\`${called}\``, example === "" ? "" : `\`${example}\``, help], ...(inner === undefined ? [] : rows(inner.keys, below))];
  });

/** The keys below a key, when it holds tables. */
const tableIn = (shape: Shape): (Shape & { readonly kind: "table" }) | undefined => {
  switch (shape.kind) {
    case "table":
      return shape;
    case "list":
    case "map":
      return tableIn(shape.of);
    case "short-or-full":
      return tableIn(shape.full);
    default:
      return undefined;
  }
};

const cell = (text: string): string => text.replaceAll("|", "\\|");
