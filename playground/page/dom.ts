/** Making elements, with text that is always text. */

type Child = Node | string;

interface Properties {
  readonly class?: string;
  readonly onclick?: () => void;
  readonly [attribute: string]: string | (() => void) | undefined;
}

export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener("click", value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

export const button = (label: string, onclick: () => void, properties: Properties = {}): HTMLButtonElement =>
  make("button", { type: "button", ...properties, onclick }, label);

/** An element of index.html. */
export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found;
};
