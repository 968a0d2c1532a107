/** Rules and settings that are loaded: iptables-restore, `nft -f`, `ipvsadm -R`, `sysctl -p`. A heredoc is read, a file only named. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation } from "./commands.ts";
import { type Document, replaced } from "./document.ts";
import { effectsOfIptablesSave } from "./iptables-save.ts";
import { ipvsadm } from "./ipvsadm.ts";
import { known } from "./known.ts";
import { linesOf, wordsOf } from "./lines.ts";
import { effectsOfNftRuleset } from "./nft-ruleset.ts";
import { hasOption, type Options, optionValue, readOptions } from "./options.ts";
import type { Effect, LoadEffect } from "./types.ts";

/** Effects of a document take the path and the setting of the command that reads it. */
const within = (call: Invocation, document: Document, effects: readonly Effect[]): readonly Effect[] =>
  effects.map((effect) => ({ ...replaced(effect, document), ...call.setting, path: call.path }));

const load = (call: Invocation, what: LoadEffect["what"], replaces: boolean, file: Argument | undefined): readonly Effect[] => {
  const from = file ?? call.inputFile;
  return [{ ...baseOf(call), kind: "load", what, replaces, ...(from === undefined ? {} : { file: argument(from) }) }];
};

const isFile = (file: Argument | undefined): file is Argument => file !== undefined && file.text !== "-" && file.text !== "/dev/stdin";

/** `iptables-restore [-n] [FILE]`: what a table held goes, unless -n. */
export const iptablesRestore: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "TMwW", long: ["table", "modprobe"] });
  const tool = call.name.startsWith("ip6") ? "ip6tables" : "iptables";
  const replaces = !hasOption(words, "-n", "--noflush");
  const [file] = words.operands;
  if (hasOption(words, "-t", "--test")) return undefined;
  if (isFile(file) || call.input === undefined) return load(call, tool, replaces, isFile(file) ? file : undefined);
  const name = tool === "ip6tables" ? "ip6tables.rules" : "rules.v4";
  const tables = [...call.input.text.matchAll(/^\*([a-z]+)/gmu)];
  const flushes = tables.map((hit): Effect => {
    const site = call.input!.siteOf(hit.index, hit.index + hit[0].length);
    return { ...baseOf(call), kind: "firewall", tool, action: "flush", table: known(hit[1]!, site), match: { other: [] } };
  });
  return [...(replaces ? flushes : []), ...within(call, call.input, effectsOfIptablesSave(call.input.text, name))];
};

export const arptablesRestore: Interpreter = (call) => load(call, "arptables", true, undefined);

/** `nft -f FILE`, `nft -f - <<EOF`. */
export const nftFile = (call: Invocation): readonly Effect[] | undefined => {
  const words: Options = readOptions(call.arguments, { valued: "fID", long: ["file", "includepath", "define"] });
  const file = optionValue(words, "-f", "--file");
  if (file === undefined || hasOption(words, "-c", "--check")) return undefined;
  if (isFile(file) || call.input === undefined) return load(call, "nft", false, isFile(file) ? file : undefined);
  return within(call, call.input, effectsOfNftRuleset(call.input.text, "nftables.conf"));
};

/** `ipvsadm -R <<EOF`: every line is the arguments of one ipvsadm. */
export const ipvsRestore = (call: Invocation): readonly Effect[] => {
  if (call.input === undefined) return load(call, "ipvs", false, undefined);
  const document = call.input;
  return linesOf(document.text).flatMap((line) => {
    const words = wordsOf(line);
    if (words.length === 0 || words[0]!.text.startsWith("#")) return [];
    const args = words.map((word) => ({ text: word.text, site: { file: "", span: { start: word.start, end: word.end } } }));
    const site = { file: "", span: { start: words[0]!.start, end: words[words.length - 1]!.end } };
    return within(
      call,
      document,
      ipvsadm({ name: "ipvsadm", written: "ipvsadm", arguments: args, site, command: args[0]!.site, path: [] }) ?? [],
    );
  });
};

/** `sysctl -p [FILE…]`, `sysctl --system`. */
export const sysctlLoad = (call: Invocation): readonly Effect[] | undefined => {
  const words = readOptions(call.arguments, { valued: "r", glued: "p", long: ["pattern"] });
  if (hasOption(words, "--system")) return load(call, "sysctl", false, undefined);
  const asked = words.options.filter(({ name }) => name === "-p" || name === "-f" || name === "--load");
  if (asked.length === 0) return undefined;
  const files = [...asked.flatMap(({ value }) => (value === undefined ? [] : [value])), ...words.operands];
  return files.length === 0 ? load(call, "sysctl", false, undefined) : files.flatMap((file) => load(call, "sysctl", false, file));
};
