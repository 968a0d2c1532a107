/** Who is told of a change of state: the scripts of an instance, those of its sync group, the reader of a FIFO. */
import { globalStatement } from "./commands.ts";
import { mayHoldMore } from "./lost.ts";
import type { Configuration, Notify, NotifyEvent, SyncGroup, VrrpInstance } from "./model.ts";

export interface Notified {
  readonly holder: VrrpInstance | SyncGroup;
  /** "VI_1", "sync group VG_1". */
  readonly title: string;
  /** Its own statements. */
  readonly own: readonly Notify[];
  /** Events that its own statements or those of its group report. */
  readonly events: ReadonlySet<NotifyEvent>;
}

/**
 * Instances and sync groups that run scripts. None where something else hears of every change as well: a FIFO, or
 * statements that stand where nobody has read them.
 */
export const notifiedIn = (configuration: Configuration): readonly Notified[] => {
  if (["notify_fifo", "vrrp_notify_fifo"].some((name) => globalStatement(configuration, name) !== undefined)) return [];
  const groups = configuration.groupsByInstance();
  return [...configuration.instances, ...configuration.syncGroups].flatMap((holder) => {
    if (holder.notify.length === 0 || mayHoldMore(configuration, holder.item)) return [];
    const group = holder.kind === "vrrpInstance" ? groups.get(holder.name.value) : undefined;
    const events = new Set([...holder.notify, ...(group?.notify ?? [])].map(({ event }) => event));
    const title = holder.kind === "vrrpInstance" ? holder.name.value : `sync group ${holder.name.value}`;
    return [{ holder, title, own: holder.notify, events }];
  });
};

/** The statement for an event; undefined when there is none. */
export const notifyFor = ({ own }: Notified, event: NotifyEvent): Notify | undefined => own.find((notify) => notify.event === event);

/** Whether any of the events, or `notify` for all of them, is reported. */
export const hears = ({ events }: Notified, ...wanted: readonly NotifyEvent[]): boolean =>
  events.has("any") || wanted.some((event) => events.has(event));

/** Whether a command only tells somebody, by its name: a mail or a chat message needs no counterpart. */
export const isMessage = ({ command: { text } }: Notify): boolean =>
  /mail|alert|alarm|slack|telegram|teams|dingding|dingtalk|wechat|weixin|webhook|logger|pager|sms|notify-send|\bwall\b/iu.test(text);
