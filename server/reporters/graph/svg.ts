/**
 * `kalint graph --format svg`: one file that a wiki, a browser and a converter show alike. Colours stand twice in it: as
 * attributes for readers that know no style sheets, and in a style sheet that has a second set for dark surroundings. It
 * brings its own ground, since nobody knows what it will stand on, and no script, font or picture from elsewhere.
 *
 * A page that has its own style sheet embeds it: then it comes without ground and style, and its parts carry a key by which
 * the page learns where they are written.
 */
import type { Site } from "../../../grammar/text.ts";
import type { Severity } from "../../analysis/finding.ts";
import { wrapped } from "../cells.ts";
import { xmlText } from "../xml.ts";
import { few, plural } from "../words.ts";
import type { Box, ClusterGraph, Picture } from "./graph.ts";
import {
  badge,
  badgesWidth,
  fontSizes,
  heights,
  kindNames,
  type Layout,
  layoutOf,
  mostBadges,
  padding,
  type PlacedBox,
  type PlacedEdge,
  type Point,
} from "./layout.ts";
import { paletteCss, paint } from "./palette.ts";
import { isGrave } from "./lines.ts";
import { textWidth } from "./metrics.ts";
import { shownText } from "./draft.ts";

const margin = 24;
const heading = 44;
const narrowest = 640;
const listed = 12;
const lineHeight = 15;

/** What the parts of a picture have in common. */
interface Pen {
  readonly placeOf: Picture["placeOf"];
  /** The attribute that makes a part one to jump from; empty where nothing is embedded. */
  readonly part: (sites: readonly Site[], label: string) => string;
}

export const pictureSvg = (picture: Picture): string => {
  const { width, height, parts } = laidOut(picture, { placeOf: picture.placeOf, part: () => "" });
  const names = picture.clusters.map(({ name }) => name).join(", ");
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" ${frame(width, height)} role="img" ${font}>`,
    `<title>${xmlText(names === "" ? "no cluster" : names)}</title>`,
    `<style>${paletteCss}</style>`,
    `<rect ${paint("ground")} width="${width}" height="${height}"/>`,
    ...parts,
    "</svg>",
  ].join("\n")}\n`;
};

/**
 * The boxes and lines of one cluster as an <svg> for a page, and by the `data-part` of its parts where they are written. What
 * is text around them — name, summary, findings — the page writes itself, where it can be broken and selected.
 */
export const embeddedSvg = (
  graph: ClusterGraph,
  placeOf: Picture["placeOf"],
): { readonly svg: string; readonly sites: ReadonlyMap<string, readonly Site[]> } => {
  const sites = new Map<string, readonly Site[]>();
  const part: Pen["part"] = (written, label) => {
    if (written.length === 0) return "";
    const key = `p${sites.size + 1}`;
    sites.set(key, written);
    return ` data-part="${key}" role="link" tabindex="-1" aria-label="${xmlText(label)}"`;
  };
  const layout = layoutOf(graph);
  const [width, height] = [layout.width + 2 * frameMargin, layout.height + 2 * frameMargin];
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${frame(width, height)} role="group" ${font}>`,
    `<g transform="translate(${frameMargin} ${frameMargin})">`,
    ...shapes(graph, layout, { placeOf, part }),
    "</g>",
    "</svg>",
  ].join("\n");
  return { svg, sites };
};

/** Room for what is wider than its box: a shadow, a focus. */
const frameMargin = 6;

