import { interpreterName } from "../../../grammar/shell/dialect.ts";
import type { ShellScript } from "../../../grammar/shell/tree.ts";
import { lineIndex, positionAt, type Site } from "../../../grammar/text.ts";
import type { SystemShell } from "../../../grammar/vocabulary/releases.ts";
import type { Fix, Note } from "../../analysis/finding.ts";
import { defineRule, type RuleFinding, type ScriptSubject } from "../../analysis/rule.ts";
import { isCheck, runNotes } from "../../analysis/scripts.ts";
import { scriptsOf } from "../../analysis/subjects.ts";
import { list } from "../../analysis/wording.ts";
import { baseName } from "../../model/cluster/files.ts";
import type { InlineScript, LinkedScript } from "../../model/cluster/model.ts";
import type { Bashism } from "../../model/effects/dash/bashism.ts";
import { bashismsIn } from "../../model/effects/dash/find.ts";
import { asDashRunsIt } from "../../model/effects/dash/run.ts";
import { effectsOf } from "../../model/effects/script.ts";
import type { Ending } from "../../model/effects/script-facts.ts";

/** A bash construct in a script for sh: one finding for each kind of construct, at its first place. */
export default defineRule({
  id: "bashism-in-sh",
  summary:
    "A script for sh uses what only bash has: where /bin/sh is dash (Debian, Ubuntu), it stops there or goes on with another meaning.",
  severity: "warning",
  since: "0.1.0",
  sources: ["test/observed/bashisms-in-dash"],
  subject: "node",
  fix: "safe",

  *check(node) {
    for (const script of scriptsOf(node)) yield* inFile(script, node.systemShell);
    for (const linked of node.linkedScripts) if (linked.inline !== undefined) yield* inCommand(linked, linked.inline, node.systemShell);
  },
});

function* inFile(subject: ScriptSubject, systemShell: SystemShell | undefined): Generator<RuleFinding> {
  const { file, text, script, uses } = subject;
  const shell = shellOf(subject);
  // Where sh is bash, these mean the same in it; only a script for dash by name does not run under it.
  if (shell === undefined || (systemShell === "bash" && shell.name !== "dash") || script.problems.length > 0 || isTemplate(text)) return;
  const bashisms = bashismsIn(script, text);
  const [first] = bashisms;
  if (first === undefined) return;
  const lines = lineIndex(text);
  const verdict = verdictOf(subject, bashisms);
  for (const places of byKind(bashisms)) {
    const [{ kind, span, name, does, instead }, ...more] = places;
    const at = { file, span };
    yield {
      at,
      message: `${name} in a script for ${shell.name}: under dash it ${does}${kind === first.kind ? verdict : ""}; ${instead}`,
      notes: [
        ...more.slice(0, 1).map((second): Note => ({ message: `also in ${linesOf(more, lines)}`, at: { file, span: second.span } })),
        ...shell.notes,
        ...runNotes(uses, at),
      ],
      fixes: [...replacing(places, file), ...underBash(script.shebang, file)],
    };
  }
}

/** `sh -c '…'` in the configuration. */
function* inCommand(
  linked: LinkedScript,
  { shell, text, script, siteOf: placeOf }: InlineScript,
  systemShell: SystemShell | undefined,
): Generator<RuleFinding> {
  if ((shell !== "sh" && shell !== "dash") || (systemShell === "bash" && shell === "sh")) return;
  const bashisms = script.problems.length > 0 || isTemplate(text) ? [] : bashismsIn(script, text);
  const verdict = isCheck(linked) ? becomes(script, bashisms, linked) : "";
  for (const [{ kind, span, name, does, instead }, ...more] of byKind(bashisms))
    yield {
      at: placeOf(span),
      message: `${name} in a command for ${shell}: under dash it ${does}${kind === bashisms[0]!.kind ? verdict : ""}; ${instead}`,
      notes: more.slice(0, 1).map((second) => ({ message: "also here", at: placeOf(second.span) })),
    };
}

