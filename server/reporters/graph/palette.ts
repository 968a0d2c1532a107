/** The colours of a picture, in light and in dark surroundings. Text on its ground has a contrast of 4.5 or more in both. */
interface Tone {
  readonly fill: readonly [light: string, dark: string];
  readonly stroke?: readonly [light: string, dark: string];
}

const none = ["none", "none"] as const;
const error = ["#c62828", "#ff7b72"] as const;
const warning = ["#9a6200", "#e3b341"] as const;
const info = ["#0b62c4", "#79b8ff"] as const;
const line = ["#7b8794", "#8b949e"] as const;

const tones: Readonly<Record<string, Tone>> = {
  ground: { fill: ["#f6f8fa", "#0d1117"] },
  card: { fill: ["#ffffff", "#1a2029"], stroke: ["#c5ced8", "#3d4650"] },
  ink: { fill: ["#1f2328", "#e6edf3"] },
  soft: { fill: ["#57606a", "#9ba6b2"] },
  onTint: { fill: ["#ffffff", "#0d1117"] },
  error: { fill: error },
  warning: { fill: warning },
  info: { fill: info },
  line: { fill: none, stroke: line },
  lineEnd: { fill: line },
  errorLine: { fill: none, stroke: error },
  errorLineEnd: { fill: error },
  warningLine: { fill: none, stroke: warning },
  warningLineEnd: { fill: warning },
  infoLine: { fill: none, stroke: info },
  infoLineEnd: { fill: info },
  machine: { fill: ["#4c78a8", "#6ea2d8"] },
  router: { fill: ["#7b5ea7", "#a98ad8"] },
  address: { fill: ["#2e8b7a", "#4fc0ab"] },
  mark: { fill: ["#b07d2b", "#d9a557"] },
  service: { fill: ["#b5557f", "#de86ac"] },
  server: { fill: ["#5f7d4f", "#94b67f"] },
};

/** The attributes of a tone; `border` takes the line of a card from another one. */
export const paint = (name: string, border?: string): string => {
  const { fill, stroke } = tones[name]!;
  const edge = border === undefined ? stroke : tones[border]!.fill;
  const classes = [`k-${name}`, ...(border === undefined ? [] : [`k-b-${border}`])];
  return `class="${classes.join(" ")}" fill="${fill[0]}"${edge === undefined ? "" : ` stroke="${edge[0]}"`}`;
};

/** The dark set as rules; the light one is in the attributes. */
export const darkRules = [
  ...Object.entries(tones).map(
    ([name, { fill, stroke }]) => `.k-${name} { fill: ${fill[1]};${stroke === undefined ? "" : ` stroke: ${stroke[1]};`} }`,
  ),
  ...["error", "warning", "info"].map((name) => `.k-b-${name} { stroke: ${tones[name]!.fill[1]}; }`),
].join(" ");

/** For a picture that stands by itself, where only the reader's surroundings say which set is wanted. */
export const paletteCss = `@media (prefers-color-scheme: dark) { ${darkRules} }`;
