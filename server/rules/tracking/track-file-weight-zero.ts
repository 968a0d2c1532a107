import { defineRule } from "../../analysis/rule.ts";
import { trackerReader } from "../../model/node/tracking.ts";

export default defineRule({
  id: "track-file-weight-zero",
  summary: "A tracked file with weight 0: its number no longer changes the priority, anything but 0 is FAULT.",
  severity: "warning",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/trackers/track_file.c:695", "keepalived v2.4.3 keepalived/vrrp/vrrp.c:4341"],
  subject: "configuration",

  *check(configuration) {
    const read = trackerReader(configuration);
    const grouped = new Set(configuration.syncGroups.flatMap(({ members }) => members.flatMap(({ value }) => value ?? [])));
    const told = new Set<string>();
    for (const instance of configuration.instances) {
      // Within a sync group, and for the address owner, only weight 0 is allowed.
      if (grouped.has(instance.name.value) || instance.priority?.value === 255) continue;
      for (const { kind, name, weight, weightAt } of read(instance)) {
        if (kind !== "file" || weight !== 0 || weightAt === undefined) continue;
        const key = `${weightAt.file} ${weightAt.span.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at: weightAt,
          message: `with weight 0 the number in ${name} does not change the priority of ${instance.name.value}: any number but 0 puts it into FAULT`,
        };
      }
    }
  },
});
