/** What an instance or a sync group tracks, as the daemon takes it from the configuration. */
import { isStrayWord, trackLine, type TrackLine } from "./track-line.ts";
import type { Configuration, SyncGroup, Tracking, VrrpInstance } from "../model/node/model.ts";
import type { ConfigItem } from "../model/node/items.ts";
import { all, one } from "../model/node/settings.ts";
import type { Track, TrackedInterface, TrackerSettings } from "./settings.ts";

/** A definition that tracks may name, with the weight it brings. */
interface Definition extends Omit<Track, "name"> {
  readonly tracker: TrackerSettings;
  /** Its place among the blocks of the configuration: only what stands further up can be named. */
  readonly position: number;
}

export type Definitions = ReadonlyMap<string, Definition>;

const SECOND = 1_000_000;

/** Scripts, processes, files and BFD sessions that the daemon keeps, under "KIND NAME". */
export const definitionsOf = (configuration: Configuration, numbers: ReadonlyMap<string, number> = new Map()): Definitions => {
  const found = new Map<string, Definition>();
  const add = (definition: Definition): void => {
    const key = `${definition.tracker.kind} ${definition.tracker.name}`;
    if (!found.has(key)) found.set(key, definition);
  };
  configuration.tree.items.forEach((item, position) => {
    const name = item.args[0]?.value;
    if (name === undefined || item.kind !== "block") return;
    const written = weightStatement(item);
    switch (item.keyword.value) {
      case "vrrp_script": {
        const tracker = scriptTracker(configuration, item);
        if (tracker !== undefined) add({ tracker, position, weight: written?.weight ?? 0, reverse: written?.reverse ?? false });
        break;
      }
      case "vrrp_track_process":
        add({ tracker: { kind: "process", name }, position, weight: written?.weight ?? 0, reverse: written?.reverse ?? false });
        break;
      case "track_file":
      case "vrrp_track_file":
        if (one(item, "file") !== undefined)
          add({
            tracker: { kind: "file", name, number: fileNumber(item, numbers.get(name)) },
            position,
            weight: written?.weight ?? 1,
            reverse: written?.reverse ?? false,
          });
        break;
      case "bfd_instance":
        add({ tracker: { kind: "bfd", name }, position, weight: written?.weight ?? 0, reverse: written?.reverse ?? false });
        break;
    }
  });
  return found;
};

/** `init_file` writes its number where the file is missing, and with `overwrite` in any case. A file that nobody knows is taken as 0. */
const fileNumber = (item: ConfigItem, found: number | undefined): number => {
  const words = one(item, "init_file")?.args.map(({ value }) => value);
  if (words === undefined || (found !== undefined && !words.includes("overwrite"))) return found ?? 0;
  return Number(words.findLast((word) => /^-?\d{1,9}$/u.test(word)) ?? 0);
};

/** A value that is out of range is reported and used all the same (vrrp_parser.c:1775). */
const weightStatement = (item: ConfigItem): Pick<Track, "weight" | "reverse"> | undefined => {
  const [value, option] = one(item, "weight")?.args ?? [];
  if (value === undefined || !/^[+-]?\d{1,6}$/u.test(value.value)) return undefined;
  return { weight: Number(value.value), reverse: option?.value === "reverse" };
};

/**
 * A script without a command is removed; with script security and no user to run it as, so are all (lib/notify.c
 * get_default_script_user: hosts have no account keepalived_script by themselves). That its file exists is assumed.
 */
const scriptTracker = (configuration: Configuration, item: ConfigItem): TrackerSettings | undefined => {
  const { scripts, global } = configuration;
  const script = scripts.find((candidate) => candidate.item === item);
  if (script === undefined || script.command === undefined) return undefined;
  if (global.scriptSecurity?.value === true && global.scriptUser === undefined && script.user === undefined) return undefined;
  return {
    kind: "script",
    name: script.name.value,
    interval: Math.max(Math.round((script.interval?.value ?? 1) * SECOND), 1000),
    rise: script.rise?.value ?? 1,
    fall: script.fall?.value ?? 1,
  };
};

const blocksOf = [
  ["script", "trackScripts", 254],
  ["process", "trackProcesses", 255],
  ["file", "trackFiles", 255],
  ["bfd", "trackBfds", 254],
] as const;

/** Tracks in the order the daemon reads them; `within` is the block they stand in. */
export const tracksIn = (
  configuration: Configuration,
  within: VrrpInstance | SyncGroup,
  definitions: Definitions,
): readonly (Track & { readonly kind: TrackerSettings["kind"] })[] => {
  const position = configuration.tree.items.indexOf(within.item);
  return blocksOf.flatMap(([kind, field, limit]) => {
    const seen = new Set<string>();
    return within[field].flatMap(({ item }) => {
      const name = item.keyword.value;
      const definition = definitions.get(`${kind} ${name}`);
      const line = trackLine(item, limit);
      if (definition === undefined || definition.position > position || seen.has(name) || isStrayWord(line)) return [];
      seen.add(name);
      return [{ kind, name, weight: line.weight ?? definition.weight, reverse: line.reverse ?? definition.reverse }];
    });
  });
};

/** Interfaces that are tracked by name. */
export const trackedInterfacesIn = ({ trackInterfaces }: Tracking): readonly TrackedInterface[] => {
  const seen = new Set<string>();
  return trackInterfaces.flatMap(({ item }) => {
    const line: TrackLine = trackLine(item, 254);
    const name = item.keyword.value;
    if (seen.has(name) || isStrayWord(line)) return [];
    seen.add(name);
    return [{ name, weight: line.weight ?? 0, reverse: line.reverse ?? false }];
  });
};

/** Devices that virtual routes and rules name; an instance tracks them like its own interface, unless `no_track`. */
export const routeDevicesIn = ({ item }: VrrpInstance): { readonly named: readonly string[]; readonly tracked: readonly string[] } => {
  const lines = all(item, "virtual_routes", "virtual_rules").flatMap((block) => block.items);
  const devices = (line: ConfigItem): readonly string[] => {
    const words = [line.keyword, ...line.args].map(({ value }) => value);
    return words.flatMap((word, index) => (["dev", "oif", "iif"].includes(word) ? (words[index + 1] ?? []) : []));
  };
  return {
    named: lines.flatMap(devices),
    tracked: lines.filter(({ args }) => !args.some(({ value }) => value === "no_track")).flatMap(devices),
  };
};
