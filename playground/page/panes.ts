/** The files side by side: a pane for every node, in it a tab for every file and one editor. */
import type { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { baseOf, byNode, nodeOf, type NodeFiles } from "../files.ts";
import type { Mark, Place, ShownEdit, ShownFinding, SourceFile } from "../messages.ts";
import { button, make } from "./dom.ts";
import { editorState, type EditorOwner, showMarks } from "./editor.ts";

export interface PanesOwner extends EditorOwner {
  readonly askFile: (node: string) => void;
  readonly askRename: (file: string) => void;
  readonly askNode: () => void;
  readonly askRenameNode: (node: string) => void;
}

export interface Panes {
  /** Other files than before: what stays keeps its editor, with its history. */
  readonly show: (files: readonly SourceFile[]) => void;
  readonly mark: (marks: readonly Mark[], findings: readonly ShownFinding[]) => void;
  readonly goTo: (place: Place) => void;
  /** Changes a text as if it had been typed: it can be undone. */
  readonly replace: (file: string, edits: readonly Omit<ShownEdit, "file">[]) => void;
}

interface Pane {
  readonly element: HTMLElement;
  readonly tabs: HTMLElement;
  readonly panel: HTMLElement;
  readonly view: EditorView;
  /** The node's files as they were given; their texts may be older than the editors'. */
  files: readonly SourceFile[];
  active: string;
}

export const createPanes = (root: HTMLElement, owner: PanesOwner): Panes => {
  const panes = new Map<string, Pane>();
  /** Of files that are not in front; the one in front is its view's. */
  const states = new Map<string, EditorState>();
  let marked: { readonly marks: ReadonlyMap<string, readonly Mark[]>; readonly findings: readonly ShownFinding[] } = {
    marks: new Map(),
    findings: [],
  };

  const showMarksOf = ({ view, active }: Pane): void => showMarks(view, marked.marks.get(active) ?? [], marked.findings, owner.apply);

  const activate = (pane: Pane, file: string, text: string): void => {
    if (pane.active !== file) {
      if (pane.active !== "") states.set(pane.active, pane.view.state);
      pane.view.setState(states.get(file) ?? editorState(file, text, owner));
      pane.active = file;
    }
    showMarksOf(pane);
  };

  const paneOf = ({ node, files }: NodeFiles): Pane => {
    const known = panes.get(node);
    if (known !== undefined) return known;
    const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": node === "" ? "Files of no node" : `Files of ${node}` });
    const panel = make("div", { class: "editor", role: "tabpanel" });
    const element = make("section", { class: "pane", "aria-label": node === "" ? "Files of no node" : `Node ${node}` });
    // Its style sheets are let in by what the first state says, so there is no empty one.
    const first = files[0]!;
    const view = new EditorView({ parent: panel, state: editorState(first.name, first.text, owner) });
    const made: Pane = { element, tabs, panel, view, files, active: first.name };
    follow(made);
    element.append(headOf(node, tabs, owner), panel);
    panes.set(node, made);
    return made;
  };

  const select = (pane: Pane, file: SourceFile): void => {
    activate(pane, file.name, textOf(file));
    render(pane);
    pane.tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  };

  const render = (pane: Pane): void => {
    const front = pane.files.find(({ name }) => name === pane.active) ?? pane.files[0]!;
    activate(pane, front.name, textOf(front));
    pane.panel.setAttribute("aria-label", front.name);
    pane.tabs.replaceChildren(
      ...pane.files.map((file) => tabFor(file, file.name === pane.active, countIn(file.name), () => select(pane, file))),
    );
  };

  const follow = (pane: Pane): void => {
    pane.tabs.addEventListener("keydown", (event) => {
      if (event.key === "F2") owner.askRename(pane.active);
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const at = pane.files.findIndex(({ name }) => name === pane.active);
      select(pane, pane.files[(at + step + pane.files.length) % pane.files.length]!);
    });
    pane.tabs.addEventListener("dblclick", () => owner.askRename(pane.active));
  };

  const textOf = ({ name, text }: SourceFile): string =>
    [...panes.values()].find(({ active }) => active === name)?.view.state.doc.toString() ?? states.get(name)?.doc.toString() ?? text;

  const countIn = (file: string): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const { finding } of marked.marks.get(file) ?? []) {
      const { severity } = marked.findings[finding]!;
      counts.set(severity, (counts.get(severity) ?? 0) + 1);
    }
    return counts;
  };

  const show = (files: readonly SourceFile[]): void => {
    const names = new Set(files.map(({ name }) => name));
    for (const name of states.keys()) if (!names.has(name)) states.delete(name);
    const groups = byNode(files);
    for (const [node, pane] of panes) {
      if (!names.has(pane.active)) pane.active = "";
      if (groups.some((group) => group.node === node)) continue;
      pane.view.destroy();
      panes.delete(node);
    }
    const elements = groups.map((group) => {
      const pane = paneOf(group);
      pane.files = group.files;
      render(pane);
      return pane.element;
    });
    // Moving an element takes the focus from it.
    if (elements.some((element, at) => root.children[at] !== element) || root.children.length !== elements.length + 1)
      root.replaceChildren(...elements, button("Add a node", owner.askNode, { class: "add-node" }));
  };

  return {
    show,
    mark: (marks, findings) => {
      const byFile = new Map<string, Mark[]>();
      for (const mark of marks) byFile.set(mark.at.file, [...(byFile.get(mark.at.file) ?? []), mark]);
      marked = { marks: byFile, findings };
      for (const pane of panes.values()) {
        showMarksOf(pane);
        for (const tab of pane.tabs.children) showCounts(tab, countIn((tab as HTMLElement).dataset["file"] ?? ""));
      }
    },
    replace: (file, edits) => {
      const changes = edits.map(({ start, end, replacement }) => ({ from: start, to: end, insert: replacement }));
      const front = [...panes.values()].find(({ active }) => active === file);
      const state = states.get(file);
      if (front !== undefined) front.view.dispatch({ changes });
      else if (state !== undefined) states.set(file, state.update({ changes }).state);
    },
    goTo: ({ file, start, end }) => {
      const pane = panes.get(nodeOf(file));
      const target = pane?.files.find(({ name }) => name === file);
      if (pane === undefined || target === undefined) return;
      activate(pane, file, textOf(target));
      render(pane);
      const { length } = pane.view.state.doc;
      pane.view.dispatch({
        selection: { anchor: Math.min(start, length), head: Math.min(end, length) },
        effects: EditorView.scrollIntoView(Math.min(start, length), { y: "center" }),
      });
      pane.element.scrollIntoView({ block: "nearest", inline: "nearest" });
      pane.view.focus();
    },
  };
};

