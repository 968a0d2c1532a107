/**
 * Which address family a service has, and which servers do not fit. The daemon learns the family line by line: from the
 * service's address, `ip_family`, `persistence_granularity` or the first server that is not tunnelled, whichever comes
 * first (keepalived v2.4.3 check_parser.c:228, 512, 661).
 */
import type { Site } from "../../../grammar/text.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import type { ConfigItem } from "./items.ts";
import type { VirtualServer, VirtualServerGroup } from "./model.ts";
import { remembered } from "./remembered.ts";
import { one, wordSetting } from "./settings.ts";

export type Family = 4 | 6;

export interface FamilyConflict {
  /** The real_server or sorry_server that is skipped. */
  readonly item: ConfigItem;
  readonly site: Site;
  /** As written. */
  readonly address: string;
  readonly family: Family;
}

export interface ServiceFamily {
  /** Undefined when nothing says it, or what says it cannot be known. */
  readonly family: Family | undefined;
  /** Where it was decided. */
  readonly by?: Site;
  readonly servers: readonly FamilyConflict[];
  readonly sorry?: FamilyConflict;
}

/** The family of a service and the servers that the daemon skips because of it. */
export const serviceFamily = remembered(({ item, service }: VirtualServer): ServiceFamily => {
  let family: Family | undefined;
  let by: Site | undefined;
  // What cannot be known may have decided: nothing is said behind it.
  let known = true;
  const learn = (found: Family | undefined, site: Site): void => {
    if (found === undefined) known = known && family !== undefined;
    else if (family === undefined && known) [family, by] = [found, site];
  };
  if (service.kind === "address") learn(familyOfText(service.address.value), service.site);
  const servers: FamilyConflict[] = [];
  let method: string | undefined;
  for (const line of item.items) {
    const word = wordSetting(line);
    switch (line.keyword.value) {
      case "lb_kind":
      case "lvs_method":
        method = word === undefined ? method : word.value;
        break;
      case "ip_family":
        learn(word?.value === "inet" ? 4 : word?.value === "inet6" ? 6 : undefined, line.keyword.site);
        break;
      case "persistence_granularity":
        if (word !== undefined) learn(word.value === undefined ? undefined : word.value.includes(".") ? 4 : 6, line.keyword.site);
        break;
      case "real_server": {
        const own = one(line, "lb_kind", "lvs_method");
        if (line.kind !== "block" || word === undefined || (own === undefined ? method : wordSetting(own)?.value) === "TUN") break;
        // What is no address is skipped before its family matters.
        if (word.value !== undefined && familyOfText(word.value) === undefined) break;
        const other = conflict(line, family);
        learn(familyOfText(word.value), word.site);
        if (other !== undefined && known) servers.push(other);
      }
    }
  }
  const sorryLine = one(item, "sorry_server");
  const sorryMethod = one(item, "sorry_server_lvs_method");
  const tunnelled = (sorryMethod === undefined ? method : wordSetting(sorryMethod)?.value) === "TUN";
  const sorry = sorryLine === undefined || tunnelled || !known ? undefined : conflict(sorryLine, family);
  return { family, servers, ...(by === undefined ? {} : { by }), ...(sorry === undefined ? {} : { sorry }) };
});

const conflict = (item: ConfigItem, family: Family | undefined): FamilyConflict | undefined => {
  const word = wordSetting(item);
  const own = familyOfText(word?.value);
  if (word?.value === undefined || own === undefined || family === undefined || own === family) return undefined;
  return { item, site: word.site, address: word.value, family: own };
};

const familyOfText = (text: string | undefined): Family | undefined => (text === undefined ? undefined : parseAddress(text)?.family);

export interface GroupFamilies {
  readonly has4?: Site;
  readonly has6?: Site;
  /** A firewall mark without `inet` or `inet6`. */
  readonly bareMark?: Site;
}

/** The families of a group's entries, each with the first entry that brings it (keepalived v2.4.3 check_data.c:225-240, 383). */
export const groupFamilies = ({ entries, item }: VirtualServerGroup): GroupFamilies => {
  const found: { has4?: Site; has6?: Site; bareMark?: Site } = {};
  for (const entry of entries) {
    if (entry.kind === "address") {
      const family = familyOfText(entry.address.value?.replace(/[-/].*$/u, ""));
      if (family === 4) found.has4 ??= entry.site;
      if (family === 6) found.has6 ??= entry.site;
    } else if (entry.kind === "fwmark") {
      const line = item.items.find(({ args }) => args[0]?.site === entry.site);
      const written = line?.args[1]?.value;
      if (written === "inet") found.has4 ??= entry.site;
      else if (written === "inet6") found.has6 ??= entry.site;
      else if (written === undefined && entry.mark !== undefined) found.bareMark ??= entry.site;
    }
  }
  return found;
};
