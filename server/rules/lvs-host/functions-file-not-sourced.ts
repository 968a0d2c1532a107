import { valueOf } from "../../model/effects/known.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "functions-file-not-sourced",
  summary: "A file of shell functions is run as a command instead of being sourced: its functions are not there afterwards.",
  severity: "warning",
  since: "0.1.0",
  sources: ["measured: functions of a script that is run end with its process; without the execute bit it does not even start"],
  subject: "script",
  fix: "safe",

  *check({ effects }) {
    for (const effect of effects.effects) {
      if (effect.kind !== "run" || effect.name.kind === "unknown") continue;
      const shell = /(?:^|\/)(?:ba|da)?sh$/u.test(effect.name.value);
      const file = shell ? valueOf(effect.arguments[0]) : effect.name.value;
      if (file === undefined || !isFunctions(file)) continue;
      // `./etc/init.d/functions` is `. /etc/init.d/functions` with its blank lost.
      const meant = file.startsWith("./etc/") ? file.slice(1) : file;
      const { start, end } = effect.command.span;
      yield {
        at: effect.command,
        message: `${file} is run as a command: its functions are not defined in this script; \`. ${meant}\` reads them in`,
        fixes: [
          {
            title: "Source the file",
            safety: "safe",
            edits: [
              shell
                ? { at: effect.command, replacement: "." }
                : meant === file
                  ? { at: { ...effect.command, span: { start, end: start } }, replacement: ". " }
                  : { at: { ...effect.command, span: { start, end: Math.min(end, start + 1) } }, replacement: ". " },
            ],
          },
        ],
      };
    }
  },
});

const isFunctions = (file: string): boolean => /(?:^|\/)(?:init\.d\/functions|lsb\/init-functions)$/u.test(file);
