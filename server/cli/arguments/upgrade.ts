import { choice, colouring, keepalivedVersion, type Declare } from "./options.ts";

const formats = ["pretty", "json"] as const;

interface UpgradeOptions {
  readonly from: string;
  readonly to: string;
  readonly format?: (typeof formats)[number];
  readonly config?: string;
  readonly color?: boolean;
}

export const declareUpgrade: Declare = (kalint, ask) => {
  colouring(
    kalint
      .command("upgrade")
      .argument("[PATH...]", "as for check")
      .description("what changes for a configuration between two versions of keepalived: what one brings and the other does not")
      .requiredOption("--from <VERSION>", "the version that runs", keepalivedVersion)
      .requiredOption("--to <VERSION>", "the version that is to run", keepalivedVersion)
      .option("--config <FILE>", "read this kalint.toml instead of the nearest one upward")
      .addOption(choice("--format <FORMAT>", `${formats.join(", ")} (default: pretty)`, formats, "format")),
  ).action((paths: readonly string[], { from, to, format, config, color }: UpgradeOptions) =>
    ask({
      kind: "upgrade",
      paths,
      from,
      to,
      format: format ?? "pretty",
      ...(config === undefined ? {} : { config }),
      ...(color === undefined ? {} : { color }),
    }),
  );
};
