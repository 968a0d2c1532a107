/** Who becomes master, and when. */
import type { Configuration } from "../../model/node/model.ts";
import type { ConfigItem } from "../../model/node/items.ts";
import { advertInterval, basePriority, downTimerAdverts, initialState, isStrict } from "../../model/node/defaults.ts";
import { one, wordSetting } from "../../model/node/settings.ts";
import { globalStatement } from "../../model/node/commands.ts";
import { parseBoolean } from "../../../grammar/vocabulary/values.ts";
import type { Site } from "../../../grammar/text.ts";
import type { VersionChange } from "./change.ts";

export const elections: readonly VersionChange[] = [
  {
    id: "master-without-priority-is-owner",
    since: "1.2.20",
    where: ({ instances }) =>
      instances.flatMap(({ item, state }) => (state?.value === "MASTER" && one(item, "priority") === undefined ? [state.site] : [])),
    before: "an instance without priority has priority 100, whatever its state",
    now: "an instance with state MASTER and without priority has priority 255: it takes itself for the owner of the addresses, and weights do not move it",
    todo: "write the priority: priority 100 to keep the old one",
    source:
      "keepalived v1.2.19 keepalived/vrrp/vrrp.c:1579; keepalived v1.2.20 keepalived/vrrp/vrrp.c:1890; test/observed/master-without-priority",
  },
  {
    id: "master-waits-at-start",
    since: "2.0.0",
    where: (configuration) =>
      configuration.instances.flatMap((instance) => {
        const { state } = instance;
        const priority = basePriority(instance);
        if (state?.value !== "MASTER" || priority === undefined || priority === 255) return [];
        return isStrict(configuration, instance) === false ? [state.site] : [];
      }),
    before: "an instance with state MASTER sends adverts and takes the addresses as soon as keepalived starts",
    now: "an instance with state MASTER listens for three advert intervals first, as state BACKUP does: it comes later by as much",
    todo: "give what waits for the addresses at boot those seconds more",
    source:
      "keepalived v1.4.5 keepalived/vrrp/vrrp_scheduler.c:260; keepalived v2.0.0 keepalived/vrrp/vrrp_scheduler.c:195; measured: 1.3.5 is master at once, 2.0.20 after 3.6 s",
  },
  {
    id: "master-clears-nopreempt",
    since: "2.0.0",
    where: ({ instances }) =>
      instances.flatMap((instance) =>
        initialState(instance) === "MASTER" && instance.nopreempt?.value === true ? [instance.nopreempt.site] : [],
      ),
    before: "nopreempt stays on beside state MASTER, and is only warned about",
    now: "nopreempt is cleared where the state is MASTER: the node takes the addresses back whenever its priority is higher",
    todo: "write state BACKUP on every node of the cluster to keep nopreempt",
    source: "keepalived v2.0.0 keepalived/vrrp/vrrp.c:2566",
  },
  {
    id: "master-clears-preempt-delay",
    since: "2.0.0",
    where: ({ instances }) =>
      instances.flatMap((instance) =>
        initialState(instance) === "MASTER" && instance.nopreempt === undefined && (instance.preemptDelay?.value ?? 0) > 0
          ? [instance.preemptDelay!.site]
          : [],
      ),
    before: "preempt_delay stays on beside state MASTER",
    now: "preempt_delay is cleared where the state is MASTER: the node takes the addresses back at once",
    todo: "write state BACKUP to keep the delay",
    source: "keepalived v2.0.0 keepalived/vrrp/vrrp.c:2570",
  },
  {
    id: "startup-delay-is-not-prolonged",
    since: "2.2.8",
    beforeSince: "2.2.0",
    where: (configuration) => statement(configuration, "vrrp_startup_delay"),
    before:
      "every advert that comes during vrrp_startup_delay puts off the takeover: with a delay of 5 s a node took 20 s to take the addresses back",
    now: "adverts that come during vrrp_startup_delay put nothing off: with a delay of 5 s a node takes the addresses back after 8 s",
    todo: "a delay that was made short for this reason may be as long as it is meant to be",
    source:
      "keepalived v2.2.7 keepalived/vrrp/vrrp_scheduler.c:320; keepalived v2.2.8 keepalived/vrrp/vrrp_scheduler.c:320; measured: 2.2.7, 2.4.3",
  },
  {
    id: "owner-waits-out-startup-delay",
    since: "2.4.0",
    beforeSince: "2.2.0",
    where: (configuration) =>
      globalStatement(configuration, "vrrp_startup_delay") === undefined
        ? []
        : configuration.instances.flatMap((instance) => {
            const [tracked] = instance.trackScripts;
            return basePriority(instance) === 255 && tracked !== undefined ? [tracked.name.site] : [];
          }),
    before: "an instance with priority 255 takes the addresses as soon as its scripts succeed, whatever vrrp_startup_delay says",
    now: "an instance with priority 255 waits until vrrp_startup_delay is over",
    todo: "take vrrp_startup_delay into account where the addresses must be there soon after boot",
    source: "keepalived v2.4.0 keepalived/vrrp/vrrp.c:1983; measured: 2.2.7 is master at once, 2.4.3 one advert interval after the delay",
  },
  {
    id: "instance-waits-for-its-scripts",
    since: "2.0.0",
    where: ({ instances, scripts }) => {
      const weighted = new Set(scripts.flatMap(({ name, weight }) => (weight === undefined || weight.value === 0 ? [] : [name.value])));
      return instances.flatMap(({ trackScripts }) =>
        trackScripts.flatMap(({ name, weight }) =>
          name.value !== undefined && weight === undefined && !weighted.has(name.value) ? [name.site] : [],
        ),
      );
    },
    before: "a check without weight counts as good until it has failed fall times: a node that starts ill can become master first",
    now: "an instance waits for the first result of its checks without weight: one failure at the start is FAULT, whatever fall says",
    todo: "see that the first run of the check does not fail while the service is still starting, or start keepalived after it",
    source:
      "keepalived v2.0.0 keepalived/vrrp/vrrp_track.c:635; measured: 1.3.5 goes to BACKUP and 4 s later to FAULT, 2.0.20 to FAULT at once",
  },
  {
    id: "missing-tracked-interface-ends-keepalived",
    since: "2.0.0",
    where: ({ instances, global }) =>
      global.dynamicInterfaces !== undefined
        ? []
        : instances.flatMap(({ trackInterfaces }) => trackInterfaces.flatMap(({ name }) => (name.value === undefined ? [] : [name.site]))),
    before: "an interface in track_interface that the host does not have is left out",
    now: "an interface in track_interface that the host does not have ends keepalived, with all its instances",
    todo: "see that every host has the interfaces that are tracked",
    source: "keepalived v1.3.5 keepalived/vrrp/vrrp_track.c:51; keepalived v2.0.0 keepalived/vrrp/vrrp_track.c:75; measured: 1.3.5, 2.0.20",
  },
  {
    id: "false-turns-strict-off",
    since: "2.3.0",
    where: (configuration) =>
      statement(configuration, "vrrp_strict").filter(() => parseBoolean(lastWord(configuration, "vrrp_strict") ?? "") === false),
    before: "vrrp_strict false turns strict mode on, as true does",
    now: "vrrp_strict false turns strict mode off",
    todo: "take the line out if strict mode shall stay off in both versions; write vrrp_strict alone if it shall stay on",
    source:
      "keepalived v2.2.8 keepalived/core/global_parser.c:1310; keepalived v2.3.0 keepalived/core/global_parser.c:1350; measured: 2.0.20, 2.2.7, 2.4.3",
  },
  {
    id: "false-turns-skipping-off",
    since: "2.3.0",
    where: (configuration) =>
      statement(configuration, "vrrp_skip_check_adv_addr").filter(
        () => parseBoolean(lastWord(configuration, "vrrp_skip_check_adv_addr") ?? "") === false,
      ),
    before: "vrrp_skip_check_adv_addr false turns the skipping on, as true does",
    now: "vrrp_skip_check_adv_addr false turns the skipping off: the addresses in every advert are compared",
    todo: "take the line out: off is the default in both versions",
    source: "keepalived v2.2.8 keepalived/core/global_parser.c:1305; keepalived v2.3.0 keepalived/core/global_parser.c:1330",
  },
  {
    id: "up-delay-may-be-long",
    since: "2.3.3",
    beforeSince: "2.2.3",
    where: (configuration) =>
      configuration.tree.items.flatMap(({ keyword, items }) =>
        keyword.value === "interface_up_down_delays" ? items.flatMap((line) => longUpDelay(configuration, line)) : [],
      ),
    before: "an up delay in interface_up_down_delays is cut to what keeps it below two advert intervals, or down_timer_adverts less one",
    now: "an up delay in interface_up_down_delays is kept as it is written: an interface that comes back is used later",
    todo: "write the delay that is meant; one that was cut begins to count",
    source: "keepalived v2.2.7 keepalived/vrrp/vrrp.c:1851; keepalived v2.3.3 keepalived/vrrp/vrrp.c:1984; measured: 2.2.7, 2.4.3",
  },
];

/** The statement of global_defs that counts. */
const statement = (configuration: Configuration, name: string): readonly Site[] => {
  const found = globalStatement(configuration, name);
  return found === undefined ? [] : [found.keyword.site];
};

const lastWord = (configuration: Configuration, name: string): string | undefined =>
  wordSetting(globalStatement(configuration, name))?.value;

/** The up delay of a line, when an instance on its interface made keepalived cut it. */
const longUpDelay = (configuration: Configuration, { keyword, args }: ConfigItem): readonly Site[] => {
  const up = args[1];
  const seconds = Number(up?.value);
  const cut = configuration.instances.some((instance) => {
    const interval = advertInterval(configuration, instance);
    return (
      instance.interface?.value === keyword.value &&
      interval !== undefined &&
      seconds >= (downTimerAdverts(configuration, instance) - 1) * interval
    );
  });
  return up !== undefined && cut ? [up.site] : [];
};
