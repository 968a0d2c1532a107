/**
 * How wide a text will be, in parts of the font size. Nobody knows which font will draw it, so the figures are those of a wide
 * one (DejaVu Sans, Verdana): another leaves some room.
 */
import { columnsOf } from "../cells.ts";

const classes: readonly (readonly [RegExp, number])[] = [
  [/[ijlI|!'.,:;`]/u, 0.34],
  [/[ frt()[\]{}/\\-]/u, 0.43],
  [/[mwMW@%]/u, 0.98],
  [/[A-Z]/u, 0.73],
  [/[\u0020-\u024f]/u, 0.645],
];

export const textWidth = (text: string, size: number, bold = false): number => {
  let width = 0;
  for (const character of text)
    width += classes.find(([pattern]) => pattern.test(character))?.[1] ?? (columnsOf(character) > 1 ? 1.05 : columnsOf(character) * 0.85);
  return Math.ceil(width * size * (bold ? 1.12 : 1));
};
