/** How long the daemon lets a check run. */
import type { Site } from "../../../grammar/text.ts";
import { numberSetting, one } from "../node/settings.ts";
import type { ConfigItem } from "../node/items.ts";
import type { LinkedScript } from "./model.ts";

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
export const timeLimitOf = ({ command: { item } }: LinkedScript): TimeLimit | undefined => {
  const block = item.parent;
  if (block?.keyword.value === "vrrp_script") return limit("timeout", numberSetting(one(block, "timeout"))) ?? limitOr("interval", block);
  const service = serviceAround(block);
  if (service === undefined || block === undefined) return undefined;
  return limit("misc_timeout", numberSetting(one(block, "misc_timeout"))) ?? limitOr("delay_loop", service);
};

const serviceAround = (item: ConfigItem | undefined): ConfigItem | undefined =>
  item === undefined || item.keyword.value === "virtual_server" ? item : serviceAround(item.parent);

type Written = { readonly value?: number | undefined; readonly site: Site } | undefined;

/** Undefined when the keyword is not written, or is 0. */
const limit = (keyword: string, written: Written): TimeLimit | undefined =>
  written === undefined || written.value === 0
    ? undefined
    : { seconds: written.value ?? Number.POSITIVE_INFINITY, keyword, site: written.site };

const limitOr = (keyword: keyof typeof defaults, block: ConfigItem): TimeLimit | undefined => {
  const item = one(block, keyword);
  return item === undefined ? { seconds: defaults[keyword], keyword } : limit(keyword, numberSetting(item));
};
