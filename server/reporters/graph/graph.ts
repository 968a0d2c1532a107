/**
 * A cluster as a picture, before anybody draws it: plain data that the three writers read. Every text in it is fit to be
 * shown: secrets are masked, control characters escaped, long names cut. A writer only adds its own format's escapes.
 */
import type { Site } from "../../../grammar/text.ts";
import type { Severity } from "../../analysis/finding.ts";

/** In the order in which they stand from left to right. */
export const boxKinds = ["machine", "router", "address", "mark", "service", "server"] as const;
export type BoxKind = (typeof boxKinds)[number];

/** The numbers of findings that concern a part of the picture, ascending, and the worst severity among them. */
export interface Judged {
  readonly findings: readonly number[];
  readonly severity?: Severity;
}

/** A line of a box below its title: an address, a script, a property. */
export interface Row extends Judged {
  readonly text: string;
  /** Where it is written; empty for what only counts. */
  readonly sites: readonly Site[];
}

export interface Box extends Judged {
  /** Unique in a picture of several clusters: letters, digits and "_". */
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  readonly rows: readonly Row[];
  /** Where it is written, one for each node that writes it. */
  readonly sites: readonly Site[];
  /** Of a box that stands for several. */
  readonly count?: number;
}

/**
 * `member`: a machine takes part in a virtual router. `holds`: a virtual router carries an address. `flow`: packets go this
 * way. `spare`: only when nothing else is left (a sorry server).
 */
export type EdgeKind = "member" | "holds" | "flow" | "spare";

export interface Edge extends Judged {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  readonly label: string;
  /** Of a member: it is master when all nodes have started. */
  readonly active: boolean;
  readonly sites: readonly Site[];
}

/** What is found on several machines in the same words has one number. */
export interface NumberedFinding {
  readonly number: number;
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly sites: readonly Site[];
  /** "db1/keepalived.conf:12", one for each site. */
  readonly places: readonly string[];
}

export interface ClusterGraph {
  readonly name: string;
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly findings: readonly NumberedFinding[];
}

export interface Picture {
  readonly clusters: readonly ClusterGraph[];
  /** Clusters that would make it too large. */
  readonly left: number;
  /** "db1/keepalived.conf:12", for tooltips. */
  readonly placeOf: (site: Site) => string;
}
