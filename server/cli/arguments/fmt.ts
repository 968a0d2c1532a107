import { choice, reading, readRequest, type Declare, type ReadOptions } from "./options.ts";

const indents = ["2", "3", "4", "8", "tab"] as const;

interface FmtOptions extends ReadOptions {
  readonly check?: boolean;
  readonly indent?: (typeof indents)[number];
}

export const declareFmt: Declare = (kalint, ask) => {
  reading(
    kalint
      .command("fmt")
      .argument("[PATH...]", "folders and files; - formats standard input to standard output")
      .description("format configurations; nothing that keepalived reads changes")
      .option("--check", "write nothing; say which files are not formatted and exit with 1")
      .addOption(
        choice("--indent <STEP>", `blanks for one step of indentation, or tab: ${indents.join(", ")} (default: 4)`, indents, "indentation"),
      ),
  ).action((paths: readonly string[], { check, indent = "4", ...options }: FmtOptions) =>
    ask({
      kind: "fmt",
      ...readRequest(paths, options),
      check: check === true,
      indent: indent === "tab" ? "\t" : " ".repeat(Number(indent)),
    }),
  );
};
