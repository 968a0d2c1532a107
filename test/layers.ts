/**
 * Who may import whom: the table of docs/architecture.md as data, and the functions that hold sources against it.
 * TypeScript 7 has no API to ask for a file's imports and bundlers drop `import type`, so the sources are scanned here.
 */
import { builtinModules } from "node:module";
import path from "node:path";

export interface Layer {
  /** A folder of the product, or one file of it. */
  readonly at: string;
  /** Other layers, or single files of them, that it may import; its own files it always may. */
  readonly from: readonly string[];
  /** Packages it may import, by name; "vscode-languageserver" allows "vscode-languageserver/node". */
  readonly packages?: readonly string[];
  /** Node's modules it may import, each by name. Nobody gets node:child_process: kalint executes nothing. */
  readonly node?: readonly string[];
}

const PURE = ["smol-toml", "picocolors"];
const MODELS = ["grammar", "server/model", "server/failover"];
const BELOW_FRONT_ENDS = [
  ...MODELS,
  "server/analysis",
  "server/rules",
  "server/features",
  "server/workspace.ts",
  "server/reporters",
  "server/host",
];

export const LAYERS: readonly Layer[] = [
  { at: "grammar", from: [], packages: ["chevrotain"] },
  { at: "server/model", from: ["grammar"], packages: [...PURE, "js-yaml"] },
  { at: "server/failover", from: ["grammar", "server/model"], packages: PURE },
  { at: "server/analysis", from: MODELS, packages: PURE },
  { at: "server/rules", from: [...MODELS, "server/analysis"], packages: PURE },
  { at: "server/features", from: [...MODELS, "server/analysis", "server/workspace.ts"], packages: PURE },
  { at: "server/workspace.ts", from: [...MODELS, "server/analysis"], packages: PURE },
  { at: "server/reporters", from: [...MODELS, "server/analysis"], packages: [...PURE, "@dagrejs/dagre", "diff", "sarif"] },
  // The model says what it wants of files; the host brings it.
  {
    at: "server/host",
    from: ["grammar", "server/model/cluster/files.ts"],
    node: ["node:fs", "node:path", "node:crypto", "node:module", "node:zlib"],
  },
  // What Node runs before anything else of kalint; it knows the build, not the sources.
  { at: "server/start", from: ["server/host"], node: ["node:fs", "node:os", "node:path", "node:vm", "node:zlib"] },
  // The language server is a program of its own, which `kalint lsp` starts by importing its main.ts.
  {
    at: "server/cli",
    from: [...BELOW_FRONT_ENDS, "server/lsp/main.ts"],
    packages: [...PURE, "commander"],
    node: ["node:path", "node:url", "node:util"],
  },
  {
    at: "server/lsp",
    from: BELOW_FRONT_ENDS,
    packages: [...PURE, "vscode-languageserver", "vscode-languageserver-textdocument"],
    node: ["node:path", "node:url"],
  },
  // A page and its worker: the worker knows what is pure and no machine, the page what the worker tells it.
  {
    at: "playground/analysis",
    from: [
      ...BELOW_FRONT_ENDS.filter((at) => at !== "server/host"),
      "server/host/memory.ts",
      "playground/messages.ts",
      "playground/help.ts",
    ],
  },
  {
    at: "playground",
    from: ["grammar/vocabulary/releases.ts", "server/analysis/finding.ts", "server/reporters/graph/palette.ts"],
    packages: ["@codemirror/commands", "@codemirror/state", "@codemirror/view"],
  },
  // The pages of its views run in a browser.
  { at: "client/webview", from: ["server/lsp/custom.ts"] },
  // Of the server it knows the shapes of kalint's own requests.
  { at: "client", from: ["server/lsp/custom.ts"], packages: ["vscode", "vscode-languageclient"], node: ["node:path", "node:zlib"] },
];

