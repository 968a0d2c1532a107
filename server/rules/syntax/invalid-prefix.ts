import { fixWith, replaceWord } from "../../analysis/edits.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { namedValue, wrongItems, wrongValues, type WrongValue } from "../../analysis/values.ts";
import { shown } from "../../analysis/wording.ts";
import { argumentsOf } from "../../model/node/arguments.ts";
import { itemsOf, type ConfigItem } from "../../model/node/items.ts";

const kinds = ["bad-prefix", "bad-netmask", "ignored-suffix", "bad-range"] as const;

export default defineRule({
  id: "invalid-prefix",
  summary: "A prefix length or mask that cannot be, or one behind an address that takes none.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:424",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_ipaddress.c:602",
    "keepalived v2.4.3 lib/utils.c:691",
  ],
  subject: "topLevel",
  fix: "review",

  *check(block, { version }) {
    for (const item of itemsOf(block)) if (item.context?.includes("_ipaddress") === true) yield* besidePeer(item);
    for (const item of wrongItems(block, version)) yield* prefixes(item, version);
  },
});

function* prefixes(item: ConfigItem, version: Version): Generator<RuleFinding> {
  for (const wrong of wrongValues(item, version, kinds)) {
    const { check, word } = wrong;
    if (check.kind === "bad-range" && check.reason !== "bad-prefix") continue;
    const meant = check.kind === "bad-prefix" ? prefixOfMask(word.value) : undefined;
    yield {
      at: word.site,
      message:
        check.kind === "ignored-suffix"
          ? `${keywordOf(item, wrong)} takes a plain address: keepalived cuts ${check.suffix} off ${shown(word.value)} without a word`
          : `${namedValue(wrong)} ${fault(check)}${meant === undefined ? "" : `; the mask is /${meant}`}`,
      ...(check.kind === "ignored-suffix" ? { severity: "warning" as const } : {}),
      fixes:
        meant === undefined
          ? []
          : fixWith(
              `Write /${meant}, which puts the address into force`,
              "review",
              replaceWord(word, word.value.replace(/\/.*$/u, `/${meant}`)),
            ),
    };
  }
}

/** With `peer` the prefix is that of the peer: `10.0.0.1 peer 10.0.0.2/30`. */
function* besidePeer(item: ConfigItem): Generator<RuleFinding> {
  const { keyword } = item;
  const own = parseAddress(keyword.value)?.family;
  const prefix = /\/(\d+)$/u.exec(keyword.value)?.[1];
  if (own === undefined || prefix === undefined || Number(prefix) === (own === 4 ? 32 : 128)) return;
  const peer = argumentsOf(item).values.find(({ name, word }) => name.value === "peer" && parseAddress(word.value)?.family === own)?.word;
  if (peer === undefined) return;
  const counts = peer.value.includes("/") ? peer.value.replace(/^.*\//u, "/") : `/${own === 4 ? 32 : 128}`;
  yield {
    at: keyword.site,
    message: `the /${prefix} of ${shown(keyword.value)} does not count beside peer ${shown(peer.value)}: keepalived reports it and takes ${counts}`,
    severity: "warning",
    notes: [{ message: "a prefix length belongs behind the peer", at: peer.site }],
  };
}

/** The keyword that takes the address: for an entry that of its list. */
const keywordOf = ({ parent }: ConfigItem, { name, word }: Pick<WrongValue, "name" | "word">): string =>
  name.site.span.start === word.site.span.start ? (parent?.keyword.value ?? name.value) : name.value;

/** The prefix length of `10.0.0.68/255.255.255.0`. */
const prefixOfMask = (text: string): number | undefined => {
  const octets = /\/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(text)?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  const bits = octets.map((octet) => octet.toString(2).padStart(8, "0")).join("");
  return /^1+0*$/u.test(bits) ? bits.lastIndexOf("1") + 1 : undefined;
};

const fault = (check: WrongValue<Exclude<(typeof kinds)[number], "ignored-suffix">>["check"]): string => {
  switch (check.kind) {
    case "bad-prefix":
      return `has no prefix length between 0 and ${check.max}: keepalived skips the address`;
    case "bad-netmask":
      return "is no mask: a dotted IPv4 mask, or a prefix length for IPv6";
    case "bad-range":
      return "has no prefix length that fits the address: keepalived skips the entry";
  }
};
