/**
 * Names of a configuration in the scripts that get them from the daemon: `notify` passes the name of its instance or group, and
 * scripts ask for it. Only words that something is compared with: the same letters elsewhere may be a service or a file.
 */
import type { Command, Word } from "../../grammar/shell/tree.ts";
import type { Site } from "../../grammar/text.ts";
import type { SymbolKind } from "../../grammar/vocabulary/types.ts";
import type { NodeModel } from "../model/cluster/model.ts";
import { visit } from "../model/effects/walk.ts";
import type { ConfigItem } from "../model/node/items.ts";
import { remembered } from "../model/node/remembered.ts";

export interface ScriptName {
  readonly symbol: SymbolKind;
  readonly name: string;
  readonly site: Site;
  /** The block that has the name. */
  readonly item: ConfigItem;
}

export const scriptNames = remembered(({ linkedScripts }: NodeModel): readonly ScriptName[] => {
  const found = new Map<string, ScriptName>();
  for (const { command, passed, resolution } of linkedScripts) {
    const item = command.item.parent;
    const symbol = item === undefined ? undefined : kinds[item.keyword.value];
    const name = item?.args[0]?.value;
    if (item === undefined || symbol === undefined || name === undefined || !passed.includes(name)) continue;
    if (resolution.kind !== "found" || resolution.script === undefined) continue;
    const { file, script } = resolution.script;
    visit(script.body, {
      word: () => undefined,
      command: (each) => {
        for (const word of compared(each))
          if (textOf(word) === name)
            found.set(`${symbol} ${word.span.start} ${file}`, { symbol, name, site: { file, span: word.span }, item });
      },
    });
  }
  return [...found.values()];
});

const kinds: Readonly<Record<string, SymbolKind>> = { vrrp_instance: "instance", vrrp_sync_group: "syncGroup" };

/** The patterns of a `case`, and both sides of an `=` in a test. */
const compared = (command: Command): readonly Word[] => {
  if (command.kind === "case") return command.arms.flatMap(({ patterns }) => patterns);
  const words =
    command.kind === "test" || (command.kind === "simple" && /^(?:\[|test)$/u.test(command.words[0]?.text ?? "")) ? command.words : [];
  return words.filter((_, index) => isEquality(words[index - 1]) || isEquality(words[index + 1]));
};

const isEquality = (word: Word | undefined): boolean => word !== undefined && /^(?:=|==|!=)$/u.test(word.text);

/** Undefined where something in it is replaced or matches more than itself. */
const textOf = ({ parts }: Word): string | undefined => {
  const texts = parts
    .flatMap((part) => (part.kind === "double-quoted" ? part.parts : [part]))
    .map((part) => (part.kind === "literal" || part.kind === "single-quoted" ? part.value : undefined));
  return texts.includes(undefined) ? undefined : texts.join("");
};
