import { lineIndex, positionAt, type Site } from "../../../grammar/text.ts";
import { onOnePath, valueOf } from "../../model/effects/known.ts";
import type { AddressEffect, Effect, RoundStep } from "../../model/effects/types.ts";
import { addressOf } from "../../model/cluster/facts.ts";
import type { Fix, Note } from "../../analysis/finding.ts";
import type { ScriptSubject } from "../../analysis/rule.ts";
import { defineRule } from "../../analysis/rule.ts";

export default defineRule({
  id: "interface-alias-reused",
  summary: "A script gives one alias several addresses: each takes the place of the one before, and only the last is bound.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "measured: after `ifconfig lo:0 A` and `ifconfig lo:0 B` only B is on lo; two `ip addr add … label lo:0` keep both",
    "Linux net/ipv4/devinet.c",
  ],
  subject: "script",
  fix: "review",

  *check(script) {
    const { effects } = script.effects;
    const lost = new Map<AddressEffect, AddressEffect[]>();
    for (const [index, effect] of effects.entries()) {
      if (!replaces(effect)) continue;
      const next = effects.slice(index + 1).find((later) => isSameAlias(effect, later) && onOnePath(effect, later));
      if (next !== undefined && replaces(next) && addressOf(next) !== addressOf(effect))
        lost.set(next, [...(lost.get(next) ?? []), effect]);
    }
    // The rounds of a loop are one command: told once, with all it loses.
    const places = new Map<number, { last: AddressEffect; gone: AddressEffect[] }>();
    for (const [last, gone] of lost) {
      const place = places.get(last.site.span.start);
      places.set(last.site.span.start, { last, gone: [...(place?.gone ?? []), ...gone] });
    }
    for (const { last, gone } of places.values()) {
      const alias = valueOf(last.label) ?? valueOf(last.device)!;
      const loop = roundOf(last, gone[0]!);
      const addresses = [...new Set(gone.map(addressOf))].filter((address) => address !== addressOf(last));
      yield {
        at: last.site,
        message:
          loop === undefined
            ? `${alias} already has ${addresses.join(", ")}: ${addressOf(last)} takes its place`
            : `every round gives ${alias} another address: ${addressOf(last)} stays, ${addresses.join(", ")} ${addresses.length === 1 ? "is" : "are"} not bound`,
        notes: [
          ...(loop === undefined
            ? [{ message: `${alias} gets ${addressOf(gone[0]!)} here`, at: gone[0]!.site }]
            : [{ message: "the loop", at: headOf(script, loop.site) }]),
          ...takenDown(effects, last),
        ],
        fixes: loop === undefined ? anotherAlias(script, last) : countedAlias(script, last, loop),
      };
    }
  },
});

const replaces = (effect: Effect): effect is AddressEffect =>
  effect.kind === "address" && effect.action === "bind" && effect.replaces && isAlias(nameOf(effect)) && addressOf(effect) !== undefined;

/** A device itself gets a new address on purpose; an alias is one of many. lo has none of its own to give. */
const isAlias = (name: string | undefined): boolean => name !== undefined && (name.includes(":") || name === "lo");

/** Whether an effect gives the alias another address or takes its address away: what is lost then is lost on purpose. */
const isSameAlias = (of: AddressEffect, other: Effect): other is AddressEffect =>
  other.kind === "address" && nameOf(other) === nameOf(of) && (other.action === "unbind" || other.replaces);

const nameOf = ({ label, device }: AddressEffect): string | undefined => (label === undefined ? valueOf(device) : valueOf(label));

/** The innermost loop of which the two are different rounds of one command. */
const roundOf = (last: AddressEffect, first: AddressEffect): RoundStep | undefined =>
  last.site.span.start !== first.site.span.start
    ? undefined
    : last.path.findLast(
        (step): step is RoundStep =>
          step.kind === "round" &&
          first.path.some(
            (other) => other.kind === "round" && other.site.span.start === step.site.span.start && other.round !== step.round,
          ),
      );

const headOf = ({ text }: ScriptSubject, loop: Site): Site => {
  const end = text.indexOf("\n", loop.span.start);
  return { ...loop, span: { start: loop.span.start, end: end < 0 || end > loop.span.end ? loop.span.end : end } };
};

/** `ifconfig lo:0 down` takes down one address: with several aliases the stop branch has to know them all. */
const takenDown = (effects: readonly Effect[], last: AddressEffect): readonly Note[] => {
  const down = effects.find(
    (effect): effect is AddressEffect =>
      effect.kind === "address" && effect.action === "unbind" && effect.address === undefined && nameOf(effect) === nameOf(last),
  );
  return down === undefined
    ? []
    : [{ message: "this takes down one alias only: with one for each address all of them have to be named", at: down.site }];
};

/** `lo:$n` with a counter around the command; only where the alias is written as such and the command is a line of its own. */
const countedAlias = ({ file, text }: ScriptSubject, last: AddressEffect, loop: RoundStep): readonly Fix[] => {
  const label = literalLabel(text, last);
  if (label === undefined) return [];
  const behind = /^[ \t]*(?<next>;|\r?\n|#|$)/u.exec(text.slice(last.site.span.end, last.site.span.end + 200))?.groups?.["next"];
  if (behind === undefined) return [];
  const name =
    ["n", "alias", "number"].find((candidate) => !new RegExp(`(?:^|[\\s;])${candidate}=|\\$\\{?${candidate}\\b`, "u").test(text)) ??
    "alias_number";
  const lines = lineIndex(text);
  const lineStart = (offset: number): number => lines[positionAt(lines, offset).line - 1]!;
  const before = text.slice(lineStart(loop.site.span.start), loop.site.span.start);
  const indent = text.slice(lineStart(last.site.span.start), last.site.span.start);
  const insert = (offset: number, replacement: string) => ({ at: { file, span: { start: offset, end: offset } }, replacement });
  const ownLine = behind !== ";" && indent.trim() === "";
  return [
    {
      title: `Count the aliases: ${label.device}:$${name}`,
      safety: "review",
      edits: [
        insert(loop.site.span.start, before.trim() === "" ? `${name}=0\n${before}` : `${name}=0; `),
        { at: label.site, replacement: `${label.device}:$${name}` },
        insert(last.site.span.end, ownLine ? `\n${indent}${name}=$((${name} + 1))` : `; ${name}=$((${name} + 1))`),
      ],
    },
  ];
};

/** The next number that no alias of the script has. */
const anotherAlias = ({ text }: ScriptSubject, last: AddressEffect): readonly Fix[] => {
  const label = literalLabel(text, last);
  if (label === undefined) return [];
  for (let number = 0; number < 100; number++) {
    const name = `${label.device}:${number}`;
    if (new RegExp(`(?<![\\w.-])${name.replace(/\./gu, "\\.")}(?!\\d)`, "u").test(text)) continue;
    return [{ title: `Give it an alias of its own: ${name}`, safety: "review", edits: [{ at: label.site, replacement: name }] }];
  }
  return [];
};

const literalLabel = (text: string, { label }: AddressEffect): { readonly site: Site; readonly device: string } | undefined => {
  if (label?.kind !== "known" || text.slice(label.site.span.start, label.site.span.end) !== label.value) return undefined;
  return /^[\w.-]+:\d+$/u.test(label.value) ? { site: label.site, device: label.value.split(":")[0]! } : undefined;
};
