import type { Site } from "../../../grammar/text.ts";
import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { compareVersions } from "../../../grammar/vocabulary/version.ts";
import type { Member } from "../../model/cluster/model.ts";
import { deviations, type Deviation, hearing, isWhole, peerName } from "../../model/cluster/pairs.ts";
import { familyOf } from "../../model/node/defaults.ts";
import type { VirtualAddress } from "../../model/node/model.ts";
import { isSecondEntry } from "../../model/node/second.ts";
import { all, isUnknownWord } from "../../model/node/settings.ts";
import { defineRule, type Given } from "../../analysis/rule.ts";

/** From this version an advert with other addresses is accepted (observed with 2.2.7 and 2.4.3; keepalived's ChangeLog names 2.3.3). */
const tolerantSince = "2.3.3";

export default defineRule({
  id: "peer-vip-set-mismatch",
  summary: "Nodes of one virtual router list different addresses: old versions split, new ones lose addresses.",
  severity: "error",
  since: "0.1.0",
  sources: [
    "test/observed/vip-set-differs",
    "test/observed/vip-set-excluded",
    "test/observed/vip-listed-here-excluded-there",
    "test/observed/vip-set-one-of-three",
    "keepalived v2.4.3 keepalived/vrrp/vrrp.c:1289",
  ],
  seen: {
    log: ["expected 1 VIPs but received 2", "received an unexpected ip number count"],
    metrics: [["addr_list_err", "rises with every advert that lists other addresses"]],
  },
  subject: "virtualRouter",

  *check(router, given) {
    for (const members of hearing(router)) {
      for (const deviation of deviations(
        members,
        addressesOf,
        (a, b) => sameTexts(a.listed, b.listed) && sameTexts(a.excluded, b.excluded),
      )) {
        const { member, value, reference, expected } = deviation;
        const listed = differenceOf(value.listed, expected.listed);
        const advertsDiffer = listed.missing.length + listed.extra.length > 0;
        const difference = advertsDiffer ? listed : differenceOf(value.excluded, expected.excluded);
        // What stands second on a line is dropped, and told as that.
        if (
          difference.missing.some((address) => isSecond(member, address)) ||
          difference.extra.some((address) => isSecond(reference, address))
        )
          continue;
        const lost = lossesOf(deviation);
        const behaviour = behaviourOf([member, reference], given);
        // One advertises what the other holds beside the adverts: from 2.3.3 that changes nothing, and what is excluded is never compared.
        if (lost === undefined && (!advertsDiffer || behaviour === "tolerant")) continue;
        yield {
          at: placeOf(member, difference.extra[0], advertsDiffer),
          message: `${said(deviation, difference, advertsDiffer)}: ${advertsDiffer ? consequence(behaviour, lost) : lost}`,
          severity: advertsDiffer ? "error" : "warning",
          notes: [
            difference.missing[0] === undefined
              ? { message: `what ${reference.node.name} lists`, at: placeOf(reference, undefined, advertsDiffer) }
              : {
                  message: `${difference.missing[0]} on ${reference.node.name}`,
                  at: placeOf(reference, difference.missing[0], advertsDiffer),
                },
          ],
          nodes: [member.node, reference.node],
        };
      }
    }
  },
});

interface Addresses {
  /** Advertised, of the instance's own family: what the peers compare. Order, repetition and prefix length do not count. */
  readonly listed: readonly string[];
  /** Held beside the adverts. */
  readonly excluded: readonly string[];
}

const addressesOf = (member: Member): Addresses | undefined => {
  const { virtualAddresses, excludedAddresses } = member.instance;
  const family = familyOf(member.instance);
  if (!isWhole(member) || [...virtualAddresses, ...excludedAddresses].some(({ item }) => isUnknownWord(item, item.keyword)))
    return undefined;
  return { listed: texts(virtualAddresses.filter((one) => one.family === family)), excluded: texts(excludedAddresses) };
};

