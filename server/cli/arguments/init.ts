import { targeting, type Declare, type ReadOptions } from "./options.ts";

interface InitOptions extends Pick<ReadOptions, "keepalivedVersion" | "distro"> {
  readonly stdout?: boolean;
}

export const declareInit: Declare = (kalint, ask) => {
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
};