const frame = (width: number, height: number): string => `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
const font = `font-family="'DejaVu Sans', Verdana, 'Segoe UI', system-ui, sans-serif"`;

const laidOut = (picture: Picture, pen: Pen): { readonly width: number; readonly height: number; readonly parts: readonly string[] } => {
  const panels = picture.clusters.map((graph) => ({ graph, layout: layoutOf(graph) }));
  const width = Math.max(narrowest, ...panels.map(({ layout }) => layout.width)) + 2 * margin;
  const parts: string[] = [];
  let y = margin;
  for (const { graph, layout } of panels) {
    const { lines, height } = drawn(graph, layout, width - 2 * margin, pen);
    parts.push(`<g transform="translate(${margin} ${y})">`, ...lines, "</g>");
    y += height + margin;
  }
  if (picture.left > 0) {
    parts.push(text(margin, y, fontSizes.row, "soft", `and ${plural(picture.left, "more cluster")}; name a folder to see one`));
    y += margin;
  }
  return { width, height: y, parts };
};

const drawn = (
  graph: ClusterGraph,
  layout: Layout,
  width: number,
  pen: Pen,
): { readonly lines: readonly string[]; readonly height: number } => {
  const findings = findingLines(graph, width);
  const below = heading + layout.height + 40;
  const active = graph.edges.some((edge) => edge.active);
  const legend = active ? [text(0, heading + layout.height + 22, fontSizes.kind, "soft", masterLegend)] : [];
  return {
    lines: [
      text(0, 14, 16, "ink", graph.name, true),
      text(0, 32, fontSizes.row, "soft", graphSummary(graph)),
      `<g transform="translate(0 ${heading})">`,
      ...shapes(graph, layout, pen),
      "</g>",
      ...legend,
      `<g transform="translate(0 ${below})">`,
      ...findings.lines,
      "</g>",
    ],
    height: below + findings.height,
  };
};

const shapes = (graph: ClusterGraph, layout: Layout, pen: Pen): readonly string[] => [
  ...layout.edges.map(({ edge, points }) => line(edge, points)),
  ...layout.boxes.flatMap((placed) => card(placed, graph, pen)),
  ...layout.edges.flatMap((placed) => edgeLabel(placed, graph, pen)),
];

const masterLegend = "thick line: master when all nodes have started";

/** "2 nodes · 1 virtual router · 1 virtual address · 2 errors" */
export const graphSummary = ({ boxes, findings }: ClusterGraph): string => {
  const count = (kind: Box["kind"]): number => boxes.filter((box) => box.kind === kind).reduce((sum, box) => sum + (box.count ?? 1), 0);
  const of = (severity: Severity): number =>
    findings.reduce((sum, finding) => sum + (finding.severity === severity ? finding.places.length : 0), 0);
  const parts = [
    plural(count("machine"), "node"),
    ...(count("router") === 0 ? [] : [plural(count("router"), "virtual router")]),
    ...(count("address") === 0 ? [] : [plural(count("address"), "virtual address", "virtual addresses")]),
    ...(count("service") === 0 ? [] : [plural(count("service"), "service")]),
    ...(of("error") === 0 ? [] : [plural(of("error"), "error")]),
    ...(of("warning") === 0 ? [] : [plural(of("warning"), "warning")]),
    ...(findings.length === 0 ? ["nothing found"] : []),
  ];
  return parts.join(" · ");
};

const tints = { error: "error", warning: "warning", info: "info", style: "info" } as const;

const tintOf = (severity: Box["severity"]): "error" | "warning" | undefined => (isGrave(severity) ? severity : undefined);

const card = ({ box, x, y, width, height }: PlacedBox, graph: ClusterGraph, { placeOf, part }: Pen): readonly string[] => {
  const tint = tintOf(box.severity);
  const border = tint === undefined ? paint("card") : `${paint("card", tint)} stroke-width="2"`;
  const shadow =
    (box.count ?? 1) > 1 ? [`<rect ${paint("card")} x="${x + 4}" y="${y + 4}" width="${width}" height="${height}" rx="6"/>`] : [];
  const left = x + padding;
  let baseline = y + heights.padding + heights.kind - 4;
  const lines = [
    `<g id="${box.id}"${part(box.sites, `${kindNames[box.kind].toLowerCase()} ${box.title}`)}>`,
    `<title>${xmlText([box.title, ...box.sites.slice(0, 6).map(placeOf)].join("\n"))}</title>`,
    ...shadow,
    `<rect ${border} x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    `<rect ${paint(box.kind)} x="${x}" y="${y + 7}" width="4" height="${height - 14}" rx="2"/>`,
    text(left, baseline, fontSizes.kind, "soft", kindNames[box.kind]),
    ...badges(box.findings, graph, { x: x + width - padding + 4, y: baseline - 3 }),
  ];
  baseline += heights.title;
  lines.push(text(left, baseline, fontSizes.title, "ink", box.title, true));
  baseline += 3;
  for (const row of box.rows) {
    baseline += heights.row;
    const written = text(left, baseline, fontSizes.row, tintOf(row.severity) ?? "soft", row.text);
    const attributes = part(row.sites, row.text);
    lines.push(attributes === "" ? written : `<g${attributes}>${written}</g>`);
    lines.push(...badges(row.findings, graph, { x: x + width - padding + 4, y: baseline - 4 }));
  }
  return [...lines, "</g>"];
};

