/** Conditions that ask the host something: whether it holds an address, whether a process runs, whether a file is there. */
import type { Command, Statement, Word } from "../../../grammar/shell/tree.ts";
import { type Argument, argument, read } from "./commands.ts";
import { readOptions } from "./options.ts";
import type { Guard, Known } from "./types.ts";

type Reading = (word: Word) => Argument;

export type Asked = Guard & { readonly holds: boolean };

/** The question a condition asks; `holds` is whether its success means yes. */
export const guardOf = (condition: readonly Statement[], reading: Reading): Asked | undefined => {
  const command = condition[condition.length - 1]?.command;
  return command === undefined ? undefined : askedBy(command, reading, 0);
};

export const askedBy = (command: Command, reading: Reading, depth: number): Asked | undefined => {
  if (depth > 4) return undefined;
  if (command.kind === "pipeline") {
    const [only] = command.commands;
    const asked = command.commands.length === 1 ? askedBy(only!, reading, depth + 1) : piped(command.commands, reading);
    return asked === undefined ? undefined : { ...asked, holds: asked.holds !== command.negated };
  }
  if (command.kind !== "simple" && command.kind !== "test") return undefined;
  if (command.kind === "test") return tested(command.words, reading, depth);
  const [head, ...rest] = command.words;
  const name = head?.text.replace(/^.*\//u, "");
  if (name === "[") return tested(rest.slice(0, -1), reading, depth);
  if (name === "test") return tested(rest, reading, depth);
  const process = askedProcess(name, rest.map(reading));
  return process === undefined ? undefined : { kind: "process", process, holds: true };
};

const askedProcess = (name: string | undefined, words: readonly Argument[]): Known<string> | undefined => {
  const { operands } = readOptions(words, { valued: "oSdgGPstuU" });
  const [first, second] = operands;
  switch (name) {
    case "pidof":
    case "pgrep":
      return first === undefined ? undefined : argument(first);
    case "killall":
    case "pkill":
      return words.some(({ text }) => text === "-0") && first !== undefined ? argument(first) : undefined;
    case "systemctl":
      return (first?.text === "is-active" || first?.text === "status") && second !== undefined ? unit(second) : undefined;
    case "service":
    case "rc-service":
      return second?.text === "status" && first !== undefined ? unit(first) : undefined;
    default:
      return undefined;
  }
};

const unit = (word: Argument): Known<string> => read(word, (text) => text.replace(/\.service$/u, ""));

/** `ip addr | grep VIP`, `ps | grep NAME`, `ss -lnt | grep …` (which says nothing of either). */
const piped = (commands: readonly Command[], reading: Reading): Asked | undefined => {
  const words = commands.map((command) => (command.kind === "simple" ? command.words : []));
  const first = words[0]!.map(({ text }) => text.replace(/^.*\//u, ""));
  const greps = words.slice(1).filter((list) => /^[ef]?grep$/u.test(list[0]?.text.replace(/^.*\//u, "") ?? ""));
  const pattern = greps.map((list) => patternOf(list.slice(1).map(reading))).find((found) => found !== undefined);
  if (pattern === undefined) return undefined;
  const showsAddresses =
    first[0] === "ifconfig" ||
    first[0] === "hostname" ||
    (first[0] === "ip" && first.slice(1).some((word) => /^a(?:d(?:d(?:r(?:ess)?)?)?)?$/u.test(word)));
  if (showsAddresses) {
    const address = read(pattern, addressIn);
    return address.kind === "known" || pattern.text === undefined ? { kind: "address", address, holds: true } : undefined;
  }
  return first[0] === "ps"
    ? { kind: "process", process: read(pattern, (text) => text.replace(/^\^|[[\]]/gu, "")), holds: true }
    : undefined;
};

/** What a grep looks for; undefined for one that takes lines away. */
const patternOf = (words: readonly Argument[]): Argument | undefined => {
  const { operands, options } = readOptions(words, { valued: "eABCmf" });
  if (options.some(({ name }) => name === "-v" || name === "--invert-match" || name === "-L")) return undefined;
  return options.findLast(({ name, value }) => name === "-e" && value !== undefined)?.value ?? operands[0];
};

const addressIn = (pattern: string): string | undefined => {
  const plain = pattern
    .replace(/\\\./gu, ".")
    .replace(/\\[bs<>]|^\^|\$$|^(?:inet6?|addr:?)\s+|["' ]/gu, "")
    .replace(/\/[0-9]+$|\/$/u, "");
  return /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)$/u.test(plain) ? plain : undefined;
};

/** `[ -f FILE ]`, `[ -n "$(ip addr | grep VIP)" ]`, `[ -z "$(pidof NAME)" ]`, `[ $(… | wc -l) -eq 0 ]` */
const tested = (words: readonly Word[], reading: Reading, depth: number): Asked | undefined => {
  if (words[0]?.text === "!") {
    const asked = tested(words.slice(1), reading, depth + 1);
    return asked === undefined ? undefined : { ...asked, holds: !asked.holds };
  }
  const [operator, operand] = words;
  if (words.length === 2 && operand !== undefined) {
    if (/^-[edfrsxwLhS]$/u.test(operator!.text)) return { kind: "file", path: argument(reading(operand)), holds: true };
    if (operator!.text !== "-n" && operator!.text !== "-z") return undefined;
    const asked = substituted(operand, reading, depth);
    return asked === undefined ? undefined : { ...asked, holds: asked.holds === (operator!.text === "-n") };
  }
  if (words.length === 1) return substituted(operator!, reading, depth);
  if (words.length === 3) {
    const [count, comparison, number] = words.map(({ text }) => text.replace(/^["']|["']$/gu, ""));
    if (count?.includes("wc -l") !== true && count?.includes("grep -c") !== true) return undefined;
    const asked = substituted(words[0]!, reading, depth);
    const none = (number === "0" && /^(?:-eq|-le|==?)$/u.test(comparison!)) || (number === "1" && comparison === "-lt");
    const some = (number === "0" && /^(?:-ne|-gt|!=)$/u.test(comparison!)) || (number === "1" && comparison === "-ge");
    return asked === undefined || (!none && !some) ? undefined : { ...asked, holds: asked.holds === some };
  }
  return undefined;
};

/** Whether anything comes out of the command in `$( … )`. */
const substituted = (word: Word, reading: Reading, depth: number): Asked | undefined => {
  const outer = word.parts.length === 1 ? word.parts[0] : undefined;
  const part = outer?.kind === "double-quoted" && outer.parts.length === 1 ? outer.parts[0] : outer;
  if (part?.kind !== "command-substitution" || part.body.length !== 1) return undefined;
  const { command } = part.body[0]!;
  if (command.kind === "pipeline" && command.commands.length > 2) {
    const last = command.commands[command.commands.length - 1]!;
    if (last.kind === "simple" && /^(?:wc|awk|head|tail|cut)$/u.test(last.words[0]?.text ?? ""))
      return askedBy({ ...command, commands: command.commands.slice(0, -1) }, reading, depth + 1);
  }
  if (command.kind === "pipeline" && command.commands.length === 2) {
    const [first, last] = command.commands;
    const lists = first!.kind === "simple" ? first.words.map(({ text }) => text) : [];
    // `ps -C NAME --no-header | wc -l`
    const at = lists.indexOf("-C");
    if (
      lists[0] === "ps" &&
      at > 0 &&
      last!.kind === "simple" &&
      last.words[0]?.text === "wc" &&
      first!.kind === "simple" &&
      first.words[at + 1] !== undefined
    )
      return { kind: "process", process: argument(reading(first.words[at + 1]!)), holds: true };
  }
  return askedBy(command, reading, depth + 1);
};
