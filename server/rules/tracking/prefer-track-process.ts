import { fixWith, removeItem } from "../../analysis/edits.ts";
import type { Edit, Fix } from "../../analysis/finding.ts";
import { defineRule } from "../../analysis/rule.ts";
import { isFrom } from "../../analysis/version-range.ts";
import { answeringPort } from "../../model/cluster/proxies.ts";
import { isDatabaseProcess } from "../../model/node/database-checks.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import type { Configuration, VrrpScript } from "../../model/node/model.ts";
import { processProbe } from "../../model/node/probes.ts";
import { isTracked } from "../../model/node/usage.ts";

export default defineRule({
  id: "prefer-track-process",
  summary: "A script that only asks whether a process runs: vrrp_track_process hears of its end from the kernel, without polling.",
  severity: "info",
  since: "0.1.0",
  sources: ["keepalived v2.0.11 keepalived/vrrp/vrrp_parser.c:1640", "keepalived v2.4.3 keepalived/vrrp/vrrp_parser.c:1865"],
  subject: "vrrpScript",
  fix: "review",

  *check(script, given) {
    const { command, name } = script;
    const { configuration } = given.node;
    if (command === undefined || configuration === undefined || !isFrom(given, "2.0.11")) return;
    const probe = processProbe(command);
    if (probe === undefined || probe.commandLine || probe.tool === "systemctl" || probe.process === "keepalived") return;
    if (!isTracked(configuration, name.value)) return;
    // There a request is the better question, and other rules say so: vrrp_track_process would be as blind.
    if (isDatabaseProcess(probe.process) || (probe.process === "haproxy" && answeringPort(given.node) !== undefined)) return;
    yield {
      at: command.site,
      message: `${probe.tool} starts a process at every run to look for ${probe.process}: vrrp_track_process${
        given.versionStated ? "" : " (from 2.0.11 on)"
      } hears of its end at once`,
      fixes: asTrackProcess(configuration, script, probe.process),
    };
  },
});

const dropped = new Set(["interval", "timeout", "rise", "fall", "user", "init_fail"]);

/** Where every use has a track_script block of its own, that block becomes a track_process. */
const asTrackProcess = (configuration: Configuration, { item, command, name }: VrrpScript, process: string): readonly Fix[] => {
  const uses = configuration.symbols.referencesTo("script", name.value);
  const blocks = uses.map((use) => use.item.parent);
  const own = [item, ...item.items, ...uses.map((use) => use.item)];
  if (blocks.some((block) => block?.items.length !== 1) || own.some((one) => !isLiteral(one))) return [];
  if (item.items.some((child) => !["script", "weight", ...dropped].includes(child.keyword.value))) return [];
  const { source } = configuration;
  const edits: Edit[] = [
    { at: item.keyword.site, replacement: "vrrp_track_process" },
    { at: command!.item.site, replacement: `process ${process}` },
    ...item.items.filter(({ keyword }) => dropped.has(keyword.value)).flatMap((child) => removeItem(source, child)),
    ...blocks.map((block) => ({ at: block!.keyword.site, replacement: "track_process" })),
  ];
  return fixWith("Track the process instead", "review", edits);
};

const isLiteral = ({ keyword, args }: ConfigItem): boolean => [keyword, ...args].every(({ literal }) => literal);