const isTemplate = (text: string): boolean => /\{\{|\{%|<%/u.test(text);

const byKind = (bashisms: readonly Bashism[]): Iterable<readonly [Bashism, ...Bashism[]]> => {
  const kinds = new Map<string, [Bashism, ...Bashism[]]>();
  for (const one of bashisms) {
    const same = kinds.get(one.kind);
    if (same === undefined) kinds.set(one.kind, [one]);
    else same.push(one);
  }
  return kinds.values();
};

const linesOf = (bashisms: readonly Bashism[], lines: readonly number[]): string => {
  const numbers = [...new Set(bashisms.map(({ span }) => String(positionAt(lines, span.start).line)))];
  return `${numbers.length === 1 ? "line" : "lines"} ${list(numbers, "and", 6)}`;
};

interface Shell {
  readonly name: string;
  readonly notes: readonly Note[];
}

/** The sh that runs it: by its first line, or because a command of the configuration hands it to sh whatever its first line says. */
const shellOf = ({ script: { shebang }, uses, file }: ScriptSubject): Shell | undefined => {
  const name = interpreterName(shebang);
  const handed = uses.find((use) => runner(use) === "sh");
  if (handed !== undefined && name === "bash")
    return {
      name: `sh, as ${handed.path.value} runs it`,
      notes: [{ message: `${baseName(file)} is written for bash`, at: siteOf(shebang, file) }],
    };
  if (uses.length > 0 && uses.every((use) => runner(use) === "bash")) return undefined;
  return name === "sh" || name === "dash" ? { name, notes: [] } : undefined;
};

const siteOf = (shebang: ScriptSubject["script"]["shebang"], file: string): Site => ({ file, span: shebang?.span ?? { start: 0, end: 0 } });

/** The shell that a command names before the file: `/bin/sh FILE`. */
const runner = ({ interpreted, command: { program, arguments: words } }: LinkedScript): string | undefined => {
  if (interpreted === undefined) return undefined;
  const shell = [program, ...words]
    .map(({ value }) => /(?:^|\/)(?<name>(?:ba|da)?sh)$/u.exec(value ?? "")?.groups?.["name"])
    .find((one) => one !== undefined);
  return shell === "dash" ? "sh" : shell;
};

/** What becomes of a check under dash, when it is the same at every run, and was not before. */
const verdictOf = ({ script, uses }: ScriptSubject, bashisms: readonly Bashism[]): string => {
  const check = uses.find(isCheck);
  return check === undefined ? "" : becomes(script, bashisms, check);
};

const becomes = (script: ShellScript, bashisms: readonly Bashism[], check: LinkedScript): string => {
  const now = statusesOf(effectsOf(asDashRunsIt(script, bashisms), { file: check.path.site.file }).endings);
  const before = statusesOf(check.effects.endings);
  if (now === undefined || now === before) return "";
  return now === "success" ? ", and the check succeeds at every run" : ", and the check fails at every run";
};

const statusesOf = (endings: readonly Ending[]): "success" | "failure" | undefined => {
  const real = endings.filter(({ incidental }) => incidental === undefined);
  if (real.length === 0 || real.some(({ status }) => status === undefined)) return undefined;
  if (real.every(({ status }) => status === 0)) return "success";
  return real.some(({ status }) => status === 0) ? undefined : "failure";
};

/** Only where every place of the kind can be written so. What bash does stays the same. */
const replacing = (places: readonly Bashism[], file: string): readonly Fix[] => {
  const edits = places.flatMap(({ replacement }) => replacement ?? []);
  return places.every(({ replacement }) => replacement !== undefined)
    ? [
        {
          title: "Write it as sh reads it",
          safety: "safe",
          edits: edits.map(({ span, text }) => ({ at: { file, span }, replacement: text })),
        },
      ]
    : [];
};

const underBash = (shebang: ScriptSubject["script"]["shebang"], file: string): readonly Fix[] => {
  if (shebang === undefined || !/^\/(?:usr\/)?bin\/(?:da)?sh$/u.test(shebang.interpreter)) return [];
  const start = 2;
  return [
    {
      title: "Run it under bash",
      safety: "review",
      edits: [
        {
          at: { file, span: { start, end: shebang.span.end } },
          replacement: `/bin/bash${shebang.argument === undefined ? "" : ` ${shebang.argument}`}`,
        },
      ],
    },
  ];
};
