/** Steps, holders and gaps in words. */
import type { Verdict } from "../../failover/judge.ts";
import type { Step } from "../../failover/scenario.ts";
import type { AddressReport } from "../../failover/simulate.ts";
import { few } from "../words.ts";

export const stepInWords = ({ do: name, node, nodes, script, iface, groups, segment, admin }: Step): string => {
  const who = node ?? nodes?.join(", ") ?? "all nodes";
  const verb = node !== undefined || nodes?.length === 1 ? "s" : "";
  switch (name) {
    case "start":
      return `${who} start${verb}`;
    case "stop":
      return `${who}: keepalived is stopped`;
    case "crash":
      return `${who} crash${verb === "" ? "" : "es"}`;
    case "restart":
      return `${who} return${verb}`;
    case "fail":
      return `${who}: ${script ?? "every script"} fails`;
    case "ok":
      return `${who}: ${script ?? "every script"} succeeds`;
    case "link_down":
      return `${who}: ${iface ?? "every interface"} ${admin === true ? "is switched off" : "loses its link"}`;
    case "link_up":
      return `${who}: ${iface ?? "every interface"} is up again`;
    case "partition":
      return `${segment ?? "the network"} splits: ${(groups ?? []).map((group) => few(group, 3)).join(" | ")}`;
    case "heal":
      return `${segment ?? "the network"} is whole again`;
    case "wait":
      return "time passes";
  }
};

export const holdersInWords = ({ holders, uncertain }: AddressReport): string =>
  (holders.length === 0 ? "nobody" : holders.join(" and ")) + (uncertain ? " (a race)" : "");

/** "3.1 s nobody, 0.4 s several"; empty when one node held it all the time. What still lasts at the end has no length. */
export const gapsInWords = ({ holders, nobody, several }: AddressReport): string =>
  [nobody > 0 && holders.length > 0 ? `${nobody} s nobody` : "", several > 0 && holders.length < 2 ? `${several} s several` : ""]
    .filter((part) => part !== "")
    .join(", ");

/** Why a verdict is what it is; what everybody holds or nobody does, the reason says itself. */
export const explained = (verdict: Verdict, why: string): string => {
  switch (verdict) {
    case "fine":
      return "";
    case "partition":
      return remarks.partition;
    case "nobody":
    case "several":
      return why;
    case "stays":
    case "comes-back":
      return `${remarks[verdict]}: ${why}`;
  }
};

export const remarks: Readonly<Record<Verdict, string>> = {
  fine: "",
  nobody: "nobody holds it",
  several: "several hold it",
  partition: "two holders on two sides are inherent in VRRP: fence what must not run twice, such as a database",
  stays: "it does not move",
  "comes-back": "it comes back in spite of nopreempt",
};

/** "db1 → db2"; only the holders where nothing moved. */
export const courseInWords = (before: AddressReport | undefined, now: AddressReport): string =>
  before === undefined || before.holders.join() === now.holders.join()
    ? holdersInWords(now)
    : `${before.holders.length === 0 ? "nobody" : before.holders.join(" and ")} → ${holdersInWords(now)}`;

/** "back to db1, 0.1 s several": what the end of a failure changes. */
export const afterwardsInWords = (before: AddressReport | undefined, during: AddressReport, after: AddressReport): string => {
  const names = (answer: AddressReport | undefined): string => answer?.holders.join(" and ") ?? "";
  const where = whereInWords(names(before), names(during), names(after));
  const chance = after.uncertain && !during.uncertain ? " (a race)" : "";
  return [`${where}${where === "" ? "" : chance}`, gapsInWords(after)].filter((part) => part !== "").join(", ");
};

const whereInWords = (was: string, now: string, then: string): string => {
  if (then === "") return then === now && was === now ? "" : "nobody";
  if (then === now) return was === now ? "" : `stays on ${then}`;
  return then === was ? `back to ${then}` : `to ${then}`;
};

export const race = "a race: it comes out otherwise when a daemon starts or reacts some milliseconds earlier or later";
