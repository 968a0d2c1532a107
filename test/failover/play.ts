/** Plays steps on a cluster whose configurations are given as text, with stated hosts. */
import { simulatedCluster, type SimulatedCluster } from "../../server/failover/cluster.ts";
import { readScenario, type Step } from "../../server/failover/scenario.ts";
import { simulate, type StepReport } from "../../server/failover/simulate.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";

export interface Host {
  readonly conf: string;
  readonly version?: string;
  /** Files beside its configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** Addresses by interface; by default eth0 and eth1 with one address each. */
  readonly interfaces?: Readonly<Record<string, readonly string[]>>;
}

/** One node per entry, all stated to be one cluster. */
export const clusterOf = (hosts: Readonly<Record<string, string | Host>>, version = "2.4.3"): SimulatedCluster => {
  const entries = Object.entries(hosts).map(([name, host]): readonly [string, Host] => [
    name,
    typeof host === "string" ? { conf: host } : host,
  ]);
  const files = memoryFiles(
    Object.fromEntries(
      entries.flatMap(([name, { conf, files: others = {} }]) => [
        [`${name}/keepalived.conf`, conf],
        ...Object.entries(others).map(([file, text]) => [`${name}/${file}`, text]),
      ]),
    ),
  );
  const nodes = entries.map(([name, host], index) => {
    const interfaces = host.interfaces ?? { eth0: [`10.0.0.${index + 1}/24`], eth1: [`10.1.0.${index + 1}/24`] };
    return {
      name,
      config: `${name}/keepalived.conf`,
      files: [],
      interfaces: new Map(
        Object.entries(interfaces).map(([device, addresses]) => [
          device,
          {
            segment: device,
            sites: [],
            addresses: addresses.map((text) => ({ address: text.split("/")[0]!, prefix: Number(text.split("/")[1] ?? 32) })),
          },
        ]),
      ),
      ...(host.version === undefined ? {} : { version: host.version }),
    };
  });
  const { clusters } = readProject({ files, paths: [""], stated: { clusters: [{ name: "c", nodes }], paths: [], versions: [] } });
  return simulatedCluster(clusters[0]!, version);
};

export const play = (cluster: SimulatedCluster, steps: readonly object[]): readonly StepReport[] => {
  const read = readScenario({ steps }, cluster);
  if (read.kind === "wrong") throw new Error(read.problem);
  return simulate(cluster, read.steps);
};

/** Who holds an address after each step: "A", "A+B", "" for nobody, with "?" where chance decides. */
export const holders = (reports: readonly StepReport[], address: string): readonly string[] =>
  reports.map(({ addresses }) => {
    const answer = addresses.get(address)!;
    return answer.holders.join("+") + (answer.uncertain ? "?" : "");
  });

export const start: Step = { do: "start" };

/** An instance on eth0 with the address 10.0.0.100; `more` goes into its block, `before` above it. */
export const instance = (priority: number | undefined, more = "", before = ""): string => `${before}
vrrp_instance VI_1 {
  interface eth0
  virtual_router_id 51
  ${priority === undefined ? "" : `priority ${priority}`}
  ${more}
  virtual_ipaddress {
    10.0.0.100/24
  }
}
`;
