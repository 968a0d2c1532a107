import type { Span } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { visit } from "../../model/effects/walk.ts";

export default defineRule({
  id: "env-dependent-script",
  summary: "A script that counts on a login: under keepalived there is no terminal, and the variables are those of the service.",
  severity: "info",
  since: "0.1.0",
  sources: ["test/observed/notify-overlap", "keepalived v2.4.3 lib/notify.c:277"],
  subject: "script",

  *check({ file, script, uses }) {
    if (uses.length === 0) return;
    const [first, ...more] = dependences(script.body);
    if (first === undefined) return;
    const at = { file, span: first.span };
    yield {
      at,
      message: `${first.what}: keepalived gives a script its own environment, that of the service, without a login and without a terminal`,
      notes: [...runNotes(uses, at), ...more.slice(0, 3).map(({ span, what }) => ({ message: what, at: { file, span } }))],
    };
  },
});

interface Dependence {
  readonly span: Span;
  readonly what: string;
}

const INTERACTIVE = /^(?:vi|vim|nano|less|more|top|htop|passwd|dialog|whiptail|select)$/u;

const dependences = (body: Parameters<typeof visit>[0]): readonly Dependence[] => {
  const found: Dependence[] = [];
  const assigned = new Set<string>();
  const homes: Span[] = [];
  visit(body, {
    command: (command) => {
      if (command.kind !== "simple") return;
      for (const { name } of command.assignments) assigned.add(name.text);
      const [head, second] = command.words;
      const name = head?.text.replace(/^.*\//u, "") ?? "";
      if (name === "export") for (const { text } of command.words) assigned.add(text.replace(/=.*$/su, ""));
      const sourced = name === "." || name === "source" ? second : undefined;
      if (sourced !== undefined && /(?:\.bashrc|\.bash_profile|\.profile)"?$/u.test(sourced.text))
        found.push({ span: command.span, what: `${sourced.text} is read, which is written for logins` });
      if (INTERACTIVE.test(name)) found.push({ span: command.span, what: `${name} wants a terminal` });
      if (name === "read" && command.redirections.length === 0 && command.words.some(({ text }) => text === "-p"))
        found.push({ span: command.span, what: "read -p asks somebody" });
    },
    word: (word) => {
      const [part] = word.parts;
      if (part?.kind === "literal" && part.value.startsWith("~/"))
        found.push({ span: word.span, what: `${word.text} is a path of whoever runs it` });
      for (const inner of word.parts.flatMap((each) => (each.kind === "double-quoted" ? each.parts : [each])))
        if (inner.kind === "parameter" && inner.name === "HOME" && inner.operator === undefined) homes.push(inner.span);
    },
  });
  if (!assigned.has("HOME")) for (const span of homes) found.push({ span, what: "$HOME is not set in most services" });
  return found.toSorted((a, b) => a.span.start - b.span.start);
};
