import { defineRule } from "../../analysis/rule.ts";
import { namedValue, wrongValues } from "../../analysis/values.ts";
import { bounds, placeOf } from "../../analysis/wording.ts";

/** A 0 there is so common that it has a rule of its own: zero-garp-interval. */
const garpIntervals = new Set(["vrrp_garp_interval", "vrrp_gna_interval", "garp_interval", "gna_interval"]);

export default defineRule({
  id: "out-of-range",
  summary: "A number or text outside what keepalived takes: it reports it and goes on with another value.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 lib/parser.c:434",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1062",
    "keepalived v2.4.3 keepalived/check/check_parser.c:494",
  ],
  subject: "item",

  *check(item, { version }) {
    const lengths = wrongValues(item, version, ["too-long"], ({ type }) => type !== "interface" && type !== "password");
    for (const { check, word, name } of lengths)
      yield {
        at: word.site,
        message: `${name.value} is ${check.length} bytes long; keepalived takes at most ${check.maxLength}`,
      };
    for (const wrong of wrongValues(item, version, ["out-of-range", "zero-replaced"])) {
      const { check, word, name, row } = wrong;
      if (garpIntervals.has(name.value) && Number(word.value) === 0) continue;
      const unit = check.kind === "out-of-range" && check.unit !== undefined ? ` ${check.unit}` : "";
      const range =
        check.kind === "out-of-range" ? `keepalived takes ${bounds(check.min, check.max)}${unit}` : `keepalived makes it ${check.by}`;
      yield {
        at: word.site,
        message: `${namedValue(wrong)} is out of range: ${range}`,
        notes: [
          ...(row.default === undefined ? [] : [{ message: `left out, ${name.value} is: ${row.default}` }]),
          ...(name.value === "virtual_router_id" ? [{ message: `without one keepalived refuses ${placeOf(item)} and ends` }] : []),
        ],
      };
    }
  },
});