const headOf = (node: string, tabs: HTMLElement, { askFile, askRenameNode }: PanesOwner): HTMLElement =>
  make(
    "div",
    { class: "pane-head" },
    ...(node === ""
      ? [make("h3", {}, "no node")]
      : [
          make(
            "h3",
            {},
            button(node, () => askRenameNode(node), { class: "quiet", title: `Rename or remove ${node}` }),
          ),
        ]),
    tabs,
    button("+", () => askFile(node), { class: "quiet add", title: `Add a file to ${node}`, "aria-label": `Add a file to ${node}` }),
  );

const tabFor = ({ name }: SourceFile, isActive: boolean, counts: ReadonlyMap<string, number>, select: () => void): HTMLElement => {
  const tab = make(
    "button",
    {
      type: "button",
      role: "tab",
      class: "tab",
      "aria-selected": String(isActive),
      tabindex: isActive ? "0" : "-1",
      title: `${name} (F2 or double click: rename, remove)`,
      "data-file": name,
      onclick: select,
    },
    baseOf(name),
  );
  showCounts(tab, counts);
  return tab;
};

/** A dot in the colour of the gravest finding, with the number for those who do not see it. */
const showCounts = (tab: Element, counts: ReadonlyMap<string, number>): void => {
  const worst = ["error", "warning", "info"].find((severity) => counts.has(severity));
  tab.querySelector(".count")?.remove();
  if (worst === undefined) return;
  const count = counts.get(worst) ?? 0;
  tab.append(make("span", { class: `count ${worst}` }, make("span", { class: "hidden" }, `, ${count} ${worst}${count === 1 ? "" : "s"}`)));
};
