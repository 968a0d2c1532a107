/** Text in XML. What XML cannot hold has been escaped before, but for two characters. */

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\n": "&#10;" };

export const xmlText = (content: string): string =>
  content.replace(/[&<>"']/gu, (character) => entities[character]!).replace(/[\ufffe\uffff]/gu, "\ufffd");

/** The same for an attribute, in which a line end would become a blank. */
export const xmlAttribute = (content: string): string => xmlText(content).replaceAll("\n", entities["\n"]!);

/** ` name="value"` for each. */
export const xmlAttributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join("");
