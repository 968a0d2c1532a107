import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { counted, list } from "../../analysis/wording.ts";
import { walkItems, type ConfigWord } from "../../model/node/items.ts";
import { secretIn } from "../../model/node/secrets.ts";

export default defineRule({
  id: "config-world-readable",
  summary: "A file with a password or key in it that every account of the machine may read.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1835", "measured: keepalived 2.2.7 and 2.4.3 -t read a configuration of mode 0600 as root"],
  off: true,
  subject: "node",

  *check({ configuration, readableByAll }) {
    if (configuration === undefined || readableByAll === undefined) return;
    const secrets = new Map<string, { readonly at: Site; readonly keywords: Set<string>; count: number }>();
    for (const item of walkItems(configuration.tree.items)) {
      const word = secretIn(item);
      if (word === undefined) continue;
      const at = writtenAt(word);
      const known = secrets.get(at.file);
      if (known === undefined) secrets.set(at.file, { at, keywords: new Set([item.keyword.value]), count: 1 });
      else {
        known.keywords.add(item.keyword.value);
        known.count++;
      }
    }
    for (const [file, { at, keywords, count }] of secrets) {
      const mode = readableByAll.get(file);
      if (mode === undefined) continue;
      yield {
        at,
        message: `every account of this machine may read ${list([...keywords])}: the file has mode ${octal(mode)}, and keepalived needs no more than 0600`,
        notes: count === 1 ? [] : [{ message: `${counted(count - 1, "more secret")} in this file` }],
      };
    }
  },
});

/** The secret itself lies where a definition is written, not where it is used. */
const writtenAt = ({ site }: ConfigWord): Site => (site.via?.kind === "definition" ? site.via.site : site) ?? site;

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, "0");
