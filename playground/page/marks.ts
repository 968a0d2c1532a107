/** What was found, in the text: underlined, with a dot in the margin, said under the pointer, and F8 goes from one to the next. */
import { type EditorState, type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  activateHover,
  Decoration,
  type DecorationSet,
  EditorView,
  gutter,
  GutterMarker,
  hoverTooltip,
  keymap,
  type Tooltip,
  WidgetType,
} from "@codemirror/view";
import { severities, type Severity } from "../../server/analysis/finding.ts";
import type { ShownFix } from "../messages.ts";
import { button, make } from "./dom.ts";

export interface Remark {
  readonly from: number;
  readonly to: number;
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly fixes: readonly ShownFix[];
  readonly apply: (fix: ShownFix) => void;
}

/** A place without characters. */
class Point extends WidgetType {
  constructor(readonly severity: Severity) {
    super();
  }

  override eq({ severity }: Point): boolean {
    return severity === this.severity;
  }

  override toDOM(): HTMLElement {
    return make("span", { class: `mark-point mark-${this.severity}` });
  }
}

class Dot extends GutterMarker {
  constructor(readonly severity: Severity) {
    super();
  }

  override eq({ severity }: Dot): boolean {
    return severity === this.severity;
  }

  override toDOM(): HTMLElement {
    return make("div", { class: `mark-dot mark-${this.severity}` });
  }
}

const told = StateEffect.define<readonly Remark[]>();

const decorationOf = (remark: Remark): Range<Decoration> => {
  const { from, to, severity } = remark;
  return from === to
    ? Decoration.widget({ widget: new Point(severity), side: 1, remark }).range(from)
    : Decoration.mark({ class: `mark mark-${severity}`, remark }).range(from, to);
};

const remarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects }) => {
    const news = effects.find((effect) => effect.is(told));
    return news === undefined ? marks.map(changes) : Decoration.set(news.value.map(decorationOf), true);
  },
  provide: (field) => EditorView.decorations.from(field),
});

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly remark: Remark;
}

const between = (state: EditorState, start: number, end: number): readonly Placed[] => {
  const found: Placed[] = [];
  state.field(remarks).between(start, end, (from, to, { spec }) => {
    found.push({ from, to, remark: (spec as { remark: Remark }).remark });
  });
  return found;
};

const dots = (state: EditorState): RangeSet<Dot> => {
  const worst = new Map<number, Severity>();
  for (const { from, remark } of between(state, 0, state.doc.length)) {
    const line = state.doc.lineAt(from).from;
    const other = worst.get(line);
    if (other === undefined || severities.indexOf(remark.severity) < severities.indexOf(other)) worst.set(line, remark.severity);
  }
  return RangeSet.of(
    [...worst].map(([line, severity]) => new Dot(severity).range(line)),
    true,
  );
};

const sayingOf = ({ severity, rule, message, fixes, apply }: Remark): HTMLElement =>
  make(
    "li",
    { class: `remark mark-${severity}` },
    message,
    ...fixes.map((fix) => button(fix.title, () => apply(fix), { class: "apply" })),
    make("span", { class: "source" }, rule),
  );

const sayings = hoverTooltip(({ state }, place): Tooltip | null => {
  const found = between(state, place, place);
  return found.length === 0
    ? null
    : {
        pos: Math.min(...found.map(({ from }) => from)),
        end: Math.max(...found.map(({ to }) => to)),
        above: true,
        create: () => ({ dom: make("ul", { class: "remarks" }, ...found.map(({ remark }) => sayingOf(remark))) }),
      };
});

/** Selects it and says it, until somebody goes elsewhere. */
const show = (view: EditorView, { from, to }: Placed): void => {
  view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
  activateHover(view, from, 1, {
    tooltip: sayings,
    until: ({ docChanged, newSelection: { main } }) => docChanged || main.head < from || main.head > to,
  });
};

const showNext = (view: EditorView): boolean => {
  const { state } = view;
  const all = between(state, 0, state.doc.length);
  const next = all.find(({ from }) => from > state.selection.main.from) ?? all[0];
  if (next !== undefined) show(view, next);
  return next !== undefined;
};

export const marks: Extension = [
  remarks,
  sayings,
  gutter({
    class: "mark-gutter",
    markers: ({ state }) => dots(state),
    domEventHandlers: {
      click: (view, { from, to }) => {
        const [first] = between(view.state, from, to);
        if (first !== undefined) show(view, first);
        return first !== undefined;
      },
    },
  }),
  keymap.of([{ key: "F8", run: showNext }]),
];

/** Shows these and no others. Places behind the end of the text belong to an older one. */
export const setRemarks = (view: EditorView, all: readonly Remark[]): void => {
  const { length } = view.state.doc;
  const within = all.map((remark) => ({ ...remark, from: Math.min(remark.from, length), to: Math.min(remark.to, length) }));
  view.dispatch({ effects: told.of(within) });
};
