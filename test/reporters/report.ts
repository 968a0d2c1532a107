/** Reports of files in memory, with findings as a rule would write them. */
import type { Finding } from "../../server/analysis/finding.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import type { Report } from "../../server/reporters/report.ts";
import type { Colours } from "../../server/reporters/style.ts";

export const reportOn = (contents: Readonly<Record<string, string>>, findings: readonly Finding[], more: Partial<Report> = {}): Report => ({
  tool: { name: "kalint", version: "0.0.0" },
  project: readProject({ files: memoryFiles(contents), paths: [""] }),
  findings,
  crashes: [],
  textOf: (file) => contents[file],
  ...more,
});

/** The place of a part of a file's text. */
export const siteIn = (contents: Readonly<Record<string, string>>, file: string, part: string): Finding["at"] => {
  const start = contents[file]!.indexOf(part);
  if (start < 0) throw new Error(`${file} holds no ${part}`);
  return { file, span: { start, end: start + part.length } };
};

const same = (text: string): string => text;
export const plain: Colours = { bold: same, dim: same, red: same, yellow: same, blue: same, green: same, cyan: same };
