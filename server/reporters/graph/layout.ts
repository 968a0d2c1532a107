/** Places for the boxes of a graph, from left to right; dagre does it. The same graph always gets the same places. */
import { Graph as Dagre, layout as dagreLayout } from "@dagrejs/dagre";
import type { Box, ClusterGraph, Edge } from "./graph.ts";
import { brokenRows } from "./lines.ts";
import { textWidth } from "./metrics.ts";

export const fontSizes = { kind: 9, title: 13, row: 11, label: 10 } as const;
export const heights = { kind: 14, title: 18, row: 15, padding: 9 } as const;
export const padding = 13;
/** Room for the numbers of findings at the end of a line. */
export const badge = 17;

export interface PlacedBox {
  readonly box: Box;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: Edge;
  readonly points: readonly Point[];
  /** The middle of the label. */
  readonly label?: Point & { readonly width: number };
}

export interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** Badges of a line: so many numbers, the others as "+4". */
export const mostBadges = 3;

export const badgesWidth = (findings: readonly number[]): number => Math.min(findings.length, mostBadges + 1) * badge;

const sizeOf = ({ kind, title, rows, findings }: Box): { readonly width: number; readonly height: number } => ({
  width:
    2 * padding +
    Math.max(
      textWidth(kindNames[kind], fontSizes.kind) + 8 + badgesWidth(findings),
      textWidth(title, fontSizes.title, true),
      ...rows.map((row) => textWidth(row.text, fontSizes.row) + (row.findings.length > 0 ? 4 + badgesWidth(row.findings) : 0)),
    ),
  height: 2 * heights.padding + heights.kind + heights.title + rows.length * heights.row + (rows.length > 0 ? 3 : 0),
});

export const kindNames: Readonly<Record<Box["kind"], string>> = {
  machine: "NODE",
  router: "VIRTUAL ROUTER",
  address: "VIRTUAL ADDRESS",
  mark: "PACKET MARK",
  service: "SERVICE",
  server: "REAL SERVER",
};

/** Above this many edges a faster way of ranking will do. */
const manyEdges = 400;

export const layoutOf = (graph: ClusterGraph): Layout => {
  const boxes = graph.boxes.map((box) => ({ ...box, rows: brokenRows(box.rows) }));
  const { edges } = graph;
  const dagre = new Dagre({ multigraph: true });
  dagre.setGraph({
    rankdir: "LR",
    nodesep: 22,
    edgesep: 14,
    ranksep: edges.length > 8 ? 64 : 46,
    marginx: 0,
    marginy: 0,
    ...(edges.length > manyEdges ? { ranker: "longest-path" } : {}),
  });
  for (const box of boxes) dagre.setNode(box.id, sizeOf(box));
  const labelOf = (edge: Edge): number => {
    const text = edge.label === "" ? 0 : textWidth(edge.label, fontSizes.label, edge.active) + 10;
    return text + badgesWidth(edge.findings);
  };
  for (const [index, edge] of edges.entries()) {
    const width = labelOf(edge);
    dagre.setEdge(edge.from, edge.to, width === 0 ? {} : { width, height: 18, labelpos: "c" }, String(index));
  }
  dagreLayout(dagre, { constraints: [...inOrder(boxes, "machine"), ...inOrder(boxes, "router")] });
  const placed = new Map(
    boxes.map((box) => {
      const { x, y, width, height } = dagre.node(box.id) as Required<ReturnType<typeof sizeOf>> & Point;
      return [box.id, { box, x: round(x - width / 2), y: round(y - height / 2), width, height }] as const;
    }),
  );
  const { width = 0, height = 0 } = dagre.graph() as { width?: number; height?: number };
  const levels = uncrossed(edges, placed, (edge, index) => (dagre.edge(edge.from, edge.to, String(index)) as Partial<Point>).y);
  return {
    boxes: [...placed.values()],
    edges: edges.map((edge, index): PlacedEdge => {
      const found = dagre.edge(edge.from, edge.to, String(index)) as { points?: readonly Point[]; x?: number; y?: number };
      const [from, to] = [placed.get(edge.from)!, placed.get(edge.to)!];
      const room = labelOf(edge);
      const level = levels.get(index);
      const y = level ?? found.y;
      const label = room === 0 || found.x === undefined || y === undefined ? undefined : { x: round(found.x), y: round(y), width: room };
      const bends = level === undefined ? (found.points ?? []).slice(1, -1).map((bend) => ({ x: round(bend.x), y: round(bend.y) })) : [];
      return {
        edge,
        points: [
          { x: from.x + from.width, y: round(from.y + from.height / 2) },
          ...(label === undefined ? bends : aroundLabel(bends, label)),
          { x: to.x, y: round(to.y + to.height / 2) },
        ],
        ...(label === undefined ? {} : { label }),
      };
    }),
    width: Math.ceil(Number.isFinite(width) ? width : 0),
    height: Math.ceil(Number.isFinite(height) ? height : 0),
  };
};

/** Machines and routers stand in the order in which everything else names them; what hangs on them finds its place. */
const inOrder = (boxes: readonly Box[], kind: Box["kind"]): readonly { readonly left: string; readonly right: string }[] => {
  const own = boxes.filter((box) => box.kind === kind);
  return own.slice(1).map(({ id }, index) => ({ left: own[index]!.id, right: id }));
};

/**
 * The lines of one machine leave it in the order of the boxes they lead to, so that no two of them cross and the labels of
 * all machines stand in one order. Heights of labels by the place of the edge; lines that stay as they are are left out.
 */
const uncrossed = (
  edges: readonly Edge[],
  placed: ReadonlyMap<string, PlacedBox>,
  heightOf: (edge: Edge, index: number) => number | undefined,
): ReadonlyMap<number, number> => {
  const levels = new Map<number, number>();
  const byMachine = new Map<string, { readonly index: number; readonly height: number; readonly target: PlacedBox }[]>();
  for (const [index, edge] of edges.entries()) {
    const target = placed.get(edge.to)!;
    const height = heightOf(edge, index);
    if (placed.get(edge.from)!.box.kind !== "machine" || target.box.kind !== "router" || height === undefined) continue;
    byMachine.set(edge.from, [...(byMachine.get(edge.from) ?? []), { index, height, target }]);
  }
  for (const lines of byMachine.values()) {
    const ascending = lines.map(({ height }) => height).toSorted((a, b) => a - b);
    const ordered = lines.toSorted((a, b) => a.target.y - b.target.y || a.height - b.height);
    if (ordered.every(({ height }, place) => height === ascending[place])) continue;
    for (const [place, { index }] of ordered.entries()) levels.set(index, ascending[place]!);
  }
  return levels;
};

/** A line goes level through its label. */
const aroundLabel = (bends: readonly Point[], { x, y, width }: Point & { readonly width: number }): readonly Point[] => {
  const [left, right] = [round(x - width / 2), round(x + width / 2)];
  return [...bends.filter((bend) => bend.x < left), { x: left, y }, { x: right, y }, ...bends.filter((bend) => bend.x > right)];
};

const round = (value: number): number => Math.round(value * 10) / 10;
