/** What the two threads of a large run tell each other. Both read the whole project; each cluster is judged by one of them. */
import type { Said } from "../../analysis/run.ts";
import { digestOf } from "../../host/digest.ts";
import type { ClusterModel } from "../../model/cluster/model.ts";
import { filesOf } from "../../model/cluster/project.ts";
import type { CheckRequest } from "../invocation.ts";

export interface Work {
  readonly request: CheckRequest;
  readonly cwd: string;
  /** One number in shared memory: how many clusters have been taken. */
  readonly taken: Int32Array;
}

/** What was said of one cluster, and of which texts. */
export interface Answer {
  readonly index: number;
  readonly texts: string;
  readonly said: Said;
}

/** The clusters that the other thread has not taken, each taken when it is asked for. */
export function* clustersToTake(clusters: readonly ClusterModel[], taken: Int32Array): Generator<readonly [number, ClusterModel]> {
  for (;;) {
    const index = Atomics.add(taken, 0, 1);
    const cluster = clusters[index];
    if (cluster === undefined) return;
    yield [index, cluster];
  }
}

/** A digest of all that was read of a cluster: a file may have changed between the readings of the two threads. */
export const textsOf = (cluster: ClusterModel, textOf: (file: string) => string | undefined): string =>
  digestOf([cluster.name, ...cluster.nodes.map(({ name }) => name), ...filesOf([cluster]).flatMap((file) => [file, textOf(file) ?? ""])]);
