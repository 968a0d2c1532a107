/** What an instance or a sync group tracks, with the weight that counts: its own, else that of the definition. */
import type { Site } from "../../../grammar/text.ts";
import type { SymbolKind } from "../../../grammar/vocabulary/types.ts";
import type { Configuration, SyncGroup, TrackEntry, Tracking, VrrpInstance } from "./model.ts";
import { once } from "./once.ts";
import { numberSetting, one } from "./settings.ts";

export type TrackerKind = "script" | "interface" | "file" | "process" | "bfd";

export interface Tracker {
  readonly kind: TrackerKind;
  readonly entry: TrackEntry;
  readonly name: string;
  /** 0 means FAULT on failure; undefined when it cannot be known. */
  readonly weight: number | undefined;
  /** Where the weight is written; absent for a default. */
  readonly weightAt?: Site;
}

const definedAs: Readonly<Record<Exclude<TrackerKind, "interface">, { readonly symbol: SymbolKind; readonly weight: number }>> = {
  script: { symbol: "script", weight: 0 },
  // vrrp_track.c: a file's number counts as it stands.
  file: { symbol: "trackFile", weight: 1 },
  process: { symbol: "trackProcess", weight: 0 },
  bfd: { symbol: "bfd", weight: 0 },
};

/**
 * All trackers of an instance or a group in the order of the blocks. Names that cannot be known, or that nothing defines,
 * are left out: they track nothing.
 */
export const trackerReader = ({ symbols }: Configuration): ((tracking: Tracking) => readonly Tracker[]) => {
  const tracker = (kind: TrackerKind, entry: TrackEntry): Tracker | undefined => {
    const name = entry.name.value;
    if (name === undefined) return undefined;
    if (entry.weight !== undefined) return { kind, entry, name, weight: entry.weight.value, weightAt: entry.weight.site };
    if (kind === "interface") return { kind, entry, name, weight: 0 };
    const { symbol, weight } = definedAs[kind];
    const definition = symbols.definition(symbol, name)?.item;
    if (definition === undefined) return undefined;
    const written = numberSetting(one(definition, "weight"));
    return written === undefined ? { kind, entry, name, weight } : { kind, entry, name, weight: written.value, weightAt: written.site };
  };
  const read = (kind: TrackerKind, entries: readonly TrackEntry[]): readonly Tracker[] =>
    entries.flatMap((entry) => tracker(kind, entry) ?? []);
  return (tracking) => [
    ...read("script", tracking.trackScripts),
    ...read("interface", tracking.trackInterfaces),
    ...read("file", tracking.trackFiles),
    ...read("process", tracking.trackProcesses),
    ...read("bfd", tracking.trackBfds),
  ];
};

/** The first group that lists an instance has it (vrrp_sync.c:69), by the instance's name. */
export const groupReader = (instances: readonly VrrpInstance[], syncGroups: readonly SyncGroup[]): Configuration["groupsByInstance"] =>
  once(() => {
    const names = new Set(instances.map(({ name }) => name.value));
    const groups = new Map<string, SyncGroup>();
    for (const group of syncGroups)
      for (const { value } of group.members) if (value !== undefined && names.has(value) && !groups.has(value)) groups.set(value, group);
    return groups;
  });
