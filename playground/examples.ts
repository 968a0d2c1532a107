/** Examples to load: a Markdown file each, or the folder of a cluster. Pure; the build reads the files. */
import type { SourceFile } from "./messages.ts";

/** What the list of examples says; each is a file of its own. */
export interface Listed {
  readonly id: string;
  readonly group: string;
  readonly title: string;
}

export interface Example extends Listed {
  /** One paragraph: what goes wrong. Markdown. */
  readonly about: string;
  readonly files: readonly SourceFile[];
}

export interface Mistake extends Example {
  /** The rule that finds it. */
  readonly shows: string;
}

/** `# title`, `Shows: rule`, a paragraph, and a fence for each file below a line with its name in backquotes and a colon. */
export const mistakeIn = (id: string, markdown: string): Mistake => {
  const [, title = id] = /^# (.*)$/mu.exec(markdown) ?? [];
  const [, shows = "", about = ""] = /^Shows: (\S+)\n\n([^`]*?(?:`[^`\n]+`[^`]*?)*?)\n\n`[^`\n]+`:\n/mu.exec(markdown) ?? [];
  const files = [...markdown.matchAll(/^`([^`\n]+)`:\n\n```\w+\n([^]*?)^```$/gmu)].map(([, name = "", text = ""]) => ({ name, text }));
  return { id, group: "Classic mistakes", title, shows, about: about.replaceAll("\n", " "), files };
};
