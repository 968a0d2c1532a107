import type { Site } from "../../../grammar/text.ts";
import { parseBoolean } from "../../../grammar/vocabulary/values.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import { fixWith, removeLine } from "../../analysis/edits.ts";
import { defineRule } from "../../analysis/rule.ts";
import { basePriority, isStrict } from "../../model/node/defaults.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { VrrpInstance } from "../../model/node/model.ts";
import { one } from "../../model/node/settings.ts";

export default defineRule({
  id: "strict-conflicts",
  summary: "What strict mode does not allow: keepalived ignores or changes it, and refuses unicast peers, but for 2.2.5 to 2.3.4.",
  severity: "warning",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3315",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3321",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3370",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3406",
    "keepalived v2.2.4 keepalived/vrrp/vrrp.c:2913",
    "keepalived v1.2.20 keepalived/vrrp/vrrp.c:1840",
    "test/observed/strict-with-unicast-peers",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:3560",
  ],
  subject: "vrrpInstance",
  fix: "review",

  *check(instance, { node, version }) {
    const { configuration } = node;
    if (configuration === undefined || isStrict(configuration, instance) !== true) return;
    const { global, source } = configuration;
    const strict = instance.strict ?? global.strict;
    const fixes =
      strict === undefined || strict === instance.strict ? [] : fixWith("Remove vrrp_strict", "review", removeLine(source, strict.site));
    const notes = strict === undefined ? [] : [{ message: "strict mode is switched on here", at: strict.site }];
    const unicast = unicastFault(instance, version);
    if (unicast !== undefined) yield { ...unicast, notes, fixes };
    for (const { at, what, instead } of [...conflicts(instance), ...unsigned(instance, version)])
      yield {
        at,
        message: `${what} in ${instance.name.value} is not allowed in strict mode: keepalived ${instead ?? "ignores it"}`,
        notes,
        fixes,
      };
  },
});

/** Before 1.2.20 nobody asks; from 2.2.5 to 2.3.4 the question comes before what it asks for is known. */
const takesUnicast = (version: string): boolean =>
  compareVersions(version, "1.2.20") < 0 || (compareVersions(version, "2.2.5") >= 0 && compareVersions(version, "2.4.0") < 0);

const unicastFault = ({ item, name }: VrrpInstance, version: string) => {
  const block = one(item, "unicast_peer");
  if (block === undefined || block.items.length === 0 || takesUnicast(version)) return undefined;
  return {
    at: block.keyword.site,
    message: `unicast_peer in ${name.value} is not allowed in strict mode: keepalived ends`,
    severity: "error" as const,
  };
};

interface Conflict {
  readonly at: Site;
  readonly what: string;
  /** What keepalived does other than to ignore it. */
  readonly instead?: string;
}

/** Strict mode takes signed adverts only (auth_hmac is known from 2.4.0 on). */
function* unsigned({ item }: VrrpInstance, version: string): Generator<Conflict> {
  const hmac = compareVersions(version, "2.4.0") < 0 ? undefined : one(item, "auth_hmac");
  const mode = hmac === undefined ? undefined : one(hmac, "mode");
  const word = mode?.args[0]?.value;
  if (mode !== undefined && (word === "permissive" || word === "receive-only"))
    yield { at: mode.site, what: `auth_hmac mode ${word}`, instead: "takes enforce" };
}

function* conflicts(instance: VrrpInstance): Generator<Conflict> {
  const { item, state, authentication, preemptDelay } = instance;
  const priority = basePriority(instance);
  if (state?.value === "MASTER" && priority !== undefined && priority !== 255)
    yield { at: state.site, what: "state MASTER", instead: "starts as BACKUP" };
  if (authentication?.type?.value !== undefined) yield { at: authentication.item.keyword.site, what: "authentication" };
  if (preemptDelay?.value !== undefined && preemptDelay.value > 0) yield { at: preemptDelay.site, what: "preempt_delay" };
  for (const name of ["vmac_xmit_base", "no_virtual_ipaddress"]) {
    const flag = one(item, name);
    if (flag !== undefined) yield { at: flag.keyword.site, what: name };
  }
  yield* worded(item, "down_timer_adverts", (word) => word !== "3");
  yield* worded(item, "garp_lower_prio_repeat", (word) => word !== "0");
  yield* worded(item, "garp_lower_prio_delay", (word) => word !== "0");
  yield* worded(item, "lower_prio_no_advert", (word) => parseBoolean(word) === false);
  yield* worded(item, "higher_prio_send_advert", (word) => parseBoolean(word) === true);
}

/** A statement whose number or boolean strict mode does not allow. */
function* worded(
  item: ConfigItem,
  name: string,
  refused: (word: string) => boolean,
): Generator<{ readonly at: Site; readonly what: string }> {
  const statement = one(item, name);
  const word = statement?.args[0]?.value ?? "true";
  if (statement !== undefined && /^(?:\d+|[a-z]+)$/u.test(word) && refused(word)) yield { at: statement.site, what: `${name} ${word}` };
}
