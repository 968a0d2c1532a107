/** The pages of the rules: as they were installed with the server, or where the client says that it shows them. */
import path from "node:path";
import { openDisk } from "../host/disk.ts";
import { rules } from "../rules/index.ts";
import { uriOfPath } from "./convert.ts";

/** The URI of a rule's page; undefined when there is none. */
export type PageOf = (rule: string) => string | undefined;

/** `shown`: a URI with `RULE` in it, of a client that has the pages itself. */
export const createPages = (shown?: string): PageOf => {
  if (shown !== undefined) {
    const known = new Set(rules.map(({ id }) => id));
    return (rule) => (known.has(rule) ? shown.replace("RULE", rule) : undefined);
  }
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
