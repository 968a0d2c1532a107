/** JSON that a terminal may see and that every reader takes. */

/** Allowed in JSON, but not fit for a terminal: DEL, C1 controls, bidirectional controls. */
const unsafe = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

export const jsonText = (value: unknown, indent: number | undefined = 2): string =>
  `${JSON.stringify(value, undefined, indent).replace(unsafe, escaped)}\n`;
