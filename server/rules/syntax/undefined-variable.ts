import type { DefinitionUse } from "../../../grammar/keepalived/expand.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { Site } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean } from "../../analysis/wording.ts";
import { commandIn } from "../../model/node/commands.ts";
import { walkItems } from "../../model/node/items.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";
import type { Configuration } from "../../model/node/model.ts";
import { isShell } from "../../model/node/shell-signs.ts";

export default defineRule({
  id: "undefined-variable",
  summary: "`$NAME` that nothing before it defines: keepalived says nothing and reads the text as it stands.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 lib/parser.c:1885", "keepalived v2.4.3 lib/parser.c:2020"],
  subject: "configuration",

  *check(configuration) {
    const { expansion } = configuration;
    if (expansion.uses.length === 0 || isTemplate(configuration) || hasUnreadIncludes(configuration)) return;
    const shells = shellCommands(configuration);
    const names = new Set(expansion.definitions.map(({ name }) => name));
    for (const use of expansion.uses) {
      const { name, site, definition, left } = use;
      if (left !== undefined) {
        yield { at: site, message: `$${name} ${why[left]}: keepalived leaves it as it stands`, ...place(definition?.site) };
        continue;
      }
      if (definition !== undefined || shells.some((shell) => isWithin(site, shell))) continue;
      const later = expansion.definitions.find((other) => other.name === name);
      const nearest = later === undefined ? nearestWord(name, names) : undefined;
      yield {
        at: site,
        message:
          `$${name} is not defined ${later === undefined ? "" : "before this line"}`.trimEnd() +
          `: ${effect(use)}${didYouMean(nearest === undefined ? undefined : `$${nearest}`)}`,
        notes: later === undefined ? [] : [{ message: `$${name} is defined here, below its use`, at: later.site }],
      };
    }
  },
});

const why = {
  "multi-line": "has several lines and does not stand at the end of its line",
  parameters: "takes no parameters",
} as const;

const place = (at: Site | undefined): { readonly notes?: readonly { readonly message: string; readonly at: Site }[] } =>
  at === undefined ? {} : { notes: [{ message: "it is defined here", at }] };

/** With or without braces, as the length tells: `$NAME` is its name and the sign. */
const effect = ({ name, site: { span } }: DefinitionUse): string =>
  span.end - span.start > name.length + 1 ? "keepalived takes its braces for those of a block" : "keepalived reads the name as it stands";

/** Text that a shell gets: the name is the shell's there. */
const shellCommands = ({ tree }: Configuration): readonly Site[] => {
  const found: Site[] = [];
  for (const item of walkItems(tree.items)) {
    const command = commandIn(item);
    if (command?.program.value !== undefined && isShell(command.program.value)) found.push(item.site);
  }
  return found;
};

const isWithin = (site: Site, { file, span }: Site): boolean =>
  site.file === file && span.start <= site.span.start && site.span.end <= span.end;
