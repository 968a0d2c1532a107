/** The entry of the command line: one invocation, one exit status. Everything else is loaded when it is needed. */
import type { Invocation } from "./invocation.ts";
import { plainCheck } from "./plain.ts";
import { terminal } from "./terminal.ts";

const run = async (invocation: Invocation): Promise<number> => {
  switch (invocation.kind) {
    case "check":
      return (await import("./check.ts")).check(invocation, process.cwd(), terminal);
    case "completion":
      terminal.print((await import("./completion.ts")).completionScript(invocation.shell));
      return 0;
    case "doctor":
      return (await import("./doctor.ts")).doctor(invocation, process.cwd(), terminal);
    case "failover":
      return (await import("./failover.ts")).failover(invocation, process.cwd(), terminal);
    case "fmt":
      return (await import("./fmt.ts")).fmt(invocation, process.cwd(), terminal);
    case "graph":
      return (await import("./graph.ts")).graph(invocation, process.cwd(), terminal);
    case "init":
      return (await import("./init.ts")).init(invocation, process.cwd(), terminal);
    case "upgrade":
      return (await import("./upgrade.ts")).upgrade(invocation, process.cwd(), terminal);
    case "rules":
      return (await import("./rules.ts")).listRules(invocation.format, terminal);
    case "explain":
      return (await import("./explain.ts")).explain(invocation, terminal);
    case "collect":
      return (await import("./collect/collect.ts")).collect(terminal);
    case "lsp":
      return (await import("./lsp.ts")).startServer();
    case "version":
      terminal.print(`${(await import("./version.ts")).toolVersion}\n`);
      return 0;
    case "text":
      terminal.print(invocation.text);
      return 0;
    case "refused":
      terminal.complain(invocation.line);
      return 2;
  }
};

/** Sets the exit status. Not process.exit(): what was written to a pipe may still be under way. */
const main = async (words: readonly string[]): Promise<void> => {
  try {
    process.exitCode = await run(plainCheck(words) ?? (await import("./arguments/read.ts")).readArguments(words));
  } catch (error) {
    if (process.env["KALINT_DEBUG"] !== undefined) throw error;
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    terminal.complain(`${what}; this is a defect of kalint: report it with the output of the same command under KALINT_DEBUG=1`);
    process.exitCode = 3;
  }
};

void main(process.argv.slice(2));
