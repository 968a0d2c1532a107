/** vrrp_sync_group and track_group: instances that belong together. */
import { refersTo, rowsOf } from "../rows.ts";
import type { Context, ContextId } from "../types.ts";
import { notifyAny, notifyPriorityChanges, notifyRows, smtpAlert } from "./notify.ts";
import { trackBlocks, trackContexts } from "./tracking.ts";

const { flag, listBlock, option } = rowsOf("vrrp/vrrp_parser.c");

const members = (id: ContextId, line: number, since?: string): Context => ({
  id,
  wordList: true,
  entry: option(
    "<instance>",
    line,
    [refersTo("instance", "instance", { repeated: true })],
    "Names of vrrp_instance blocks, which may stand further down; several to a line will do.",
    { required: true, ...(since === undefined ? {} : { since }) },
  ),
  keywords: [],
});

// prettier-ignore
export const vrrpSyncGroup = (): readonly Context[] => [
  {
    id: "vrrp_sync_group",
    keywords: [
      listBlock("group", 2293,
        "The instances that go to FAULT and change state together; each may be in one group only, and one alone makes no group.",
        { required: true, onRepeat: "first-error" }),
      ...trackBlocks(2294, "every member of the group", "2.0.0"),
      ...notifyRows(2303, { since: "2.0.0" }),
      notifyAny(2307),
      smtpAlert(2308, "smtp_alert_vrrp, else smtp_alert, else false", "Mails once for the whole group when its state changes."),
      flag("global_tracking", 2309,
        "Early name of sync_group_tracking_weight: still works, always reported.",
        { deprecated: { by: "sync_group_tracking_weight", note: "always reported" }, since: "1.2.3" }),
      flag("sync_group_tracking_weight", 2310,
        "Lets members keep weighted tracking, which is dropped otherwise; their priorities must then move together.", { since: "2.0.0" }),
      notifyPriorityChanges(2311, { default: "vrrp_notify_priority_changes", since: "2.2.0" }),
    ],
  },
  members("vrrp_sync_group/group", 259),
  ...trackContexts("vrrp_sync_group", "2.0.0"),
];

// prettier-ignore
export const trackGroup = (): readonly Context[] => [
  {
    id: "track_group",
    keywords: [
      listBlock("group", 2283,
        "The instances that leave MASTER when a static address, route or rule of this track group disappears.",
        { required: true, onRepeat: "first-error", since: "2.0.3" }),
    ],
  },
  members("track_group/group", 259, "2.0.3"),
];
