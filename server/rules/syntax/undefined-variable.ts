import type { DefinitionUse } from "../../../grammar/keepalived/expand.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import type { Site, Span } from "../../../grammar/text.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean } from "../../analysis/wording.ts";
import { commandIn } from "../../model/node/commands.ts";
import { walkItems } from "../../model/node/items.ts";
import { hasUnreadIncludes, isTemplate } from "../../model/node/lost.ts";
import type { Configuration } from "../../model/node/model.ts";
import { isShell } from "../../model/node/shell-signs.ts";

/** Looking for near names takes time; a text with more undefined names than this has no typing mistakes. */
const mostLooked = 50;

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
    const first = new Map(expansion.definitions.toReversed().map((definition) => [definition.name, definition]));
    const nearby = new Map<string, string | undefined>();
    for (const use of expansion.uses) {
      const { name, site, definition, left } = use;
      if (left !== undefined) {
        yield { at: site, message: `$${name} ${why[left]}: keepalived leaves it as it stands`, ...place(definition?.site) };
        continue;
      }
      if (definition !== undefined || shells(site)) continue;
      const later = first.get(name);
      if (later === undefined && !nearby.has(name) && nearby.size < mostLooked) nearby.set(name, nearestWord(name, first.keys()));
      const nearest = nearby.get(name);
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

/** Whether a place is in a text that a shell gets: the name is the shell's there. */
const shellCommands = ({ tree }: Configuration): ((site: Site) => boolean) => {
  const starts = new Map<string, Span[]>();
  for (const item of walkItems(tree.items)) {
    const command = commandIn(item);
    if (command?.program.value === undefined || !isShell(command.program.value)) continue;
    const { file, span } = item.site;
    const own = starts.get(file);
    if (own === undefined) starts.set(file, [span]);
    else own.push(span);
  }
  for (const own of starts.values()) own.sort((a, b) => a.start - b.start);
  return ({ file, span }) => {
    const own = starts.get(file) ?? [];
    // Commands do not overlap: only the last that begins before the place can hold it.
    let low = 0;
    let high = own.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (own[middle]!.start <= span.start) low = middle + 1;
      else high = middle;
    }
    const last = own[low - 1];
    return last !== undefined && span.end <= last.end;
  };
};
