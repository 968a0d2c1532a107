/** `--baseline FILE` and `--update-baseline`: reading, comparing and writing the file. */
import { openDisk } from "../host/disk.ts";
import { openSink } from "../host/sink.ts";
import { baselineText, readBaseline, withoutBaseline } from "../reporters/baseline.ts";
import { plural } from "../reporters/words.ts";
import type { Report } from "../reporters/report.ts";
import type { Terminal } from "./terminal.ts";

/** The report as the baseline leaves it, or one line why there is none. */
export const compare = (report: Report, file: string, cwd: string, terminal: Terminal): Report | string => {
  const disk = openDisk({ cwd, allow: [file] });
  const name = disk.nameOf(file);
  if (disk.kind(name) === "missing") return `--baseline ${file}: there is no such file; --update-baseline writes it`;
  const got = disk.read(name);
  if (got.kind !== "text") return `--baseline ${file}: ${got.reason}`;
  const baseline = readBaseline(got.text);
  if (typeof baseline === "string") return `--baseline ${file}: ${baseline}`;
  const { report: left, stale } = withoutBaseline(report, baseline);
  if (stale > 0)
    terminal.complain(
      `${file}: ${plural(stale, "entry", "entries")} ${stale === 1 ? "is" : "are"} found no more; --update-baseline takes ${stale === 1 ? "it" : "them"} out`,
    );
  return left;
};

/** Writes what is found now; one line when it cannot be written. */
export const update = (report: Report, file: string, cwd: string): string | undefined =>
  openSink(cwd).write(file, new TextEncoder().encode(baselineText(report)));
