/** Reads XML as a strict reader does: what is not well-formed throws. */
import { SaxesParser } from "saxes";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** All the text within, entities resolved. */
  text: string;
}

export const readXml = (source: string): Element => {
  const top: Element = { name: "", attributes: {}, children: [], text: "" };
  const open: Element[] = [top];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: "" };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  const add = (text: string): void => {
    for (const element of open) element.text += text;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.write(source).close();
  return top.children[0]!;
};

/** An element and everything below it. */
export const all = (element: Element, name: string): readonly Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];
