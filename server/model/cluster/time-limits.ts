/** How long the daemon lets a check run. */
import type { Site } from "../../../grammar/text.ts";
import { numberSetting, one } from "../node/settings.ts";
import type { LinkedScript, NodeModel } from "./model.ts";

export interface TimeLimit {
  readonly seconds: number;
  /** "timeout", "interval", "misc_timeout", "delay_loop". */
  readonly keyword: string;
  /** Absent when the daemon's default counts. */
  readonly site?: Site;
}

/** The daemon's defaults. */
const defaults = { interval: 1, delay_loop: 60 } as const;

/** `timeout`, else `interval`; of a MISC_CHECK `misc_timeout`, else `delay_loop`. Undefined when it cannot be known. */
export const timeLimitOf = ({ configuration }: NodeModel, { command: { item } }: LinkedScript): TimeLimit | undefined => {
  const script = configuration?.scripts.find((each) => each.command?.item === item);
  if (script !== undefined)
    return limit("timeout", script.timeout) ?? limitOr("interval", script.interval, one(script.item, "interval") !== undefined);
  const service = configuration?.virtualServers.find(({ realServers }) =>
    realServers.some(({ checkers }) => checkers.some(({ command }) => command?.item === item)),
  );
  if (service === undefined || item.parent === undefined) return undefined;
  return (
    limit("misc_timeout", numberSetting(one(item.parent, "misc_timeout"))) ??
    limitOr("delay_loop", service.delayLoop, service.delayLoop !== undefined)
  );
};

type Written = { readonly value?: number | undefined; readonly site: Site } | undefined;

/** Undefined when the keyword is not written, or is 0. */
const limit = (keyword: string, written: Written): TimeLimit | undefined =>
  written === undefined || written.value === 0
    ? undefined
    : { seconds: written.value ?? Number.POSITIVE_INFINITY, keyword, site: written.site };

const limitOr = (keyword: keyof typeof defaults, written: Written, isWritten: boolean): TimeLimit | undefined => {
  if (!isWritten) return { seconds: defaults[keyword], keyword };
  return written === undefined ? undefined : limit(keyword, written);
};
