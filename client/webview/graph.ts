/** The page of "Show the Cluster". */
import type { GraphBody } from "./messages.ts";
import { button, element, host, startPage } from "./page.ts";

const zooms = { least: 0.4, most: 2.5, step: 1.2 } as const;

const clamp = (zoom: number): number => Math.min(zooms.most, Math.max(zooms.least, zoom));

const draw = ({ svg }: GraphBody): readonly Node[] => {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const picture = document.importNode(parsed, true) as unknown as SVGSVGElement;
  const size = { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
  const resize = (zoom: number): void => {
    host.setState({ ...host.getState(), zoom });
    picture.setAttribute("width", String(size.width * zoom));
    picture.setAttribute("height", String(size.height * zoom));
  };
  const zoom = (): number => clamp(host.getState()?.zoom ?? 1);
  resize(zoom());
  const tool = (label: string, title: string, next: () => number): HTMLButtonElement => {
    const made = button(label, "tool", () => resize(clamp(next())));
    made.title = title;
    made.setAttribute("aria-label", title);
    return made;
  };
  const tools = element(
    "div",
    "tools",
    tool("−", "Smaller", () => zoom() / zooms.step),
    tool("+", "Larger", () => zoom() * zooms.step),
    tool("Fit", "Fit the width", () => (document.documentElement.clientWidth - 16) / size.width),
    tool("1:1", "Natural size", () => 1),
  );
  walk(picture);
  return [tools, element("div", "picture", picture)];
};

/** One stop for Tab; the arrow keys go from part to part, Enter and a click jump to where a part is written. */
const walk = (picture: SVGSVGElement): void => {
  const parts = [...picture.querySelectorAll<SVGElement>("[data-part]")];
  const jump = (part: SVGElement): void => host.postMessage({ kind: "jump", part: part.dataset["part"]! });
  parts[0]?.setAttribute("tabindex", "0");
  const partOf = (target: EventTarget | null): SVGElement | undefined =>
    target instanceof Element ? (target.closest<SVGElement>("[data-part]") ?? undefined) : undefined;
  picture.addEventListener("click", ({ target }) => {
    const part = partOf(target);
    if (part !== undefined) jump(part);
  });
  picture.addEventListener("keydown", (event) => {
    const part = partOf(event.target);
    if (part === undefined) return;
    const step = steps[event.key];
    if (event.key === "Enter" || event.key === " ") jump(part);
    else if (step !== undefined) parts[Math.min(parts.length - 1, Math.max(0, step(parts.indexOf(part), parts.length)))]?.focus();
    else return;
    event.preventDefault();
  });
  picture.addEventListener("focusin", ({ target }) => {
    for (const each of parts) each.setAttribute("tabindex", each === partOf(target) ? "0" : "-1");
  });
};

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

startPage<GraphBody>("graph", draw);
