import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import type { Effect } from "../../model/effects/types.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import type { Command } from "../../model/node/command.ts";
import { lacks } from "../../model/node/lost.ts";
import { linkedAt } from "../../model/cluster/facts.ts";

export default defineRule({
  id: "quorum-up-without-down",
  summary: "`quorum_up` adds an address or a route, and no `quorum_down` takes it away.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:890"],
  subject: "virtualServer",

  *check({ quorumUp, item }, { node }) {
    if (quorumUp === undefined || node.configuration === undefined || !lacks(node.configuration, item, "quorum_down")) return;
    const added = addedBy(quorumUp, node);
    if (added === undefined) return;
    yield {
      at: quorumUp.item.keyword.site,
      message: `quorum_up of ${blockTitle(item)} adds ${added}, and without quorum_down it stays when all servers are down`,
      notes: [{ message: `what it runs: ${shown(quorumUp.text)}`, at: quorumUp.site }],
    };
  },
});

/** "an address" or "a route", when the command or its script is known to add one. */
const addedBy = (command: Command, node: NodeModel): string | undefined => {
  const words = [command.program, ...command.arguments].map(({ value }) => value ?? "");
  const name = words[0]?.slice(words[0].lastIndexOf("/") + 1);
  const options = words.slice(1).filter((word) => !word.startsWith("-"));
  if (name === "ip" && options[1] !== undefined && /^(?:add|a|replace|append|change)$/u.test(options[1])) {
    if (/^a(?:ddr(?:ess)?)?$/u.test(options[0]!)) return "an address";
    if (/^r(?:o(?:ute)?)?$/u.test(options[0]!)) return "a route";
  }
  if (name === "route" && options[0] === "add") return "a route";
  const linked = linkedAt(node, command.item);
  const effects = linked?.resolution.kind === "found" ? (linked.resolution.script?.effects.effects ?? []) : [];
  return describe(effects);
};

const describe = (effects: readonly Effect[]): string | undefined => {
  const bound = effects.some((effect) => effect.kind === "address" && effect.action === "bind");
  const unbound = effects.some((effect) => effect.kind === "address" && effect.action === "unbind");
  if (bound) return unbound ? undefined : "an address";
  const routed = effects.some((effect) => effect.kind === "route" && effect.action === "add");
  return routed && !effects.some((effect) => effect.kind === "route" && effect.action === "delete") ? "a route" : undefined;
};
