/** What is wrong with where an address ended up after a step. */
import type { SimulatedCluster } from "./cluster.ts";
import { listsOf } from "./holders.ts";
import type { AddressReport, StepReport } from "./simulate.ts";

export type Verdict =
  | "fine"
  /** Nobody holds it. */
  | "nobody"
  /** Several nodes hold it. */
  | "several"
  /** Several nodes hold it on both sides of a partition: no VRRP can help that, fencing can. */
  | "partition"
  /** The holder's tracker failed and the address stayed, although another node could have it. */
  | "stays"
  /** It went back to a node that is written to have nopreempt. */
  | "comes-back";

/** A verdict for every step and address, in the order of the reports. */
export const judge = (cluster: SimulatedCluster, reports: readonly StepReport[]): readonly ReadonlyMap<string, Verdict>[] => {
  let apart = false;
  return reports.map((report, index) => {
    if (report.step.do === "partition") apart = true;
    if (report.step.do === "heal") apart = false;
    const before = reports[index - 1];
    return new Map(
      [...report.addresses].map(
        ([text, answer]) => [text, verdict(cluster, report, before?.addresses.get(text), text, answer, apart)] as const,
      ),
    );
  });
};

const verdict = (
  cluster: SimulatedCluster,
  report: StepReport,
  before: AddressReport | undefined,
  text: string,
  { holders }: AddressReport,
  apart: boolean,
): Verdict => {
  if (holders.length === 0)
    return [...report.states.values()].some((states) => [...states.values()].some((state) => state !== "DEAD")) ? "nobody" : "fine";
  if (holders.length > 1) return apart ? "partition" : "several";
  const [holder] = holders;
  const { step } = report;
  if (before?.holders.length !== 1) return "fine";
  const [former] = before.holders;
  const fails = step.do === "fail" && former === holder && step.node === holder;
  const returned = ["restart", "ok", "link_up", "start"].includes(step.do) && former !== holder && step.node === holder;
  if (!fails && !returned) return "fine";
  const listing = listingInstances(cluster, text);
  if (fails) {
    const tracked = listing.some(
      ({ node, tracks }) => node === holder && tracks.some(({ name }) => step.script === undefined || name.endsWith(` ${step.script}`)),
    );
    const another = listing.some(({ node, name }) => node !== holder && report.states.get(node)?.get(name) === "BACKUP");
    return tracked && another ? "stays" : "fine";
  }
  return listing.some(({ node, nopreemptWritten }) => node === holder && nopreemptWritten) ? "comes-back" : "fine";
};

const listingInstances = (
  cluster: SimulatedCluster,
  text: string,
): readonly (SimulatedCluster["daemons"][number]["instances"][number] & { readonly node: string })[] => {
  const address = [...cluster.addresses].find(([, written]) => written === text)?.[0] ?? text;
  return cluster.daemons.flatMap(({ node, instances }) =>
    instances.filter((instance) => listsOf(instance, address)).map((instance) => ({ ...instance, node })),
  );
};
