import { fixWith, replaceWord } from "../../analysis/edits.ts";
import type { Note } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues } from "../../analysis/values.ts";
import { didYouMean, list, logNote } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "invalid-enum",
  summary: "A word that is none of the values keepalived knows there: the setting is left as if it were not written.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:383", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1492"],
  subject: "wrongItem",
  fix: "review",

  *check(item, { version, node }) {
    // States and the types of a DNS_CHECK have rules of their own.
    if (item.keyword.value === "state" && item.context === "vrrp_instance") return;
    if (item.keyword.value === "type" && item.context?.endsWith("/DNS_CHECK") === true) return;
    for (const wrong of wrongValues(item, version, ["unknown-value"], ({ type }) => type !== "boolean")) {
      const { nearest, values } = wrong.check;
      yield {
        at: wrong.word.site,
        message: `${namedValue(wrong)} is unknown to keepalived: it takes ${list(values, "or", 14)}${didYouMean(nearest)}`,
        notes: methodNotes(node.configuration, item),
        fixes:
          nearest === undefined
            ? []
            : fixWith(`Write ${nearest}, which puts the setting into force`, "review", replaceWord(wrong.word, nearest)),
      };
    }
  },
});

/** A service whose protocol or forwarding method is refused gets the usual one, and the log says so of the service, not of the line. */
const methodNotes = (configuration: Configuration | undefined, { keyword, parent }: ConfigItem): readonly Note[] => {
  const isProtocol = keyword.value === "protocol";
  if (!isProtocol && keyword.value !== "lb_kind" && keyword.value !== "lvs_method") return [];
  const virtualServer = configuration?.virtualServers.find(({ item }) => item === parent);
  if (virtualServer === undefined) return [];
  const instead = isProtocol ? "without another protocol keepalived takes UDP" : "without another lb_kind keepalived takes NAT";
  return [{ message: instead }, ...logNote(virtualServer, isProtocol)];
};
