/** `--fix`, `--fix-review`, `--add-ignore` and `--diff`: changing the files that are judged, or saying how they would be changed. */
import path from "node:path";
import type { Fixing } from "../analysis/fixing.ts";
import { addIgnores } from "../analysis/ignore.ts";
import { replaceFiles } from "../host/replace.ts";
import { encode } from "../host/text.ts";
import { printable } from "../reporters/cells.ts";
import { unifiedDiff } from "../reporters/diff.ts";
import { type Fixable, offeredFixes, type Report } from "../reporters/report.ts";
import { secretsOf } from "../reporters/secrets.ts";
import { leftOutInWords, plural } from "../reporters/words.ts";
import { fixer, type FixerContext, wouldFix } from "./fixer.ts";
import type { Changes } from "./invocation.ts";
import { fails, type Judgement } from "./judging.ts";
import { standardInput } from "./targets.ts";
import { terminalWidth, type Terminal } from "./terminal.ts";

export interface ChangeContext extends FixerContext {
  readonly found: Judgement;
  readonly cwd: string;
  readonly terminal: Terminal;
}

/** A report of what is left, or the exit status where there is none. */
export type Changed = { readonly kind: "left"; readonly report: Report } | { readonly kind: "ended"; readonly status: number };

interface Made {
  readonly texts: ReadonlyMap<string, string>;
  readonly judgement: Judgement;
  /** What was done, one clause each. */
  readonly said: readonly string[];
}

/**
 * Exit status: with --diff 0 where nothing would change and 1 where something would; 2 where a file cannot be written, and then
 * none is; else as for a check of what is left. Of standard input the changed text goes to standard output.
 */
export const change = (changes: Changes, context: ChangeContext): Changed => {
  const { opened, cwd, terminal, request } = context;
  const fixed = changes.fix === "none" ? unchanged(context) : fix(changes.fix, context);
  const made = changes.ignore === undefined ? fixed : ignore(changes.ignore, fixed, context);
  const files = [...made.texts].map(([file, text]) => ({ file, before: opened.textOf(file) ?? "", after: text }));
  const what = made.said.join("; ");
  if (changes.diff) {
    if (files.length > 0) printDiff(files, context);
    terminal.complain(`${what === "" ? "nothing to change" : what}; nothing is written`);
    return { kind: "ended", status: files.length > 0 ? 1 : 0 };
  }
  if (request.paths.includes(standardInput)) {
    const [input] = files;
    terminal.print(encode(input?.after ?? opened.textOf(request.stdinName ?? "<stdin>") ?? ""));
    if (what !== "") terminal.complain(what);
    return { kind: "ended", status: fails(made.judgement.report.findings, request.failOn) ? 1 : 0 };
  }
  terminal.finishFirst();
  const problems = replaceFiles(
    cwd,
    files.map(({ file, before, after }) => ({ file: opened.shown(file), before: encode(before), after: encode(after) })),
  );
  if (problems.length > 0) {
    for (const line of problems) terminal.complain(line);
    return { kind: "ended", status: 2 };
  }
  // In a report for people it stands at the end; a program's is not to be mixed with it.
  if (what !== "" && !request.outputs.some(({ format, file }) => format === "pretty" && file === undefined)) terminal.complain(what);
  return { kind: "left", report: { ...made.judgement.report, ...(what === "" ? {} : { changed: what }) } };
};

const unchanged = ({ found }: ChangeContext): Made => ({ texts: new Map(), judgement: found, said: [] });

const fix = (which: "safe" | "review", context: ChangeContext): Made => {
  const { found } = context;
  const fixing = fixer(context);
  const done = fixing.rounds(which, { texts: new Map(), judgement: found });
  const judgement = done.texts.size === 0 ? found : fixing.judge(done.texts);
  const more = which === "review" ? { safe: 0, review: 0, leftOut: done.leftOut } : wouldFix(fixing, { texts: done.texts, judgement });
  const left: Report = { ...judgement.report, ...(more && { fixable: more }) };
  return { texts: done.texts, judgement: { ...judgement, report: left }, said: fixedInWords(done, which, more) };
};

const fixedInWords = (
  { applied, texts, leftOut, unfinished, judged }: Fixing,
  which: "safe" | "review",
  fixable: Fixable | undefined,
): readonly string[] => {
  const more = fixable?.review ?? offeredFixes(judged.reported).review;
  return [
    texts.size === 0 ? "nothing fixed" : `${plural(applied, "fix", "fixes")} in ${plural(texts.size, "file")}`,
    ...(which === "safe" && more > 0 ? [`${fixable === undefined ? "up to " : ""}${more} more with --fix-review`] : []),
    ...leftOutInWords(leftOut),
    ...(unfinished ? ["there is more to fix: run it again"] : []),
  ];
};

const ignore = (reason: string, before: Made, { judge, opened, request, keep = (report) => report }: ChangeContext): Made => {
  const together = (texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map([...before.texts, ...texts]);
  const reported = keep(before.judgement.report).findings;
  const meant = reported.filter((finding) => fails([finding], request.failOn));
  const below = reported.length - meant.length;
  const { texts, comments, left } = addIgnores({
    findings: meant,
    reason,
    textOf: (file) => before.texts.get(file) ?? opened.textOf(file),
    mayEdit: before.judgement.wanted,
    judge: (added) => keep(judge(together(added)).report).findings,
  });
  const said = [
    ...before.said,
    comments === 0 ? "no comments to add" : `${plural(comments, "comment")} added in ${plural(texts.size, "file")}`,
    ...(below > 0 && comments > 0 ? [`none for ${plural(below, "finding")} below --fail-on ${request.failOn}`] : []),
    ...(left.length === 0 ? [] : [`no comment can stand at ${plural(left.length, "finding")}`]),
  ];
  return texts.size === 0 ? { ...before, said } : { texts: together(texts), judgement: judge(together(texts)), said };
};

const printDiff = (
  files: readonly { readonly file: string; readonly before: string; readonly after: string }[],
  context: ChangeContext,
): void => {
  const { found, opened, cwd, terminal } = context;
  // patch and git refuse names that climb: what lies elsewhere is named from the root.
  const named = (file: string): string => {
    const shown = opened.shown(file);
    return shown.startsWith("../") ? path.resolve(cwd, shown) : shown;
  };
  const secrets = secretsOf(found.report.project, opened.textOf);
  const onScreen = terminalWidth() !== undefined;
  for (const { file, before, after } of files.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const diff = unifiedDiff({ file: named(file), before, after, secrets: (line) => secrets.inLine(file, line) });
    // Whoever looks at it on a terminal does not apply it.
    terminal.print(onScreen ? diff.split("\n").map(printable).join("\n") : encode(diff));
  }
};
