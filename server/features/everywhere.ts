/**
 * What must be equal on all nodes of a virtual router, changed on all of them at once: its number and its password. A caret on
 * either gives the places; rename asks for a new value, the code actions bring one along.
 */
import type { Edit } from "../analysis/finding.ts";
import { replaceWord } from "../analysis/edits.ts";
import type { ClusterModel, Member, NodeModel, VirtualRouter } from "../model/cluster/model.ts";
import type { Project } from "../model/cluster/project.ts";
import type { ConfigItem, ConfigWord } from "../model/node/items.ts";
import { one } from "../model/node/settings.ts";
import type { Proposal } from "./missing-blocks.ts";
import { targetsAt } from "./target.ts";

export interface SharedValue {
  readonly kind: "virtual_router_id" | "auth_pass";
  readonly cluster: ClusterModel;
  readonly router: VirtualRouter;
  /** The member whose configuration was looked at. */
  readonly own: Member;
  readonly word: ConfigWord;
  /** The word of every member that has one, the own included. */
  readonly words: readonly { readonly member: Member; readonly word: ConfigWord }[];
}

/** What is at an offset, when it is such a value or its keyword. Undefined also where the value came through a definition somewhere. */
export const sharedValueAt = (project: Project, file: string, offset: number): SharedValue | undefined => {
  for (const target of targetsAt(project, file, offset)) {
    if (target.kind !== "argument" && target.kind !== "keyword") continue;
    const kind = target.item.keyword.value;
    if (kind !== "virtual_router_id" && kind !== "auth_pass") continue;
    const found = sharedBy(project, target.node, target.item, kind);
    if (found !== undefined) return found;
  }
  return undefined;
};

const sharedBy = (project: Project, node: NodeModel, item: ConfigItem, kind: SharedValue["kind"]): SharedValue | undefined => {
  const block = kind === "auth_pass" ? item.parent?.parent : item.parent;
  for (const cluster of project.clusters) {
    for (const router of cluster.virtualRouters) {
      const own = router.members.find((member) => member.node === node && member.instance.item === block);
      if (own === undefined) continue;
      const words = router.members.flatMap((member) => {
        const word = wordOf(member, kind);
        return word === undefined ? [] : [{ member, word }];
      });
      const mine = words.find(({ member }) => member === own);
      return mine === undefined || words.some(({ word }) => !word.literal)
        ? undefined
        : { kind, cluster, router, own, word: mine.word, words };
    }
  }
  return undefined;
};

const wordOf = ({ instance }: Member, kind: SharedValue["kind"]): ConfigWord | undefined => {
  const around = kind === "auth_pass" ? instance.authentication?.item : instance.item;
  return around === undefined ? undefined : one(around, kind)?.args[0];
};

/** The edits that give all members this value; where several nodes read one file, its place is edited once. */
export const valueEverywhere = ({ kind, words }: SharedValue, value: string): readonly Edit[] => {
  const edits = words.flatMap(({ word }) =>
    word.value === value ? [] : replaceWord(word, value).map((edit): Edit => (kind === "auth_pass" ? { ...edit, secret: true } : edit)),
  );
  return [...new Map(edits.map((edit) => [`${edit.at.span.start} ${edit.at.file}`, edit])).values()];
};

/** Why a value cannot be that of all, in one line. */
export const refusedValue = ({ kind }: SharedValue, value: string): string | undefined => {
  if (kind === "virtual_router_id") return isVrid(value) ? undefined : `"${value}" is no virtual_router_id: it goes from 1 to 255`;
  return value === "" || /[\s"#!{}$@~]/u.test(value) ? "this cannot be an auth_pass: keepalived would not read it as one word" : undefined;
};

const isVrid = (value: string): boolean => /^[1-9]\d{0,2}$/u.test(value) && Number(value) <= 255;

/** What can be done about the value at an offset without being asked for another one. */
export const sharedValueActions = (project: Project, file: string, offset: number): readonly Proposal[] => {
  const shared = sharedValueAt(project, file, offset);
  if (shared === undefined || shared.router.members.length < 2) return [];
  const { kind, word, words, own } = shared;
  const differing = words.filter((each) => each.word.value !== word.value);
  const others = names(differing.map(({ member }) => member));
  const what = kind === "auth_pass" ? "this auth_pass" : `virtual_router_id ${word.value}`;
  const spread: readonly Proposal[] =
    differing.length === 0 || refusedValue(shared, word.value) !== undefined
      ? []
      : [{ title: `Use ${what} on ${others} as well`, edits: valueEverywhere(shared, word.value) }];
  const free = kind === "virtual_router_id" ? freeVrid(project, Number(word.value)) : undefined;
  if (free === undefined) return spread;
  const all = names(words.map(({ member }) => member));
  const title = `Give ${own.instance.name.value} virtual_router_id ${free}, which nobody here uses, on ${all}`;
  return [...spread, { title, edits: valueEverywhere(shared, String(free)) }];
};

const names = (members: readonly Member[]): string => [...new Set(members.map(({ node }) => node.name))].join(" and ");

/** The next number behind this one that no instance of the project has; from 1 again behind 255. */
const freeVrid = ({ clusters }: Project, from: number): number | undefined => {
  if (!Number.isSafeInteger(from)) return undefined;
  const taken = new Set(
    clusters.flatMap(({ nodes }) =>
      nodes.flatMap(({ configuration }) => configuration?.instances.map(({ virtualRouterId }) => virtualRouterId?.value) ?? []),
    ),
  );
  // 51 is the number of keepalived's examples, and others' clusters have it.
  const candidates = Array.from({ length: 255 }, (_, index) => ((from + index) % 255) + 1);
  return candidates.find((vrid) => vrid !== 51 && !taken.has(vrid));
};
