/** What the builds of the programs and of the page have in common: what is left out, and how small the rest is written. */
import { minify } from "rolldown/utils";
import { readFile } from "node:fs/promises";

/** Chevrotain brings lodash along; what it needs of it is forty short functions. The path is one below the root of the repository. */
export const alias = { "lodash-es": "./scripts/lodash.mjs" };

/** Of package.json programs ask the name and the version. */
export const manifestAlone = {
  name: "manifest-alone",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]package\.json$/ }, async ({ path: file }) => {
      if (file.includes("node_modules")) return undefined;
      const { name, version } = JSON.parse(await readFile(file, "utf8"));
      return { contents: JSON.stringify({ name, version }), loader: "json" };
    }),
};

/** Parts of the protocol that the language server does not speak: a connection then lacks the property for them. */
const unspoken = [
  "notebook",
  "callHierarchy",
  "fileOperations",
  "typeHierarchy",
  "linkedEditingRange",
  "moniker",
  "inlineValue",
  "inlineCompletion",
  "textDocumentContent",
];

export const protocolSpoken = {
  name: "protocol-spoken",
  setup: ({ onLoad }) => {
    const lists = unspoken.join("|");
    // Their requests, which nothing but these parts asks for.
    const requests = `vscode-languageserver[\\\\/]node_modules[\\\\/]vscode-languageserver-protocol[\\\\/]lib[\\\\/]common[\\\\/]protocol\\.(?:${lists})\\.js$`;
    onLoad({ filter: new RegExp(requests) }, () => ({ contents: "" }));
    onLoad({ filter: new RegExp(`vscode-languageserver[\\\\/]lib[\\\\/]common[\\\\/](?:${lists})\\.js$`) }, async ({ path: file }) => {
      const feature = /exports\.(\w+Feature) = /u.exec(await readFile(file, "utf8"));
      if (feature === null) throw new Error(`${file} adds no feature to a connection`);
      return { contents: `exports.${feature[1]} = (Base) => Base;` };
    });
  },
};

/** Where in keepalived's source a keyword is read is for those who read the vocabulary or its tests. */
const linesLeftOut = (source) =>
  source.replaceAll(/\b((?:statement|flag|toggle|script|block|namedBlock|listBlock|option)\(\s*"[^"\n]+", )\d+,/gu, "$10,");

/** The rows of the vocabulary without these places; `shorter` may leave out more. */
export const shortVocabulary = (shorter = (file, source) => source) => ({
  name: "short-vocabulary",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]grammar[\\/]vocabulary[\\/]blocks[\\/][^\\/]+\.ts$/ }, async ({ path: file }) => ({
      contents: shorter(file, linesLeftOut(await readFile(file, "utf8"))),
      loader: "ts",
    })),
});

/**
 * An ES module as esbuild has minified it, once more: oxc (which rolldown brings) folds and inlines what esbuild leaves, a thirtieth of the
 * compressed size. `isPure`: no property that is only read does anything, which is true of our own code and not of a page's elements.
 */
export const smaller = async (name, text, { isPure = false } = {}) => {
  const treeshake = isPure ? { propertyReadSideEffects: false, unknownGlobalSideEffects: false } : {};
  const { code, errors } = await minify(name, text, { module: true, compress: { target: "es2022", treeshake } });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  return code;
};

/**
 * An ES module as esbuild writes it, minified or not, as the inside of a CommonJS function. What it imports becomes constants: chunks
 * do not ask for each other in a circle, and nothing they export changes. esbuild's CommonJS looks every name up in its module at
 * every use instead, and brings its own helpers into every chunk.
 */
