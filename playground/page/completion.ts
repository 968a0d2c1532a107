/** What could stand here, while somebody types: a list under the cursor, the keys for it, and what the chosen one means beside it. */
import { type EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { closeHoverTooltips, EditorView, keymap, repositionTooltips, showTooltip, type Tooltip, type TooltipView } from "@codemirror/view";
import type { ShownCompletion } from "../messages.ts";
import type { Analyst } from "./analyst.ts";
import { make } from "./dom.ts";
import { rendered } from "./markdown.ts";
import { matching, written } from "./matching.ts";

interface Offer {
  /** What is replaced begins here, and ends so many characters behind the cursor. */
  readonly from: number;
  readonly behind: number;
  /** All that the analysis offers there. */
  readonly all: readonly ShownCompletion[];
  /** Those that go with what has been typed since, the best first. */
  readonly items: readonly ShownCompletion[];
  readonly chosen: number;
}

const offered = StateEffect.define<Offer | undefined>();

const narrowed = (offer: Omit<Offer, "items" | "chosen">, state: EditorState): Offer | undefined => {
  const { head } = state.selection.main;
  const typed = state.sliceDoc(offer.from, head);
  if (head < offer.from || /\s/u.test(typed)) return undefined;
  const items = matching(offer.all, typed);
  // The word itself is no news.
  return items.length === 0 || (items.length === 1 && items[0]!.text === typed) ? undefined : { ...offer, items, chosen: 0 };
};

const offers = StateField.define<Offer | undefined>({
  create: () => undefined,
  update: (offer, change) => {
    const news = change.effects.find((effect) => effect.is(offered));
    if (news !== undefined) return news.value;
    if (offer === undefined || (!change.docChanged && change.selection === undefined)) return offer;
    const isTyped = change.docChanged && (change.isUserEvent("input.type") || change.isUserEvent("delete"));
    return isTyped ? narrowed(offer, change.state) : undefined;
  },
});

const idOf = (place: number): string => `completion-${place}`;

const accept = (view: EditorView, { from, behind, items }: Offer, place: number): void => {
  const { state } = view;
  const [indentation = ""] = /^\s*/u.exec(state.doc.lineAt(from).text) ?? [];
  const { insert, start, end } = written(items[place]!, indentation);
  view.dispatch({
    changes: { from, to: Math.min(state.selection.main.head + behind, state.doc.length), insert },
    selection: { anchor: from + start, head: from + end },
    effects: offered.of(undefined),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
  view.focus();
};

const listFor = (view: EditorView, { explain }: Analyst): TooltipView => {
  const list = make("ul", { role: "listbox", "aria-label": "Completions" });
  const help = make("div", { class: "help" });
  const dom = make("div", { class: "completions" }, list, help);
  let shown: Offer | undefined;
  const sayHelp = async (text: string, offer: Offer): Promise<void> => {
    const told = rendered(await explain(text));
    // Another one may be chosen by now.
    if (shown !== offer) return;
    help.replaceChildren(told);
    repositionTooltips(view);
  };
  const render = (): void => {
    const offer = view.state.field(offers);
    if (offer === undefined || offer === shown) return;
    shown = offer;
    list.replaceChildren(
      ...offer.items.map(({ label, detail }, place) =>
        make(
          "li",
          { role: "option", id: idOf(place), "aria-selected": String(place === offer.chosen), onclick: () => accept(view, offer, place) },
          label,
          ...(detail === undefined || detail === label
            ? []
            : [make("span", { class: "detail" }, ` ${detail.startsWith(`${label} `) ? detail.slice(label.length + 1) : detail}`)]),
        ),
      ),
    );
    const item = offer.items[offer.chosen]!;
    help.hidden = item.help === undefined;
    void sayHelp(item.help ?? "", offer);
    list.children[offer.chosen]?.scrollIntoView({ block: "nearest" });
  };
  render();
  // Pressed, not clicked: the text keeps the focus.
  dom.addEventListener("mousedown", (event) => event.preventDefault());
  return { dom, update: render };
};

const move =
  (by: number) =>
  (view: EditorView): boolean => {
    const offer = view.state.field(offers);
    if (offer === undefined) return false;
    const { length } = offer.items;
    view.dispatch({ effects: offered.of({ ...offer, chosen: (offer.chosen + by + length) % length }) });
    return true;
  };

const answering =
  (answer: (view: EditorView, offer: Offer) => void) =>
  (view: EditorView): boolean => {
    const offer = view.state.field(offers);
    if (offer !== undefined) answer(view, offer);
    return offer !== undefined;
  };

const close = answering((view) => view.dispatch({ effects: offered.of(undefined) }));

export const completionFor = (file: string, analyst: Analyst): Extension => {
  const ask = async (view: EditorView): Promise<void> => {
    const { doc, selection } = view.state;
    const all = await analyst.complete(file, selection.main.head);
    const [first] = all;
    const { state } = view;
    if (first === undefined || state.doc !== doc || state.selection.main.head !== selection.main.head || !view.hasFocus) return;
    // One list replaces one span; what the analysis would replace otherwise is rare and left out.
    const behind = first.end - selection.main.head;
    const offer = narrowed({ from: first.start, behind, all: all.filter(({ start }) => start === first.start) }, state);
    view.dispatch({ effects: [offered.of(offer), closeHoverTooltips] });
  };
  const start = (view: EditorView): boolean => {
    void ask(view);
    return true;
  };
  const tooltipOf = ({ from }: Offer): Tooltip => ({ pos: from, create: (view) => listFor(view, analyst) });
  // The same tooltip for as long as it stands at the same place: it updates itself.
  const tooltips = new Map<number, Tooltip>();
  return [
    offers,
    showTooltip.compute([offers], (state) => {
      const offer = state.field(offers);
      if (offer === undefined) {
        tooltips.clear();
        return null;
      }
      const tooltip = tooltips.get(offer.from) ?? tooltipOf(offer);
      tooltips.set(offer.from, tooltip);
      return tooltip;
    }),
    EditorView.contentAttributes.compute([offers], (state) => {
      const offer = state.field(offers);
      return offer === undefined
        ? { "aria-autocomplete": "list" }
        : { "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-activedescendant": idOf(offer.chosen) };
    }),
    EditorView.updateListener.of(({ view, state, transactions, docChanged }) => {
      if (!docChanged || state.field(offers) !== undefined || !transactions.some((one) => one.isUserEvent("input.type"))) return;
      const { head } = state.selection.main;
      if (/[\w$@]/u.test(state.sliceDoc(head - 1, head))) void ask(view);
    }),
    EditorView.domEventHandlers({ blur: (_, view) => void close(view) }),
    Prec.highest(
      keymap.of([
        { key: "Ctrl-Space", run: start },
        { key: "ArrowDown", run: move(1) },
        { key: "ArrowUp", run: move(-1) },
        { key: "Enter", run: answering((view, offer) => accept(view, offer, offer.chosen)) },
        { key: "Escape", run: close },
      ]),
    ),
  ];
};
