import { lineIndex, positionAt, type Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "script-syntax-error",
  summary: "The shell cannot read a script: it stops at the error, and nothing behind it runs.",
  severity: "error",
  since: "0.1.0",
  sources: ["bash -n", "measured: bash runs a script up to the command that it cannot read and ends with status 2"],
  subject: "script",

  *check({ file, text, script, uses }) {
    const { shebang } = script;
    const shell = shebang === undefined ? "sh" : shellName(shebang.interpreter, shebang.argument);
    if (shell === undefined || isTemplate(text)) return;
    const problem = script.problems.find(({ kind }) => kind === "syntax");
    if (problem === undefined) return;
    const at = (start: number, end: number): Site => ({ file, span: { start, end } });
    const lines = lineIndex(text);
    const broken = brokenCase(text, problem.span.start, lines);
    const use = uses[0];
    yield {
      at: at(problem.span.start, Math.max(problem.span.end, problem.span.start)),
      message: `${shell} cannot read this script: ${problem.detail}`,
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
        ...(use === undefined ? [] : [{ message: `${use.command.item.keyword.value} runs it`, at: use.path.site }]),
      ],
    };
  },
});

/** The shells whose grammar is read here; undefined for others. */
const shellName = (interpreter: string, argument: string | undefined): string | undefined => {
  const path = /(?:^|\/)env$/u.test(interpreter) ? (argument?.split(/\s+/u).find((word) => !word.startsWith("-")) ?? "") : interpreter;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /^(?:bash|sh|dash|ash)$/u.test(name) ? name : undefined;
};

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
    const shown = text.slice(start, lines[line] ?? text.length);
    if (/^[ \t]*(?:#|$)/u.test(shown)) continue;
    const head = /^(?<blank>[ \t]*)(?<word>\S+)[ \t][^\n]*[ \t]in[ \t]*(?:#[^\n]*)?\r?\n?$/u.exec(shown)?.groups;
    return head === undefined || head["word"] === "case" ? undefined : { word: head["word"]!, start: start + head["blank"]!.length };
  }
  return undefined;
};
