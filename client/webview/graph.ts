/** The page of "Show the Cluster". */
import type { GraphBody } from "./messages.ts";
import { button, element, host, jumpButton, startPage } from "./page.ts";

/** Smaller than `readable` nothing is shown by itself. */
const zooms = { least: 0.3, readable: 0.6, most: 2.5, step: 1.2 } as const;

const clamp = (zoom: number, least: number = zooms.least, most: number = zooms.most): number => Math.min(most, Math.max(least, zoom));

const draw = ({ svg, summary, findings }: GraphBody): readonly Node[] => [
  element("p", "summary", summary),
  ...pictureOf(svg),
  element("ol", "findings", ...findings.map(findingOf)),
];

const findingOf = ({ number, severity, rule, message, where }: GraphBody["findings"][number]): Node => {
  const badge = element("span", `badge ${severity}`, String(number));
  const page = button(rule, `jump rule ${severity}`, () => host.postMessage({ kind: "explain", rule }));
  page.title = "What it means, and what to do";
  return element("li", "", badge, element("div", "", page, jumpButton(where, "jump where"), element("p", "", message)));
};

const pictureOf = (svg: string): readonly Node[] => {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const picture = document.importNode(parsed, true) as unknown as SVGSVGElement;
  const size = { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
  const room = (): number => (document.documentElement.clientWidth - 20) / size.width;
  // Until somebody zooms, the whole width is seen, unless that would be too small to read.
  const zoom = (): number => host.getState()?.zoom ?? clamp(room(), zooms.readable, 1);
  const resize = (): void => {
    picture.setAttribute("width", String(size.width * zoom()));
    picture.setAttribute("height", String(size.height * zoom()));
  };
  const tool = (label: string, title: string, next: () => number | undefined): HTMLButtonElement => {
    const made = button(label, "tool", () => {
      const chosen = next();
      host.setState(chosen === undefined ? {} : { zoom: clamp(chosen) });
      resize();
    });
    made.title = title;
    made.setAttribute("aria-label", title);
    return made;
  };
  const tools = element(
    "div",
    "tools",
    tool("−", "Smaller", () => zoom() / zooms.step),
    tool("+", "Larger", () => zoom() * zooms.step),
    tool("Fit", "Fit the width", () => undefined),
  );
  fitting = resize;
  resize();
  walk(picture);
  return [tools, element("div", "picture", picture)];
};

let fitting = (): void => undefined;
window.addEventListener("resize", () => fitting());

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
