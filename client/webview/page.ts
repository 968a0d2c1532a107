/** What the pages of the views share: the talk with the extension, the head with the choice of a cluster, the empty page. */
import type { Content, EmptyBody, FromPage, Jump } from "./messages.ts";

interface Host<State> {
  readonly postMessage: (message: FromPage) => void;
  readonly getState: () => State | undefined;
  readonly setState: (state: State) => void;
}

declare const acquireVsCodeApi: <State>() => Host<State>;

/** Kept while the page is hidden, and over a reload of the window. */
export interface Kept {
  readonly zoom?: number;
}

export const host = acquireVsCodeApi<Kept>();

/** An element with classes, a text or children. Nothing is ever made of markup. */
export const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = "",
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
};

export const button = (label: string, className: string, click: () => void): HTMLButtonElement => {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", click);
  return made;
};

/** A text that jumps to where it is written, where that is known. */
export const jumpButton = ({ text, part }: Jump, className = "jump"): Node => {
  if (part === undefined) return element("span", "", text);
  const made = button(text, className, () => host.postMessage({ kind: "jump", part }));
  made.dataset["part"] = part;
  return made;
};

/** Shows every content that comes: `draw` makes the body, or leaves what is empty to this file. */
export const startPage = <Body extends Content["body"]>(kind: Body["kind"], draw: (body: Body) => readonly Node[]): void => {
  const page = document.querySelector("#page")!;
  window.addEventListener("message", ({ data }: MessageEvent<Content>) => {
    const focused = labelOf(document.activeElement);
    const { scrollLeft, scrollTop } = document.documentElement;
    const body = data.body.kind === kind ? draw(data.body as Body) : data.body.kind === "empty" ? [emptyBody(data.body)] : [];
    page.replaceChildren(...choiceOf(data), ...body);
    // Who reads or walks through the page by keyboard stays where he was while another types.
    document.documentElement.scrollTo(scrollLeft, scrollTop);
    if (focused !== undefined)
      [...document.querySelectorAll<HTMLElement>("[data-part], button, select")].find((each) => labelOf(each) === focused)?.focus();
  });
  host.postMessage({ kind: "ready" });
};

const labelOf = (target: Element | null): string | undefined =>
  target === null || target === document.body ? undefined : (target.getAttribute("aria-label") ?? target.textContent ?? undefined);

/** A choice where there are several clusters; the first entry follows the editor. */
const choiceOf = ({ clusters, cluster, chosen }: Content): readonly Node[] => {
  if (clusters.length < 2) return [];
  const select = element("select", "choice");
  select.setAttribute("aria-label", "Cluster");
  const follow = element("option", "", `of the editor${chosen || cluster === undefined ? "" : `: ${cluster}`}`);
  follow.value = "";
  select.append(follow);
  for (const [index, name] of clusters.entries()) {
    const option = element("option", "", name);
    option.value = String(index);
    option.selected = chosen && name === cluster;
    select.append(option);
  }
  select.addEventListener("change", () => {
    const name = select.value === "" ? undefined : clusters[Number(select.value)];
    host.postMessage({ kind: "choose", ...(name === undefined ? {} : { cluster: name }) });
  });
  return [element("label", "choice-line", "Cluster ", select)];
};

const emptyBody = ({ title, help, action }: EmptyBody): Node => {
  const parts: Node[] = [element("h1", "", title)];
  if (help !== "") parts.push(element("p", "", help));
  if (action !== undefined) parts.push(button(action.label, "action", () => host.postMessage({ kind: "action", name: action.name })));
  return element("div", "empty", ...parts);
};
