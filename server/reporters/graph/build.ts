/** From clusters and findings to pictures of them. */
import { newestVersion } from "../../../grammar/vocabulary/index.ts";
import type { Version } from "../../../grammar/vocabulary/types.ts";
import { severities } from "../../analysis/finding.ts";
import { simulatedCluster } from "../../failover/cluster.ts";
import { simulate } from "../../failover/simulate.ts";
import type { ClusterModel } from "../../model/cluster/model.ts";
import { printable } from "../cells.ts";
import { linesOf, type Report } from "../report.ts";
import { secretsOf } from "../secrets.ts";
import { withKeepalived } from "../words.ts";
import { collapsed } from "./collapse.ts";
import { type Draft, newDraft, shownText } from "./draft.ts";
import { type JudgedFinding, judgedParts, type Part } from "./findings.ts";
import { type Box, boxKinds, type ClusterGraph, type Edge, type Judged, type NumberedFinding, type Picture } from "./graph.ts";
import { addMachines, addOtherMachines } from "./machines.ts";
import { addRouters, type IsMaster } from "./routers.ts";
import { addMarks, addServices } from "./services.ts";

const mostClusters = 20;
const mostRows = 9;

export const buildPicture = (report: Report): Picture => {
  const lines = linesOf(report.textOf, report.shown);
  const secrets = secretsOf(report.project, report.textOf);
  const placeOf: Picture["placeOf"] = ({ file, span }) => `${printable(lines.name(file))}:${lines.position(file, span.start).line}`;
  const findings = report.findings.filter(({ severity }) => severity !== "style");
  const drawn = report.project.clusters.slice(0, mostClusters);
  return {
    clusters: drawn.map((cluster, index) => {
      // The gravest have the lowest numbers and are the ones that are told.
      const own = severities.flatMap((severity) => findings.filter((one) => one.cluster === cluster.name && one.severity === severity));
      const numbered = new Map<string, NumberedFinding>();
      const numbers = own.map((finding) => {
        const { rule, severity } = finding;
        const message = printable(secrets.maskIn(finding.message, finding));
        const key = `${rule} ${message}`;
        const known = numbered.get(key) ?? { number: numbered.size + 1, severity, rule, message, sites: [], places: [] };
        numbered.set(key, { ...known, sites: [...known.sites, finding.at], places: [...known.places, placeOf(finding.at)] });
        return known.number;
      });
      const judged = own.map((finding, position) => ({ finding, number: numbers[position]! }));
      return buildGraph(
        cluster,
        judged,
        [...numbered.values()],
        report.version ?? newestVersion,
        drawn.length === 1 ? "" : `c${index + 1}_`,
      );
    }),
    left: report.project.clusters.length - drawn.length,
    placeOf,
  };
};

const buildGraph = (
  cluster: ClusterModel,
  findings: readonly JudgedFinding[],
  numbered: readonly NumberedFinding[],
  version: Version,
  prefix: string,
): ClusterGraph => {
  const draft = newDraft();
  const virtual = new Set(
    cluster.nodes.flatMap(({ configuration }) =>
      (configuration?.instances ?? []).flatMap(({ virtualAddresses, excludedAddresses }) =>
        [...virtualAddresses, ...excludedAddresses].flatMap(({ address }) => address ?? []),
      ),
    ),
  );
  addMachines(draft, cluster, virtual);
  addRouters(draft, cluster, mastersOf(cluster, version));
  addServices(draft, cluster);
  addMarks(draft, cluster);
  addOtherMachines(draft, cluster, virtual);
  const graph = finished(draft, judgedParts(draft, findings), prefix);
  return collapsed({ ...graph, name: shownText(titleOf(cluster), 80), findings: numbered });
};

/** "." says nothing to whoever looks at a picture: then its nodes name it. */
const titleOf = (cluster: ClusterModel): string => {
  const names = withKeepalived(cluster).map(({ name }) => name);
  return cluster.name === "." && names.length > 0 ? `${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}` : cluster.name;
};

/** Larger clusters are not simulated for a picture. */
const mostDaemons = 16;

/** Who is master when all have started. */
const mastersOf = (cluster: ClusterModel, version: Version): IsMaster => {
  const simulated = simulatedCluster(cluster, version);
  if (simulated.daemons.length === 0 || simulated.daemons.length > mostDaemons) return () => false;
  const states = simulate(simulated, [{ do: "start" }])[0]?.states;
  return (node, instance) => states?.get(node)?.get(instance) === "MASTER";
};

const finished = (draft: Draft, judged: ReadonlyMap<Part, Judged>, prefix: string): Pick<ClusterGraph, "boxes" | "edges"> => {
  const of = (part: Part): Judged => judged.get(part) ?? { findings: [] };
  const drafts = boxKinds.flatMap((kind) => [...draft.boxes.values()].filter((box) => box.kind === kind));
  const ids = new Map(drafts.map((box, index) => [box, `${prefix}${box.kind}${index + 1}`]));
  return {
    boxes: drafts.map((box): Box => {
      const rows = box.rows
        .filter((row) => row.text !== "")
        .map((row) => ({ text: row.text, sites: row.places.map(({ site }) => site), ...of(row) }));
      const cut =
        rows.length > mostRows
          ? [...rows.slice(0, mostRows - 1), { text: `and ${rows.length - mostRows + 1} more`, sites: [], findings: [] }]
          : rows;
      return { id: ids.get(box)!, kind: box.kind, title: box.title, rows: cut, sites: box.sites, ...of(box) };
    }),
    edges: [...draft.edges.values()].map((edge): Edge => ({
      from: ids.get(edge.from)!,
      to: ids.get(edge.to)!,
      kind: edge.kind,
      label: shownText([...edge.labels].join(" / ")),
      active: edge.active,
      sites: edge.sites,
      ...of(edge),
    })),
  };
};