export const withRequire = (module) => {
  const lists = (names) =>
    names
      .split(",")
      .filter((each) => each !== "")
      .map((each) => each.trim().split(" as "));
  const requires = [];
  const statement = /(?<=^|[;}])\s*(import|export)(?:\s*([\w$]+)\s*,?)?\s*(?:\{([^{}]*)\})?\s*(?:from\s*)?("(?:\.\/|node:)[\w./-]+");?/gu;
  const own = module.replaceAll(statement, (_, word, whole, names, from) => {
    const all = [...(whole === undefined ? [] : [["default", whole]]), ...lists(names ?? "")];
    // Of Node's own modules the default is the module itself.
    const value = (name) => (name === "default" && from.startsWith('"node:') ? `require(${from})` : `require(${from}).${name}`);
    if (word === "export") requires.push(...all.map(([inner, outer = inner]) => `exports.${outer}=${value(inner)};`));
    else if (all.length === 0) requires.push(`require(${from});`);
    else {
      requires.push(...all.filter(([inner]) => inner === "default").map(([inner, outer]) => `const ${outer}=${value(inner)};`));
      const others = all.filter(([inner]) => inner !== "default").map(([inner, outer = inner]) => `${inner}:${outer}`);
      if (others.length > 0) requires.push(`const {${others.join(",")}}=require(${from});`);
    }
    return "";
  });
  const exported = /export ?\{([^}]*)\};?\s*$/u.exec(own);
  const body = own
    .slice(0, exported?.index)
    .replace(/export default ([^;]+);?\s*$/u, "exports.default=$1;")
    .replaceAll(/\bimport\(([`"])([^`"]+)\1\)/gu, 'Promise.resolve().then(()=>require("$2"))');
  const exporting = lists(exported?.[1] ?? "").map(([inner, outer = inner]) => `${outer}:${inner}`);
  return `${requires.join("")}${body}${exporting.length === 0 ? "" : `;Object.assign(exports,{${exporting.join(",")}})`}`;
};

/**
 * Of YAML kalint wants the events: what a word means is for the reader of a format. The tags and schemas of js-yaml are made when it is
 * loaded, with spreads that esbuild takes for effects; marked as pure, they go with the functions that alone use them.
 */
export const yamlEventsAlone = {
  name: "yaml-events-alone",
  setup: ({ onLoad }) =>
    onLoad({ filter: /js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, async ({ path: file }) => {
      const inside = String.raw`[^\n]*\n(?:\t[^\n]*\n|\}, \{\n)*`;
      const forms = [
        String.raw`(?:define\w+Tag|new Schema|\w+\.withTags|Object\.assign)\(${inside}[}\]]+\)`,
        String.raw`\{\n(?:\t[^\n]*\n)*?\t\.\.\.${inside}\}`,
        String.raw`(?:\x60|new RegExp\(|[A-Z_]+\.)[^\n]*`,
      ];
      const made = new RegExp(`^var (\\w+) = (${forms.join("|")});$`, "gmu");
      const text = await readFile(file, "utf8");
      const contents = text.replaceAll(made, "var $1 = /* @__PURE__ */ (() => ($2))();");
      if (contents === text) throw new Error(`${file} makes its tags in another way`);
      return { contents };
    }),
};

/**
 * The types of the protocol come with functions that tell whether a value is one of them, each set in a namespace that no bundler
 * takes apart. The server checks nothing it sends, and puts no edits together with their classes; the namespaces that are numbers and
 * words, and those below, stay. The client, which does check, has a copy of its own.
 */
const checksAsked = new Set(["integer", "uinteger", "DocumentUri", "URI", "WorkspaceFolder", "Is", "Position", "Range"]);

export const typesUnchecked = {
  name: "types-unchecked",
  setup: ({ onLoad }) =>
    onLoad(
      { filter: /vscode-languageserver[\\/]node_modules[\\/]vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/ },
      async ({ path: file }) => {
        const text = await readFile(file, "utf8");
        const namespace =
          /^(?:export )?var (\w+);\n(?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?\(function \(\1\) \{\n((?: {4}[^\n]*\n|\n)*)\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gmu;
        const contents = text
          .replace(/^export class WorkspaceChange \{\n(?: {4}[^\n]*\n|\n)*\}$/mu, "export class WorkspaceChange {}")
          .replaceAll(namespace, (whole, name, body) =>
            checksAsked.has(name) || new RegExp(`^ {4}${name}\\.\\w+ = (?![A-Za-z_$][\\w$]*;$)`, "mu").test(body)
              ? whole
              : `export const ${name} = {};`,
          );
        if (contents === text) throw new Error(`${file} has its namespaces in another form`);
        return { contents };
      },
    ),
};

/** What a change of behaviour rests on is for those who read its source. */
export const changesUnsourced = {
  name: "changes-unsourced",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]server[\\/]analysis[\\/]version-changes[\\/][^\\/]+\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replaceAll(/^ {4}source:\s+"(?:[^"\\\n]|\\.)*",$/gmu, '    source: "",'),
      loader: "ts",
    })),
};
