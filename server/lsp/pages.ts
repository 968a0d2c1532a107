/** The pages of the rules, as they were installed with the server. */
import path from "node:path";
import { openDisk } from "../host/disk.ts";
import { uriOfPath } from "./convert.ts";

/** The URI of a rule's page; undefined when it is not there. */
export type PageOf = (rule: string) => string | undefined;

export const createPages = (): PageOf => {
  // The built server is dist/server.cjs of its package.
  const root = path.dirname(import.meta.dirname);
  const disk = openDisk({ cwd: root, allow: [] });
  const known = new Map<string, string | undefined>();
  return (rule) => {
    if (!known.has(rule)) {
      const page = `docs/rules/${rule}.md`;
      known.set(rule, disk.kind(page) === "file" ? uriOfPath(path.join(root, page)) : undefined);
    }
    return known.get(rule);
  };
};
