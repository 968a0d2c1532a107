import type { Site } from "../../../grammar/text.ts";
import { nearestWord } from "../../../grammar/vocabulary/nearest.ts";
import { isUnexpanded } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { didYouMean, list, shown } from "../../analysis/wording.ts";
import type { NodeModel } from "../../model/cluster/model.ts";
import type { Configuration } from "../../model/node/model.ts";

export default defineRule({
  id: "track-interface-unknown",
  summary: "An interface that the host does not have: keepalived ends instead of going into FAULT.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "keepalived v2.4.3 keepalived/vrrp/vrrp_if.c:207",
    "keepalived v2.4.3 keepalived/vrrp/vrrp_track.c:98",
    "measured: interface, track_interface or the dev of an address that does not exist ends the daemon; with dynamic_interfaces it is FAULT",
  ],
  subject: "node",

  *check(node) {
    const { configuration, name: machine } = node;
    const known = interfacesOf(node);
    if (configuration === undefined || known.names.length === 0) return;
    if (configuration.global.dynamicInterfaces !== undefined && configuration.global.dynamicInterfaces.value !== false) return;
    const told = new Set<string>();
    for (const { name, site } of usedInterfaces(configuration)) {
      if (known.names.includes(name) || told.has(name)) continue;
      told.add(name);
      yield {
        at: site,
        message: `${machine} has no interface ${shown(name)}, only ${list(known.names.slice(1), "and", 6)}: keepalived ends at the start${didYouMean(nearestWord(name, known.names))}`,
        // What interface files say may be less than what the host has.
        ...(known.stated ? {} : { severity: "warning" as const, notes: [{ message: "known from the interface files of the machine" }] }),
      };
    }
  },
});

/** Stated interfaces, else those that the machine's own interface files are named after. */
const interfacesOf = ({ interfaces, companions }: NodeModel): { readonly names: readonly string[]; readonly stated: boolean } => {
  if (interfaces !== undefined && interfaces.size > 0) return { names: ["lo", ...interfaces.keys()], stated: true };
  const files = companions.flatMap(({ kind, shared, file }) =>
    kind === "interface" && !shared ? (/ifcfg-([^:/]+)/u.exec(file)?.[1] ?? []) : [],
  );
  const names = [...new Set(files)].filter((name) => name !== "lo");
  return { names: names.length === 0 ? [] : ["lo", ...names.toSorted()], stated: false };
};

interface Used {
  readonly name: string;
  readonly site: Site;
}

/** Interfaces that must be there when the daemon starts; those it makes itself (use_vmac) are none of them. */
const usedInterfaces = ({ instances, syncGroups, staticAddresses }: Configuration): readonly Used[] => {
  const named = [
    ...instances.flatMap(({ interface: own }) => own ?? []),
    ...[...instances, ...syncGroups].flatMap(({ trackInterfaces }) => trackInterfaces.map(({ name }) => name)),
    ...instances.flatMap(({ virtualAddresses, excludedAddresses }) =>
      [...virtualAddresses, ...excludedAddresses].flatMap(({ device }) => device ?? []),
    ),
    ...staticAddresses.flatMap(({ device }) => device ?? []),
  ];
  const made = new Set(
    instances.flatMap(({ item }) =>
      item.items.flatMap(({ keyword, args }) => (/^use_(?:vmac|ipvlan)$/u.test(keyword.value) ? args.map(({ value }) => value) : [])),
    ),
  );
  return named.flatMap(({ value, site }) =>
    value === undefined || isUnexpanded(value) || made.has(value) || /^vrrp6?\./u.test(value) ? [] : [{ name: value, site }],
  );
};
