/** `--baseline FILE` and `--update-baseline`: reading, comparing and writing the file. */
import { openDisk } from "../host/disk.ts";
import { openSink } from "../host/sink.ts";
import { type Baseline, baselineText, readBaseline, withoutBaseline } from "../reporters/baseline.ts";
import { plural } from "../reporters/words.ts";
import { judgedFiles, type Report } from "../reporters/report.ts";
import type { CheckRequest } from "./invocation.ts";
import type { Terminal } from "./terminal.ts";

/** What --baseline leaves of a report; all of it where the baseline is written. One line when there is none. */
export const compared = (found: Report, request: CheckRequest, cwd: string, terminal: Terminal): Report | string => {
  const { baseline: file = "", updateBaseline } = request;
  if (updateBaseline === true) {
    const problem = openSink(cwd, judgedFiles(found)).write(file, new TextEncoder().encode(baselineText(found)));
    if (problem !== undefined) return problem;
  }
  const baseline = read(file, cwd);
  if (typeof baseline === "string") return baseline;
  const { report: left, stale } = withoutBaseline(found, baseline);
  if (stale > 0)
    terminal.complain(
      `${file}: ${plural(stale, "entry", "entries")} ${stale === 1 ? "is" : "are"} found no more; --update-baseline takes ${stale === 1 ? "it" : "them"} out`,
    );
  return left;
};

/** What the baseline leaves of reports, to be asked again and again; everything while it is about to be written. One line when there is none. */
export const reader = ({ baseline: file = "", updateBaseline }: CheckRequest, cwd: string): ((report: Report) => Report) | string => {
  if (updateBaseline === true) return (report) => report;
  const baseline = read(file, cwd);
  return typeof baseline === "string" ? baseline : (report) => withoutBaseline(report, baseline).report;
};

const read = (file: string, cwd: string): Baseline | string => {
  const disk = openDisk({ cwd, allow: [file] });
  const name = disk.nameOf(file);
  if (disk.kind(name) === "missing") return `--baseline ${file}: there is no such file; --update-baseline writes it`;
  const got = disk.read(name);
  if (got.kind !== "text") return `--baseline ${file}: ${got.reason}`;
  const baseline = readBaseline(got.text);
  return typeof baseline === "string" ? `--baseline ${file}: ${baseline}` : baseline;
};
