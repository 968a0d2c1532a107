/**
 * What tells a finding from others, and knows it again in a newer version of the file: its rule, its file, what its line says,
 * and how many such there were before. Line numbers and messages are not in it, for they change with other lines.
 */
import { mask } from "../analysis/mask.ts";
import type { Lines, Report } from "./report.ts";
import type { Secrets } from "./secrets.ts";

/** One for each finding of a report, in their order: 16 hexadecimal digits. */
export const fingerprintsOf = ({ findings }: Pick<Report, "findings">, lines: Lines, secrets: Secrets): readonly string[] => {
  const seen = new Map<string, number>();
  return findings.map(({ rule, at: { file, span } }) => {
    const { line } = lines.position(file, span.start);
    const text = shownLine(lines.text(file, line), secrets.inLine(file, line));
    const key = JSON.stringify([rule, file, text.trim().replace(/\s+/gu, " ")]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return hashOf(`${key} ${count}`);
  });
};

/** A secret is not part of it: a short one could be found by trying. */
const shownLine = (text: string, secrets: ReturnType<Secrets["inLine"]>): string =>
  secrets.toReversed().reduce((shown, { start, end }) => shown.slice(0, start) + mask + shown.slice(end), text);

/** Two rounds of FNV-1a over UTF-16 units: short, the same everywhere, and no protection against anybody. */
const hashOf = (text: string): string => round(text, 0x811c9dc5) + round(text, 0x9747b28c);

const round = (text: string, start: number): string => {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >> 8), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return (hash >>> 0).toString(16).padStart(8, "0");
};