/** Whether a member writes the address behind another one. */
const isSecond = ({ instance }: Member, address: string): boolean =>
  [...instance.virtualAddresses, ...instance.excludedAddresses].some(({ item }) =>
    item.args.some((word) => isSecondEntry(item, word) && parseAddress(word.value)?.text === address),
  );

const texts = (addresses: readonly VirtualAddress[]): readonly string[] =>
  [...new Set(addresses.flatMap(({ address }) => address ?? []))].toSorted();

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

const differenceOf = (mine: readonly string[], theirs: readonly string[]): Difference => ({
  missing: theirs.filter((one) => !mine.includes(one)),
  extra: mine.filter((one) => !theirs.includes(one)),
});

/** Which addresses are held by nobody, and while who is master; undefined when every node holds all of them. */
const lossesOf = ({ member, value, reference, expected }: Deviation<Addresses>): string | undefined => {
  const { missing, extra } = differenceOf([...value.listed, ...value.excluded], [...expected.listed, ...expected.excluded]);
  const parts = [
    ...(missing.length === 0 ? [] : [`${inWords(missing)} while ${member.node.name} is in charge`]),
    ...(extra.length === 0 ? [] : [`${inWords(extra)} while ${reference.node.name} is${missing.length === 0 ? " in charge" : ""}`]),
  ];
  return parts.length === 0 ? undefined : `nobody holds ${parts.join(", nor ")}`;
};

type Behaviour = "refusing" | "tolerant" | "either";

const behaviourOf = (members: readonly Member[], { version, versionStated }: Given): Behaviour => {
  const tolerant = members.map(({ node }) => {
    const targeted = node.version ?? (versionStated ? version : undefined);
    return targeted === undefined ? undefined : compareVersions(targeted, tolerantSince) >= 0;
  });
  if (tolerant.every((one) => one === true)) return "tolerant";
  return tolerant.every((one) => one === false) ? "refusing" : "either";
};

const consequence = (behaviour: Behaviour, lost: string | undefined): string => {
  switch (behaviour) {
    case "refusing":
      return "each node refuses the other's adverts, and both become master";
    case "tolerant":
      return lost ?? "";
    case "either":
      return `up to keepalived 2.3.2 both become master${lost === undefined ? ", from 2.3.3 one does" : `, from 2.3.3 ${lost}`}`;
  }
};

const said = ({ member, value, reference, expected }: Deviation<Addresses>, { missing, extra }: Difference, listed: boolean): string => {
  const name = member.instance.name.value;
  const other = peerName(reference, member);
  const block = listed ? "" : " in virtual_ipaddress_excluded";
  const [mine, theirs] = listed ? [value.excluded, expected.excluded] : [value.listed, expected.listed];
  const beside = (addresses: readonly string[], there: readonly string[]): string =>
    listed && addresses.every((one) => there.includes(one)) ? " (only as excluded)" : "";
  if (extra.length === 0) return `${name} lacks ${inWords(missing)}${block}${beside(missing, mine)}, which ${other} lists`;
  if (missing.length === 0) return `${name} lists ${inWords(extra)}${block}, which ${other} does not${beside(extra, theirs)}`;
  return `${name} lists ${inWords(extra)}${block}, ${other} lists ${inWords(missing)} instead`;
};

/** The address, else the block it should stand in, else the instance. */
const placeOf = ({ instance }: Member, address: string | undefined, listed: boolean): Site => {
  const addresses = listed ? instance.virtualAddresses : instance.excludedAddresses;
  const block = all(instance.item, listed ? "virtual_ipaddress" : "virtual_ipaddress_excluded")[0];
  return addresses.find((one) => one.address === address && address !== undefined)?.site ?? block?.keyword.site ?? instance.name.site;
};

const inWords = (addresses: readonly string[]): string => {
  if (addresses.length > 3) return `${addresses.slice(0, 2).join(", ")} and ${addresses.length - 2} more`;
  return addresses.length < 2 ? (addresses[0] ?? "") : `${addresses.slice(0, -1).join(", ")} and ${addresses.at(-1)}`;
};
