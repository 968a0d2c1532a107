/** Which keepalived is meant, and who says so. */
import type { VersionSource } from "../server/lsp/custom.ts";

export const versionSaid = (version: string, source: VersionSource): string => `keepalived ${version}${sources[source]}`;

const sources: Readonly<Record<VersionSource, string>> = {
  node: " (as kalint.toml says of the node)",
  settings: " (as kalint.toml or the settings say)",
  newest: ", the newest known, as nothing states another",
};
