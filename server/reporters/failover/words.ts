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
