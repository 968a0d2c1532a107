import { dialectOf, interpreterName } from "../../../grammar/shell/dialect.ts";
import { parseShell } from "../../../grammar/shell/parse.ts";
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import { lineIndex, positionAt, type Site } from "../../../grammar/text.ts";
import { defineRule, type RuleFinding, type ScriptSubject } from "../../analysis/rule.ts";
import { hintFor } from "../../analysis/shell-hints.ts";
import { scriptsOf } from "../../analysis/subjects.ts";
import { shown } from "../../analysis/wording.ts";
import type { InlineScript, LinkedScript } from "../../model/cluster/model.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { ScriptEffects } from "../../model/effects/script-facts.ts";

export default defineRule({
  id: "script-syntax-error",
  summary: "The shell cannot read a script: it stops at the error, and nothing behind it runs.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "bash -n",
    "measured: bash runs a script up to the command that it cannot read and ends with status 2",
    "measured: of bash and dash, a CR at the end of a line is part of the last word there, so that no keyword is one",
    "measured: of a file that reads itself in bash 5.2 reads until it is stopped, and dash 0.5.12 ends with a segmentation fault",
  ],
  subject: "node",

  *check(node) {
    // What keepalived runs first: of a circle of files one is told.
    const told = new Set<string>();
    for (const script of scriptsOf(node).toSorted((a, b) => Math.sign(b.uses.length) - Math.sign(a.uses.length)))
      yield* inFile(script, told);
    for (const linked of node.linkedScripts) if (linked.inline !== undefined) yield* inCommand(linked, linked.inline);
  },
});

function* inFile({ file, text, script, effects, uses }: ScriptSubject, told: Set<string>): Iterable<RuleFinding> {
  const { shebang } = script;
  const shell = shebang === undefined ? "sh" : interpreterName(shebang);
  if (shell === undefined || dialectOf(shebang) === "other" || isTemplate(text)) return;
  const own = syntaxError(script);
  const problem = own ?? ofLineEnds(text);
  if (problem === undefined) {
    yield* endless(file, effects, shell, told);
    return;
  }
  const at = (start: number, end: number): Site => ({ file, span: { start, end } });
  const lines = lineIndex(text);
  const broken = brokenCase(text, problem.span.start, lines);
  const hint = own === undefined ? undefined : hintFor(text, problem);
  const use = uses[0];
  yield {
    at: at(problem.span.start, Math.max(problem.span.end, problem.span.start)),
    message: `${shell} cannot read this script${own === undefined ? ", whose lines end in CR LF" : ""}: ${problem.detail}`,
    notes: [
      ...(broken === undefined
        ? []
        : [
            {
              message: `\`${broken.word}\` is no word of the shell: the \`case\` that this arm belongs to is missing`,
              at: at(broken.start, broken.start + broken.word.length),
            },
          ]),
      ...(problem.other === undefined ? [] : [{ message: "opened here", at: at(problem.other.start, problem.other.end) }]),
      ...(hint === undefined || broken !== undefined ? [] : [{ message: hint.message, at: at(hint.span.start, hint.span.end) }]),
      ...(use === undefined ? [] : [{ message: `${use.command.item.keyword.value} runs it`, at: use.path.site }]),
    ],
  };
}

/** `sh -c '…'` in the configuration. */
function* inCommand({ command }: LinkedScript, { shell, text, script, siteOf }: InlineScript): Iterable<RuleFinding> {
  const problem = isTemplate(text) ? undefined : syntaxError(script);
  if (problem === undefined) return;
  yield {
    at: siteOf({ start: problem.span.start, end: Math.max(problem.span.end, problem.span.start) }),
    message: `${shell} cannot read this command of ${command.item.keyword.value}: ${problem.detail}`,
    notes: problem.other === undefined ? [] : [{ message: "opened here", at: siteOf(problem.other) }],
  };
}

const syntaxError = ({ problems }: ShellScript) => problems.find(({ kind }) => kind === "syntax");

/** A character that is part of a word to a shell, as the CR is. */
const LIKE_CR = "\u0001";

/** What a shell cannot read because its CR belong to words: `then` and a CR is no `then`. The parser takes CR LF for a line end. */
const ofLineEnds = (text: string): ReturnType<typeof syntaxError> => {
  if (!text.includes("\r\n")) return undefined;
  const problem = syntaxError(parseShell(text.replaceAll("\r\n", `${LIKE_CR}\n`)));
  return problem === undefined ? undefined : { ...problem, detail: problem.detail.replaceAll(LIKE_CR, "\\r") };
};

/** A file that reads itself in again, alone or through others. */
function* endless(file: string, effects: ScriptEffects, shell: string, told: Set<string>): Iterable<RuleFinding> {
  for (const effect of effects.effects) {
    if (effect.kind !== "source" || effect.cycle !== true || effect.path.some(({ kind }) => kind === "branch")) continue;
    if (told.has(file) || told.has(effect.site.file)) return;
    told.add(file).add(effect.site.file);
    const target = valueOf(effect.target);
    yield {
      at: effect.site,
      message: `${target === undefined ? "this file" : shown(target)} is being read in already: ${shell} never gets to the end of it`,
      notes: [{ message: "bash goes on reading until it has no more memory, dash falls (segmentation fault)" }],
    };
    return;
  }
}

const isTemplate = (text: string): boolean => /\{\{|\{%|<%/u.test(text);

/** The line above an arm that begins where no `case` is open, when it ends in `in` like the head of one: `nctionscase "$1" in`. */
const brokenCase = (
  text: string,
  offset: number,
  lines: readonly number[],
): { readonly word: string; readonly start: number } | undefined => {
  if (text[offset] !== ")") return undefined;
  for (let line = positionAt(lines, offset).line - 1; line >= 1; line--) {
    const start = lines[line - 1]!;
    const written = text.slice(start, lines[line] ?? text.length);
    if (/^[ \t]*(?:#|$)/u.test(written)) continue;
    const head = /^(?<blank>[ \t]*)(?<word>\S+)[ \t][^\n]*[ \t]in[ \t]*(?:#[^\n]*)?\r?\n?$/u.exec(written)?.groups;
    return head === undefined || head["word"] === "case" ? undefined : { word: head["word"]!, start: start + head["blank"]!.length };
  }
  return undefined;
};
