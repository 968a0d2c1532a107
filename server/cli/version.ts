import manifest from "../../package.json" with { type: "json" };

/** The version of kalint itself. */
export const toolVersion = manifest.version;
