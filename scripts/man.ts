/**
 * `npm run docs` writes man/kalint.1 from the declarations of the command line; with --check it only tells whether the
 * page is up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import manifest from "../package.json" with { type: "json" };
import { describedCommands, type DescribedCommand } from "../server/cli/arguments/describe.ts";

const file = "man/kalint.1";

/** Text as roff takes it: a backslash, a leading dot or quote, and hyphens that are to stay hyphens. */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^([.'])/gmu, "\\&$1");
/** `code` in bold. */
const prose = (text: string): string =>
  text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? `\\fB${roff(part)}\\fR` : roff(part)))
    .join("");

const section = (title: string, ...lines: readonly string[]): readonly string[] => [`.SH ${title}`, ...lines];
const item = (head: string, text: string): readonly string[] => [".TP", head, prose(text)];

const synopsis = ({ name, arguments: given }: DescribedCommand): string => {
  const words = given.map((each) => (each.optional ? `[\\fI${roff(each.name)}\\fR]` : `\\fI${roff(each.name)}\\fR`));
  return `\\fBkalint ${name}\\fR [options]${words.length > 0 ? ` ${words.join(" ")}` : ""}`;
};

const command = (described: DescribedCommand): readonly string[] => [
  `.SS ${synopsis(described)}`,
  prose(`${described.description.charAt(0).toUpperCase()}${described.description.slice(1)}.`),
  ...described.options.flatMap(({ name, value, description }) =>
    item(`\\fB${roff(name)}\\fR${value === undefined ? "" : ` \\fI${roff(value)}\\fR`}`, description),
  ),
];

const page = [
  `.\\" Written by npm run docs from the declarations of the command line.`,
  `.TH KALINT 1 "" "kalint ${manifest.version}" "User Commands"`,
  ...section("NAME", "kalint \\- linter for the keepalived configuration of a whole cluster"),
  ...section("SYNOPSIS", "\\fBkalint\\fR [\\fBcheck\\fR] [options] [\\fIPATH...\\fR]", ".br", "\\fBkalint\\fR \\fICOMMAND\\fR [options]"),
  ...section(
    "DESCRIPTION",
    prose(
      "kalint reads the keepalived.conf of every node, the scripts they name, and the firewall dumps, sysctl and interface files beside them. It finds out which nodes are peers, and says before a failover what would go wrong in it. It runs nothing of what it reads.",
    ),
  ),
  ...section("COMMANDS", ...describedCommands().flatMap(command)),
  ...section(
    "EXIT STATUS",
    ...item("0", "Nothing at or above the severity of `--fail-on`, which is warning by default."),
    ...item("1", "Findings."),
    ...item("2", "Wrong use, a wrong kalint.toml, or nothing to check."),
    ...item("3", "A defect of kalint: a rule crashed and was skipped."),
  ),
  ...section(
    "FILES",
    ...item(
      "\\fIkalint.toml\\fR",
      "Clusters, nodes, paths and severities of a project; looked for upward from the working directory. `kalint init` writes one.",
    ),
  ),
  ...section(
    "ENVIRONMENT",
    ...item("\\fBNO_COLOR\\fR, \\fBFORCE_COLOR\\fR", "No colour, or colour also where the output is no terminal."),
    ...item("\\fBKALINT_DEBUG\\fR", "Shows where a defect of kalint happened."),
  ),
  ...section("SEE ALSO", "\\fBkeepalived\\fR(8), \\fBkeepalived.conf\\fR(5)"),
].join("\n");

const text = `${page}\n`;
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== text) {
    console.error(`${file} is not up to date: npm run docs`);
    process.exitCode = 1;
  }
} else writeFileSync(file, text);
