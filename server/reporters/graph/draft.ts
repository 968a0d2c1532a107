/** A graph that grows: the same thing met on two machines is one box with two sites. Only build.ts and its parts see it. */
import type { Site } from "../../../grammar/text.ts";
import { columnsOf, printable } from "../cells.ts";
import { maskProse } from "../secrets.ts";
import type { BoxKind, EdgeKind } from "./graph.ts";

/** Text that belongs to a part of the picture. A finding is shown at the part with the smallest text around it. */
export interface Place {
  readonly site: Site;
  /** The machine whose text it is. */
  readonly node: string;
}

export interface DraftRow {
  readonly text: string;
  readonly places: Place[];
}

export interface DraftBox {
  readonly kind: BoxKind;
  readonly key: string;
  readonly title: string;
  readonly rows: DraftRow[];
  readonly sites: Site[];
  /** More text that belongs to it, such as a whole file. */
  readonly places: Place[];
}

export interface DraftEdge {
  readonly from: DraftBox;
  readonly to: DraftBox;
  readonly kind: EdgeKind;
  /** Machines may say different things about one line. */
  readonly labels: Set<string>;
  active: boolean;
  readonly sites: Site[];
  readonly places: Place[];
}

export interface Draft {
  readonly boxes: Map<string, DraftBox>;
  readonly edges: Map<string, DraftEdge>;
}

export const newDraft = (): Draft => ({ boxes: new Map(), edges: new Map() });

/** Columns of a title or a label, and of a row, which is broken where it is shown. */
const longest = 60;
const longestRow = 150;

/** A text of the user as a picture may show it. */
export const shownText = (text: string, most = longest): string => {
  const safe = printable(maskProse(text.slice(0, 400)));
  if (columnsOf(safe) <= most) return safe;
  let cut = "";
  let columns = 1;
  for (const character of safe) {
    columns += columnsOf(character);
    if (columns > most) break;
    cut += character;
  }
  return `${cut}…`;
};

/** The box with this key, new or known; `place` is added where it is given. */
export const boxFor = (draft: Draft, kind: BoxKind, key: string, title: string, place?: Place): DraftBox => {
  const id = `${kind} ${key}`;
  const box = draft.boxes.get(id) ?? { kind, key, title: shownText(title), rows: [], sites: [], places: [] };
  draft.boxes.set(id, box);
  if (place !== undefined) {
    box.sites.push(place.site);
    box.places.push(place);
  }
  return box;
};

/** Adds a line once; further places of the same line join it. */
export const addRow = (box: DraftBox, text: string, places: readonly Place[] = []): void => {
  const shown = shownText(text, longestRow);
  const known = box.rows.find((row) => row.text === shown);
  if (known === undefined) box.rows.push({ text: shown, places: [...places] });
  else known.places.push(...places);
};

export interface EdgeWish {
  readonly kind: EdgeKind;
  readonly label?: string;
  readonly active?: boolean;
  readonly place: Place;
}

/** Two boxes are joined by one line of a kind, whoever says so. */
export const addEdge = (draft: Draft, from: DraftBox, to: DraftBox, { kind, label = "", active = false, place }: EdgeWish): void => {
  const id = JSON.stringify([from.kind, from.key, to.kind, to.key, kind]);
  const edge = draft.edges.get(id) ?? { from, to, kind, labels: new Set<string>(), active: false, sites: [], places: [] };
  draft.edges.set(id, edge);
  if (label !== "") edge.labels.add(label);
  edge.active ||= active;
  edge.sites.push(place.site);
  edge.places.push(place);
};

/** A whole file. */
export const wholeFile = (file: string, node: string): Place => ({
  site: { file, span: { start: 0, end: Number.MAX_SAFE_INTEGER } },
  node,
});
