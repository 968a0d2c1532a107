/**
 * The explanations of keywords are a file of their own, which is loaded when somebody reads the first of them. Where the vocabulary has
 * an explanation, the page has a mark with its number, and whatever is shown is filled in before.
 */

/** No text that somebody writes has this character. */
const sign = "\u0002";

export const markOf = (number: number): string => `${sign}${number};`;

export const hasMarks = (text: string): boolean => text.includes(sign);

export const filledIn = (text: string, explanations: readonly string[]): string =>
  text
    .split(sign)
    .map((part, index) => (index === 0 ? part : part.replace(/^(\d+);/u, (_, number: string) => explanations[Number(number)] ?? "")))
    .join("");
