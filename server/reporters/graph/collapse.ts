/**
 * A picture that can still be looked at: boxes of one kind with the same neighbours become one, "12 real servers", when there
 * are many; and of no kind there are more than a screenful.
 */
import type { Box, BoxKind, ClusterGraph, Edge } from "./graph.ts";
import { worstOf } from "./findings.ts";

/** So many boxes of a kind with the same neighbours are drawn one by one. */
const alike = 8;
/** So many boxes of a kind are drawn at all. */
const most: Readonly<Record<BoxKind, number>> = { machine: 24, router: 30, address: 40, mark: 20, service: 30, server: 40 };

const plurals: Readonly<Record<BoxKind, string>> = {
  machine: "machines",
  router: "virtual routers",
  address: "addresses",
  mark: "mark rules",
  service: "services",
  server: "real servers",
};

/** Real servers first: where twelve have become one, the services in front of them are alike too. */
const order: readonly BoxKind[] = ["server", "mark", "service", "address", "router", "machine"];

export const collapsed = (graph: ClusterGraph): ClusterGraph => order.reduce((now, kind) => limited(grouped(now, kind), kind), graph);

/** Boxes without a finding that have the same neighbours and the same lines to them. */
const grouped = (graph: ClusterGraph, kind: BoxKind): ClusterGraph => {
  const groups = new Map<string, Box[]>();
  const linesOf = new Map<string, string[]>();
  for (const { from, to, kind: way, label, active } of graph.edges) {
    linesOf.set(from, [...(linesOf.get(from) ?? []), JSON.stringify([">", to, way, label, active])]);
    linesOf.set(to, [...(linesOf.get(to) ?? []), JSON.stringify(["<", from, way, label, active])]);
  }
  for (const box of graph.boxes) {
    if (box.kind !== kind || box.findings.length > 0) continue;
    const key = (linesOf.get(box.id) ?? []).toSorted().join("\n");
    groups.set(key, [...(groups.get(key) ?? []), box]);
  }
  return [...groups.values()].filter((boxes) => boxes.length > alike).reduce((now, boxes) => merged(now, boxes, kind), graph);
};

/** What is over the limit, those without findings first. */
const limited = (graph: ClusterGraph, kind: BoxKind): ClusterGraph => {
  const boxes = graph.boxes.filter((box) => box.kind === kind);
  if (boxes.length <= most[kind]) return graph;
  const ranked = [...boxes.filter(({ findings }) => findings.length > 0), ...boxes.filter(({ findings }) => findings.length === 0)];
  return merged(graph, ranked.slice(most[kind] - 1), kind);
};

/** Several boxes as one: it stands where the first stood. */
const merged = (graph: ClusterGraph, boxes: readonly Box[], kind: BoxKind): ClusterGraph => {
  const [first] = boxes;
  const last = boxes.at(-1);
  if (first === undefined || last === undefined) return graph;
  const gone = new Set(boxes.map(({ id }) => id));
  const findings = [...new Set(boxes.flatMap((box) => box.findings))].toSorted((a, b) => a - b);
  const severity = worstOf(boxes.map((box) => box.severity));
  const box: Box = {
    id: first.id,
    kind,
    title: `${boxes.reduce((sum, { count }) => sum + (count ?? 1), 0)} ${plurals[kind]}`,
    rows: [{ text: `${first.title} to ${last.title}`, sites: [], findings: [] }],
    sites: first.sites,
    findings,
    ...(severity === undefined ? {} : { severity }),
    count: boxes.reduce((sum, { count }) => sum + (count ?? 1), 0),
  };
  const edges = new Map<string, Edge>();
  for (const edge of graph.edges) {
    const moved = { ...edge, from: gone.has(edge.from) ? first.id : edge.from, to: gone.has(edge.to) ? first.id : edge.to };
    const key = JSON.stringify([moved.from, moved.to, moved.kind]);
    const known = edges.get(key);
    const worst = worstOf([known?.severity, moved.severity]);
    edges.set(key, {
      ...moved,
      label: known === undefined || known.label === moved.label ? moved.label : "",
      active: moved.active || known?.active === true,
      sites: known?.sites ?? moved.sites,
      findings: [...new Set([...(known?.findings ?? []), ...moved.findings])].toSorted((a, b) => a - b),
      ...(worst === undefined ? {} : { severity: worst }),
    });
  }
  return {
    ...graph,
    boxes: graph.boxes.flatMap((each) => (each.id === first.id ? box : gone.has(each.id) ? [] : each)),
    edges: [...edges.values()],
  };
};