export interface Scanned {
  /** What imports, re-exports, import() and require() name; "?" for what is computed. Types count. */
  readonly imports: readonly string[];
  /** Members of the global `process` and `console` that are used, such as "process.argv". */
  readonly globals: readonly string[];
}

// Comments, literals, names and single characters. A slash begins a regular expression only where a value may begin.
const TOKEN = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|[A-Za-z_$][\w$]*|\d[\w.]*|\S/gu;
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/uy;
const BEFORE_VALUE = /^(?:[(,=:[!&|?{};>+]|return|case|yield|await|typeof)$/u;

const tokensOf = (source: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match !== null; match = TOKEN.exec(source)) {
    const [text] = match;
    if (text.startsWith("//") || text.startsWith("/*")) continue;
    REGEX.lastIndex = match.index;
    if (text === "/" && BEFORE_VALUE.test(tokens.at(-1) ?? ";") && REGEX.test(source)) {
      TOKEN.lastIndex = REGEX.lastIndex;
      tokens.push("/regex/");
    } else tokens.push(text);
  }
  return tokens;
};

const isString = (token: string | undefined): token is string => token !== undefined && /^["'`]/u.test(token) && token.length > 1;

/** What a source file imports, exports from elsewhere and uses of the two globals. Never throws. */
export const scan = (source: string): Scanned => {
  const tokens = tokensOf(source);
  const imports: string[] = [];
  const globals: string[] = [];
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    const member = tokens[i - 1] === ".";
    if ((token === "import" || token === "from") && !member && isString(next)) imports.push(next.slice(1, -1));
    if ((token === "import" || token === "require") && !member && next === "(") {
      const argument = tokens[i + 2];
      // What is computed cannot be judged: "?" is a package that no layer may import.
      imports.push(isString(argument) && !argument.includes("${") ? argument.slice(1, -1) : "?");
    }
    if (token === "console" && !member && next === ".") globals.push(`console.${tokens[i + 2]}`);
    // A keepalived configuration has processes too: only what Node's process knows is meant.
    if (token === "process" && !member && next === "." && (tokens[i + 2] ?? "") in process) globals.push(`process.${tokens[i + 2]}`);
  }
  return { imports, globals };
};

const isWithin = (file: string, at: string): boolean => file === at || file.startsWith(`${at}/`);

const packageOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/u.exec(specifier)?.[0] ?? specifier;

const isRule = (file: string): boolean => /^server\/rules\/[^/]+\/[^/]+\.ts$/u.test(file);

const importProblem = (layer: Layer, file: string, specifier: string): string | undefined => {
  if (specifier.startsWith(".")) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    if (isRule(file) && isRule(target)) return "a rule imports no other rule";
    const allowed = [layer.at, ...layer.from, "package.json"];
    return allowed.some((at) => isWithin(target, at)) ? undefined : `${layer.at} may not import from there`;
  }
  if (specifier.startsWith("node:") || builtinModules.includes(specifier)) {
    return layer.node?.includes(specifier) === true ? undefined : `${layer.at} may not import this module of Node`;
  }
  return layer.packages?.includes(packageOf(specifier)) === true ? undefined : `${layer.at} may not import this package`;
};

/** Every breach of the table in these sources (path from the root of the project → text), as `file: what, why`. */
export const breaches = (sources: ReadonlyMap<string, string>, layers: readonly Layer[] = LAYERS): string[] =>
  [...sources].flatMap(([file, source]) => {
    const layer = layers.find(({ at }) => isWithin(file, at));
    if (layer === undefined) return [`${file}: belongs to no layer`];
    const { imports, globals } = scan(source);
    const strangers = ["server/cli", "server/start"].includes(layer.at) ? [] : globals;
    return [
      ...imports.flatMap((each) => {
        const problem = importProblem(layer, file, each);
        return problem === undefined ? [] : [`${file}: imports ${each}, but ${problem}`];
      }),
      ...strangers.map((name) => `${file}: uses ${name}, but only server/cli and server/start may`),
    ];
  });
