/**
 * From the words of the command line to what is asked. Nothing is done here and nothing is printed: wrong use comes back
 * as one line. Every command is declared in a file of its own beside this one.
 */
import { Command, CommanderError } from "commander";
import type { Invocation } from "../invocation.ts";
import { shells } from "../invocation.ts";
import { commandNames } from "../plain.ts";
import { declareCheck } from "./check.ts";
import { declareCollect } from "./collect.ts";
import { declareCompletion } from "./completion.ts";
import { declareDoctor } from "./doctor.ts";
import { declareExplain } from "./explain.ts";
import { declareFailover } from "./failover.ts";
import { declareFmt } from "./fmt.ts";
import { declareGraph } from "./graph.ts";
import { declareInit } from "./init.ts";
import { declareLsp } from "./lsp.ts";
import { choiceOf, suggestion, type Declare } from "./options.ts";
import { declareRules } from "./rules.ts";
import { declareUpgrade } from "./upgrade.ts";

/** In the order of the help. */
const declarations: readonly Declare[] = [
  declareCheck,
  declareFailover,
  declareUpgrade,
  declareGraph,
  declareFmt,
  declareRules,
  declareExplain,
  declareInit,
  declareDoctor,
  declareCollect,
  declareCompletion,
  declareLsp,
];

/** The whole command line as commander sees it; `ask` gets what is asked for. */
export const program = (ask: (invocation: Invocation) => void): Command => {
  const kalint = new Command("kalint")
    .description("Reads the keepalived configuration of a whole cluster and says before a failover what would go wrong in it.")
    .usage("[check] [PATH...] [options]")
    .option("--version", "print the version of kalint")
    // What can stand behind an option is told in its own words.
    .configureHelp({ optionDescription: ({ description }) => description, argumentDescription: ({ description }) => description })
    .helpOption("-h, --help", "print this help, or that of a command")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText(
      "after",
      `\nkalint check --help lists the options of check, which kalint PATH takes too.\n\nExit status: 0 nothing found, 1 findings (see --fail-on), 2 wrong use,\n3 a defect of kalint.\n`,
    );

  for (const declare of declarations) declare(kalint, ask);
  for (const command of [kalint, ...kalint.commands]) command.exitOverride().showSuggestionAfterError(false).allowExcessArguments(false);
  return kalint;
};

/** Reads the words behind `kalint`. Never throws. */
export const readArguments = (words: readonly string[]): Invocation => {
  let asked: Invocation | undefined;
  let help = "";
  const kalint = program((invocation) => {
    asked = invocation;
  });
  for (const command of [kalint, ...kalint.commands])
    command.configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  if (words.includes("--version") && !words.includes("--")) return { kind: "version" };
  try {
    kalint.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "text", text: help };
    return { kind: "refused", line: refusalLine(error, kalint, words) };
  }
  if (asked === undefined) return { kind: "text", text: help };
  // `kalint --format json check FILE`: the command stands behind its options.
  if (asked.kind === "check" && words[0] !== "check") {
    const [name] = asked.paths;
    if (name !== undefined && commandNames.includes(name) && words[0] !== name) {
      const at = words.indexOf(name);
      return readArguments([name, ...words.slice(0, at), ...words.slice(at + 1)]);
    }
  }
  return asked;
};

const refusalLine = (error: CommanderError, kalint: Command, words: readonly string[]): string => {
  const [, word = ""] = /'([^']*)'/u.exec(error.message) ?? [];
  switch (error.code) {
    case "kalint.refused":
      return error.message;
    case "commander.unknownOption": {
      const named = kalint.commands.find((command) => command.name() === words[0]);
      const { options } = named ?? kalint.commands.find((command) => command.name() === "check")!;
      const names = [...options.flatMap(({ long }) => long ?? []), "--help", "--version"];
      return `${named === undefined ? "there is no option" : `kalint ${named.name()} has no option`} ${word}${suggestion(word, names)}`;
    }
    case "commander.help":
      return `there is no command "${words[1] ?? ""}"${choiceOf(words[1] ?? "", commandNames)}`;
    case "commander.missingArgument":
      return words[0] === "completion"
        ? `for which shell? kalint completion ${shells.join(", ")}`
        : `what is to be explained? kalint explain RULE (kalint rules lists them)`;
    case "commander.missingMandatoryOptionValue":
      return "which versions? kalint upgrade --from VERSION --to VERSION";
    case "commander.optionMissingArgument":
      return `${word.split(" ")[0]} wants a value: ${word}`;
    case "commander.conflictingOption":
      return "--distro and --keepalived-version both say which version is meant; give one";
    case "commander.excessArguments":
      return `too many words; kalint ${commandNames.includes(words[0] ?? "") ? `${words[0]} ` : ""}--help says how it goes`;
    default:
      return error.message.replace(/^error: /u, "").replaceAll("\n", " ");
  }
};
