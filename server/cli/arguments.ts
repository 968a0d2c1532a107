/**
 * From the words of the command line to what is asked. Nothing is done here and nothing is printed: wrong use comes back
 * as one line.
 */
import { Command, CommanderError, Option } from "commander";
import { nearestWord } from "../../grammar/vocabulary/nearest.ts";
import { distros, type Distro } from "../../grammar/vocabulary/releases.ts";
import { parseVersion } from "../../grammar/vocabulary/version.ts";
import { severities, type Severity } from "../analysis/finding.ts";
import type { CheckRequest, FailOn, FailoverFormat, FormatName, Invocation, Output, ReadRequest } from "./invocation.ts";
import { commandNames } from "./plain.ts";

const formats: readonly FormatName[] = ["pretty", "json"];
const failoverFormats: readonly FailoverFormat[] = ["table", "json", "markdown"];
const failOns: readonly FailOn[] = ["error", "warning", "info", "never"];

/** Ends the reading of the command line; `line` is what the user sees. */
const refuse = (line: string): never => {
  throw new CommanderError(2, "kalint.refused", line);
};

const oneOf = <Name extends string>(names: readonly Name[], what: string, text: string): Name => {
  const found = names.find((name) => name === text);
  return found ?? refuse(`there is no ${what} "${text}"${suggestion(text, names)}; there are ${names.join(", ")}`);
};

const suggestion = (word: string, names: Iterable<string>): string => {
  const near = nearestWord(word, names);
  return near === undefined ? "" : `, did you mean ${near}?`;
};

const addOutput = (text: string, before: readonly Output[] = []): readonly Output[] => {
  const equals = text.indexOf("=");
  const format = oneOf(formats, "format", equals < 0 ? text : text.slice(0, equals));
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (file === "") return refuse(`--format ${text}: the name of the file is missing`);
  if (file === undefined && before.some((output) => output.file === undefined))
    return refuse("only one format can go to standard output; write the other to a file: --format json=FILE");
  return [...before, file === undefined ? { format } : { format, file }];
};

const addRule = (text: string, before: ReadonlyMap<string, Severity | "off"> = new Map()): ReadonlyMap<string, Severity | "off"> => {
  const equals = text.indexOf("=");
  if (equals < 1) return refuse(`--rule ${text}: it has the form RULE=SEVERITY or RULE=off`);
  return new Map([...before, [text.slice(0, equals), oneOf([...severities, "off"] as const, "severity", text.slice(equals + 1))]]);
};

const keepalivedVersion = (text: string): string => {
  const version = parseVersion(text);
  if (version === undefined) return refuse(`"${text}" is no version of keepalived; write it like 2.2.8`);
  return version;
};

const distroNames = Object.keys(distros) as readonly Distro[];

const distro = (text: string): Distro => oneOf(distroNames, "distribution", text);

/** Options of the commands that read configurations. */
interface ReadOptions {
  readonly keepalivedVersion?: string;
  readonly distro?: Distro;
  readonly configId?: string;
  readonly config?: string;
}

const readRequest = (paths: readonly string[], { keepalivedVersion: stated, distro: name, configId, config }: ReadOptions): ReadRequest => {
  const version = name === undefined ? stated : distros[name];
  return {
    paths,
    ...(version === undefined ? {} : { version }),
    ...(configId === undefined ? {} : { configId }),
    ...(config === undefined ? {} : { config }),
  };
};

interface InitOptions extends Pick<ReadOptions, "keepalivedVersion" | "distro"> {
  readonly stdout?: boolean;
}

interface CheckOptions extends ReadOptions {
  readonly format?: readonly Output[];
  readonly failOn?: FailOn;
  readonly rule?: ReadonlyMap<string, Severity | "off">;
  readonly stdinFilename?: string;
  readonly color?: boolean;
}

const checkRequest = (paths: readonly string[], options: CheckOptions): CheckRequest => ({
  kind: "check",
  ...readRequest(paths, options),
  outputs: options.format ?? [{ format: "pretty" }],
  failOn: options.failOn ?? "warning",
  rules: options.rule ?? new Map(),
  ...(options.stdinFilename === undefined ? {} : { stdinName: options.stdinFilename }),
  ...(options.color === undefined ? {} : { color: options.color }),
});

/** Which keepalived is meant. */
const targeting = (command: Command): Command =>
  command
    .option("--keepalived-version <VERSION>", "judge for this version of keepalived (default: the newest known)", keepalivedVersion)
    .addOption(
      new Option("--distro <NAME>", `judge for the keepalived of a distribution: ${distroNames.join(", ")}`)
        .argParser(distro)
        .conflicts("keepalivedVersion"),
    );

/** Options of the commands that read configurations. */
const reading = (command: Command): Command =>
  targeting(command)
    .option("--config <FILE>", "read this kalint.toml instead of the nearest one upward")
    .option("--config-id <ID>", "read the configurations with this id only (@id lines)", (text) =>
      text === "" ? refuse("--config-id wants a value: --config-id <ID>") : text,
    );

