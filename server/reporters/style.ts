/** Colours as functions over texts: picocolors on a terminal, the identity elsewhere. */
export type Paint = (text: string) => string;

export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

const asIs: Paint = (text) => text;

export const noColours: Colours = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, blue: asIs, green: asIs, cyan: asIs };
