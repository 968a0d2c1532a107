import { canonicalAddress } from "../../../grammar/vocabulary/values.ts";
import { isSampleMail, isSampleRouterId, isSampleService } from "../../model/node/sample.ts";
import { fixWith, removeItem } from "../../analysis/edits.ts";
import { defineRule, type RuleFinding } from "../../analysis/rule.ts";
import { counted } from "../../analysis/wording.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Site } from "../../../grammar/text.ts";
import type { Source } from "../../model/node/source.ts";
import type { Configuration, VirtualServer } from "../../model/node/model.ts";

export default defineRule({
  id: "sample-leftover",
  summary: "Values of keepalived's sample configuration: mail to its author's example addresses, services nobody has.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 doc/samples/keepalived.conf.sample:8", "keepalived v2.4.3 doc/samples/keepalived.conf.sample:26"],
  subject: "configuration",
  fix: "review",

  *check(configuration) {
    for (const { keyword, items } of configuration.tree.items) if (keyword.value === "global_defs") yield* inGlobals(items, configuration);
    const services = configuration.virtualServers.filter(isSampleService);
    const [service] = services;
    if (service !== undefined)
      yield {
        at: service.service.site,
        message: `this virtual_server is from keepalived's sample configuration${services.length === 1 ? "" : `, and ${counted(services.length - 1, "other")} in this file`}`,
        notes: services.slice(1).map((other) => ({ message: "another one", at: other.service.site })),
        fixes: fixWith("Remove what the sample brought", "review", removals(configuration, services)),
      };
  },
});

function* inGlobals(globals: readonly ConfigItem[], configuration: Configuration): Generator<RuleFinding> {
  const mail = globals.flatMap(mailLeftovers);
  const [first] = mail;
  const router = globals.find(({ keyword, args }) => keyword.value === "router_id" && isSampleRouterId(args[0]?.value ?? ""));
  if (first !== undefined) {
    const run = runFrom(
      mail.map(({ words }) => words.site),
      configuration.source,
    );
    yield {
      at: { ...first.words.site, span: { start: first.words.site.span.start, end: run.at(-1)!.span.end } },
      message: `${first.words.value} is from keepalived's sample configuration: alerts go nowhere`,
      notes: [...mail.slice(run.length).map(({ words }) => ({ message: `${words.value} as well`, at: words.site })), ...routerNote(router)],
      fixes: fixWith(
        "Remove the sample's mail settings",
        "review",
        [...new Set(mail.map(({ item }) => item))].flatMap((item) => removeItem(configuration.source, item)),
      ),
    };
  } else if (router?.args[0] !== undefined)
    yield {
      at: router.args[0].site,
      severity: "info",
      message: "router_id LVS_DEVEL is from keepalived's sample configuration: alerts and SNMP call every such node by that name",
    };
}

/** The first of the places with those that follow it at once, nothing but blanks between: marked as one, up to three. */
const runFrom = (sites: readonly Site[], source: Source): readonly Site[] => {
  const run = sites.slice(0, 1);
  for (const next of sites.slice(1, 3)) {
    const last = run.at(-1)!;
    const between =
      last.file === next.file ? source.text({ file: last.file, span: { start: last.span.end, end: next.span.start } }) : undefined;
    if (between === undefined || between.trim() !== "") break;
    run.push(next);
  }
  return run;
};

const routerNote = (router: ConfigItem | undefined) =>
  router === undefined ? [] : [{ message: "router_id LVS_DEVEL is the sample's too", at: router.site }];

/** What of the mail settings the sample brought: its domain, its server. */
const mailLeftovers = (item: ConfigItem) => {
  const { keyword, args, items } = item;
  if (keyword.value === "notification_email") {
    const found = items.filter((entry) => isSampleMail(entry.keyword.value));
    // The whole list goes only when nobody added an address of their own.
    return found.map((entry) => ({ words: entry.keyword, item: found.length === items.length ? item : entry }));
  }
  const word = args[0];
  if (word === undefined) return [];
  if (keyword.value === "notification_email_from" && isSampleMail(word.value)) return [{ words: word, item }];
  return keyword.value === "smtp_server" && canonicalAddress(word.value) === "192.168.200.1" ? [{ words: word, item }] : [];
};

const removals = ({ source }: Configuration, services: readonly VirtualServer[]) =>
  services.flatMap(({ item }) => removeItem(source, item));
