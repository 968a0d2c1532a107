import { targeting, type Declare, type ReadOptions } from "./options.ts";

interface InitOptions extends Pick<ReadOptions, "keepalivedVersion" | "distro"> {
  readonly stdout?: boolean;
  readonly schema?: boolean;
}

export const declareInit: Declare = (kalint, ask) => {
  targeting(
    kalint
      .command("init")
      .description("write a kalint.toml from what is found in the working directory")
      .option("--stdout", "print it instead")
      .option("--schema", "print what a kalint.toml may say as a JSON schema, for editors"),
  ).action(({ stdout, schema, keepalivedVersion: version, distro: name }: InitOptions) =>
    ask({
      kind: "init",
      output: schema === true ? "schema" : stdout === true ? "text" : "file",
      ...(name !== undefined
        ? { target: { key: "distro", value: name } }
        : version === undefined
          ? {}
          : { target: { key: "keepalived-version", value: version } }),
    }),
  );
};
