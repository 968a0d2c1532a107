/** Scripts on state changes, which vrrp_instance and vrrp_sync_group have in common. */
import { type More, rowsOf } from "../rows.ts";
import type { Keyword } from "../types.ts";

const { script, toggle } = rowsOf("vrrp/vrrp_parser.c");

/** The notify rows of a block; `line` is where its notify_backup is installed, `stop` what is special about its notify_stop. */
// prettier-ignore
export const notifyRows = (line: number, stop?: More): readonly Keyword[] => [
  script("notify_backup", line,
    "Run on entering BACKUP, also once at start. Command and its arguments are one quoted word; user and group come behind."),
  script("notify_master", line + 1,
    "Run on becoming MASTER, after the addresses are set. Unquoted arguments would be taken for user and group."),
  script("notify_fault", line + 2, "Run on entering FAULT: a tracked thing with weight 0 failed or the interface went down."),
  script("notify_stop", line + 3, "Run when keepalived itself ends; the addresses go with it.", stop),
];

/** `notify`, the script that is told about every change. */
// prettier-ignore
export const notifyAny = (line: number): Keyword =>
  script("notify", line, "Run on every state change with four more arguments: INSTANCE or GROUP, its name, the new state, the priority.");

export const smtpAlert = (line: number, fallback: string, help: string, more?: More): Keyword =>
  toggle("smtp_alert", line, help, { default: fallback, ...more });

export const notifyPriorityChanges = (line: number, more: More): Keyword =>
  toggle("notify_priority_changes", line, "Tells notify scripts and FIFOs when only the priority moved. Can be noisy.", more);
