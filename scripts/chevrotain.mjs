/**
 * What the programs and the page leave out of Chevrotain: looking through grammars and lexers for mistakes, syntax trees, its own
 * recovery from errors and its own sentences about them, suggestions, and measuring itself. None of that is ever asked for
 * (docs/architecture.md, "What is absent on purpose"). The tests of the sources run with all of it, those of dist/ with what is left.
 */
import { readFile } from "node:fs/promises";

/** Files that are another text. */
const whole = {
  // The one lexer made here looks at six tokens, and does not want to know which of them can begin with a character (`safeMode`).
  "scan/reg_exp.js": `export const failedOptimizationPrefixMsg = ""; export const canMatchCharCode = () => true; export const getOptimizedStartCodesIndices = () => [];`,
  "scan/reg_exp_parser.js": `export const clearRegExpParserCache = () => {}; export const getRegExpAst = () => undefined;`,
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
  "scan/lexer.js": {
    validatePatterns: nothingWrong,
    performRuntimeChecks: nothingWrong,
    performWarningRuntimeChecks: nothingWrong,
  },
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

export const chevrotainUsed = {
  name: "chevrotain-used",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/].+\.js$/ }, async ({ path }) => {
      const file = path.replaceAll("\\", "/").replace(/^.*\/chevrotain\/lib\/src\//u, "");
      if (file === "parse/grammar/checks.js") return { contents: withoutChecks(await readFile(path, "utf8")) };
      if (file in whole) return { contents: whole[file] };
      return file in parts ? { contents: replaced(file, await readFile(path, "utf8"), parts[file]) } : undefined;
    });
    onLoad({ filter: /[\\/]@chevrotain[\\/]regexp-to-ast[\\/]lib[\\/]src[\\/]api\.js$/ }, () => ({
      contents: "export class RegExpParser {}\nexport class BaseRegExpVisitor {}",
    }));
  },
};
