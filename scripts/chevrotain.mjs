/**
 * What the programs and the page leave out of Chevrotain: looking through grammars and lexers for mistakes, syntax trees, its own
 * recovery from errors and its own sentences about them, suggestions, and measuring itself. None of that is ever asked for
 * (docs/architecture.md, "What is absent on purpose"). The tests of the sources run with all of it, those of dist/ with what is left.
 */
import { readFile } from "node:fs/promises";

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

export const chevrotainUsed = {
  name: "chevrotain-used",
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]chevrotain[\\/]lib[\\/]src[\\/].+\.js$/ }, async ({ path }) => {
      const file = path.replaceAll("\\", "/").replace(/^.*\/chevrotain\/lib\/src\//u, "");
      if (file === "parse/grammar/checks.js") return { contents: withoutChecks(await readFile(path, "utf8")) };
      if (file in whole) return { contents: whole[file] };
      return file in parts ? { contents: replaced(file, await readFile(path, "utf8"), parts[file]) } : undefined;
    });
  },
};
