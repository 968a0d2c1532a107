/**
 * Sync groups that only some nodes have. A member that fails takes its group along on its own node only; where the backup
 * has the group and the failing master has not, the backup's other member goes on hearing the master, holds the whole
 * group back, and nobody has the address of the member that failed.
 */
import type { ClusterModel, Member } from "../model/cluster/model.ts";
import type { SyncGroup } from "../model/node/model.ts";
import type { Rehearsal, Rehearsals } from "./rehearse.ts";
import type { Step } from "./scenario.ts";

/** A set of members of one node that a group holds together, by the routers they belong to. */
export interface HeldTogether {
  readonly group: SyncGroup;
  readonly members: readonly Member[];
}

/** The groups of every node over these routers, those of one member left out. */
export const groupsHolding = ({ tied }: Rehearsal): readonly HeldTogether[] => {
  const found = new Map<SyncGroup, Member[]>();
  for (const member of tied.flat()) {
    const group = groupOf(member);
    if (group === undefined) continue;
    const list = found.get(group);
    if (list === undefined) found.set(group, [member]);
    else list.push(member);
  }
  return [...found].flatMap(([group, members]) => (members.length > 1 ? [{ group, members }] : []));
};

export const groupOf = ({ configuration, instance }: Member): SyncGroup | undefined =>
  configuration.groupsByInstance().get(instance.name.value);

/** The members of another node on the same routers. */
export const counterparts = ({ tied }: Rehearsal, { members }: HeldTogether, other: Member["node"]): readonly Member[] =>
  members.flatMap((member) => tied.find((router) => router.includes(member))?.find(({ node }) => node === other) ?? []);

/** The nodes of these routers, in the order of the cluster. */
/** One rehearsal for all the routers that sync groups tie together. */
export function* tiedTogether({ virtualRouters }: ClusterModel, rehearsals: Rehearsals): Generator<Rehearsal> {
  const seen = new Set<Member>();
  for (const router of virtualRouters) {
    const rehearsal = rehearsals.of(router);
    if (rehearsal === undefined || seen.has(rehearsal.members[0]!)) continue;
    for (const member of rehearsal.tied.flat()) seen.add(member);
    yield rehearsal;
  }
}

export const nodesOf = ({ tied }: Rehearsal): readonly Member["node"][] => [...new Set(tied.flat().map(({ node }) => node))];

/** Whether one group holds all of them together. */
export const areTogether = (members: readonly Member[]): boolean => {
  const [first, ...others] = members.map(groupOf);
  return first !== undefined && others.every((group) => group === first);
};

export interface GroupGap {
  /** The group that holds back, on the node that should take over. */
  readonly group: SyncGroup;
  /** Its member that nobody replaces. */
  readonly orphan: Member;
  /** Its member that still hears the failing node. */
  readonly hearing: Member;
  /** The counterparts on the failing node: of the orphan in FAULT, of the other still master. */
  readonly failed: Member;
  readonly staying: Member;
  /** What failed on it: an interface, or a tracker by name. */
  readonly cause: string;
}

/** Addresses that nobody holds after a failure, and that would be held if every node had the groups of all. */
export function* groupGaps(rehearsal: Rehearsal): Generator<GroupGap> {
  const groups = groupsHolding(rehearsal);
  const nodes = nodesOf(rehearsal);
  // Where all nodes agree there is nothing to play.
  if (groups.every((one) => nodes.every((node) => node === one.members[0]!.node || areTogether(counterparts(rehearsal, one, node)))))
    return;
  for (const { failing, step, cause } of failures(rehearsal)) {
    const after = rehearsal.play([step]).at(-1)!;
    if (after.state(failing) !== "FAULT" || after.holders(failing).length > 0) continue;
    if (rehearsal.play([step], { groups: "everywhere" }).at(-1)!.holders(failing).length === 0) continue;
    for (const { group, members } of groups) {
      const orphan = members.find((member) => member.node !== failing.node && routerOf(rehearsal, member).includes(failing));
      if (orphan === undefined || after.state(orphan) !== "BACKUP") continue;
      for (const hearing of members) {
        const staying = routerOf(rehearsal, hearing).find(({ node }) => node === failing.node);
        if (hearing === orphan || staying === undefined || after.state(staying) !== "MASTER") continue;
        yield { group, orphan, hearing, failed: failing, staying, cause };
        break;
      }
    }
  }
}

const routerOf = ({ tied }: Rehearsal, member: Member): readonly Member[] => tied.find((router) => router.includes(member)) ?? [];

/** What puts single members of a master into FAULT: their interface, and what they track without weight. */
function* failures(rehearsal: Rehearsal): Generator<{ readonly failing: Member; readonly step: Step; readonly cause: string }> {
  const [healthy] = rehearsal.play([]);
  for (const router of rehearsal.tied) {
    const failing = router.length < 2 ? undefined : healthy?.master(router[0]!);
    if (failing === undefined) continue;
    const { interface: device, tracks } = rehearsal.settingsOf(failing);
    const { name } = failing.node;
    if (device !== undefined) yield { failing, step: { do: "link_down", node: name, iface: device }, cause: `${device} of ${name}` };
    for (const { name: key, weight, reverse } of tracks) {
      const script = key.slice(key.indexOf(" ") + 1);
      if (weight === 0 && !reverse) yield { failing, step: { do: "fail", node: name, script }, cause: `${script} on ${name}` };
    }
  }
}
