import path from "node:path";
import { Option } from "commander";
import { severities, type Severity } from "../../analysis/finding.ts";
import type { Changes, CheckRequest, FailOn, FormatName, Output } from "../invocation.ts";
import {
  choice,
  colouring,
  oneOf,
  outputOf,
  reading,
  readRequest,
  refuse,
  type Declare,
  type ReadOptions,
  withChoices,
} from "./options.ts";

const formats: readonly FormatName[] = ["pretty", "json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson", "gcc"];
const failOns: readonly FailOn[] = ["error", "warning", "info", "never"];

const addOutput = (text: string, before: readonly Output[] = []): readonly Output[] => {
  const output = outputOf(formats, text);
  if (output.file === undefined && before.some(({ file }) => file === undefined))
    return refuse(`only one format can go to standard output; write the other to a file: --format ${output.format}=FILE`);
  const other = before.find(
    ({ file }) => file !== undefined && output.file !== undefined && path.normalize(file) === path.normalize(output.file),
  );
  if (other !== undefined) return refuse(`--format ${text}: the ${other.format} report goes to that file already`);
  return [...before, output];
};

const addRule = (text: string, before: ReadonlyMap<string, Severity | "off"> = new Map()): ReadonlyMap<string, Severity | "off"> => {
  const equals = text.indexOf("=");
  if (equals < 1) return refuse(`--rule ${text}: it has the form RULE=SEVERITY or RULE=off`);
  return new Map([...before, [text.slice(0, equals), oneOf([...severities, "off"] as const, "severity", text.slice(equals + 1))]]);
};

interface CheckOptions extends ReadOptions {
  readonly format?: readonly Output[];
  readonly failOn?: FailOn;
  readonly rule?: ReadonlyMap<string, Severity | "off">;
  readonly stdinFilename?: string;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly color?: boolean;
  readonly fix?: true;
  readonly fixReview?: true;
  readonly diff?: true;
  readonly addIgnore?: true;
  readonly reason?: string;
}

/** --diff alone shows what --fix would do. */
const changesOf = ({ fix, fixReview, diff, addIgnore, reason }: CheckOptions): Changes | undefined => {
  if (reason !== undefined && addIgnore === undefined) return refuse("--reason goes with --add-ignore");
  if (reason !== undefined && (/[\r\n]/u.test(reason) || reason.trim() === "")) return refuse("--reason wants one line of text");
  if (fix === undefined && fixReview === undefined && diff === undefined && addIgnore === undefined) return undefined;
  return {
    fix: fixReview === true ? "review" : fix === true || addIgnore === undefined ? "safe" : "none",
    diff: diff === true,
    ...(addIgnore === undefined ? {} : { ignore: reason?.trim() ?? "TODO" }),
  };
};

const checkRequest = (paths: readonly string[], options: CheckOptions): CheckRequest => {
  if (options.updateBaseline === true && options.baseline === undefined)
    return refuse("--update-baseline wants to know which: --baseline <FILE>");
  const changes = changesOf(options);
  if (changes?.diff === true && (options.format !== undefined || options.updateBaseline === true))
    return refuse("--diff prints a diff and nothing else; leave out --format and --update-baseline");
  return {
    kind: "check",
    ...readRequest(paths, options),
    outputs: options.format ?? [{ format: "pretty" }],
    failOn: options.failOn ?? "warning",
    rules: options.rule ?? new Map(),
    ...(options.stdinFilename === undefined ? {} : { stdinName: options.stdinFilename }),
    ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
    ...(options.updateBaseline === undefined ? {} : { updateBaseline: options.updateBaseline }),
    ...(options.color === undefined ? {} : { color: options.color }),
    ...(changes === undefined ? {} : { changes }),
  };
};

export const declareCheck: Declare = (kalint, ask) => {
  colouring(
    reading(
      kalint
        .command("check", { isDefault: true })
        .argument("[PATH...]", "folders and files; - is standard input; without any, the working directory")
        .description("lint configurations, grouped into nodes and clusters (what `kalint PATH` does)")
        .addOption(
          withChoices(
            new Option(
              "--format <FORMAT>",
              `${formats.join(", ")} (default: pretty), or FORMAT=FILE to write to a file; can be given again`,
            ),
            formats,
          ).argParser(addOutput),
        ),
    )
      .addOption(
        choice(
          "--fail-on <SEVERITY>",
          `exit with 1 from this severity on: ${failOns.join(", ")} (default: warning)`,
          failOns,
          "value of --fail-on",
        ),
      )
      .option(
        "--rule <RULE=SEVERITY>",
        `give a rule or a group of rules another severity: ${severities.join(", ")}, off; can be given again`,
        addRule,
      )
      .option("--fix", "apply the fixes that change nothing keepalived does")
      .option("--fix-review", "apply all fixes, also those that change what keepalived does: look at the result")
      .option("--diff", "write nothing; print what --fix (or --fix-review, --add-ignore) would change and exit with 1 when it would")
      .option("--add-ignore", "write a kalint-ignore comment for what is found at or above --fail-on")
      .option("--reason <TEXT>", "the reason that the comments of --add-ignore give (default: TODO)")
      .option("--baseline <FILE>", "leave out the findings that stand in this file")
      .option("--update-baseline", "write what is found now to the file of --baseline")
      .option("--stdin-filename <NAME>", "the file that standard input stands for; its peers are read from the disk"),
  ).action((paths: readonly string[], options: CheckOptions) => ask(checkRequest(paths, options)));
};
