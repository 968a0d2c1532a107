import { defineRule } from "../../analysis/rule.ts";
import { mayBeRoot, runNotes } from "../../analysis/scripts.ts";
import { valueOf } from "../../model/effects/known.ts";
import type { Effect, FileEffect } from "../../model/effects/types.ts";

export default defineRule({
  id: "predictable-tmp-file",
  summary: "A script of root writes a file of a fixed name in /tmp: whoever makes it first decides what happens.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "Linux v6.1 Documentation/admin-guide/sysctl/fs.rst, protected_regular and protected_symlinks",
    "keepalived v2.4.3 lib/notify.c:1105",
  ],
  subject: "linkedScript",

  *check(linked, { node }) {
    if (!mayBeRoot(node, linked)) return;
    const told = new Set<string>();
    for (const effect of linked.effects.effects) {
      if (!writes(effect)) continue;
      const path = valueOf(effect.file);
      const at = effect.file.site;
      if (path === undefined || !/^\/(?:var\/)?tmp\/[^/]+$/u.test(path) || told.has(path)) continue;
      told.add(path);
      yield {
        at,
        message: `root writes ${path}: another user who makes that file first stops the script (Permission denied), or, as a link on an old kernel, chooses what root overwrites`,
        notes: [...runNotes([linked], at), { message: "files of a service belong in /run or /var/log; mktemp makes a new name" }],
      };
    }
  },
});

const writes = (effect: Effect): effect is FileEffect =>
  effect.kind === "file" && (effect.action === "write" || effect.action === "append") && effect.user === undefined;
