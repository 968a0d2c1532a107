/** Checks, whose exit status the daemon looks at, and how they can end: scripts, and commands that stand in the configuration. */
import type { Site } from "../../../grammar/text.ts";
import { valueOf } from "../effects/known.ts";
import type { Ending } from "../effects/script-facts.ts";
import type { Effect } from "../effects/types.ts";
import { isComplete } from "./facts.ts";
import { baseName } from "./files.ts";
import type { LinkedScript, NodeModel, ScriptFile } from "./model.ts";

export interface Check {
  readonly linked: LinkedScript;
  /** For messages: `check.sh`, or what a command of the configuration is called there. */
  readonly name: string;
  /** Absent where the command itself is the check: `sh -c '…'`. */
  readonly script?: ScriptFile;
  /** All ways in which it can end, but those that only a full disk brings about. */
  readonly endings: readonly Ending[];
  readonly effects: readonly Effect[];
  /** It ends keepalived itself when something is wrong, so that its status says nothing. */
  readonly stopsKeepalived: boolean;
  /** What is written at a place of it. */
  readonly textAt: (site: Site) => string | undefined;
}

/** Undefined for other uses of a script, and where not all of it is known. */
export const checkOf = (linked: LinkedScript, { configuration }: NodeModel): Check | undefined => {
  if (linked.use !== "check" && linked.use !== "misc-check") return undefined;
  const { resolution, command } = linked;
  const script = resolution.kind === "found" ? resolution.script : undefined;
  if (script === undefined ? resolution.kind !== "unknown" || !linked.effects.complete : !isComplete(script)) return undefined;
  const { effects, endings: all } = script?.effects ?? linked.effects;
  const endings = all.filter(({ incidental }) => incidental === undefined);
  const stopsKeepalived = effects.some(
    (effect) =>
      (effect.kind === "kill" && valueOf(effect.signal) !== "0" && (valueOf(effect.process) ?? "keepalived").includes("keepalived")) ||
      (effect.kind === "service" &&
        (effect.action === "stop" || effect.action === "restart") &&
        (valueOf(effect.unit) ?? "keepalived") === "keepalived"),
  );
  if (endings.length === 0) return undefined;
  return {
    linked,
    name: script === undefined ? `the command of ${command.item.keyword.value}` : baseName(script.file),
    ...(script === undefined ? {} : { script }),
    endings,
    effects,
    stopsKeepalived,
    textAt: (site) => (site.file === script?.file ? script.text.slice(site.span.start, site.span.end) : configuration?.source.text(site)),
  };
};

/** It is proved that the check never fails. */
export const alwaysSucceeds = ({ endings }: Check): boolean => endings.every(({ status }) => status === 0);

/** An ending with an echo of a number, or of `$?`, and what is printed. */
export interface Printed {
  readonly ending: Ending;
  readonly printed: string;
}

/** Endings with an echo of a number, or of `$?`: somebody meant it for the status. */
export const printedStatuses = ({ endings, effects, textAt }: Check): readonly Printed[] =>
  endings.flatMap((ending) => {
    if (ending.how !== "end" || (ending.command !== "echo" && ending.command !== "printf")) return [];
    const { start, end } = ending.site.span;
    const effect = effects.find(
      (one) => one.kind === "run" && one.site.file === ending.site.file && one.site.span.start === start && one.site.span.end === end,
    );
    const [word, ...more] = effect?.kind === "run" ? effect.arguments : [];
    const written = word === undefined || more.length > 0 ? undefined : textAt(word.site)?.replace(/^["']|["']$/gu, "");
    if (word === undefined || written === undefined) return [];
    const printed = written === "$?" ? "$?" : (valueOf(word) ?? "").replace(/\\n$/u, "");
    return printed === "$?" || /^(?:[01]|-1|255)$/u.test(printed) ? [{ ending, printed }] : [];
  });