const colouring = (command: Command): Command =>
  command.option("--color", "colour, also where the output is no terminal").option("--no-color", "no colour");

/** The whole command line as commander sees it; `ask` gets what is asked for. */
const program = (ask: (invocation: Invocation) => void): Command => {
  const kalint = new Command("kalint")
    .description("Reads the keepalived configuration of a whole cluster and says before a failover what would go wrong in it.")
    .usage("[check] [PATH...] [options]")
    .option("--version", "print the version of kalint")
    .helpOption("-h, --help", "print this help, or that of a command")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText(
      "after",
      `\nkalint check --help lists the options of check, which kalint PATH takes too.\n\nExit status: 0 nothing found, 1 findings (see --fail-on), 2 wrong use, 3 a defect of kalint.\n`,
    );

  colouring(
    reading(
      kalint
        .command("check", { isDefault: true })
        .argument("[PATH...]", "folders and files; - is standard input; without any, the working directory")
        .description("lint configurations, grouped into nodes and clusters (what `kalint PATH` does)")
        .option("--format <FORMAT>", `${formats.join(" or ")}, or FORMAT=FILE to write to a file; can be given again`, addOutput),
    )
      .option("--fail-on <SEVERITY>", `exit with 1 from this severity on: ${failOns.join(", ")} (default: warning)`, (text) =>
        oneOf(failOns, "value of --fail-on", text),
      )
      .option("--rule <RULE=SEVERITY>", `give a rule another severity: ${severities.join(", ")}, off; can be given again`, addRule)
      .option("--stdin-filename <NAME>", "the file that standard input stands for; its peers are read from the disk"),
  ).action((paths: readonly string[], options: CheckOptions) => ask(checkRequest(paths, options)));

  kalint
    .command("rules")
    .description("list all rules")
    .option("--format <FORMAT>", "pretty or json", (text) => oneOf(formats, "format", text))
    .action(({ format }: { readonly format?: FormatName }) => ask({ kind: "rules", format: format ?? "pretty" }));

  colouring(kalint.command("explain").argument("<RULE>", "the id of a rule").description("print the page of a rule")).action(
    (rule: string, { color }: { readonly color?: boolean }) => ask({ kind: "explain", rule, ...(color === undefined ? {} : { color }) }),
  );

  reading(
    kalint
      .command("doctor")
      .argument("[PATH...]", "as for check")
      .description("print what was found: configurations, nodes, clusters, companion files, and what was left out"),
  ).action((paths: readonly string[], options: ReadOptions) => ask({ kind: "doctor", ...readRequest(paths, options) }));

  reading(
    kalint
      .command("failover")
      .argument("[PATH...]", "as for check")
      .description("what each single failure does to each virtual address: who holds it, how long nobody or several do")
      .option("--scenario <FILE>", 'play these steps instead: { "steps": [{ "do": "start" }, { "do": "crash", "node": "A" }] }')
      .option("--format <FORMAT>", failoverFormats.join(", "), (text) => oneOf(failoverFormats, "format", text)),
  ).action((paths: readonly string[], options: ReadOptions & { readonly scenario?: string; readonly format?: FailoverFormat }) =>
    ask({
      kind: "failover",
      ...readRequest(paths, options),
      format: options.format ?? "table",
      ...(options.scenario === undefined ? {} : { scenario: options.scenario }),
    }),
  );

  targeting(
    kalint
      .command("init")
      .description("write a kalint.toml from what is found in the working directory")
      .option("--stdout", "print it instead"),
  ).action(({ stdout, keepalivedVersion: version, distro: name }: InitOptions) =>
    ask({
      kind: "init",
      stdout: stdout === true,
      ...(name !== undefined
        ? { target: { key: "distro", value: name } }
        : version === undefined
          ? {}
          : { target: { key: "keepalived-version", value: version } }),
    }),
  );

  kalint
    .command("lsp")
    .description("start the language server")
    .option("--stdio", "speak over standard input and output (the only way there is)")
    .action(() => ask({ kind: "lsp" }));

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
      return `there is no command "${words[1] ?? ""}"${suggestion(words[1] ?? "", commandNames)}; there are ${commandNames.join(", ")}`;
    case "commander.missingArgument":
      return `what is to be explained? kalint explain RULE (kalint rules lists them)`;
    case "commander.optionMissingArgument":
      return `${word.split(" ")[0]} wants a value: ${word}`;
    case "commander.conflictingOption":
      return "--distro and --keepalived-version both say which version is meant; give one";
    case "commander.excessArguments":
      return `too many words; kalint --help says how it goes`;
    default:
      return error.message.replace(/^error: /u, "").replaceAll("\n", " ");
  }
};
