/** What the daemon would hold of a configuration, and what a script would do, without the places it is written at. */
import type { Project } from "../server/model/cluster/project.ts";
import type { Configuration } from "../server/model/node/model.ts";
import type { ConfigItem } from "../server/model/node/items.ts";

/** Where a value is written, the tree it was read from, and what says only how it is written. */
const places = new Set([
  "site",
  "at",
  "span",
  "via",
  "written",
  "literal",
  "quoted",
  "path",
  "stack",
  "open",
  "close",
  "entry",
  "parent",
  "command",
]);

const isItem = (value: object): value is ConfigItem => "keyword" in value && "args" in value;

const plain = (value: unknown, key = ""): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => plain(each));
  if (value instanceof Map) return plain([...value]);
  if (value instanceof Set) return plain([...value]);
  if (isItem(value)) return key === "item" ? undefined : words(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => typeof field !== "function" && (name === "command" ? typeof field === "object" : !places.has(name)))
      .map(([name, field]) => [name, name === "command" ? commandText(field) : plain(field, name)] as const)
      .filter(([, field]) => field !== undefined),
  );
};

const commandText = (command: unknown): unknown => (command as { readonly text?: string }).text ?? plain(command);

const words = ({ keyword, args, items }: ConfigItem): unknown => [keyword.value, ...args.map(({ value }) => value), ...items.map(words)];

const modelOf = ({
  global,
  instances,
  syncGroups,
  scripts,
  virtualServers,
  virtualServerGroups,
  staticAddresses,
}: Configuration): unknown => plain({ global, instances, syncGroups, scripts, virtualServers, virtualServerGroups, staticAddresses });

/** One line for each value of every node, sorted: "db1 instances[0].state = MASTER". */
export const meaningOf = ({ clusters }: Project): readonly string[] => {
  const lines: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) lines.push(`${name} = ${String(value)}`);
    else for (const [key, field] of Object.entries(value)) add(Array.isArray(value) ? `${name}[${key}]` : `${name}.${key}`, field);
  };
  for (const { nodes } of clusters)
    for (const { name, configuration, linkedScripts, companions } of nodes) {
      if (configuration !== undefined) add(name, modelOf(configuration));
      linkedScripts.forEach(({ resolution }, index) => {
        if (resolution.kind === "found" && resolution.script !== undefined)
          add(`${name} script[${index}]`, plain(resolution.script.effects));
      });
      for (const { file, effects } of companions) add(`${name} ${file}`, plain(effects));
    }
  return lines.toSorted();
};
