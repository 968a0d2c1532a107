/**
 * What the programs and the page leave out of Chevrotain: looking through grammars and lexers for mistakes, syntax trees, its own
 * recovery from errors and its own sentences about them, suggestions, and measuring itself. None of that is ever asked for
 * (docs/architecture.md, "What is absent on purpose"). The tests of the sources run with all of it, those of dist/ with what is left.
 */
import { readFile } from "node:fs/promises";
import { parseSync } from "rolldown/utils";
import { nodesBelow } from "./nodes.mjs";

/** Files that are another text. */
const whole = {
  // The one lexer made here has six patterns that are tried in their order at every place, and counts no lines.
  "scan/lexer_public.js": `
    import { augmentTokenTypes } from "./tokens.js";
    export const LexerDefinitionErrorType = {};
    export class Lexer {
      constructor(types) {
        augmentTokenTypes(types);
        this.ways = types.map((tokenType) => ({
          tokenType,
          isSkipped: tokenType.GROUP === Lexer.SKIPPED,
          pattern: new RegExp(tokenType.PATTERN.source, tokenType.PATTERN.flags + "y"),
        }));
      }
      tokenize(text) {
        const { ways } = this;
        const tokens = [];
        const errors = [];
        let startOffset = 0;
        next: while (startOffset < text.length) {
          for (const { tokenType, isSkipped, pattern } of ways) {
            pattern.lastIndex = startOffset;
            if (!pattern.test(text)) continue;
            const image = isSkipped ? "" : text.slice(startOffset, pattern.lastIndex);
            if (!isSkipped) tokens.push({ image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx, tokenType });
            startOffset = pattern.lastIndex;
            continue next;
          }
          errors.push({ offset: startOffset, length: 1 });
          startOffset++;
        }
        return { tokens, groups: {}, errors };
      }
    }
    Lexer.SKIPPED = "skipped";
    Lexer.NA = /NOT_APPLICABLE/;`,
  "scan/lexer_errors_public.js": `export const defaultLexerErrorProvider = {};`,
  "parse/parser/traits/context_assist.js": `export class ContentAssist { initContentAssist() {} }`,
  "parse/parser/traits/perf_tracer.js": `export class PerformanceTracer { initPerformanceTracer() {} TRACE_INIT(_, work) { return work(); } }`,
  "parse/parser/traits/tree_builder.js": `
    export class TreeBuilder { initTreeBuilder() { this.outputCst = false; } }
    for (const name of ["cstInvocationStateUpdate", "cstFinallyStateUpdate", "cstPostTerminal", "cstPostNonTerminal", "cstPostRule"])
      TreeBuilder.prototype[name] = () => {};`,
  "parse/parser/traits/recoverable.js": `
    export const IN_RULE_RECOVERY_EXCEPTION = "";
    export class Recoverable {
      initRecoverable() { this.recoveryEnabled = false; }
      attemptInRepetitionRecovery() {}
      getHumanReadableRuleStack() { return []; }
    }`,
  "parse/grammar/follow.js": `export const computeAllProdsFollows = () => ({});`,
  "parse/errors_public.js": `
    export const defaultParserErrorProvider = { buildMismatchTokenMessage: () => "", buildNotAllInputParsedMessage: () => "", buildNoViableAltMessage: () => "", buildEarlyExitMessage: () => "" };
    export const defaultGrammarResolverErrorProvider = { buildRuleNotFoundError: () => "" };
    export const defaultGrammarValidatorErrorProvider = {};`,
};

const nothingWrong = "() => []";
/** Functions and classes of a file that are other ones; what only they used is left out by esbuild. */
const parts = {
  "parse/grammar/interpreter.js": Object.fromEntries(
    [
      "AbstractNextPossibleTokensWalker",
      "NextAfterTokenWalker",
      "AbstractNextTerminalAfterProductionWalker",
      "NextTerminalAfterManyWalker",
      "NextTerminalAfterManySepWalker",
      "NextTerminalAfterAtLeastOneWalker",
      "NextTerminalAfterAtLeastOneSepWalker",
      "nextPossibleTokensAfter",
    ].map((name) => [name, "undefined"]),
  ),
};

const replaced = (file, text, names) =>
  Object.entries(names).reduce((rest, [name, replacement]) => {
    const head = new RegExp(`^export (function|class) ${name}\\b`, "mu");
    if (!head.test(rest)) throw new Error(`chevrotain's ${file} has no ${name}`);
    return `${rest.replace(head, `$1 without_${name}`)}\nexport const ${name} = ${replacement};\n`;
  }, text);

/** Every check of a grammar finds nothing. */
const withoutChecks = (text) =>
  [...text.matchAll(/^export function (\w+)/gmu)].map(([, name]) => `export const ${name} = ${nothingWrong};`).join("\n");

/** Names for what can be wrong with a grammar. */
const withoutNames = (text) =>
  text.replaceAll(/^export var (\w+ErrorType);\n\(function \(\1\) \{\n[^]*?\n\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gmu, "export const $1 = {};");

/** What it says before it gives up is about the source of a grammar, which the tests have been through. */
const withoutSentences = (file, text) =>
  [...nodesBelow(parseSync(file, text).program)]
    .filter((node) => node.callee?.name === "Error" && node.arguments.length > 0)
    .map((node) => [node.arguments[0].start, node.arguments.at(-1).end])
    .toSorted(([a], [b]) => b - a)
    .reduce((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text);

/**
 * While Chevrotain learns a grammar, its parser has ninety other methods, which it deletes again one by one: milliseconds of
 * every start. Here they lie in a prototype that is put in front and taken away.
 */
const recordedAside = (file, text) => {
  const begin = text.indexOf("    enableRecording() {");
  const middle = text.indexOf("    disableRecording() {");
  const end = text.indexOf("\n    }\n", middle) + 7;
  if (begin < 0 || middle < begin || end < middle) throw new Error(`chevrotain's ${file} does not record as it did`);
  const methods = text
    .slice(begin, middle)
    .replace("this.RECORDING_PHASE = true;", "$& const aside = Object.create(Object.getPrototypeOf(this));")
    .replaceAll(/^( +)this(\[`\w+(?:\$\{idx\})?`\]|\.(?:ACTION|BACKTRACK|LA))(?= = )/gmu, "$1aside$2")
    .replace(/\n {4}\}\n$/u, "\n        Object.setPrototypeOf(this, aside);$&");
  const left = `    disableRecording() {
        this.RECORDING_PHASE = false;
        Object.setPrototypeOf(this, Object.getPrototypeOf(Object.getPrototypeOf(this)));
    }
`;
  return `${text.slice(0, begin)}${methods}${left}${text.slice(end)}`;
};

const changed = {
  "parse/grammar/checks.js": (_, text) => withoutChecks(text),
  "parse/parser/traits/gast_recorder.js": recordedAside,
};

const used = async (file, path) => {
  if (file in whole) return whole[file];
  const text = await readFile(path, "utf8");
  const taken = file in parts ? replaced(file, text, parts[file]) : (changed[file]?.(file, text) ?? text);
  return withoutSentences(file, withoutNames(taken));
};

export const chevrotainUsed = {
  name: "chevrotain-used",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/].+\.js$/ }, async ({ path }) => ({
      contents: await used(path.replaceAll("\\", "/").replace(/^.*\/chevrotain\/lib\/src\//u, ""), path),
    })),
};
