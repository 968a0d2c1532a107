import { fixWith } from "../../analysis/edits.ts";
import type { Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { list, shown } from "../../analysis/wording.ts";
import type { Include } from "../../../grammar/keepalived/expand.ts";

export default defineRule({
  id: "include-catches-backup",
  summary: "An include pattern that also reads copies which an editor or a package manager left behind.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1781"],
  subject: "configuration",
  fix: "review",

  *check({ expansion: { includes } }) {
    for (const include of includes) {
      const { variant, pattern, site, matches } = include;
      const copies = matches.wildcard ? matches.files.map(nameOf).filter((name) => isCopy(name)) : [];
      if (copies.length === 0) continue;
      yield {
        at: site,
        message: `${variant} ${shown(pattern)} reads ${list(copies.map(shown), "and", 4)} as well, which ${copies.length === 1 ? "looks like a copy" : "look like copies"} left behind`,
        fixes: narrowed(include),
      };
    }
  },
});

const nameOf = (file: string): string => file.slice(file.lastIndexOf("/") + 1);

/** Names that editors, package managers and people give to what is not meant to be read. A glob finds no name that begins with a dot. */
const isCopy = (name: string): boolean =>
  /(?:~|\.(?:bak|backup|orig|old|save|saved|swp|swo|tmp|rej|dist|disabled|off|rpm(?:new|save|orig)|dpkg-(?:old|new|dist|bak|tmp)|ucf-(?:old|new|dist)|pacnew|pacsave))(?:[-.\d]*)$|^#.*#$/iu.test(
    name,
  );

/** `conf.d/*` as `conf.d/*.conf`, when everything else that it finds has that ending. */
const narrowed = ({ pattern, site, matches }: Include): readonly Fix[] => {
  const others = matches.files.map(nameOf).filter((name) => !isCopy(name));
  const plain = site.via === undefined && site.span.end - site.span.start === pattern.length;
  if (!plain || !pattern.endsWith("/*") || others.length === 0 || !others.every((name) => name.endsWith(".conf"))) return [];
  return fixWith("Read *.conf only", "review", [{ at: site, replacement: `${pattern}.conf` }]);
};
