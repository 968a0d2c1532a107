/** What is wrong with where an address ended up after a step. */
import type { SimulatedCluster } from "./cluster.ts";
import { listsOf } from "./holders.ts";
import type { Step } from "./scenario.ts";
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
  const broken = new Set<string>();
  return reports.map((report, index) => {
    const { step } = report;
    if (step.do === "partition") apart = true;
    if (step.do === "heal") apart = false;
    noteBroken(cluster, step, broken);
    const before = reports[index - 1];
    return new Map(
      [...report.addresses].map(
        ([text, answer]) => [text, verdict(cluster, report, before?.addresses.get(text), text, answer, { apart, broken })] as const,
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
  { apart, broken }: { readonly apart: boolean; readonly broken: ReadonlySet<string> },
): Verdict => {
  if (holders.length === 0) return isInherent(cluster, broken) ? "fine" : "nobody";
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

/** What is broken now, by what mends it: "restart A", "ok A chk", "link_up A eth0". */
const noteBroken = ({ daemons }: SimulatedCluster, { do: name, node, nodes, script, iface }: Step, broken: Set<string>): void => {
  const mend = mends[name] ?? name;
  for (const one of node === undefined ? (nodes ?? daemons.map((daemon) => daemon.node)) : [node]) {
    const key = [mend === "start" ? "restart" : mend, one, script ?? iface].filter((part) => part !== undefined).join(" ");
    if (name in mends) broken.add(key);
    else for (const other of broken) if (other === key || other.startsWith(`${key} `)) broken.delete(other);
  }
};

const mends: Readonly<Partial<Record<Step["do"], Step["do"]>>> = { crash: "restart", stop: "restart", fail: "ok", link_down: "link_up" };

/** Nobody can hold an address when every node is down, nor when the only one has lost something. */
const isInherent = ({ daemons }: SimulatedCluster, broken: ReadonlySet<string>): boolean =>
  daemons.length === 1 ? broken.size > 0 : daemons.every(({ node }) => broken.has(`restart ${node}`));

const listingInstances = (
  cluster: SimulatedCluster,
  text: string,
): readonly (SimulatedCluster["daemons"][number]["instances"][number] & { readonly node: string })[] => {
  const address = [...cluster.addresses].find(([, written]) => written === text)?.[0] ?? text;
  return cluster.daemons.flatMap(({ node, instances }) =>
    instances.filter((instance) => listsOf(instance, address)).map((instance) => ({ ...instance, node })),
  );
};
