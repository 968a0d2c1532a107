/** The cluster as a picture. A picture that stands alone asks the system for light or dark; here the page says which is shown. */
import { darkRules } from "../../server/reporters/graph/palette.ts";

const dark = new CSSStyleSheet();
dark.replaceSync(`[data-theme="dark"] .picture { ${darkRules} .k-ground { fill: var(--card); } }`);
document.adoptedStyleSheets.push(dark);

export const showPicture = (root: HTMLElement, svg: string): void => {
  const made = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (svg === "" || made.nodeName !== "svg") {
    root.replaceChildren();
    return;
  }
  root.replaceChildren(document.importNode(made, true));
};
