/** Whether what a configuration defines is used. */
import type { Configuration, VrrpScript } from "./model.ts";
import { numberSetting, one } from "./settings.ts";

/** Whether a track_script line names the script. */
export const isTracked = ({ symbols }: Configuration, script: string): boolean => symbols.referencesTo("script", script).length > 0;

export interface ScriptTracking {
  /** 0 means FAULT on failure; undefined when it cannot be known. */
  readonly weight: number | undefined;
  readonly reverse: boolean;
}

/** How the track_script lines use a script: with a weight of their own, else with the script's. */
export const trackingsOf = ({ symbols }: Configuration, { name, item }: VrrpScript): readonly ScriptTracking[] => {
  const line = one(item, "weight");
  const own = line === undefined ? 0 : numberSetting(line)?.value;
  return symbols.referencesTo("script", name.value).map(({ item: use }) => {
    const words = use.args.map(({ value }) => value);
    const at = words.indexOf("weight");
    return { weight: at < 0 ? own : wholeNumber(words[at + 1]), reverse: words.includes("reverse") };
  });
};

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^[+-]?\d+$/u.test(text) ? Number(text) : undefined;
