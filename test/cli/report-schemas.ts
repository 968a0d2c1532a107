/**
 * What the readers of each format demand, as JSON schemas in our own words: of the published formats the parts that kalint
 * writes, and nothing besides them.
 */
const text = { type: "string", minLength: 1 } as const;
const from1 = { type: "integer", minimum: 1 } as const;
const object = (required: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}): object => ({
  type: "object",
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});
const list = (items: unknown): object => ({ type: "array", items });

/** SARIF 2.1.0 (OASIS), sections 3.13 to 3.58. */
const message = object({ text });
const region = object({ startLine: from1, startColumn: from1, endLine: from1, endColumn: from1 });
const uri = { type: "string", pattern: "^[A-Za-z0-9._~%/:-]+$" } as const;
const physicalLocation = object({ artifactLocation: object({ uri }), region });
const level = { enum: ["none", "note", "warning", "error"] } as const;

export const sarif = object({
  $schema: { const: "https://json.schemastore.org/sarif-2.1.0.json" },
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    minItems: 1,
    items: object({
      tool: object({
        driver: object({
          name: { const: "kalint" },
          version: text,
          semanticVersion: { type: "string", pattern: String.raw`^\d+\.\d+\.\d+$` },
          rules: list(
            object({
              id: text,
              shortDescription: message,
              fullDescription: message,
              help: object({ text }, { markdown: text }),
              defaultConfiguration: object({ level }),
              properties: object({ tags: list(text) }),
            }),
          ),
        }),
      }),
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      invocations: list(
        object({
          executionSuccessful: { type: "boolean" },
          toolExecutionNotifications: list(object({ level, message, associatedRule: object({ id: text }) })),
        }),
      ),
      results: list(
        object({
          ruleId: text,
          ruleIndex: { type: "integer", minimum: 0 },
          level,
          message,
          locations: list(
            object({
              physicalLocation,
              logicalLocations: list(object({ name: text, fullyQualifiedName: text, kind: { const: "module" } })),
            }),
          ),
          relatedLocations: list(object({ id: { type: "integer", minimum: 0 }, physicalLocation, message })),
          partialFingerprints: { type: "object", minProperties: 1, additionalProperties: { type: "string", pattern: "^[0-9a-f]{16}$" } },
          fixes: list(
            object({
              description: message,
              artifactChanges: {
                type: "array",
                minItems: 1,
                items: object({
                  artifactLocation: object({ uri }),
                  replacements: { type: "array", minItems: 1, items: object({ deletedRegion: region }, { insertedContent: message }) },
                }),
              },
            }),
          ),
        }),
      ),
    }),
  },
});

/** GitLab's code quality report: what it reads of Code Climate's. */
export const gitlab = list(
  object({
    description: text,
    check_name: text,
    fingerprint: { type: "string", pattern: "^[0-9a-f]{16}$" },
    severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
    location: object({ path: { type: "string", pattern: "^(?!\\./)" }, lines: object({ begin: from1 }, { end: from1 }) }),
  }),
);

/** reviewdog's DiagnosticResult. */
const range = object({ start: object({ line: from1, column: from1 }), end: object({ line: from1, column: from1 }) });
const location = object({ path: text, range });

export const rdjson = object({
  source: object({ name: text }),
  diagnostics: list(
    object({
      message: text,
      location,
      severity: { enum: ["ERROR", "WARNING", "INFO"] },
      code: object({ value: text }),
      suggestions: list(object({ range, text: { type: "string" } })),
    }),
  ),
});
