/** The scripts of endings.txt, with what kalint says of each under bash and under dash. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface KnownEnding {
  readonly text: string;
  /** Sorted; undefined where nothing is said. */
  readonly bash: readonly number[] | undefined;
  readonly dash: readonly number[] | undefined;
}

const statuses = (words: string): readonly number[] | undefined => (words === "?" ? undefined : words.split(" ").map(Number));

const read = (): readonly KnownEnding[] => {
  const text = readFileSync(fileURLToPath(new URL("endings.txt", import.meta.url)), "utf8");
  const heads = [...text.matchAll(/^## bash (?<bash>[0-9 ]+|\?), dash (?<dash>[0-9 ]+|\?)\n/gmu)];
  return heads.map(({ index, 0: head, groups }, i) => ({
    text: text
      .slice(index + head.length, heads[i + 1]?.index)
      .replace(/\n# [a-z].*\n*$/u, "")
      .trim(),
    bash: statuses(groups!["bash"]!),
    dash: statuses(groups!["dash"]!),
  }));
};

export const ENDINGS = read();
