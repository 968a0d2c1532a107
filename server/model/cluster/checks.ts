/** Scripts whose exit status the daemon looks at, and how they can end. */
import { valueOf } from "../effects/known.ts";
import type { Ending } from "../effects/script-facts.ts";
import { isComplete } from "./facts.ts";
import type { LinkedScript, ScriptFile } from "./model.ts";

export interface Check {
  readonly linked: LinkedScript;
  readonly script: ScriptFile;
  /** All ways in which it can end, but those that only a full disk brings about. */
  readonly endings: readonly Ending[];
  /** It ends keepalived itself when something is wrong, so that its status says nothing. */
  readonly stopsKeepalived: boolean;
}

/** Undefined for other uses of a script, and where not all of it is known. */
export const checkOf = (linked: LinkedScript): Check | undefined => {
  if (linked.use !== "check" && linked.use !== "misc-check") return undefined;
  const script = linked.resolution.kind === "found" ? linked.resolution.script : undefined;
  if (script === undefined || !isComplete(script)) return undefined;
  const endings = script.effects.endings.filter(({ incidental }) => incidental === undefined);
  const stopsKeepalived = script.effects.effects.some(
    (effect) =>
      (effect.kind === "kill" && valueOf(effect.signal) !== "0" && (valueOf(effect.process) ?? "keepalived").includes("keepalived")) ||
      (effect.kind === "service" &&
        (effect.action === "stop" || effect.action === "restart") &&
        (valueOf(effect.unit) ?? "keepalived") === "keepalived"),
  );
  return endings.length === 0 ? undefined : { linked, script, endings, stopsKeepalived };
};

/** It is proved that the check never fails. */
export const alwaysSucceeds = ({ endings }: Check): boolean => endings.every(({ status }) => status === 0);

/** Endings with an echo of a number, or of `$?`: somebody meant it for the status. With what is printed. */
export const printedStatuses = ({ endings, script }: Check): readonly { readonly ending: Ending; readonly printed: string }[] =>
  endings.flatMap((ending) => {
    if (ending.how !== "end" || (ending.command !== "echo" && ending.command !== "printf")) return [];
    const { start, end } = ending.site.span;
    const effect = script.effects.effects.find(
      (one) => one.kind === "run" && one.site.file === ending.site.file && one.site.span.start === start && one.site.span.end === end,
    );
    const [word, ...more] = effect?.kind === "run" ? effect.arguments : [];
    if (word === undefined || more.length > 0 || word.site.file !== script.file) return [];
    const written = script.text.slice(word.site.span.start, word.site.span.end).replace(/^["']|["']$/gu, "");
    const printed = written === "$?" ? "$?" : (valueOf(word) ?? "").replace(/\\n$/u, "");
    return printed === "$?" || /^(?:[01]|-1|255)$/u.test(printed) ? [{ ending, printed }] : [];
  });
