/** What is not written and decides all the same: priorities with trackers failing, defaults, the time to fail over. */
import type { Site } from "../../grammar/text.ts";
import type { Project } from "../model/cluster/project.ts";
import { advertInterval, basePriority, vrrpVersion } from "../model/node/defaults.ts";
import type { Configuration, VrrpInstance } from "../model/node/model.ts";
import { numberSetting, one } from "../model/node/settings.ts";
import { trackerReader } from "../model/node/tracking.ts";

export interface InlayHint {
  /** Shown behind this place. */
  readonly at: Site;
  readonly label: string;
  readonly help: string;
}

export const inlayHints = (project: Project, file: string): readonly InlayHint[] => {
  const found = new Map<string, InlayHint>();
  for (const node of project.clusters.flatMap(({ nodes }) => nodes)) {
    for (const hint of node.configuration === undefined ? [] : hintsOf(node.configuration)) {
      // Readings that differ say nothing: one line has one hint.
      if (hint.at.file === file && hint.at.via === undefined) found.set(`${hint.at.span.end} ${hint.label}`, hint);
    }
  }
  const places = new Map<number, number>();
  for (const { at } of found.values()) places.set(at.span.end, (places.get(at.span.end) ?? 0) + 1);
  return [...found.values()].filter(({ at }) => places.get(at.span.end) === 1).toSorted((a, b) => a.at.span.end - b.at.span.end);
};

function* hintsOf(configuration: Configuration): Generator<InlayHint> {
  const read = trackerReader(configuration);
  const groups = configuration.groupsByInstance();
  for (const instance of configuration.instances) {
    yield* addressHints(instance);
    const group = groups.get(instance.name.value);
    const own = read(instance);
    yield* faultHints(own);
    yield* priorityHints(instance, [...own, ...(group === undefined ? [] : read(group))]);
    yield* timeHints(configuration, instance);
  }
}

function* addressHints({ virtualAddresses }: VrrpInstance): Generator<InlayHint> {
  for (const { text, family, address, item } of virtualAddresses) {
    if (address === undefined || family === undefined || text.includes("/") || !item.keyword.literal) continue;
    const label = family === 4 ? "/32" : "/128";
    yield { at: item.keyword.site, label, help: `Without a prefix length the address is set as ${label}, however large the network is.` };
  }
}

/** A script without any weight puts the instance into FAULT, which surprises who expects a lower priority. */
function* faultHints(trackers: readonly Tracker[]): Generator<InlayHint> {
  for (const { kind, entry, weight, weightAt, name } of trackers) {
    if (kind !== "script" || weight !== 0 || weightAt !== undefined || entry.item.args.length > 0) continue;
    yield {
      at: entry.item.keyword.site,
      label: "FAULT when failing",
      help: `${name} has no weight: when it fails, the instance gives its addresses up, whatever the peers' priorities are.`,
    };
  }
}

type Tracker = ReturnType<ReturnType<typeof trackerReader>>[number];

function* priorityHints(instance: VrrpInstance, trackers: readonly Tracker[]): Generator<InlayHint> {
  const base = basePriority(instance);
  if (base === undefined) return;
  const at = instance.priority?.site ?? instance.name.site;
  if (instance.priority === undefined) {
    const why =
      base === 255 ? "`state MASTER` without a priority means 255: the address owner, which drops nopreempt and weights." : "The default.";
    yield { at, label: `priority ${base}`, help: why };
    return;
  }
  const weighted = trackers.filter(({ weight }) => weight !== undefined && weight !== 0);
  if (base === 255 || weighted.length === 0) return;
  const fine = clamped(base + sum(weighted.map(({ weight = 0 }) => Math.max(0, weight))));
  const failing = clamped(base + sum(weighted.map(({ weight = 0 }) => Math.min(0, weight))));
  const names = weighted.map(({ name }) => name).join(", ");
  yield {
    at,
    label:
      fine === base ? `${failing} when failing` : failing === base ? `${fine} when fine` : `${fine} when fine, ${failing} when failing`,
    help: `With the weights of ${names}: ${fine} while all of them are fine, ${failing} when all of them fail. The peer takes over below its own priority.`,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const clamped = (priority: number): number => Math.min(254, Math.max(1, priority));

/** A backup waits three intervals and the skew: (256 − priority) / 256 s, or of an interval in version 3. */
function* timeHints(configuration: Configuration, instance: VrrpInstance): Generator<InlayHint> {
  const interval = advertInterval(configuration, instance);
  const version = vrrpVersion(configuration, instance);
  const priority = basePriority(instance);
  if (instance.advertInterval === undefined || interval === undefined || version === undefined || priority === undefined) return;
  const adverts = numberSetting(one(instance.item, "down_timer_adverts"));
  if (adverts !== undefined) return;
  const skew = ((256 - priority) / 256) * (version === 3 ? interval : 1);
  const time = 3 * interval + skew;
  yield {
    at: instance.advertInterval.site,
    label: `takes over after ${time.toFixed(1)} s`,
    help: `Without a word from the master: three intervals of ${interval} s and ${skew.toFixed(2)} s of skew. A master that stops in order says so, and it takes only the skew.`,
  };
}
