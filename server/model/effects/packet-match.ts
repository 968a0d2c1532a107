/** Which packets a rule means: the options of iptables, which the reading of nft borrows. */
import { type Argument, read } from "./commands.ts";
import { portNumber } from "./numbers.ts";
import type { Match, PacketMatch, PortRange } from "./types.ts";

export type MatchDraft = { -readonly [K in keyof PacketMatch]: PacketMatch[K] } & { other: string[] };

const names = (text: string): readonly string[] => text.split(",").filter((part) => part !== "");

const ports = (text: string): readonly PortRange[] | undefined => {
  const ranges: PortRange[] = [];
  for (const part of names(text)) {
    const [low, high] = part.split(":");
    const from = low === "" ? 0 : portNumber(low);
    const to = high === undefined ? from : high === "" ? 65535 : portNumber(high);
    if (from === undefined || to === undefined) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
};

export type MatchReader = (match: MatchDraft, value: Argument, negated: boolean) => void;

const set =
  <T>(key: keyof PacketMatch, reading: (text: string) => T | undefined): MatchReader =>
  (match, value, negated) => {
    const field: Match<T> = { value: read(value, reading), negated };
    (match as Record<string, unknown>)[key] = field;
  };

const same = (text: string): string => text;
const lower = (text: string): string => text.toLowerCase();

/** The readers of options that say which packets are meant, by the names iptables gives them. */
export const MATCHES: Readonly<Record<string, MatchReader>> = {
  ...Object.fromEntries(["-d", "--destination", "--dst"].map((name) => [name, set("destination", names)])),
  ...Object.fromEntries(["-s", "--source", "--src"].map((name) => [name, set("source", names)])),
  ...Object.fromEntries(["-p", "--protocol", "--proto"].map((name) => [name, set("protocol", lower)])),
  ...Object.fromEntries(["-i", "--in-interface"].map((name) => [name, set("inInterface", same)])),
  ...Object.fromEntries(["-o", "--out-interface"].map((name) => [name, set("outInterface", same)])),
  ...Object.fromEntries(
    ["--dport", "--dports", "--destination-port", "--destination-ports"].map((name) => [name, set("destinationPorts", ports)]),
  ),
  ...Object.fromEntries(["--sport", "--sports", "--source-port", "--source-ports"].map((name) => [name, set("sourcePorts", ports)])),
  "--mac-source": set("macSource", lower),
  ...Object.fromEntries(["--state", "--ctstate"].map((name) => [name, set("states", (text) => names(text.toUpperCase()))])),
};
