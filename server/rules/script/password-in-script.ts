import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { runNotes } from "../../analysis/scripts.ts";
import { secretsInScript } from "../../model/effects/secrets.ts";

export default defineRule({
  id: "password-in-script",
  summary: "A password stands in a script: in the repository, in every copy, and while it runs in the list of processes.",
  severity: "warning",
  since: "0.1.0",
  sources: ["Linux v6.1 Documentation/filesystems/proc.rst, /proc/PID/cmdline: every user may read the arguments of every process"],
  subject: "script",

  *check({ file, script, text, uses }) {
    const [first, ...more] = secretsInScript(script, text);
    if (first === undefined) return;
    const at: Site = { file, span: first.span };
    yield {
      at,
      message: `${first.what} holds a password: ${first.onCommandLine ? `whoever may list processes reads it while ${first.tool} runs, and` : "whoever may read the script or its repository has it, and"} it has to be changed in every copy`,
      notes: [
        ...more.slice(0, 3).map(({ span, what }) => ({ message: `${what} as well`, at: { file, span } })),
        { message: advice(first.tool) },
        ...runNotes(uses, at),
      ],
    };
  },
});

const advice = (tool: string): string =>
  /^(?:mysql|mariadb)/u.test(tool)
    ? "--defaults-extra-file=FILE reads it from a file that only root may read"
    : tool === "psql"
      ? "a .pgpass file, or peer authentication, needs none in the script"
      : tool === "redis-cli"
        ? "REDISCLI_AUTH from a file that only root may read keeps it out of the list of processes"
        : "a file that only root may read, mode 600, keeps it out of both";