/** Circles with the numbers of findings; `end` is the middle of the right edge. */
const badges = (findings: readonly number[], graph: ClusterGraph, end: Point): readonly string[] => {
  const shown = findings.length > mostBadges + 1 ? findings.slice(0, mostBadges) : findings;
  const texts = [...shown.map(String), ...(shown.length < findings.length ? [`+${findings.length - shown.length}`] : [])];
  return texts.flatMap((number, index) => {
    const x = end.x - (texts.length - index) * badge + badge / 2;
    return [
      `<circle ${paint(tints[graph.findings[findings[index]! - 1]!.severity])} cx="${x}" cy="${end.y}" r="7.5"/>`,
      `<text ${paint("onTint")} x="${x}" y="${end.y + 3}" font-size="${number.length > 2 ? 7 : 9}" font-weight="bold" text-anchor="middle">${number}</text>`,
    ];
  });
};

const line = (edge: PlacedEdge["edge"], points: readonly Point[]): string => {
  const tint = tintOf(edge.severity);
  const tone = tint === undefined ? "line" : `${tint}Line`;
  const dash = edge.kind === "spare" || (edge.kind === "member" && !edge.active) ? ' stroke-dasharray="5 4"' : "";
  return `<path ${paint(tone)} d="${curve(points)}" stroke-width="${edge.active ? 2.6 : 1.3}"${dash}/>${arrow(points.at(-1)!, tone)}`;
};

/** From point to point, leaving and arriving level. */
const curve = (points: readonly Point[]): string =>
  points
    .map((point, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${point.x} ${point.y}`;
      const middle = Math.round(((before.x + point.x) / 2) * 10) / 10;
      return `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    })
    .join("");

const arrow = ({ x, y }: Point, tone: string): string => `<path ${paint(tone.replace("ine", "ineEnd"))} d="M${x} ${y}l-7 -3.5v7z"/>`;

const edgeLabel = ({ edge, label }: PlacedEdge, graph: ClusterGraph, { part }: Pen): readonly string[] => {
  if (label === undefined) return [];
  const tone = tintOf(edge.severity) ?? "ink";
  const room = badgesWidth(edge.findings);
  const left = Math.round((label.x - label.width / 2) * 10) / 10;
  const attributes = part(edge.sites, edge.label);
  const lines = [
    `<rect ${paint("ground")} x="${left}" y="${label.y - 9}" width="${label.width}" height="18" rx="3"/>`,
    ...(edge.label === ""
      ? []
      : [
          `<text ${paint(tone)} x="${left + (label.width - room) / 2}" y="${label.y + 3.5}" font-size="${fontSizes.label}"${edge.active ? ' font-weight="bold"' : ""} text-anchor="middle">${xmlText(edge.label)}</text>`,
        ]),
    ...badges(edge.findings, graph, { x: left + label.width, y: label.y }),
  ];
  return attributes === "" ? lines : [`<g${attributes}>`, ...lines, "</g>"];
};

const findingLines = (graph: ClusterGraph, width: number): { readonly lines: readonly string[]; readonly height: number } => {
  const { findings } = graph;
  const lines: string[] = [];
  let y = 14;
  const columns = Math.max(40, Math.floor((width - 24) / (fontSizes.row * 0.6)));
  for (const { number, severity, rule, message, places } of findings.slice(0, listed)) {
    const tint = tints[severity];
    lines.push(...badges([number], graph, { x: badge - 1, y: y - 4 }));
    lines.push(text(24, y, fontSizes.row, tint, rule, true));
    const left = 24 + textWidth(rule, fontSizes.row, true) + 10;
    lines.push(text(left, y, fontSizes.row, "soft", placesWithin(places, graph.name, width - left)));
    for (const part of wrapped(message, columns)) {
      y += lineHeight;
      lines.push(text(24, y, fontSizes.row, "ink", part));
    }
    y += lineHeight + 6;
  }
  if (findings.length > listed) {
    lines.push(text(24, y, fontSizes.row, "soft", `and ${findings.length - listed} more; kalint check tells them`));
    y += lineHeight;
  }
  return { lines, height: findings.length === 0 ? 0 : y };
};

/** As many places as there is room for, counted from the cluster's folder. */
const placesWithin = (places: readonly string[], folder: string, room: number): string => {
  const near = places.map((place) => (place.startsWith(`${folder}/`) ? place.slice(folder.length + 1) : place));
  const choices = [2, 1].map((most) => few(near, most));
  const last = near.length > 1 ? `${near[0]} and ${near.length - 1} more` : (near[0] ?? "");
  return choices.find((choice) => textWidth(choice, fontSizes.row) <= room) ?? shownText(last, Math.max(20, Math.floor(room / 7)));
};

const text = (x: number, y: number, size: number, tone: string, content: string, bold = false): string =>
  `<text xml:space="preserve" ${paint(tone)} x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="bold"' : ""}>${xmlText(content)}</text>`;
