import { parseAddress } from "../../../grammar/vocabulary/values.ts";
import { defineRule } from "../../analysis/rule.ts";
import { blockTitle, shown } from "../../analysis/wording.ts";
import { one, wordSetting } from "../../model/node/settings.ts";
import { serviceFamily } from "../../model/node/service-families.ts";

export default defineRule({
  id: "unsolid-persistence-granularity",
  summary: "A persistence mask with holes, or a bare number that IPv4 reads as one: clients are grouped at random.",
  severity: "error",
  since: "0.1.0",
  sources: ["keepalived v2.4.3 keepalived/check/check_parser.c:518", "keepalived v2.4.3 keepalived/check/check_parser.c:530"],
  subject: "virtualServer",

  *check(virtualServer) {
    const mask = wordSetting(one(virtualServer.item, "persistence_granularity"));
    if (mask?.value === undefined) return;
    const bits = maskBits(mask.value, serviceFamily(virtualServer).family);
    if (bits === undefined || isSolid(bits)) return;
    const dotted = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
    const number = mask.value !== dotted;
    yield {
      at: mask.site,
      message: number
        ? `persistence_granularity ${shown(mask.value)} of ${blockTitle(virtualServer.item)} is the mask ${dotted}, no prefix length: IPv4 wants dots`
        : `persistence_granularity ${shown(mask.value)} of ${blockTitle(virtualServer.item)} has holes: clients with equal bits far apart share a server`,
      notes: number ? [{ message: `for a network of that size write ${dottedMask(Number(mask.value))}` }] : [],
    };
  },
});

/** The 32 bits of an IPv4 mask as getaddrinfo reads it; undefined for IPv6 and for what it refuses. */
const maskBits = (text: string, family: 4 | 6 | undefined): number | undefined => {
  if (family !== 4) return undefined;
  if (/^(?:[1-9]|[12]\d|3[0-2])$/u.test(text)) return Number(text);
  const address = text.includes("/") ? undefined : parseAddress(text);
  return address?.family === 4 ? address.parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
};

const isSolid = (bits: number): boolean => {
  const holes = ~bits >>> 0;
  return (holes & (holes + 1)) === 0;
};

const dottedMask = (length: number): string => {
  const bits = length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
};
