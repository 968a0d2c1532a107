/**
 * What kalint answers beyond the protocol: names and shapes. The extension imports this file, and any other editor may ask
 * the same; so it imports nothing. Lines and characters count as in every other message of the connection.
 */

/** `{ uri?, cluster? }` → `ClusterAnswer`: what is recognised around a file. */
export const clusterMethod = "kalint/cluster";
/** `{ uri?, cluster? }` → `GraphAnswer`: the cluster as a picture, judged. */
export const graphMethod = "kalint/graph";
/** `{ uri?, cluster? }` → `FailoverAnswer`: what each single failure does to each virtual address. */
export const failoverMethod = "kalint/failover";
/**
 * A notification without parameters: the answers to the requests above may be others now. It comes when nothing has changed
 * for a moment, to a client that asks for it: `initializationOptions: { "notifies": true }`.
 */
export const changedMethod = "kalint/changed";

/** Which cluster is meant: the one of this name, else the one that the file belongs to, else the first. */
export interface ClusterParams {
  readonly uri?: string;
  readonly cluster?: string;
}

/** A place in a file, as the protocol's `Location`. */
export interface SourcePlace {
  readonly uri: string;
  readonly range: { readonly start: SourcePosition; readonly end: SourcePosition };
}

export interface SourcePosition {
  readonly line: number;
  readonly character: number;
}

/** No configuration is known: nothing is open, and the folders hold none. */
export interface NoCluster {
  readonly kind: "none";
}

/** What every answer about a cluster begins with. */
export interface ClusterHead {
  readonly cluster: string;
  /** The names of all clusters, for a choice. */
  readonly clusters: readonly string[];
}

/** Who said which keepalived is meant: the node's own statement, the project's or the editor's settings, or nobody. */
export type VersionSource = "node" | "settings" | "newest";

export interface ClusterNode {
  readonly name: string;
  /** Absent for a machine without keepalived. */
  readonly version?: string;
  readonly source?: VersionSource;
}

export interface ClusterFacts extends ClusterHead {
  readonly kind: "cluster";
  /** The file that was asked about is one of its files. */
  readonly belongs: boolean;
  readonly nodes: readonly ClusterNode[];
}

export type ClusterAnswer = ClusterFacts | NoCluster;

export interface GraphPicture extends ClusterHead {
  readonly kind: "graph";
  /** One <svg> without style sheet, script or reference. Parts that have a place carry its key in `data-part`. */
  readonly svg: string;
  /** "2 nodes · 1 virtual router · 1 virtual address · 2 errors" */
  readonly summary: string;
  readonly findings: readonly GraphFinding[];
  /** Where a part is written, by key: one place for each node that writes it. */
  readonly places: Readonly<Record<string, readonly SourcePlace[]>>;
}

/** Its number stands in the picture. What is found on several nodes in the same words has one. */
export interface GraphFinding {
  readonly number: number;
  readonly severity: "error" | "warning" | "info";
  readonly rule: string;
  readonly message: string;
  readonly places: readonly SourcePlace[];
}

export type GraphAnswer = GraphPicture | NoCluster;

/** Fine, wrong, or two holders on the two sides of a split network, which no VRRP can help. */
export type FailoverTone = "fine" | "wrong" | "apart";

export interface FailoverRow {
  readonly failure: string;
  /** What breaks: the node, its script, its interface. */
  readonly places: readonly SourcePlace[];
  readonly tone: FailoverTone;
  readonly held: string;
  /** Empty when one node held the address all the time. */
  readonly meanwhile: string;
  /** When it is over; empty when nothing moved. */
  readonly afterwards: string;
  /** Sentences why, each made once for a cluster. */
  readonly remarks: readonly string[];
}

/** Addresses that always move together. */
export interface FailoverCourse {
  readonly addresses: readonly { readonly address: string; readonly places: readonly SourcePlace[] }[];
  readonly rows: readonly FailoverRow[];
}

export interface FailoverTable extends ClusterHead {
  readonly kind: "failover";
  readonly nodes: readonly string[];
  /** The keepalived that was simulated where a node states no other. */
  readonly version: string;
  readonly source: VersionSource;
  readonly courses: readonly FailoverCourse[];
}

/** There is nothing to play: no instance has an address, or more nodes than can be followed while somebody types. */
export interface NoFailover extends ClusterHead {
  readonly kind: "no addresses" | "too large";
}

export type FailoverAnswer = FailoverTable | NoFailover | NoCluster;
